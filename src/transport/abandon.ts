import { newAbortController } from '../platform/sleep.js';
import type { AbandonmentRequest } from './protocol.js';
import type { SendContext } from './send.js';

/** How the news left the page: `told` is taken by the browser, or answered if the page lived to see it. */
export type AbandonmentOutcome = 'told' | 'refused';

/** What {@link tellAbandonment} works with. */
export interface AbandonmentOptions {
  readonly url: string;
  readonly reason: AbandonmentRequest['reason'];
  /** The latest; there is no time to ask for others. */
  readonly headers: Readonly<Record<string, string>>;
  readonly context: Pick<SendContext, 'fetch' | 'credentials' | 'platform'>;
  /** Default the browser's, where its `fetch` cannot outlive the page. */
  readonly sendBeacon?: ((url: string, body: Blob) => boolean) | undefined;
}

/** Firefox has `keepalive` since 133 only. */
export function beaconWhereNeeded(): AbandonmentOptions['sendBeacon'] {
  const { Request: RequestClass, navigator } = globalThis as Partial<typeof globalThis>;
  if (RequestClass !== undefined && 'keepalive' in RequestClass.prototype) return undefined;
  return navigator?.sendBeacon === undefined ? undefined : (url, body) => navigator.sendBeacon(url, body);
}

/**
 * Tells the backend that there will be no submission. The request is on its way when the call returns, so that it works in
 * a `pagehide` listener; some 30 bytes, far within the 64 KiB that browsers grant such requests together.
 */
export async function tellAbandonment({ url, reason, headers, context, sendBeacon }: AbandonmentOptions): Promise<AbandonmentOutcome> {
  const body = JSON.stringify({ reason } satisfies AbandonmentRequest);
  // Beacons carry no headers, so that a page that lives on does better without.
  if (reason === 'page-hide' && sendBeacon?.(url, new Blob([body], { type: 'application/json' })) === true) return 'told';
  try {
    const { status } = await context.fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
      signal: newAbortController(context.platform).signal,
      credentials: context.credentials,
      redirect: 'error',
      cache: 'no-store',
      keepalive: true,
    });
    return status >= 200 && status <= 299 ? 'told' : 'refused';
  } catch {
    // Over the browser's quota, or no network: there is nobody left to tell.
    return 'refused';
  }
}
