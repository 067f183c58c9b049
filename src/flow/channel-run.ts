import type { Channel, ChannelReturned, ChannelTask } from '../channels/channel.js';
import { addTables } from '../codes/core.js';
import { within } from '../platform/deadline.js';
import type { Platform } from '../platform/port.js';
import type { BackendClient } from '../transport/client.js';
import type { ConsentRecord, VendorSession } from '../transport/protocol.js';
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

/**
 * What a vendor's page has just sent the person back with, to the first channel that knows it. Read once; what a channel may come back
 * with is made known before anybody asks for its sentence.
 */
export function resumeChannel(channels: readonly Channel<ChannelTask>[]): ChannelReturned | undefined {
  for (const { tables } of channels) if (tables) addTables(tables);
  for (const channel of channels) {
    const returned = channel.resume();
    if (returned) return returned;
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
      return handIn(ended, options);
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
export async function handIn({ channel, tokens, nonce, code }: ChannelReturned, options: ChannelRunOptions): Promise<VerifyResult> {
  const { client, consent, collectRisk, signal, emit } = options;
  emit({ phase: 'returned', channel, ...(code && { code }) });
  const risk = await collectRisk();
  return conclude(await client.postToken({ channel, tokens, consent, ...(nonce !== undefined && { nonce }), ...(risk && { risk }) }, { signal }), options);
}
