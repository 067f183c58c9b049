import { decideRetry } from '../../transport/retry-policy.js';
import { originOf } from './origin.js';
import type { VendorFailure, VendorFailureReason } from './failure.js';
import { readJsonBody } from './response-body.js';

/** Options that every vendor client over HTTP takes. */
export interface VendorHttpOptions {
  /** Scheme and host, such as a proxy of your own. https. Each client has the vendor's own as its default. */
  readonly origin?: string;
  /** Takes `http://127.0.0.1`, `[::1]` and `localhost` as an origin, for a simulator. Default false. */
  readonly allowLoopbackHttp?: boolean;
  /** Milliseconds for one attempt, its answer read included. Default 8,000. */
  readonly timeoutMs?: number;
  /** Attempts in all for a call that may be repeated. Default 2. */
  readonly attempts?: number;
  /** Bytes taken of an answer. Default 1,048,576; a client that fetches media has a larger one. */
  readonly maxBytes?: number;
  /** Default the platform's. */
  readonly fetch?: typeof globalThis.fetch;
  /** From 0 up to 1, spreads the second attempt. Default `Math.random`. */
  readonly random?: () => number;
}

/** One call. */
export interface VendorCall {
  /** Names the call in a failure's detail; the address holds keys and stays out of it. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`, each value encoded once. */
  readonly form?: Readonly<Record<string, string>>;
  /**
   * `unsent`: again only if no connection was made, for calls that are charged or change something. `always`: also after a broken
   * connection, a timeout or 5xx, for calls that only read. Never after an answer that says no.
   */
  readonly repeat: 'unsent' | 'always';
  readonly signal?: AbortSignal | undefined;
}

/** An answer of 2xx that was JSON. */
export interface VendorJson {
  readonly ok: true;
  readonly body: unknown;
}

/** Makes one call. Never rejects. */
export type VendorHttp = (call: VendorCall) => Promise<VendorJson | VendorFailure>;

/** Upper bound of the wait before a further attempt, and of one that the vendor asks for with `Retry-After`; milliseconds. */
const SPREAD_MS = 250;
const MAX_RETRY_AFTER_MS = 2000;

/** How the platform's `fetch` names connections that were never made. */
const UNSENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/**
 * What all clients speak through: https, no redirects, a deadline, a bounded answer.
 *
 * @throws TypeError naming the option and the rule.
 */
export function createVendorHttp(options: VendorHttpOptions & { readonly origin: string }): VendorHttp {
  const { timeoutMs = 8000, attempts = 2, maxBytes = 1_048_576, fetch = globalThis.fetch, random = Math.random } = options;
  const origin = originOf(options.origin, options.allowLoopbackHttp === true);
  for (const [name, value] of Object.entries({ timeoutMs, attempts, maxBytes })) {
    if (!Number.isSafeInteger(value) || value < 1 || value > 2 ** 31 - 1) throw new TypeError(`${name} must be an integer from 1 to 2147483647`);
  }

  const policy = { maxAttempts: attempts, baseMs: SPREAD_MS, capMs: SPREAD_MS, maxRetryAfterMs: MAX_RETRY_AFTER_MS };
  return async (call) => {
    for (let attempt = 1; ; attempt++) {
      const { ended, retryAfter } = await attemptOnce(call, { origin, timeoutMs, maxBytes, fetch });
      if (ended.ok || !mayRepeat(ended, call)) return ended;
      const outcome = ended.status === undefined ? ({ kind: 'network' } as const) : ({ kind: 'status', status: ended.status } as const);
      const decision = decideRetry({ attempt, outcome, retryAfter: retryAfter ?? null, random: random(), now: Date.now() }, policy);
      if ('stop' in decision) return ended;
      if (await pause(decision.wait, call.signal)) return fail(call, 'cancelled', 'by the caller', ended.sent);
    }
  };
}

function mayRepeat({ reason, status = 0 }: VendorFailure, { repeat }: VendorCall): boolean {
  if (reason === 'unreachable') return true;
  return repeat === 'always' && (reason === 'network' || reason === 'timeout' || (reason === 'status' && status >= 500));
}

interface AttemptOptions extends Required<Pick<VendorHttpOptions, 'timeoutMs' | 'maxBytes' | 'fetch'>> {
  readonly origin: string;
}

/** How an attempt ended, and when the vendor wants to be asked again, if it said so. */
interface Attempted {
  readonly ended: VendorJson | VendorFailure;
  readonly retryAfter?: string | null;
}

async function attemptOnce(call: VendorCall, { origin, timeoutMs, maxBytes, fetch }: AttemptOptions): Promise<Attempted> {
  const failed = (reason: VendorFailureReason, what: string, sent: boolean): Attempted => ({ ended: fail(call, reason, what, sent) });
  if (call.signal?.aborted) return failed('cancelled', 'by the caller', false);
  const url = new URL(call.path, origin);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  const body = call.json !== undefined ? JSON.stringify(call.json) : call.form && new URLSearchParams(call.form).toString();

  const controller = new AbortController();
  const abort = (): void => controller.abort();
  call.signal?.addEventListener('abort', abort);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abort();
  }, timeoutMs);
  try {
    const response = await fetch(url, {
      method: call.method,
      headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': call.form ? 'application/x-www-form-urlencoded' : 'application/json' }) },
      ...(body !== undefined && { body }),
      // A redirect would carry keys and names to wherever it points.
      redirect: 'manual',
      signal: controller.signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      const what = response.type === 'opaqueredirect' ? 'a redirect' : `HTTP ${response.status}`;
      return { ended: { ...fail(call, 'status', what, true), status: response.status }, retryAfter: response.headers.get('retry-after') };
    }
    const read = await readJsonBody(response, maxBytes);
    return read.ok ? { ended: read } : failed(read.reason, read.detail, true);
  } catch (error) {
    if (late) return failed('timeout', `no answer within ${timeoutMs} ms`, true);
    if (call.signal?.aborted) return failed('cancelled', 'by the caller', true);
    const code = networkCode(error);
    return UNSENT.includes(code) ? failed('unreachable', code, false) : failed('network', code || 'the connection broke', true);
  } finally {
    clearTimeout(timer);
    call.signal?.removeEventListener('abort', abort);
  }
}

function fail({ name }: VendorCall, reason: VendorFailureReason, what: string, sent: boolean): VendorFailure {
  return { ok: false, reason, detail: `${name}: ${what}`, sent };
}

/** The error's code. Its message may quote the address, which holds keys. */
function networkCode(error: unknown): string {
  const { code } = ((error as { cause?: unknown }).cause ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : '';
}

/** Waits; true if the signal ended the wait early. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve(signal?.aborted === true);
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}
