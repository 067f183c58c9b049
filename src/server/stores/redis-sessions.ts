import { toHex } from '../../transport/chain.js';
import type { ManifestPart, Verdict } from '../../transport/protocol.js';
import type { ChannelChoice, EvidenceMark, PartClaim, QuotaReached, Quotas, Session, SessionStore, StoredSession, Submission, SubmissionHold } from './port.js';
import { createScriptRunner, within } from './redis-client.js';
import type { RedisClient } from './redis-client.js';
import { SCRIPTS } from './redis-scripts.js';

/** Options of {@link createRedisSessionStore}. */
export interface RedisSessionStoreOptions {
  /** A connected client of the `redis` package. It stays yours to close. */
  readonly client: RedisClient;
  /** Begins every key. The braces keep all of them in one slot of a Redis cluster. Default `{facefront}:`. */
  readonly prefix?: string;
  /** Milliseconds for one step with all its attempts while Redis is away; below the client's 5 s an attempt. Default 4,000. */
  readonly timeoutMs?: number;
}

/** Redis forgets by its own clock; records stay a minute longer for instances whose clocks differ. What has expired is not given out. */
const SLACK_MS = 60_000;

const NO_EVIDENCE: EvidenceMark = { digests: [], keepMs: 0 };

const NO_QUOTAS: Quotas = { intervalMs: 0, attempts: 0, attemptWindowMs: 0, openSessions: 0 };

/**
 * Sessions in Redis 4 or later, shared by any number of instances. Have Redis keep what it was told (`appendonly yes`) and
 * drop nothing (`maxmemory-policy noeviction`), or a restart loses the sessions that are open. That nothing is accepted twice holds over a
 * crash with `appendfsync always`; without it, or after a failover to a replica that lags, the last steps may be forgotten.
 *
 * @example
 * const client = createClient({ url: 'redis://…' }).on('error', report);
 * await client.connect();
 * createHandler({ vendor, sessions: createRedisSessionStore({ client }) });
 */
export function createRedisSessionStore({ client, prefix = '{facefront}:', timeoutMs = 4000 }: RedisSessionStoreOptions): SessionStore {
  const { run } = createScriptRunner(client, timeoutMs);
  const sessionKey = (sessionId: string): string => `${prefix}session:${sessionId}`;
  const openKey = `${prefix}open`;
  const nonceKey = (nonce: string): string => `${prefix}nonce:${nonce}`;

  const readSession: SessionStore['readSession'] = async (sessionId, now) => {
    const [status, ...flat] = await run(SCRIPTS.READ, [sessionKey(sessionId)], [now]);
    return status === 'found' ? readRecord(flat) : undefined;
  };

  return {
    async createSession(session, idempotency, now, quotas = NO_QUOTAS) {
      const { sessionId, subject = '', limits, expiresAt, forgetAt } = session;
      // Keys are the clients' own; one subject's must not give it another's session.
      const scope = idempotency ? JSON.stringify([subject, idempotency.key]) : '';
      const keys = [sessionKey(sessionId), `${prefix}key:${scope}`, `${prefix}last:${subject}`, `${prefix}attempts:${subject}`, openKey];
      const { intervalMs, attempts, attemptWindowMs, openSessions } = quotas;
      const record = [now, sessionId, JSON.stringify(session), expiresAt, forgetAt, Math.max(1, forgetAt - now) + SLACK_MS, subject, limits.maxParts, limits.maxBytes];
      const [status, detail = '', ...ends] = await run(SCRIPTS.CREATE, keys, [...record, idempotency?.fingerprint ?? '', sessionKey(''), intervalMs, attempts, attemptWindowMs, openSessions, SLACK_MS, session.choosesChannel === true ? 1 : 0]).catch(
        (error: unknown) => {
          if (error instanceof Error && error.message.startsWith('OOM')) return ['full'];
          throw error;
        },
      );
      if (status === 'replayed') return { status, session: readSessionOf(detail, ...ends) };
      return status === 'created' || status === 'conflict' || status === 'full' ? { status } : quotaReached(status, detail);
    },

    readSession,

    async saveChannel({ sessionId, nonce }, channel, now, until = 0) {
      await run(SCRIPTS.SAVE_CHANNEL, [sessionKey(sessionId), nonceKey(nonce), openKey], [now, sessionId, JSON.stringify(channel), `${prefix}attempts:`, 'expected' in channel ? 1 : 0, until, SLACK_MS]);
    },

    async findByNonce(nonce, now) {
      const [sessionId = ''] = await run(SCRIPTS.FIND_NONCE, [nonceKey(nonce)], []);
      return sessionId === '' ? undefined : readSession(sessionId, now);
    },

    async claimPart(sessionId, part, now) {
      const [status] = await run(SCRIPTS.CLAIM_PART, [sessionKey(sessionId)], [now, part.index, part.bytes, part.digest]);
      return status as PartClaim;
    },

    async claimSubmission(sessionId, submission, now, quotas = NO_QUOTAS, evidence = NO_EVIDENCE) {
      const [status, ...details] = await run(
        SCRIPTS.CLAIM_SUBMISSION,
        [sessionKey(sessionId)],
        [now, sessionId, JSON.stringify(submission), `${prefix}attempts:`, quotas.attempts, quotas.attemptWindowMs, SLACK_MS, `${prefix}evidence:`, evidence.keepMs, ...evidence.digests],
      );
      if (status === 'replayed') return { status, digests: details };
      const [own = '', ...since] = details;
      if (status === 'taken') return { status, submission: readSubmission(own, ...since) };
      return status === 'claimed' || status === 'expired' || status === 'unknown' ? { status } : quotaReached(status, own);
    },

    async holdSubmission(sessionId, holder, now, silentSince) {
      const [status] = await run(SCRIPTS.HOLD, [sessionKey(sessionId)], [now, holder, silentSince ?? '']);
      return status as SubmissionHold;
    },

    async claimEvidence(sessionId, { digests, keepMs }, now) {
      const [, ...replayed] = await run(SCRIPTS.CLAIM_EVIDENCE, [sessionKey(sessionId)], [now, sessionId, SLACK_MS, `${prefix}evidence:`, keepMs, ...digests]);
      return replayed;
    },

    async closeSession(sessionId, now, withdrawn = false) {
      const [status] = await run(SCRIPTS.CLOSE, [sessionKey(sessionId), openKey], [now, sessionId, withdrawn ? '1' : '']);
      return status === 'closed';
    },

    async saveVendorReference(sessionId, vendorReference) {
      await run(SCRIPTS.SAVE_VENDOR_REFERENCE, [sessionKey(sessionId)], [vendorReference]);
    },

    async saveVerdict(sessionId, { verdict, vendorReference = '' }) {
      const call = toHex(globalThis.crypto.getRandomValues(new Uint8Array(16)));
      const [status, own = '', ...since] = await run(SCRIPTS.SAVE_VERDICT, [sessionKey(sessionId), openKey], [sessionId, call, JSON.stringify(verdict), vendorReference]);
      return status === 'unknown' ? undefined : { saved: status === 'saved', submission: readSubmission(own, ...since) };
    },

    async ping() {
      await within(Promise.resolve(client.ping()), timeoutMs);
    },
  };
}

function quotaReached(status: string | undefined, retryAfterMs: string): QuotaReached {
  return { status: status as QuotaReached['status'], retryAfterMs: Number(retryAfterMs) };
}

/** @param own as it was opened; its ends as they are by now */
function readSessionOf(own: string, expiresAt = '', forgetAt = ''): Session {
  return { ...(JSON.parse(own) as Session), expiresAt: Number(expiresAt), forgetAt: Number(forgetAt) };
}

/** @param own as it was claimed; the others as they were noted since, empty where they were not */
function readSubmission(own: string, verdict = '', vendorReference = '', heldBy = '', heldAt = ''): Submission {
  return { ...(JSON.parse(own) as Submission), ...(heldBy !== '' && { held: { by: heldBy, at: Number(heldAt) } }), ...(vendorReference !== '' && { vendorReference }), ...(verdict !== '' && { verdict: JSON.parse(verdict) as Verdict }) };
}

/** Names and values in turn, as Redis lists a hash. */
function readRecord(flat: readonly string[]): StoredSession {
  const fields = new Map<string, string>();
  for (let index = 0; index + 1 < flat.length; index += 2) fields.set(flat[index] ?? '', flat[index + 1] ?? '');
  const parts: ManifestPart[] = [];
  for (const [name, value] of fields) {
    const [bytes, digest = ''] = value.split(' ');
    if (name.startsWith('part:')) parts.push({ index: Number(name.slice(5)), bytes: Number(bytes), digest });
  }
  const channel = fields.get('channel');
  const submission = fields.get('submission');
  const closedAt = fields.get('closedAt');
  const withdrawnAt = fields.get('withdrawnAt');
  return {
    session: readSessionOf(fields.get('session') ?? '', fields.get('expiresAt'), fields.get('forgetAt')),
    parts: parts.sort((a, b) => a.index - b.index),
    ...(channel !== undefined && { channel: JSON.parse(channel) as ChannelChoice }),
    ...(submission !== undefined && { submission: readSubmission(submission, fields.get('verdict'), fields.get('vendorReference'), fields.get('heldBy'), fields.get('heldAt')) }),
    ...(closedAt !== undefined && { closedAt: Number(closedAt) }),
    ...(withdrawnAt !== undefined && { withdrawnAt: Number(withdrawnAt) }),
  };
}
