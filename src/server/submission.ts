import type { Manifest } from '../transport/protocol.js';
import { readJson } from './body.js';
import { refuseUnlessCapture } from './channel-choice.js';
import { decideOnce, isOrphaned } from './decide.js';
import { EVIDENCE_CODES } from './evidence/checks.js';
import { judge } from './judge.js';
import type { Claimed } from './judge.js';
import { logError, logId } from './log.js';
import { checkManifest } from './manifest.js';
import { evidenceDigests, listedParts } from './manifest-parts.js';
import type { Settings } from './options.js';
import { settleOverdue } from './overdue.js';
import { jsonResponse, malformed, refuse } from './problem.js';
import type { Refusal } from './problem.js';
import { quotaRefusal } from './quotas.js';
import { submissionRequestShape } from './requests.js';
import { MAX_MESSAGE_BYTES, expiredSession, findSession, readIdempotency, stateOf, unknownSession } from './sessions.js';
import type { Idempotency, StoredSession, Submission } from './stores/port.js';
import { withinMs } from './within-ms.js';

/** `POST sessions/{id}/submission` */
export async function submit(request: Request, sessionId: string, subject: string | undefined, settings: Settings): Promise<Response | Refusal> {
  const found = await findSession(sessionId, subject, settings);
  if (!found.ok) return found;
  const stored = found.value;
  const read = await readJson(request, submissionRequestShape, { maxBytes: MAX_MESSAGE_BYTES, timeoutMs: settings.messageTimeoutMs });
  if (!read.ok) return read;
  const idempotency = await readIdempotency(request, read.value.bytes);
  if (!idempotency.ok) return idempotency;

  const elsewhere = refuseUnlessCapture(stored);
  if (elsewhere) return elsewhere;
  const claimed: Claimed = { session: stored.session, submission: read.value.body, request };
  if (stored.submission) return repeated(stored, stored.submission, idempotency.value, claimed, settings);
  if (stored.closedAt !== undefined || settings.now() >= stored.session.expiresAt) return expiredSession(stored.session);
  const mismatch = await checkManifest(read.value.body, stored);
  if (mismatch !== undefined) return mismatch;
  const headers = settings.vendor.precheck?.(request) ?? [];
  if (headers.length > 0) return malformed(headers);

  const claimedAt = settings.now();
  const submission: Submission = { reference: newReference(settings), claimedAt, ...(idempotency.value && { idempotency: idempotency.value }) };
  const { manifest } = read.value.body;
  const keepMs = settings.replayRetentionMs;
  const evidence = keepMs > 0 ? { digests: evidenceDigests(manifest), keepMs } : undefined;
  const claim = await settings.sessions.claimSubmission(sessionId, submission, claimedAt, settings.quotas, evidence);
  if (claim.status === 'replayed') return replayed(manifest, claim.digests);
  if (claim.status === 'unknown') return unknownSession();
  if (claim.status === 'expired') return expiredSession(stored.session);
  if (claim.status === 'taken') return repeated(await current(stored, claim.submission, settings), claim.submission, idempotency.value, claimed, settings);
  if (claim.status !== 'claimed') return quotaRefusal(claim);
  return begin(stored, submission, claimed, settings);
}

/** Has a claimed submission decided, and waits a while for it. */
async function begin(stored: StoredSession, submission: Submission, claimed: Claimed, settings: Settings): Promise<Response | Refusal> {
  const { sessionId } = stored.session;
  settings.log({ level: 'info', event: 'submission-claimed', session: logId(sessionId), reference: submission.reference });
  await keepEvidence(sessionId, submission.reference, settings);
  await withinMs(decideOnce(stored.session, (inHand) => judge(claimed, inHand, settings), settings), settings.inlineWaitMs);
  return answer(await current(stored, submission, settings), settings);
}

/** What has become of the session by now. */
export async function current(stored: StoredSession, submission: Submission, settings: Settings): Promise<StoredSession> {
  return (await settings.sessions.readSession(stored.session.sessionId, settings.now())) ?? { ...stored, submission };
}

/**
 * The session's own expiry no longer counts; a vendor may take its time. The session is used up by now: were this to fail the
 * request, nobody would decide, so a store that is full or busy costs the longer stay and nothing else.
 */
async function keepEvidence(sessionId: string, reference: string, settings: Settings): Promise<void> {
  const { evidence, now, vendorDeadlineMs, pendingDeadlineMs, evidenceRetentionMs } = settings;
  try {
    await evidence.expireSession(sessionId, now() + Math.max(vendorDeadlineMs, pendingDeadlineMs) + evidenceRetentionMs);
  } catch (error) {
    settings.log({ level: 'error', event: 'failed', session: logId(sessionId), reference, error: logError(error) });
  }
}

function replayed(manifest: Manifest, digests: readonly string[]): Refusal {
  const fields = listedParts(manifest).filter(({ part }) => digests.includes(part.digest)).map(({ field }) => field);
  const errors = fields.slice(0, 50).map((field) => ({ field, rule: 'must not have been submitted in another session' }));
  return refuse('evidence-replayed', `${fields.length} parts were submitted in another session`, { errors, code: EVIDENCE_CODES.replayed });
}

/** The same submission gets the same answer; any other finds the session used. */
async function repeated(stored: StoredSession, submission: Submission, idempotency: Idempotency | undefined, claimed: Claimed, settings: Settings): Promise<Response | Refusal> {
  const same = idempotency !== undefined && submission.idempotency?.key === idempotency.key && submission.idempotency.fingerprint === idempotency.fingerprint;
  if (!same) return refuse('session-used', 'the session has been submitted');
  return isOrphaned(stored, settings) ? begin(stored, submission, claimed, settings) : answer(await settleOverdue(stored, settings), settings);
}

/** 200 with the verdict, 202 and where to ask for it, or that there will be none. */
export function answer(stored: StoredSession, settings: Settings): Response | Refusal {
  const state = stateOf(stored, settings.now());
  if (state.state === 'expired') return expiredSession(stored.session);
  return state.state === 'decided' ? jsonResponse(200, state) : jsonResponse(202, state, { 'retry-after': '1', location: `../${stored.session.sessionId}` });
}

/** Three groups of four from 32 characters that are not mistaken for each other when read out: 60 bits. */
export function newReference(settings: Settings): string {
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const characters = Array.from(settings.randomBytes(12), (byte) => alphabet[byte % alphabet.length] ?? '').join('');
  return characters.replace(/^(.{4})(.{4})/, '$1-$2-');
}
