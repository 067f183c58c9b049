import type { Challenge, SessionLimits, SessionRequest, Verdict } from '../transport/protocol.js';
import { check, integer, list, record } from '../transport/shape.js';
import type { FieldError } from '../transport/shape.js';
import { MAX_LISTED_PARTS, containerShape } from '../transport/wire-shapes.js';
import type { ChannelRequest } from './channel-choice.js';
import type { EvidenceInspector } from './evidence/inspect.js';
import { createWorkerInspector } from './evidence/worker-inspector.js';
import type { Log } from './log.js';
import { createDirectoryEvidenceStore, hasFiles } from './stores/directory-evidence.js';
import { createMemoryEvidenceStore } from './stores/memory-evidence.js';
import { createMemorySessionStore } from './stores/memory-sessions.js';
import { problemsOfOrigins } from './origins.js';
import { DEFAULT_QUOTAS } from './quotas.js';
import type { ChannelChoice, EvidenceStore, Quotas, Session, SessionStore } from './stores/port.js';
import { createTurns } from './turns.js';
import type { TakeTurn } from './turns.js';
import type { VendorPort } from './vendors/port.js';

/** What the authorisation hook says of a request. */
export type Authorization =
  | {
      readonly allowed: true;
      /** The customer's name for the user. A session belongs to the subject that opened it. */
      readonly subject?: string;
    }
  | {
      readonly allowed: false;
      /** Default 401. */
      readonly status?: 401 | 403;
      /** Told to the client. */
      readonly detail?: string;
    };

/** What {@link HandlerOptions.challenge} chooses from: the body of the request, and its headers. */
export type ChallengeRequest = Pick<SessionRequest, 'challenges' | 'actions' | 'substitutions' | 'locale'> & { readonly headers: Headers };

/** A decided attempt, told to the customer's own code. */
export interface VerdictEvent {
  readonly session: Session;
  /** The number the client was given. */
  readonly reference: string;
  readonly verdict: Verdict;
  /** The vendor's own number, where a vendor was asked. */
  readonly vendorReference?: string;
  /** What the evidence was rejected for here, before any vendor was asked; empty otherwise. Never told to the client. */
  readonly findings: readonly FieldError[];
}

/** Milliseconds, each an integer from 0 to 2,147,483,647. */
export interface HandlerDurations {
  /**
   * How long a session takes parts and its submission. One that leads to a vendor lasts at least as long as the vendor's link or token is
   * good (`task.expiresInMs`: two hours of a BizToken), and five minutes more for the way back. Default 600,000.
   */
  readonly sessionTtlMs?: number;
  /** How long evidence is kept after the verdict. Default 0: deleted with it. */
  readonly evidenceRetentionMs?: number;
  /** How long a session's record, which holds no media, outlives the session. Default 86,400,000. */
  readonly recordRetentionMs?: number;
  /**
   * How long digests of submitted parts, of the whole, of its key frames, and of tokens that no session led to, are remembered, so that
   * the same recording or token is refused
   * in another session. A digest tells nothing of what was recorded. Default 604,800,000, a week; 0 remembers none.
   */
  readonly replayRetentionMs?: number;
  /** How long `vendor.decide` may take, from when it is asked; then the decision is `review`. Default 30,000. */
  readonly vendorDeadlineMs?: number;
  /** How long a submission waits for the verdict before it is answered with `pending`; below the client's 5 s an attempt. Default 3,000. */
  readonly inlineWaitMs?: number;
  /** How long a vendor that answered `pending` has until `settle`; then it is asked once more where the session led to its page, and without an answer the decision is `review`. Default 600,000. */
  readonly pendingDeadlineMs?: number;
  /** How long a part's body may stand still, without a byte; above the client's own 15,000. Default 20,000. */
  readonly partStallMs?: number;
  /**
   * How long a part's body may take as a whole, so that a client that sends a byte now and then is cut too. Default 240,000: 1 MiB
   * at 35 kbit/s, and below the 300,000 after which Node's server cuts a request by itself.
   */
  readonly partTimeoutMs?: number;
  /** How long any other body may take to arrive. Default 10,000. */
  readonly messageTimeoutMs?: number;
}

/** Options of `createHandler`. */
export interface HandlerOptions extends HandlerDurations {
  /** Who decides. */
  readonly vendor: VendorPort;
  /** Path before `/sessions`, such as `/api/face`. Default none. */
  readonly basePath?: string;
  /** Default {@link DEFAULT_LIMITS}, each by itself. */
  readonly limits?: Partial<SessionLimits>;
  /**
   * What your vendor takes for the video: media types without parameters, such as `video/mp4`. Clients that record another one
   * convert it where they can; a manifest with another one is refused. Default empty: whatever a client records.
   */
  readonly containers?: readonly string[];
  /** How much is let in; each by itself, default {@link DEFAULT_QUOTAS}. */
  readonly quotas?: Partial<Quotas>;
  /**
   * Origins whose pages may use the service, such as `https://shop.example`; the backend's own too, as browsers send it with
   * every POST and PUT. Default no list: pages of the backend's own origin only, as browsers have it without CORS.
   */
  readonly origins?: readonly string[];
  /** Default in memory, for one instance. */
  readonly sessions?: SessionStore;
  /** Default a private folder of the system's temporary files on Node, Deno and Bun, memory elsewhere. */
  readonly evidence?: EvidenceStore;
  /** Default a worker thread that reads one recording at a time. */
  readonly inspect?: EvidenceInspector;
  /**
   * Chooses what is asked of the person, from the request's `challenges` and `actions`: what the client can run and what fits
   * the person. Digits, actions and colours must come from a secure source of randomness. Default silent.
   */
  readonly challenge?: (request: ChallengeRequest, subject: string | undefined) => Challenge;
  /**
   * Chooses how the person is verified, from the ways the client can go, and begins with the vendor: what it gives is the client's task.
   * Called once for a session whose client offers a vendor's channel; needs `vendor.confirm`. The session
   * waits for what comes back as long as the task is good, and five minutes more. Default `capture`.
   */
  readonly channel?: (request: ChannelRequest, subject: string | undefined) => ChannelChoice | Promise<ChannelChoice>;
  /** Asked before anything else of each request. Default everybody, without a subject. */
  readonly authorize?: (request: Request) => Authorization | Promise<Authorization>;
  /**
   * Called for each decided attempt, at most once, before the client learns of it if it still waits. The verdict is saved first: an
   * instance that dies in between, and a hook that fails, leave an attempt you were not told of. Where you miss one, read it:
   * `sessions.readSession(sessionId, Date.now())` of your store, or `GET sessions/{id}`.
   */
  readonly onVerdict?: (event: VerdictEvent) => void | Promise<void>;
  /** Default none. */
  readonly log?: Log;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /** Bytes for ids and nonces; has to be cryptographically strong. Default WebCrypto. */
  readonly randomBytes?: (length: number) => Uint8Array;
}

/**
 * 8 MiB is what vendors take of a video; 270 × 480 and 2 s are their own minima. Parts of up to 1 MiB keep a retry cheap.
 */
export const DEFAULT_LIMITS: SessionLimits = {
  maxBytes: 8_388_608,
  maxPartBytes: 1_048_576,
  maxParts: 64,
  minWidth: 270,
  minHeight: 480,
  minDurationMs: 2000,
  maxDurationMs: 30_000,
};

const DEFAULT_DURATIONS: Required<HandlerDurations> = {
  sessionTtlMs: 600_000,
  evidenceRetentionMs: 0,
  recordRetentionMs: 86_400_000,
  replayRetentionMs: 604_800_000,
  vendorDeadlineMs: 30_000,
  inlineWaitMs: 3000,
  pendingDeadlineMs: 600_000,
  partStallMs: 20_000,
  partTimeoutMs: 240_000,
  messageTimeoutMs: 10_000,
};

/** Submissions whose evidence is read at once, up to `limits.maxBytes` of memory each: enough to keep the inspector busy while a store is slow. */
const READ_AT_ONCE = 8;

/** A decision on its way. */
export interface Deciding {
  readonly work: Promise<void>;
  /** Asks no vendor any more, and tells one that is being asked. */
  stop(): void;
}

/** The options with every default in place. */
export type Settings = Required<Omit<HandlerOptions, 'limits' | 'quotas' | 'origins' | 'channel'>> & {
  readonly channel: HandlerOptions['channel'] | undefined;
  readonly limits: SessionLimits;
  readonly quotas: Quotas;
  readonly origins: readonly string[] | undefined;
  /** Decisions on their way, by session; a closing handler waits for them. */
  readonly deciding: Map<string, Deciding>;
  /** For reading evidence. */
  readonly takeTurn: TakeTurn;
  /** Channels being chosen, by session, for requests that ask again meanwhile. */
  readonly choosing: Map<string, Promise<unknown>>;
};

/** @throws TypeError naming each option that is wrong. */
export function resolveOptions(options: HandlerOptions): Settings {
  const { limits, quotas, log, ...given } = options;
  const now = given.now ?? Date.now;
  const defaults: Omit<Settings, 'vendor' | 'deciding' | 'takeTurn' | 'choosing'> = {
    ...DEFAULT_DURATIONS,
    basePath: '',
    limits: { ...DEFAULT_LIMITS, ...limits },
    quotas: { ...DEFAULT_QUOTAS, ...quotas },
    containers: [],
    origins: undefined,

    sessions: given.sessions ?? createMemorySessionStore(),
    evidence: given.evidence ?? (hasFiles() ? createDirectoryEvidenceStore({ now }) : createMemoryEvidenceStore({ now })),
    inspect: given.inspect ?? createWorkerInspector(),
    challenge: () => ({ type: 'silent', minimumMs: limits?.minDurationMs ?? DEFAULT_LIMITS.minDurationMs }),
    channel: undefined,
    authorize: () => ({ allowed: true }),
    onVerdict: () => undefined,
    log: quiet(log),
    now,
    randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
  };
  // In JavaScript an option may be given as undefined, which is the same as not given.
  const settings: Settings = { deciding: new Map(), takeTurn: createTurns(READ_AT_ONCE), choosing: new Map(), ...defaults, ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as typeof given) };

  const errors = Object.keys(given).filter((key) => key !== 'vendor' && !(key in defaults)).map((key) => `${key} is not an option`);
  errors.push(...problemsOf(record<Required<HandlerDurations>>(mapValues(DEFAULT_DURATIONS, () => integer({ max: 2 ** 31 - 1 }))), pick(settings, Object.keys(DEFAULT_DURATIONS))));
  errors.push(...problemsOf(record<SessionLimits>(mapValues(DEFAULT_LIMITS, () => integer({ min: 1 }))), settings.limits, 'limits.'));
  errors.push(...problemsOf(record<Quotas>(mapValues(DEFAULT_QUOTAS, () => integer({ max: 2 ** 31 - 1 }))), settings.quotas, 'quotas.'), ...problemsOfOrigins(settings.origins));
  errors.push(...problemsOf(record<Pick<Settings, 'containers'>>({ containers: list(containerShape, { max: 32 }) }), { containers: settings.containers }));
  if (settings.limits.maxParts > MAX_LISTED_PARTS) errors.push(`limits.maxParts must be at most ${MAX_LISTED_PARTS}`);
  if (settings.limits.maxParts * settings.limits.maxPartBytes < settings.limits.maxBytes) errors.push('limits.maxParts times limits.maxPartBytes must reach limits.maxBytes');
  if (typeof settings.vendor?.decide !== 'function') errors.push('vendor must be a VendorPort with decide()');
  if (given.channel && typeof settings.vendor?.confirm !== 'function') errors.push('vendor must have confirm() where there is a channel to choose');
  if (!/^(\/[\w.-]+)*$/.test(settings.basePath)) errors.push('basePath must be empty or a path such as /api/face, without a slash at its end');
  if (errors.length > 0) throw new TypeError(`createHandler: ${errors.join('; ')}`);
  return settings;
}

function quiet(log: Log | undefined): Log {
  return (entry) => {
    try {
      log?.(entry);
    } catch {
      // A log that fails must not fail the verification.
    }
  };
}

function problemsOf<T>(shape: Parameters<typeof check<T>>[0], value: unknown, prefix = ''): string[] {
  const checked = check(shape, value, 'refuse');
  return checked.ok ? [] : checked.errors.map(({ field, rule }) => `${prefix}${field} ${rule}`);
}

function pick(source: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(source).filter(([key]) => keys.includes(key)));
}

function mapValues<T extends object, V>(source: T, make: () => V): { readonly [K in keyof T]: V } {
  return Object.fromEntries(Object.keys(source).map((key) => [key, make()])) as { readonly [K in keyof T]: V };
}
