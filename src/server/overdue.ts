import { REVIEW, decideOnce, settle, silenceMs } from './decide.js';
import type { Decision, InHand } from './decide.js';
import { confirmTokens } from './judge.js';
import type { Settings } from './options.js';
import type { StoredSession } from './stores/port.js';
import { withinMs } from './within-ms.js';

/**
 * A submission whose instance died, or whose vendor never came back, ends in `review` when somebody asks for it. One that is waiting
 * for its turn has not been forgotten: this instance knows its own, others read their signs of life. Where a vendor's page led to it the
 * vendor is asked once more before that, since its result may only have been late; whoever asks meanwhile finds it pending.
 */
export async function settleOverdue(stored: StoredSession, settings: Settings): Promise<StoredSession> {
  const { session, submission } = stored;
  if (submission === undefined || submission.verdict || stored.withdrawnAt !== undefined || settings.deciding.has(session.sessionId)) return stored;
  const allowedMs = submission.vendorReference === undefined ? silenceMs(settings) : settings.pendingDeadlineMs;
  const silentSince = settings.now() - allowedMs;
  if (silentSince < Math.max(submission.claimedAt, submission.held?.at ?? 0)) return stored;
  const ask = lastQuestion(stored, settings);
  if (ask === undefined) {
    const settled = await settle(session, { verdict: REVIEW }, settings);
    return settled ? { ...stored, submission: settled.submission } : stored;
  }
  await withinMs(decideOnce(session, ask, settings, silentSince), settings.inlineWaitMs);
  return (await settings.sessions.readSession(session.sessionId, settings.now())) ?? stored;
}

/** Only of a vendor that has said that it will know: one that was asked by somebody who died has not, and may have been told what is lost by now. */
function lastQuestion({ session, channel, submission }: StoredSession, settings: Settings): ((inHand: InHand) => Promise<Decision>) | undefined {
  const confirm = settings.vendor.confirm?.bind(settings.vendor);
  const vendorReference = submission?.vendorReference;
  if (confirm === undefined || vendorReference === undefined || channel === undefined || !('expected' in channel)) return undefined;
  return async (inHand) => {
    const decision = await confirmTokens((signal) => confirm({ session, channel: channel.channel, tokens: {}, expected: channel.expected, vendorReference, risk: {}, signal }), inHand, session, settings);
    return decision.status === 'pending' ? { status: 'decided', ...REVIEW } : decision;
  };
}
