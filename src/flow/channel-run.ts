import type { Channel, ChannelReturned, ChannelTask } from '../channels/channel.js';
import { addTables } from '../codes/core.js';
import { within } from '../platform/deadline.js';
import type { Platform } from '../platform/port.js';
import type { BackendClient } from '../transport/client.js';
import type { ConsentRecord, TokenRequest, VendorSession } from '../transport/protocol.js';
import type { Phase } from './capture-run.js';
import { conclude, type ConcludeOptions } from './conclude.js';
import type { Ending } from './outcome.js';
import type { VerifyResult } from './result.js';

/** What {@link runChannel} and {@link handIn} work with. */
export interface ChannelRunOptions extends ConcludeOptions {
  readonly client: Pick<BackendClient, 'postToken' | 'awaitVerdict'>;
  readonly consent: ConsentRecord;
  readonly platform: Pick<Platform, 'setTimeout' | 'clearTimeout' | 'onPageRestore'>;
  /** See `VerifyOptions.collectRisk`; no camera is open. */
  readonly collectRisk: () => Promise<Readonly<Record<string, unknown>> | undefined>;
  readonly emit: (phase: Phase) => void;
}

/** Longest time a person may take in a vendor's native window. */
const CHANNEL_MS = 600_000;
/** A browser that has not left the page by then will not: the vendor does not answer, or a host of the page keeps it. */
const LEAVING_MS = 60_000;

/** What came back from a vendor, on its way to the backend. */
export interface Delivery {
  readonly channel: Channel<ChannelTask>;
  readonly returned: ChannelReturned;
  /** Of the session that led there, where that is known. */
  readonly sessionId: string | undefined;
  /** As it was posted: the backend takes the same once more for a repetition, and anything else for a second try at the session. */
  request?: Omit<TokenRequest, 'protocol'>;
}

/** What {@link resumeChannel} found. */
export interface Resumed {
  readonly delivery: Delivery;
  /** Before the page was left. For the run that finds it, and not kept: a consent may be taken back before the next one. */
  readonly agreed: ConsentRecord | undefined;
}

/**
 * What the backend has not answered to: the vendor has looked at the person, and nobody should have to go there again. By the channel's
 * object, which the page has for its next run; never in storage.
 */
const undelivered = new WeakMap<Channel<ChannelTask>, Delivery>();

/**
 * What a vendor's page has just sent the person back with, to the first channel that knows it, or what an earlier run of this page could
 * not deliver. What a channel may come back with is made known before anybody asks for its sentence.
 */
export function resumeChannel(channels: readonly Channel<ChannelTask>[]): Resumed | undefined {
  for (const { tables } of channels) if (tables) addTables(tables);
  for (const channel of channels) {
    const returned = channel.resume();
    if (returned) undelivered.set(channel, { channel, returned, sessionId: returned.state?.sessionId });
    const delivery = undelivered.get(channel);
    if (delivery) return { delivery, agreed: returned?.state?.consent };
  }
  return undefined;
}

/** The channels that work in this browser, by name, and what the first of the others ends with where nothing else is left. */
export function offerChannels(channels: readonly Channel<ChannelTask>[]): { readonly offered: readonly string[]; readonly declined: Pick<Ending, 'code' | 'detail'> | undefined } {
  const looked = channels.map((channel) => ({ name: channel.name, obstacle: channel.obstacle?.() }));
  const declined = looked.find(({ obstacle }) => obstacle)?.obstacle;
  return { offered: looked.filter(({ obstacle }) => !obstacle).map(({ name }) => name), declined: declined && { code: declined.code, detail: declined.detail } };
}

/** Has the vendor look at the person. Where the page is left for that, this ends only if the page is here after all. */
export async function runChannel(channels: readonly Channel<ChannelTask>[], { channel: name, sessionId, nonce, task }: VendorSession, options: ChannelRunOptions): Promise<VerifyResult | Ending> {
  const { consent, platform, signal, emit, outcome } = options;
  const channel = channels.find((each) => each.name === name);
  if (!channel) return { ok: false, code: 'backend-malformed', detail: `session creation: ${name} was not offered` };
  emit({ phase: 'channel', channel: name });
  const answered = await within((async () => channel.start({ ...task, sessionId, nonce, consent }, { signal }))(), { platform, timeoutMs: CHANNEL_MS, signal });
  if (answered.kind === 'aborted') return { ok: false, code: 'cancelled', detail: `at ${name}` };
  if (answered.kind === 'timeout') return outcome.left(name, `${name}: no answer within ${CHANNEL_MS} ms`);
  if (answered.kind === 'error') throw answered.error;
  const ended = answered.value;
  switch (ended.status) {
    case 'returned':
      return handIn({ channel, returned: ended, sessionId }, options);
    case 'failed':
      return { ok: false, code: ended.code, detail: ended.detail };
    case 'cancelled':
      return { ok: false, code: 'cancelled', detail: `at ${name}` };
    case 'left': {
      let forget = (): void => undefined;
      const here = await within(new Promise<void>((resolve) => (forget = platform.onPageRestore(resolve))), { platform, timeoutMs: LEAVING_MS, signal });
      forget();
      if (here.kind === 'aborted') return { ok: false, code: 'cancelled', detail: `while leaving for ${name}` };
      return outcome.left(name, here.kind === 'timeout' ? `${name}: the page had not been left after ${LEAVING_MS} ms` : `${name}: the person came back without having finished`);
    }
  }
}

/** Gives what came back to the backend, with the vendor's word for it on the screen meanwhile; the backend's verdict is the result. */
export async function handIn(delivery: Delivery, options: ChannelRunOptions): Promise<VerifyResult> {
  const { channel, returned, sessionId } = delivery;
  const { channel: name, tokens, nonce, code } = returned;
  const { client, consent, collectRisk, signal, emit } = options;
  undelivered.set(channel, delivery);
  emit({ phase: 'returned', channel: name, ...(code && { code }) });
  let { request } = delivery;
  if (!request) {
    const risk = await collectRisk();
    request = { channel: name, tokens, consent, ...(nonce !== undefined && { nonce }), ...(risk && { risk }) };
    // A report that was called off is not to be handed in later.
    if (!signal.aborted) delivery.request = request;
  }
  const answer = await client.postToken(request, { signal });
  const result = await conclude(answer, { ...options, sessionId });
  if (answer.ok || (answer.status && !answer.transient) || result.status === 'finished' || result.status === 'expired') undelivered.delete(channel);
  return result;
}
