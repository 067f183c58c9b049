import { webPlatform } from '../platform/web.js';
import { webUpload } from '../platform/web-upload.js';
import type { Platform, Primitives, Upload } from '../platform/port.js';
import { beaconWhereNeeded, tellAbandonment } from './abandon.js';
import type { AbandonmentOutcome } from './abandon.js';
import { digesterOf, fromHex, toBase64, toHex } from './chain.js';
import type { Bytes } from './chain.js';
import { createCircuit } from './circuit.js';
import type { CircuitOptions } from './circuit.js';
import { failure } from './failure.js';
import type { BackendFailure } from './failure.js';
import { PROTOCOL_VERSION } from './protocol.js';
import type { AbandonmentRequest, ManifestPart, PendingResponse, SessionRequest, SessionResponse, SessionState, SubmissionRequest, TokenRequest, VerdictResponse } from './protocol.js';
import { DEFAULT_RETRY_POLICY } from './retry-policy.js';
import type { RetryPolicy } from './retry-policy.js';
import { send } from './send.js';
import type { Fetch, SendAnswer, SendContext, SendRequest } from './send.js';
import { check } from './shape.js';
import type { Shape } from './shape.js';
import { pollVerdict } from './poll-verdict.js';
import type { AwaitVerdictOptions } from './poll-verdict.js';
import { sessionResponseShape, sessionStateShape, submissionResponseShape } from './wire-shapes.js';

/** Options of {@link createBackendClient}. */
export interface BackendClientOptions {
  /** Where the customer's backend serves the protocol: `/api/face` or `https://…/api/face`. No query, no fragment. */
  readonly endpoint: string;
  /** Extra headers, or a function that gives them before each attempt. Never a vendor's secret. Default none. */
  readonly headers?: Readonly<Record<string, string>> | SendContext['headers'];
  /** Whether cookies go along. Default `same-origin`. */
  readonly credentials?: RequestCredentials;
  /** Ends every call with `cancelled`. */
  readonly signal?: AbortSignal;
  /** Milliseconds for one attempt of a message. Default 5,000. */
  readonly attemptMs?: number;
  /** Milliseconds for a message with its retries. Default 20,000. */
  readonly overallMs?: number;
  /**
   * Milliseconds without a byte of a part going out after which its attempt has failed; a line that is slow and moves is not cut.
   * When all is out, the answer has this time and that of the part at 128 kbit/s. Default 15,000.
   */
  readonly partStallMs?: number;
  /** Milliseconds for one attempt of a part where its bytes cannot be seen going out: a `fetch` of your own, or `omit`. Default 60,000. */
  readonly partAttemptMs?: number;
  /** Milliseconds for a part with its retries. Default 120,000. */
  readonly partOverallMs?: number;
  /** Default {@link DEFAULT_RETRY_POLICY}. */
  readonly retry?: RetryPolicy;
  /** Default the host's `fetch`; `XMLHttpRequest` for parts, where there is one. */
  readonly fetch?: Fetch;
  /** Sends parts so that their bytes are seen going out. Default `XMLHttpRequest`, unless there is a `fetch` of your own or no cookie may go. */
  readonly upload?: Upload;
  /** Clock, timers and names for requests. Default the page's; a mini-program's is `miniProgramPlatform(wx)`. */
  readonly platform?: Pick<Platform, 'now' | 'setTimeout' | 'clearTimeout' | keyof Primitives> & Partial<Pick<Platform, 'isOnline'>> & { randomUUID(): string | Promise<string> };
  /** Milliseconds a call waits for the network when the host says that there is none. Default 60,000. */
  readonly offlineMs?: number;
  /** Told when calls begin to wait for the network, and when it is back: something to show. Default none. */
  readonly onConnection?: (state: 'offline' | 'online') => void;
  /** When to stop sending to a backend that does not answer. */
  readonly circuit?: CircuitOptions;
  /** From 0 up to 1, for jitter. Default `Math.random`. */
  readonly random?: () => number;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly wallClock?: () => number;
}

/** Options every call takes. */
export interface CallOptions {
  /** Ends this call with `cancelled`. */
  readonly signal?: AbortSignal;
}

/** Options of `putPart`. */
export interface PutPartOptions extends CallOptions {
  /** SHA-256 of the bytes, hex, where it is known already. */
  readonly digest?: string;
}

/** Options of `submit`. */
export interface SubmitOptions extends CallOptions {
  /**
   * Names this submission, `Idempotency-Key` on the wire: 8–255 visible ASCII characters. Another one for what is submitted anew after
   * a refusal, as a backend may answer a key it knows with its first answer. Default the session's id.
   */
  readonly key?: string;
}

/** The customer's backend, spoken to. No call ever rejects; each has a deadline. */
export interface BackendClient {
  /** Opens a session. */
  createSession(request: Omit<SessionRequest, 'protocol'>, options?: CallOptions): Promise<{ readonly ok: true; readonly session: SessionResponse } | BackendFailure>;
  /** Uploads one part with its digest; `onProgress` is told how many of its bytes are on their way: fewer again when they are sent again, all when they have arrived. */
  putPart(
    session: Pick<SessionResponse, 'sessionId'>,
    index: number,
    bytes: Bytes,
    onProgress?: (sentBytes: number) => void,
    options?: PutPartOptions,
  ): Promise<{ readonly ok: true; readonly part: ManifestPart } | BackendFailure>;
  /** Hands in the evidence. Calling it again with the same submission gives the first answer again. */
  submit(sessionId: string, submission: SubmissionRequest, options?: SubmitOptions): Promise<{ readonly ok: true; readonly response: VerdictResponse | PendingResponse } | BackendFailure>;
  /** Hands over a vendor's token where that is all there is; see `postToken` for the verdict as well. */
  postToken(request: Omit<TokenRequest, 'protocol'>, options?: CallOptions): Promise<{ readonly ok: true; readonly response: VerdictResponse | PendingResponse } | BackendFailure>;
  /** Says that there will be no submission; for `pagehide` too, and after the client's own signal. One attempt. */
  abandon(sessionId: string, reason: AbandonmentRequest['reason']): Promise<AbandonmentOutcome>;
  /** What the backend knows of a session. */
  state(sessionId: string, options?: CallOptions): Promise<{ readonly ok: true; readonly state: SessionState } | BackendFailure>;
  /** Asks until there is a verdict; `verdict-timeout` when there is none in time. */
  awaitVerdict(sessionId: string, options?: AwaitVerdictOptions): Promise<{ readonly ok: true; readonly response: VerdictResponse } | BackendFailure>;
}

const JSON_TYPE = { 'content-type': 'application/json' };
/** Longest text of a message that may outlive the page: 48 KiB whatever is in it, of the 64 that all such requests of a page share. */
const KEPT_ALIVE = 16_384;

/** @throws TypeError if the endpoint is not a URL or path to which paths can be added. */
export function createBackendClient(options: BackendClientOptions): BackendClient {
  const { attemptMs = 5000, overallMs = 20_000, partStallMs = 15_000, partAttemptMs = 60_000, partOverallMs = 120_000, offlineMs = 60_000, platform = webPlatform(), headers = {} } = options;
  const base = checkEndpoint(options.endpoint);
  let latestHeaders: Readonly<Record<string, string>> = typeof headers === 'function' ? {} : headers;
  let connection: 'offline' | 'online' = 'online';
  const context: SendContext = {
    // Called as a method of its own, never detached: browsers refuse a fetch whose `this` is another object.
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    upload: options.upload ?? (options.fetch || options.credentials === 'omit' ? undefined : webUpload()),
    platform,
    headers: async () => (latestHeaders = typeof headers === 'function' ? await headers() : headers),
    credentials: options.credentials ?? 'same-origin',
    retry: options.retry ?? DEFAULT_RETRY_POLICY,
    random: options.random ?? Math.random,
    wallClock: options.wallClock ?? Date.now,
    circuit: createCircuit(options.circuit),
    // Calls wait side by side, and some give up; what counts is the change.
    onConnection(state) {
      if (state === connection) return;
      connection = state;
      options.onConnection?.(state);
    },
  };
  const message = (request: Pick<SendRequest, 'method' | 'about' | 'headers' | 'body' | 'keepalive'>, path: string, call: CallOptions | undefined, budgetMs?: number): Promise<SendAnswer | BackendFailure> =>
    send({ ...request, url: `${base}/${path}`, attemptMs, overallMs: budgetMs ?? overallMs, offlineMs: Math.min(offlineMs, budgetMs ?? Infinity), signals: [options.signal, call?.signal] }, context);

  const askState = async (sessionId: string, call: CallOptions | undefined, budgetMs?: number): ReturnType<BackendClient['state']> => {
    const read = readJson(await message({ method: 'GET', about: 'session state' }, sessionPath(sessionId), call, budgetMs), 'session state', sessionStateShape, sessionId);
    return read.ok ? { ok: true, state: read.value } : read;
  };

  return {
    async createSession(request, call) {
      const body = JSON.stringify({ ...request, protocol: PROTOCOL_VERSION } satisfies SessionRequest);
      const answer = await message({ method: 'POST', about: 'session creation', headers: { ...JSON_TYPE, 'idempotency-key': await platform.randomUUID() }, body }, 'sessions', call);
      const read = readJson(answer, 'session creation', sessionResponseShape);
      if (!read.ok) return read;
      const session = read.value;
      if (!(request.channels ?? ['capture']).includes(session.channel)) return failure('backend-malformed', 'session creation: channel must be one that was offered', { status: 201 });
      return { ok: true, session };
    },

    async putPart({ sessionId }, index, bytes, onProgress, call) {
      const about = `part ${index}`;
      const digester = digesterOf(platform);
      if (!digester) return failure('insecure-context', `${about}: WebCrypto is missing`);
      const digest = call?.digest ?? toHex(await digester(bytes));
      const part: ManifestPart = { index, bytes: bytes.length, digest };
      const answer = await send(
        {
          method: 'PUT',
          url: `${base}/${sessionPath(sessionId)}/parts/${index}`,
          about,
          headers: { 'content-type': 'application/octet-stream', 'content-digest': `sha-256=:${(platform.toBase64 ?? toBase64)(fromHex(digest))}:`, 'idempotency-key': `${index}-${digest}` },
          body: bytes,
          attemptMs: partAttemptMs,
          stallMs: partStallMs,
          onProgress,
          overallMs: partOverallMs,
          offlineMs,
          signals: [options.signal, call?.signal],
        },
        context,
      );
      if (!answer.ok) return answer;
      onProgress?.(bytes.length);
      return { ok: true, part };
    },

    async submit(sessionId, submission, call) {
      // A session takes one submission, so its id names that submission: a second call is a repetition, not another one.
      const answer = await message({ method: 'POST', about: 'submission', headers: { ...JSON_TYPE, 'idempotency-key': call?.key ?? sessionId }, body: JSON.stringify(submission) }, `${sessionPath(sessionId)}/submission`, call);
      const read = readJson(answer, 'submission', submissionResponseShape, sessionId);
      return read.ok ? { ok: true, response: read.value } : read;
    },

    async postToken(request, call) {
      const body = JSON.stringify({ ...request, protocol: PROTOCOL_VERSION } satisfies TokenRequest);
      const answer = await message({ method: 'POST', about: 'token', headers: { ...JSON_TYPE, 'idempotency-key': await platform.randomUUID() }, body, keepalive: body.length < KEPT_ALIVE }, 'tokens', call);
      const read = readJson(answer, 'token', submissionResponseShape);
      return read.ok ? { ok: true, response: read.value } : read;
    },

    abandon: (sessionId, reason) =>
      tellAbandonment({ url: `${base}/${sessionPath(sessionId)}/abandonment`, reason, headers: { ...latestHeaders, 'idempotency-key': sessionId }, context, sendBeacon: options.fetch ? undefined : beaconWhereNeeded() }),

    state: (sessionId, call) => askState(sessionId, call),

    awaitVerdict: (sessionId, call = {}) =>
      pollVerdict({ ...call, platform, signals: [options.signal, call.signal], ask: (remainingMs) => askState(sessionId, call, Math.min(overallMs, remainingMs)) }),
  };
}

function readJson<T extends object>(answer: SendAnswer | BackendFailure, about: string, shape: Shape<T>, sessionId?: string): { readonly ok: true; readonly value: T } | BackendFailure {
  if (!answer.ok) return answer;
  const malformed = (detail: string): BackendFailure => failure('backend-malformed', `${about}: ${detail}`, { status: answer.status });
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch {
    return malformed('body must be JSON');
  }
  const checked = check(shape, body, 'ignore');
  if (!checked.ok) return malformed(checked.errors.map(({ field, rule }) => `${field} ${rule}`).join('; '));
  if (sessionId !== undefined && (checked.value as { sessionId?: string }).sessionId !== sessionId) return malformed('sessionId must be the session that was asked about');
  return checked;
}

function sessionPath(sessionId: string): string {
  return `sessions/${encodeURIComponent(sessionId)}`;
}

function checkEndpoint(endpoint: unknown): string {
  if (typeof endpoint !== 'string' || !/^(https?:\/\/[^/?#@\s]+)?(\/[^?#\s]*)?$/.test(endpoint) || endpoint === '') {
    throw new TypeError('endpoint must be a path such as /api/face or an http(s) URL, without credentials, query, fragment or spaces');
  }
  return endpoint.replace(/\/+$/, '');
}
