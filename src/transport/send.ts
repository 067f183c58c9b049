import type { Fetch, Platform, TimerHandle, Upload } from '../platform/port.js';
import { isAborted, newAbortController, onAbort, sleep } from '../platform/sleep.js';
import type { AbortHost } from '../platform/sleep.js';
import type { Bytes } from './chain.js';
import type { Circuit } from './circuit.js';
import { failure, failureOfStatus } from './failure.js';
import type { BackendFailure } from './failure.js';
import { decideRetry } from './retry-policy.js';
import type { RetryPolicy } from './retry-policy.js';

export type { Fetch };

/** What sending needs of the host. */
export type SendPlatform = Pick<Platform, 'now' | 'setTimeout' | 'clearTimeout'> & Partial<Pick<Platform, 'isOnline'>> & AbortHost;

/** One request; every attempt sends the same bytes and headers. */
export interface SendRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** Names the request in a failure's detail; the URL holds the session id and stays out of it. */
  readonly about: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Bytes;
  /**
   * The first attempt may outlive the page; for bodies far below the 64 KiB that browsers grant all such requests together. No other one:
   * Chromium before 81 refuses those to other origins.
   */
  readonly keepalive?: boolean;
  /** Milliseconds for one attempt, its answer read included. */
  readonly attemptMs: number;
  /**
   * For a body whose going out can be seen: milliseconds without a byte of it after which an attempt has failed, however long
   * it takes as a whole; `attemptMs` does not count then. Where it cannot be seen, `attemptMs` does.
   */
  readonly stallMs?: number;
  /** Told how many bytes of the body are on their way, where that can be seen; from the start again with each attempt. */
  readonly onProgress?: ((sentBytes: number) => void) | undefined;
  /** Milliseconds for all attempts and the waits between them. */
  readonly overallMs: number;
  /** Milliseconds to wait for the network to come back, on top of `overallMs`; then the request ends with `offline`. */
  readonly offlineMs: number;
  /** Any of them ends the request with `cancelled`. */
  readonly signals?: readonly (AbortSignal | undefined)[];
}

/** An answer of 2xx. */
export interface SendAnswer {
  readonly ok: true;
  readonly status: number;
  readonly body: string;
}

/** What {@link send} takes from outside. */
export interface SendContext {
  readonly fetch: Fetch;
  /** Sends bodies that have a `stallMs`; without it `fetch` does. */
  readonly upload?: Upload | undefined;
  readonly platform: SendPlatform;
  /** The integrator's headers, asked for before each attempt, so that a fresh token is used. */
  readonly headers: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  readonly credentials: RequestCredentials;
  readonly retry: RetryPolicy;
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  readonly circuit: Circuit;
  /** Told before anything is sent whether there is a network, and while there is none. */
  readonly onConnection: (state: 'offline' | 'online') => void;
}

type Attempt =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter: string | null; readonly date: string | null; readonly body: string }
  | { readonly kind: 'network'; readonly detail: string; readonly timedOut: boolean }
  | { readonly kind: 'headers'; readonly detail: string }
  | { readonly kind: 'cancelled' };

/** Sends a request until it is answered, refused or out of time. Never rejects. */
export async function send(request: SendRequest, context: SendContext): Promise<SendAnswer | BackendFailure> {
  let lost = false;
  const answer = await attempts(request, context, () => (lost = true));
  return !answer.ok && lost ? { ...answer, lost } : answer;
}

/** @param onLost told of each attempt that may have been taken without an answer */
async function attempts(request: SendRequest, context: SendContext, onLost: () => void): Promise<SendAnswer | BackendFailure> {
  const { about } = request;
  const signals = (request.signals ?? []).filter((signal) => signal !== undefined);
  const { platform, circuit } = context;
  let deadline = platform.now() + request.overallMs;
  for (let attempt = 1; ; attempt++) {
    const waited = await waitForNetwork(request.offlineMs, context, signals);
    if (waited === 'cancelled') return failure('cancelled', `${about}: cancelled`);
    if (waited === 'offline') return failure('offline', `${about}: no network within ${request.offlineMs} ms`, { transient: true });
    deadline += waited;
    const pause = circuit.waitMs(platform.now());
    if (pause > 0) {
      if (platform.now() + pause >= deadline) return failure('network-failed', `${about}: not sent, as the backend does not answer anybody`, { transient: true });
      if (await sleep(pause, platform, signals)) return failure('cancelled', `${about}: cancelled`);
      // Not an attempt, and the network may have gone meanwhile.
      attempt -= 1;
      continue;
    }
    const remainingMs = deadline - context.platform.now();
    const ended = await attemptOnce({ ...request, keepalive: request.keepalive === true && attempt === 1 }, context, signals, remainingMs);
    if (ended.kind === 'cancelled') return failure('cancelled', `${about}: cancelled`);
    if (ended.kind === 'headers') return failure('internal', `${about}: the headers option failed: ${ended.detail}`);
    const isDown = ended.kind === 'network' || ended.status >= 500;
    if (isDown) onLost();
    circuit.record(isDown ? 'down' : 'up', platform.now());
    if (ended.kind === 'status' && ended.status >= 200 && ended.status <= 299) return { ok: true, status: ended.status, body: ended.body };

    // It failed for want of a network, not of a backend: that is waited out above.
    if (ended.kind === 'network' && platform.isOnline?.() === false) {
      attempt -= 1;
      continue;
    }
    const decision = decideRetry(
      { ...ended, attempt, outcome: ended, random: context.random(), now: context.wallClock(), remainingMs: deadline - context.platform.now() },
      context.retry,
    );
    if ('stop' in decision) {
      if (ended.kind === 'status') return failureOfStatus(about, ended.status, ended.body, decision.stop !== 'not-retryable');
      const detail = `${about}: ${ended.detail} (attempt ${attempt}, stopped by ${decision.stop})`;
      return failure(ended.timedOut ? 'backend-timeout' : 'network-failed', detail, { transient: true });
    }
    if (await sleep(decision.wait, context.platform, signals)) return failure('cancelled', `${about}: cancelled`);
  }
}

/** Milliseconds between two looks at whether there is a network. */
export const OFFLINE_LOOK_MS = 250;

/** The milliseconds it took. */
async function waitForNetwork(maxMs: number, { platform, onConnection }: SendContext, signals: readonly AbortSignal[]): Promise<number | 'offline' | 'cancelled'> {
  const began = platform.now();
  while (platform.isOnline?.() === false) {
    onConnection('offline');
    if (platform.now() - began >= maxMs) return 'offline';
    if (await sleep(OFFLINE_LOOK_MS, platform, signals)) return 'cancelled';
  }
  onConnection('online');
  return platform.now() - began;
}

/**
 * What has been handed to the network may still lie in the system's buffers: an answer is given the time that the body takes
 * on a line of 128 kbit/s, bytes a millisecond.
 */
const SLOWEST_LINE = 16;

function attemptOnce(request: SendRequest, context: SendContext, signals: readonly AbortSignal[], remainingMs: number): Promise<Attempt> {
  if (isAborted(signals)) return Promise.resolve({ kind: 'cancelled' });
  const { platform, upload } = context;
  const { body, stallMs } = request;
  const deadline = platform.now() + remainingMs;
  // Settled by the first of three, since a fetch of the integrator's own may ignore its signal.
  return new Promise((resolve) => {
    const controller = newAbortController(platform);
    let timer: TimerHandle | undefined;
    let sent = 0;
    let settled = false;
    const end = (attempt: Attempt): void => {
      settled = true;
      platform.clearTimeout(timer);
      unlisten();
      resolve(attempt);
      controller.abort();
    };
    const within = (ms: number, what: string): void => {
      platform.clearTimeout(timer);
      const left = Math.max(0, Math.round(Math.min(ms, deadline - platform.now())));
      timer = platform.setTimeout(() => end({ kind: 'network', detail: `${what} within ${left} ms`, timedOut: true }), left);
    };
    const unlisten = onAbort(signals, () => end({ kind: 'cancelled' }));
    if (upload === undefined || stallMs === undefined || typeof body !== 'object') {
      within(request.attemptMs, 'no answer');
      void exchange(request, context, controller.signal).then(end);
      return;
    }
    const onProgress = (bytes: number): void => {
      if (settled || bytes <= sent) return;
      sent = bytes;
      if (sent < body.length) within(stallMs, 'no further byte');
      else within(stallMs + body.length / SLOWEST_LINE, 'no answer');
      request.onProgress?.(sent);
    };
    within(stallMs, 'no byte');
    void exchange(request, { ...context, fetch: (url, { method, headers, signal, credentials }) => upload(url, { method, headers, signal, body, withCredentials: credentials === 'include', onProgress }) }, controller.signal).then(end);
  });
}

async function exchange(request: SendRequest, context: SendContext, signal: AbortSignal): Promise<Attempt> {
  let own: Readonly<Record<string, string>>;
  try {
    own = await context.headers();
  } catch (error) {
    return { kind: 'headers', detail: describe(error) };
  }
  try {
    const answer = await context.fetch(request.url, {
      method: request.method,
      headers: { ...own, ...request.headers },
      ...(request.body !== undefined && { body: request.body }),
      signal,
      credentials: context.credentials,
      // A redirect would carry the evidence to wherever it points.
      redirect: 'error',
      cache: 'no-store',
      ...(request.keepalive && { keepalive: true }),
    });
    const retryAfter = answer.headers.get('retry-after');
    // Asked for only then: of each header that it hides from another origin a browser complains in its console.
    return { kind: 'status', status: answer.status, retryAfter, date: retryAfter && answer.headers.get('date'), body: await answer.text() };
  } catch (error) {
    return { kind: 'network', detail: describe(error), timedOut: false };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'failed';
}
