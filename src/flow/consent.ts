import { within } from '../platform/deadline.js';
import { failure, success, type CaptureResult } from '../capture/result.js';
import type { MediaPlatform } from '../platform/port.js';
import { sha256, toHex } from '../transport/chain.js';
import type { ConsentRecord } from '../transport/protocol.js';
import type { ConsentOptions } from './options.js';

/** What {@link askConsent} works with. */
export interface AskConsentOptions {
  readonly consent: ConsentOptions;
  readonly locale: string;
  readonly timeoutMs: number;
  readonly platform: MediaPlatform;
  readonly signal: AbortSignal;
}

/** Asks the person. Codes: `consent-refused`, `consent-timeout`, `insecure-context`, `cancelled`, `internal`. */
export async function askConsent({ consent, locale, timeoutMs, platform, signal }: AskConsentOptions): Promise<CaptureResult<ConsentRecord>> {
  const stop = new AbortController();
  const outcome = await within(call(consent.ask, stop.signal), { platform, timeoutMs, signal });
  stop.abort();
  if (outcome.kind === 'aborted') return failure('cancelled', 'while asking for consent');
  if (outcome.kind === 'timeout') return failure('consent-timeout', `no answer to the consent text for ${timeoutMs} ms`);
  if (outcome.kind === 'error') return failure('internal', `consent.ask failed: ${String(outcome.error)}`);
  if (outcome.value !== 'granted') return failure('consent-refused', 'the person refused');
  // Without a secure context there is no digest; the preflight would say the same a moment later.
  if (!platform.isSecureContext()) return failure('insecure-context', 'the page must be served over https');
  return success({
    granted: true,
    at: new Date().toISOString(),
    textVersion: consent.textVersion,
    textDigest: toHex(await sha256(consent.text)),
    locale,
    scopes: consent.scopes ?? ['face-video'],
  });
}

async function call<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  return work(signal);
}
