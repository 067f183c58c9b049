import { endChoosing } from './choosing.js';
import { decideOnce } from './decide.js';
import { confirmTokens } from './judge.js';
import { logId } from './log.js';
import type { Settings } from './options.js';
import { settleOverdue } from './overdue.js';
import type { StoredSession } from './stores/port.js';
import { newReference } from './submission.js';

/** What {@link reconcile} came to; see `Handler.reconcile`. */
export type Reconciliation = 'saved' | 'decided' | 'pending' | 'open' | 'closed' | 'unknown';

/**
 * Asks the vendor about an attempt whose person never came back with what it gave them. The session is claimed as tokens claim it, so
 * that of those who come at the same moment one asks, and there is one verdict.
 */
export async function reconcile(sessionId: string, settings: Settings): Promise<Reconciliation> {
  const { sessions, vendor } = settings;
  const confirm = vendor.confirm?.bind(vendor);
  const read = await sessions.readSession(sessionId, settings.now());
  const stored = read && (await endChoosing(read, settings));
  if (confirm !== undefined && stored?.session.choosesChannel && stored.channel === undefined) return 'open';
  if (confirm === undefined || stored?.channel === undefined || !('expected' in stored.channel)) return 'unknown';
  if (stored.submission) return becomeOf(await settleOverdue(stored, settings), 'decided');
  if (stored.closedAt !== undefined) return 'closed';
  const { session } = stored;
  const now = settings.now();
  // Whoever is on the vendor's page now has no result yet, and would be rejected for it.
  if (now < session.expiresAt) return 'open';

  const { channel, expected } = stored.channel;
  const submission = { reference: newReference(settings), claimedAt: now };
  // For the person the session's time is over, not for the server: it claims as of the last moment. The attempt was counted when it was begun.
  const claim = await sessions.claimSubmission(sessionId, submission, session.expiresAt - 1);
  if (claim.status === 'taken') return claim.submission.verdict ? 'decided' : 'pending';
  if (claim.status !== 'claimed') return claim.status === 'expired' ? 'closed' : 'unknown';
  settings.log({ level: 'info', event: 'submission-claimed', session: logId(sessionId), reference: submission.reference });

  await decideOnce(session, (inHand) => confirmTokens((signal) => confirm({ session, channel, tokens: {}, expected, risk: {}, signal }), inHand, session, settings), settings);
  return becomeOf(await sessions.readSession(sessionId, settings.now()), 'saved');
}

/** @param decided what to say where there is a verdict */
function becomeOf(stored: StoredSession | undefined, decided: 'saved' | 'decided'): Reconciliation {
  if (stored?.submission?.verdict) return decided;
  // Nobody decides it any more: a job that is told `pending` would ask for ever.
  return stored?.withdrawnAt === undefined ? 'pending' : 'closed';
}
