import type { ManifestPart } from '../../transport/protocol.js';
import type { Idempotency, Session, SessionStore, StoredSession, Submission } from './port.js';

/** Options of {@link createMemorySessionStore}. */
export interface MemorySessionStoreOptions {
  /** Sessions kept at once; more are refused until some are forgotten. Default 10,000. */
  readonly maxSessions?: number;
}

interface Entry {
  readonly session: Session;
  readonly parts: Map<number, ManifestPart>;
  readonly scopedKey: string | undefined;
  submission?: Submission;
}

/** Sessions in this process's memory: for one instance, lost with it. Each method runs to its end without a pause, hence atomic. */
export function createMemorySessionStore({ maxSessions = 10_000 }: MemorySessionStoreOptions = {}): SessionStore {
  const entries = new Map<string, Entry>();
  const created = new Map<string, { readonly fingerprint: string; readonly sessionId: string }>();

  const forget = (entry: Entry): void => {
    entries.delete(entry.session.sessionId);
    if (entry.scopedKey !== undefined) created.delete(entry.scopedKey);
  };
  const find = (sessionId: string, now: number): Entry | undefined => {
    const entry = entries.get(sessionId);
    if (entry === undefined || now < entry.session.forgetAt) return entry;
    forget(entry);
    return undefined;
  };
  const sweep = (now: number): void => {
    // Oldest first, and all sessions of a handler live equally long: the first that stays ends the sweep.
    for (const entry of entries.values()) {
      if (now < entry.session.forgetAt) return;
      forget(entry);
    }
  };

  return {
    async createSession(session, idempotency, now) {
      sweep(now);
      const scopedKey = idempotency && scope(session, idempotency);
      const earlier = scopedKey === undefined ? undefined : created.get(scopedKey);
      const replayed = earlier && find(earlier.sessionId, now);
      if (earlier && replayed) return earlier.fingerprint === idempotency?.fingerprint ? { status: 'replayed', session: replayed.session } : { status: 'conflict' };
      if (entries.size >= maxSessions) return { status: 'full' };
      entries.set(session.sessionId, { session, parts: new Map(), scopedKey });
      if (scopedKey !== undefined && idempotency) created.set(scopedKey, { fingerprint: idempotency.fingerprint, sessionId: session.sessionId });
      return { status: 'created' };
    },

    async readSession(sessionId, now) {
      const entry = find(sessionId, now);
      return entry && snapshot(entry);
    },

    async claimPart(sessionId, part, now) {
      const entry = find(sessionId, now);
      if (entry === undefined) return 'unknown';
      const { session, parts, submission } = entry;
      const there = parts.get(part.index);
      if (there?.digest === part.digest) return 'present';
      if (submission) return 'used';
      if (now >= session.expiresAt) return 'expired';
      if (there) return 'conflict';
      if (part.index >= session.limits.maxParts) return 'too-many';
      const bytes = [...parts.values()].reduce((sum, each) => sum + each.bytes, part.bytes);
      if (bytes > session.limits.maxBytes) return 'too-large';
      parts.set(part.index, part);
      return 'claimed';
    },

    async claimSubmission(sessionId, submission, now) {
      const entry = find(sessionId, now);
      if (entry === undefined) return { status: 'unknown' };
      if (entry.submission) return { status: 'taken', submission: entry.submission };
      if (now >= entry.session.expiresAt) return { status: 'expired' };
      entry.submission = submission;
      return { status: 'claimed' };
    },

    async saveVendorReference(sessionId, vendorReference) {
      const entry = entries.get(sessionId);
      if (entry?.submission && entry.submission.verdict === undefined) entry.submission = { ...entry.submission, vendorReference };
    },

    async saveVerdict(sessionId, outcome) {
      const entry = entries.get(sessionId);
      if (entry?.submission === undefined) return undefined;
      const saved = entry.submission.verdict === undefined;
      if (saved) entry.submission = { ...entry.submission, ...outcome };
      return { saved, submission: entry.submission };
    },
  };
}

/** Keys are the clients' own; one subject's must not give it another's session. */
function scope({ subject = '' }: Session, { key }: Idempotency): string {
  return JSON.stringify([subject, key]);
}

function snapshot({ session, parts, submission }: Entry): StoredSession {
  return { session, parts: [...parts.values()].sort((a, b) => a.index - b.index), ...(submission && { submission }) };
}
