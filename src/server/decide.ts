import { toHex } from '../transport/chain.js';
import type { CodeReference, Verdict } from '../transport/protocol.js';
import type { FieldError } from '../transport/shape.js';
import { logError, logId } from './log.js';
import type { Settings } from './options.js';
import type { SavedVerdict, Session, StoredSession, SubmissionHold } from './stores/port.js';
import type { VendorOutcome } from './vendors/port.js';

/** What could not be decided, because a vendor failed or did not answer in time, say; the vendor's own table calls that "system timeout, try later". */
export const VENDOR_FAILED: CodeReference = { system: 'faceid-sdk', table: 'result', code: '66660021' };

/** The verdict on what could not be decided: a person looks at it. */
export const REVIEW: Verdict = { decision: 'review', code: VENDOR_FAILED };

/** Time after `vendorDeadlineMs` at which an instance that has not been heard of counts as dead. */
const GRACE_MS = 5000;

/** Signs of life an instance gives within the time after which it counts as dead, so that one that gets lost is no matter. */
const SIGNS = 4;

/** An outcome, and what was found wrong with the evidence where that was the reason. `dropped`: it is not this decision's to find any more. */
export type Decision = (VendorOutcome & { readonly findings?: readonly FieldError[] }) | { readonly status: 'dropped' };

/** A submission that this instance is deciding. */
export interface InHand {
  /** Says that it is being worked on. Anything but `held`: leave it. Rejects if the store fails. */
  hold(): Promise<SubmissionHold>;
  /** Fires when the person withdraws. */
  readonly signal: AbortSignal;
}

/**
 * Asks for the outcome of a claimed submission and saves what comes of it; one that is in hand is not asked about again. Never rejects.
 *
 * @param silentSince whoever holds it and has not been heard of after this, milliseconds since 1970, holds it no more
 */
export function decideOnce(session: Session, ask: (inHand: InHand) => Promise<Decision>, settings: Settings, silentSince?: number): Promise<void> {
  const { sessionId } = session;
  const underWay = settings.deciding.get(sessionId);
  if (underWay) return underWay.work;
  const withdrawal = new AbortController();
  const work = decideNow(session, ask, withdrawal, settings, silentSince).finally(() => settings.deciding.delete(sessionId));
  settings.deciding.set(sessionId, { work, stop: () => withdrawal.abort() });
  return work;
}

async function decideNow(session: Session, ask: (inHand: InHand) => Promise<Decision>, withdrawal: AbortController, settings: Settings, silentSince: number | undefined): Promise<void> {
  const { sessionId } = session;
  const holder = toHex(settings.randomBytes(8));
  const hold = (): Promise<SubmissionHold> => settings.sessions.holdSubmission(sessionId, holder, settings.now(), silentSince);
  const sign = async (): Promise<void> => {
    // One that fails is no matter: the next one tells as much.
    if ((await hold().catch(() => undefined)) === 'withdrawn') withdrawal.abort();
  };
  const signs = setInterval(() => void sign(), silenceMs(settings) / SIGNS);
  // Browsers' timers, which some runtimes have, cannot tell.
  (signs as { unref?: () => void }).unref?.();
  try {
    const outcome = await ask({ hold, signal: withdrawal.signal });
    if (outcome.status === 'dropped') {
      settings.log({ level: 'warn', event: 'decision-dropped', session: logId(sessionId) });
    } else if (outcome.status === 'decided') {
      const { decision, code, reference, findings } = outcome;
      const settled = await settle(session, { verdict: { decision, code }, ...(reference !== undefined && { vendorReference: reference }), ...(findings && { findings }) }, settings);
      if (settled?.saved !== true) settings.log({ level: 'warn', event: 'verdict-late', session: logId(sessionId), decision, code: codeName(code), ...(settled && { reference: settled.submission.reference }) });
    } else {
      await settings.sessions.saveVendorReference(sessionId, outcome.reference);
      settings.log({ level: 'info', event: 'vendor-pending', session: logId(sessionId) });
    }
  } catch (error) {
    // A store failed. The session stays pending until settleOverdue finds it.
    settings.log({ level: 'error', event: 'failed', session: logId(sessionId), error: logError(error) });
  } finally {
    clearInterval(signs);
  }
}

/**
 * Claimed, and nobody holds it: an answer of the store was lost, or the store ran the claim when its caller had given it up. Whoever
 * repeats the request may have it decided; of several, one comes to hold it. While the session's time lasts: so does its evidence.
 */
export function isOrphaned({ session, submission, withdrawnAt }: StoredSession, settings: Settings): boolean {
  if (submission === undefined || submission.held || submission.vendorReference !== undefined || submission.verdict || withdrawnAt !== undefined) return false;
  return settings.now() < session.expiresAt && !settings.deciding.has(session.sessionId);
}

/** Milliseconds without a sign of life after which whoever decides counts as dead. */
export function silenceMs({ vendorDeadlineMs }: Settings): number {
  return vendorDeadlineMs + GRACE_MS;
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
  settings.log({ level: 'info', event: 'verdict', session: logId(sessionId), reference, decision, code: codeName(code), ...(findings.length > 0 && { fields: findings.map(({ field }) => field) }) });
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

function codeName({ system, table, code }: CodeReference): string {
  return `${system}/${table}/${code}`;
}
