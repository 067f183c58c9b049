import { sha256, toHex } from '../transport/chain.js';
import type { Bytes } from '../transport/chain.js';
import type { CodeReference, ManifestPart, SubmissionRequest, Verdict } from '../transport/protocol.js';
import { check } from '../transport/shape.js';
import type { FieldError } from '../transport/shape.js';
import { verdictShape } from '../transport/wire-shapes.js';
import { EVIDENCE_CODES } from './evidence/checks.js';
import { verifyEvidence } from './evidence/verify.js';
import { logError, logId } from './log.js';
import { evidenceBytes } from './manifest-parts.js';
import type { Settings } from './options.js';
import type { SavedVerdict, Session, StoredSession } from './stores/port.js';
import type { VendorOutcome } from './vendors/port.js';

/** What could not be decided, because a vendor failed or did not answer in time, say; the vendor's own table calls that "system timeout, try later". */
export const VENDOR_FAILED: CodeReference = { system: 'faceid-sdk', table: 'result', code: '66660021' };

const REVIEW: Verdict = { decision: 'review', code: VENDOR_FAILED };

/** Time after `vendorDeadlineMs` at which the instance that was waiting for the vendor counts as dead. */
const GRACE_MS = 5000;

/** A claimed submission on its way to a verdict. */
export interface Claimed {
  readonly session: Session;
  readonly submission: SubmissionRequest;
  readonly request: Request;
}

/** An outcome, and what was found wrong with the evidence where that was the reason. */
export type Decision = VendorOutcome & { readonly findings?: readonly FieldError[] };

/** Asks for the outcome of a claimed submission and saves what comes of it. Never rejects. */
export function decide(session: Session, ask: () => Promise<Decision>, settings: Settings): Promise<void> {
  const work = decideNow(session, ask, settings).finally(() => settings.deciding.delete(work));
  settings.deciding.add(work);
  return work;
}

async function decideNow(session: Session, ask: () => Promise<Decision>, settings: Settings): Promise<void> {
  const { sessionId } = session;
  try {
    const outcome = await ask().catch((error: unknown): Decision => {
      settings.log({ level: 'error', event: 'failed', session: logId(sessionId), error: logError(error) });
      return { status: 'decided', ...REVIEW };
    });
    if (outcome.status === 'decided') {
      const { decision, code, reference, findings } = outcome;
      await settle(session, { verdict: { decision, code }, ...(reference !== undefined && { vendorReference: reference }), ...(findings && { findings }) }, settings);
    } else {
      await settings.sessions.saveVendorReference(sessionId, outcome.reference);
      settings.log({ level: 'info', event: 'vendor-pending', session: logId(sessionId) });
    }
  } catch (error) {
    // A store failed. The session stays pending until settleOverdue finds it.
    settings.log({ level: 'error', event: 'failed', session: logId(sessionId), error: logError(error) });
  }
}

/** A verdict to save. */
export interface Settlement {
  readonly verdict: Verdict;
  readonly vendorReference?: string;
  /** Told to the customer and, without its rules, to the log; not kept. */
  readonly findings?: readonly FieldError[];
}

/** Saves a verdict, unless there is one already, and what follows from it: evidence deleted, the customer told. */
export async function settle(session: Session, { findings = [], ...outcome }: Settlement, settings: Settings): Promise<SavedVerdict | undefined> {
  const { sessionId } = session;
  const result = await settings.sessions.saveVerdict(sessionId, outcome);
  if (result?.saved !== true) return result;
  const { reference, vendorReference } = result.submission;
  const { decision, code } = outcome.verdict;
  settings.log({ level: 'info', event: 'verdict', session: logId(sessionId), reference, decision, code: `${code.system}/${code.table}/${code.code}`, ...(findings.length > 0 && { fields: findings.map(({ field }) => field) }) });
  const { evidence, evidenceRetentionMs } = settings;
  // Each by itself: the verdict stands whatever becomes of these, and evidence expires in any case.
  const steps: readonly (() => void | Promise<void>)[] = [
    () => (evidenceRetentionMs === 0 ? evidence.deleteSession(sessionId) : evidence.expireSession(sessionId, settings.now() + evidenceRetentionMs)),
    () => settings.onVerdict({ session, reference, verdict: outcome.verdict, findings, ...(vendorReference !== undefined && { vendorReference }) }),
  ];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      settings.log({ level: 'error', event: 'failed', session: logId(sessionId), reference, error: logError(error) });
    }
  }
  return result;
}

/** A submission whose instance died, or whose vendor never came back, ends in `review` when somebody asks for it. */
export async function settleOverdue(stored: StoredSession, settings: Settings): Promise<StoredSession> {
  const { submission } = stored;
  if (submission === undefined || submission.verdict) return stored;
  const allowedMs = submission.vendorReference === undefined ? settings.vendorDeadlineMs + GRACE_MS : settings.pendingDeadlineMs;
  if (settings.now() < submission.claimedAt + allowedMs) return stored;
  const settled = await settle(stored.session, { verdict: REVIEW }, settings);
  return settled ? { ...stored, submission: settled.submission } : stored;
}

/** Checks the evidence and asks the vendor. */
export async function judge({ session, submission, request }: Claimed, settings: Settings): Promise<Decision> {
  const rejected = (code: CodeReference, findings: readonly FieldError[] = []): Decision => ({ status: 'decided', decision: 'rejected', code, findings });
  const { manifest } = submission;
  const { video, bestFrame } = manifest;
  if (evidenceBytes(manifest) > session.limits.maxBytes) return rejected(EVIDENCE_CODES.overSize);
  const bytes = await gather(session.sessionId, video.parts, settings);
  const picture = bestFrame && (await gather(session.sessionId, bestFrame.parts, settings));
  if (bytes === undefined || (bestFrame && !picture)) return rejected(EVIDENCE_CODES.empty);
  const verified = verifyEvidence({ session, manifest, inspection: await settings.inspect(bytes), bestFrame: picture });
  if (!verified.ok) return rejected(verified.code, verified.findings);
  const evidence = { bytes, facts: verified.facts, ...(picture && { bestFrame: picture }) };
  return withVendorDeadline((signal) => settings.vendor.decide({ session, submission, request, evidence, signal }), session, settings);
}

/** The parts put together. `undefined` if the store lost or altered one: what is left is no evidence. */
async function gather(sessionId: string, parts: readonly ManifestPart[], settings: Settings): Promise<Bytes | undefined> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.bytes, 0));
  let offset = 0;
  for (const part of parts) {
    const bytes = await settings.evidence.readPart(sessionId, part);
    if (bytes?.length !== part.bytes || toHex(await sha256(bytes)) !== part.digest) return undefined;
    whole.set(bytes, offset);
    offset += bytes.length;
  }
  return whole;
}

/** What a vendor says within its deadline; `review` for anything that is no verdict. Never rejects. */
export async function withVendorDeadline(ask: (signal: AbortSignal) => Promise<VendorOutcome>, { sessionId }: Session, settings: Settings): Promise<VendorOutcome> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('vendor deadline')), settings.vendorDeadlineMs);
  });
  try {
    const outcome = await Promise.race([ask(controller.signal), late]);
    if (outcome.status === 'pending') return outcome;
    // Written by the customer, perhaps in JavaScript: a verdict the client cannot read is none.
    if (outcome.status !== 'decided' || !check(verdictShape, outcome, 'ignore').ok) throw new TypeError('the vendor gave no verdict');
    return outcome;
  } catch (error) {
    settings.log({ level: 'error', event: 'vendor-failed', session: logId(sessionId), error: logError(error) });
    return { status: 'decided', ...REVIEW };
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}
