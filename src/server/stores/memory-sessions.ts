import type { ManifestPart } from '../../transport/protocol.js';
import type { ChannelChoice, EvidenceMark, Idempotency, QuotaReached, Quotas, Session, SessionStore, StoredSession, Submission } from './port.js';

/** Options of {@link createMemorySessionStore}. */
export interface MemorySessionStoreOptions {
  /**
   * Sessions kept at once. Beyond it those that are finished (decided, closed, expired) are forgotten early, the oldest first; only
   * where all are open or being decided more are refused. Default 10,000.
   */
  readonly maxSessions?: number;
}

/** Digests remembered for each session there is room for; the oldest go first. */
const MARKS_OF_SESSION = 16;

interface Entry {
  session: Session;
  readonly parts: Map<number, ManifestPart>;
  readonly scopedKey: string | undefined;
  /** When it was counted as an attempt before anything was submitted. */
  countedAt?: number;
  /** Its end was put off, so that it outlives some that were opened later. */
  isPutOff?: true;
  channel?: ChannelChoice;
  submission?: Submission;
  closedAt?: number;
  withdrawnAt?: number;
}

/** What is remembered of a subject for its quotas. */
interface Usage {
  openedAt: number;
  attempts: number[];
}

/** Sessions in this process's memory: for one instance, lost with it. Each method runs to its end without a pause, hence atomic. */
export function createMemorySessionStore({ maxSessions = 10_000 }: MemorySessionStoreOptions = {}): SessionStore {
  const entries = new Map<string, Entry>();
  const created = new Map<string, { readonly fingerprint: string; readonly sessionId: string }>();
  const named = new Map<string, string>();

  const open = new Map<string, number>();
  const usage = new Map<string, Usage>();
  const evidenceOf = new Map<string, { readonly sessionId: string; readonly until: number }>();

  const forget = (entry: Entry): void => {
    entries.delete(entry.session.sessionId);
    open.delete(entry.session.sessionId);
    named.delete(entry.session.nonce);
    if (entry.scopedKey !== undefined) created.delete(entry.scopedKey);
  };
  const find = (sessionId: string, now: number): Entry | undefined => {
    const entry = entries.get(sessionId);
    if (entry === undefined || now < entry.session.forgetAt) return entry;
    forget(entry);
    return undefined;
  };
  const sweep = (now: number): void => {
    // Oldest first, and sessions of a handler live equally long, but for those that wait for a vendor: the first other one that stays ends the sweep.
    for (const entry of entries.values()) {
      if (now >= entry.session.forgetAt) forget(entry);
      else if (!entry.isPutOff) return;
    }
  };

  /** Makes room for one more, where one of those that are there is finished. */
  const makeRoom = (now: number): boolean => {
    if (entries.size < maxSessions) return true;
    for (const entry of entries.values()) {
      if (!isFinished(entry, now)) continue;
      forget(entry);
      return true;
    }
    return false;
  };

  const putOff = (entry: Entry, expiresAt: number): void => {
    const { session } = entry;
    entry.session = { ...session, expiresAt, forgetAt: session.forgetAt + expiresAt - session.expiresAt };
    entry.isPutOff = true;
    if (open.has(session.sessionId)) open.set(session.sessionId, expiresAt);
  };

  const usageOf = (subject: string): Usage => {
    const used = usage.get(subject) ?? { openedAt: -Infinity, attempts: [] };
    usage.set(subject, used);
    return used;
  };
  /** Nobody's usage is kept longer than it counts. */
  const sweepUsage = (now: number, { intervalMs, attemptWindowMs }: Quotas): void => {
    if (usage.size <= maxSessions) return;
    for (const [subject, { openedAt, attempts }] of usage) {
      if (openedAt <= now - intervalMs && (attempts[attempts.length - 1] ?? -Infinity) <= now - attemptWindowMs) usage.delete(subject);
    }
  };
  const overAttempts = (subject: string | undefined, { attempts, attemptWindowMs }: Quotas, now: number): QuotaReached | undefined => {
    if (subject === undefined || attempts === 0) return undefined;
    const used = usageOf(subject);
    used.attempts = used.attempts.filter((at) => at > now - attemptWindowMs);
    const oldest = used.attempts[0];
    return oldest !== undefined && used.attempts.length >= attempts ? { status: 'too-many-attempts', retryAfterMs: oldest + attemptWindowMs - now } : undefined;
  };
  const uncount = (entry: Entry): void => {
    const { countedAt, session } = entry;
    if (countedAt === undefined || session.subject === undefined) return;
    delete entry.countedAt;
    const { attempts } = usageOf(session.subject);
    const index = attempts.indexOf(countedAt);
    if (index >= 0) attempts.splice(index, 1);
  };
  const overQuota = ({ subject }: Session, quotas: Quotas, now: number): QuotaReached | undefined => {
    const sinceMs = subject === undefined ? Infinity : now - usageOf(subject).openedAt;
    if (sinceMs < quotas.intervalMs) return { status: 'too-frequent', retryAfterMs: quotas.intervalMs - sinceMs };
    const attempts = overAttempts(subject, quotas, now);
    if (attempts || quotas.openSessions === 0) return attempts;
    for (const [sessionId, until] of open) if (until <= now) open.delete(sessionId);
    return open.size < quotas.openSessions ? undefined : { status: 'too-many-open', retryAfterMs: Math.min(...open.values()) - now };
  };

  const replayedOf = (sessionId: string, { digests }: EvidenceMark, now: number): readonly string[] =>
    digests.filter((digest) => {
      const earlier = evidenceOf.get(digest);
      return earlier !== undefined && earlier.sessionId !== sessionId && now < earlier.until;
    });
  const remember = (sessionId: string, { digests, keepMs }: EvidenceMark, now: number): void => {
    for (const digest of digests) {
      // Behind the others, which are then in the order of their ends.
      evidenceOf.delete(digest);
      evidenceOf.set(digest, { sessionId, until: now + keepMs });
    }
    for (const [digest, { until }] of evidenceOf) {
      if (now < until && evidenceOf.size <= maxSessions * MARKS_OF_SESSION) return;
      evidenceOf.delete(digest);
    }
  };

  return {
    async createSession(session, idempotency, now, quotas) {
      sweep(now);
      const scopedKey = idempotency && scope(session, idempotency);
      const earlier = scopedKey === undefined ? undefined : created.get(scopedKey);
      const replayed = earlier && find(earlier.sessionId, now);
      if (earlier && replayed) return earlier.fingerprint === idempotency?.fingerprint ? { status: 'replayed', session: replayed.session } : { status: 'conflict' };
      if (quotas) sweepUsage(now, quotas);
      const over = quotas && overQuota(session, quotas, now);
      if (over) return over;
      if (!makeRoom(now)) return { status: 'full' };
      if (session.subject !== undefined && quotas) usageOf(session.subject).openedAt = now;
      open.set(session.sessionId, session.expiresAt);
      const counts = session.choosesChannel === true && session.subject !== undefined && (quotas?.attempts ?? 0) > 0;
      if (counts) usageOf(session.subject).attempts.push(now);
      entries.set(session.sessionId, { session, parts: new Map(), scopedKey, ...(counts && { countedAt: now }) });
      if (scopedKey !== undefined && idempotency) created.set(scopedKey, { fingerprint: idempotency.fingerprint, sessionId: session.sessionId });
      return { status: 'created' };
    },

    async readSession(sessionId, now) {
      const entry = find(sessionId, now);
      return entry && snapshot(entry);
    },

    async saveChannel({ sessionId, nonce }, channel, now, until) {
      const entry = find(sessionId, now);
      if (entry === undefined) return;
      if (entry.channel === undefined && !('expected' in channel)) uncount(entry);
      if (entry.channel === undefined && until !== undefined && until > entry.session.expiresAt) putOff(entry, until);
      entry.channel ??= channel;
      named.set(nonce, sessionId);
    },

    async findByNonce(nonce, now) {
      const entry = find(named.get(nonce) ?? '', now);
      return entry && snapshot(entry);
    },

    async claimPart(sessionId, part, now) {
      const entry = find(sessionId, now);
      if (entry === undefined) return 'unknown';
      const { session, parts, submission, closedAt } = entry;
      const there = parts.get(part.index);
      if (there?.digest === part.digest) return 'present';
      if (submission) return 'used';
      if (closedAt !== undefined || now >= session.expiresAt) return 'expired';
      if (there) return 'conflict';
      if (part.index >= session.limits.maxParts) return 'too-many';
      const bytes = [...parts.values()].reduce((sum, each) => sum + each.bytes, part.bytes);
      if (bytes > session.limits.maxBytes) return 'too-large';
      parts.set(part.index, part);
      return 'claimed';
    },

    async claimSubmission(sessionId, submission, now, quotas, evidence) {
      const entry = find(sessionId, now);
      if (entry === undefined) return { status: 'unknown' };
      if (entry.submission) return { status: 'taken', submission: entry.submission };
      if (entry.closedAt !== undefined || now >= entry.session.expiresAt) return { status: 'expired' };
      const { subject } = entry.session;
      const over = quotas && entry.countedAt === undefined && overAttempts(subject, quotas, now);
      if (over) return over;
      const replayed = evidence ? replayedOf(sessionId, evidence, now) : [];
      if (replayed.length > 0) return { status: 'replayed', digests: replayed };
      if (evidence) remember(sessionId, evidence, now);
      // Without a limit nobody looks at them, and nobody would take them away again.
      if (subject !== undefined && quotas && quotas.attempts > 0 && entry.countedAt === undefined) usageOf(subject).attempts.push(now);
      entry.submission = submission;
      return { status: 'claimed' };
    },

    async holdSubmission(sessionId, holder, now, silentSince = -Infinity) {
      const entry = entries.get(sessionId);
      if (entry?.submission === undefined) return 'unknown';
      const { verdict, held } = entry.submission;
      if (verdict) return 'decided';
      if (entry.withdrawnAt !== undefined) return 'withdrawn';
      if (held && held.by !== holder && held.at > silentSince) return 'taken';
      entry.submission = { ...entry.submission, held: { by: holder, at: now } };
      return 'held';
    },

    async claimEvidence(sessionId, evidence, now) {
      const replayed = replayedOf(sessionId, evidence, now);
      if (replayed.length === 0) remember(sessionId, evidence, now);
      return replayed;
    },

    async closeSession(sessionId, now, withdrawn = false) {
      const entry = find(sessionId, now);
      if (entry === undefined) return false;
      entry.closedAt ??= now;
      if (withdrawn) entry.withdrawnAt ??= now;
      open.delete(sessionId);
      return true;
    },

    async saveVendorReference(sessionId, vendorReference) {
      const entry = entries.get(sessionId);
      if (entry?.submission && entry.submission.verdict === undefined) entry.submission = { ...entry.submission, vendorReference };
    },

    async saveVerdict(sessionId, outcome) {
      const entry = entries.get(sessionId);
      if (entry?.submission === undefined) return undefined;
      const saved = entry.submission.verdict === undefined;
      if (saved && entry.withdrawnAt !== undefined) return undefined;
      if (saved) entry.submission = { ...entry.submission, ...outcome };
      open.delete(sessionId);
      return { saved, submission: entry.submission };
    },
  };
}

/** What nothing more can become of. A submission that is not decided is somebody's to decide, whatever became of its session. */
function isFinished({ session, submission, closedAt, withdrawnAt }: Entry, now: number): boolean {
  if (submission) return submission.verdict !== undefined || withdrawnAt !== undefined;
  return closedAt !== undefined || now >= session.expiresAt;
}

/** Keys are the clients' own; one subject's must not give it another's session. */
function scope({ subject = '' }: Session, { key }: Idempotency): string {
  return JSON.stringify([subject, key]);
}

function snapshot({ session, parts, channel, submission, closedAt, withdrawnAt }: Entry): StoredSession {
  return { session, parts: [...parts.values()].sort((a, b) => a.index - b.index), ...(channel && { channel }), ...(submission && { submission }), ...(closedAt !== undefined && { closedAt }), ...(withdrawnAt !== undefined && { withdrawnAt }) };
}
