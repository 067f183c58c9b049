import type { ConsentRecord } from '../transport/protocol.js';
import type { ChannelName, ChannelState } from './channel.js';
import type { RedirectPage } from './redirect-page.js';

const PREFIX = 'facefront.channel.';

/** Whether a text is a nonce: long enough not to be guessed, and nothing that an address would have to escape. */
export function isNonce(text: string | undefined): text is string {
  return text !== undefined && /^[\w-]{16,128}$/.test(text);
}

/** Keeps what is needed after the redirect, by nonce, and which nonce was the channel's last. */
export function keepState(page: RedirectPage, nonce: string, state: ChannelState): void {
  page.write(PREFIX + nonce, JSON.stringify(state));
  page.write(PREFIX + state.channel, nonce);
}

/** Whether an attempt with the nonce has been started in this tab and has not come back. */
export function isUnderWay(page: RedirectPage, nonce: string): boolean {
  return page.read(PREFIX + nonce) !== undefined;
}

/** The nonce of the channel's last attempt in this tab, for return addresses that lost it. */
export function lastNonce(page: RedirectPage, channel: ChannelName): string | undefined {
  const nonce = page.read(PREFIX + channel);
  return isNonce(nonce) ? nonce : undefined;
}

/** Whether another channel of this tab has started the attempt: what stands beside its nonce in the address is not for this one. */
export function isOfAnother(page: RedirectPage, nonce: string | undefined, channel: ChannelName): boolean {
  return isNonce(nonce) && (readState(page, nonce)?.channel ?? channel) !== channel;
}

/** What was kept, once. `undefined` where it was lost, or is not what this version keeps. */
export function takeState(page: RedirectPage, nonce: string, channel: ChannelName): ChannelState | undefined {
  const { channel: of, sessionId, startedAt, consent } = readState(page, nonce) ?? {};
  page.write(PREFIX + nonce, undefined);
  if (page.read(PREFIX + channel) === nonce) page.write(PREFIX + channel, undefined);
  if (of !== channel || typeof sessionId !== 'string' || typeof startedAt !== 'number') return undefined;
  return { channel, sessionId, startedAt, ...(isConsent(consent) && { consent }) };
}

function readState(page: RedirectPage, nonce: string): Partial<ChannelState> | undefined {
  try {
    return (JSON.parse(page.read(PREFIX + nonce) ?? '') as Partial<ChannelState> | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The server holds it against its own rules; here it only must not be something else. */
function isConsent(value: Partial<ConsentRecord> | undefined): value is ConsentRecord {
  const texts: readonly unknown[] = [value?.at, value?.textVersion, value?.textDigest, value?.locale];
  return value?.granted === true && texts.every((text) => typeof text === 'string') && Array.isArray(value.scopes);
}
