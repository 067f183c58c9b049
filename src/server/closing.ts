import { oneOf, record } from '../transport/shape.js';
import type { AbandonmentRequest } from '../transport/protocol.js';
import { readJson } from './body.js';
import { logId } from './log.js';
import type { Settings } from './options.js';
import { noContent } from './problem.js';
import type { Refusal } from './problem.js';
import { findSession } from './sessions.js';

const abandonmentShape = record<AbandonmentRequest>({ reason: oneOf('page-hide', 'cancelled', 'failed') });

/** Bytes of `{"reason":"page-hide"}` with room for white space. */
const MAX_BYTES = 256;

/** `POST sessions/{id}/abandonment`: the person has left. What was handed in before is decided all the same. */
export async function abandon(request: Request, sessionId: string, subject: string | undefined, settings: Settings): Promise<Response | Refusal> {
  const read = await readJson(request, abandonmentShape, { maxBytes: MAX_BYTES, timeoutMs: settings.messageTimeoutMs });
  if (!read.ok) return read;
  const found = await findSession(sessionId, subject, settings);
  if (!found.ok) return found;
  // A vendor's attempt goes on without the page, and may be charged: what comes of it can still be handed in, and asked for.
  if (found.value.channel && 'expected' in found.value.channel) return noContent();
  await settings.sessions.closeSession(sessionId, settings.now());
  // Read again: a submission may have come in between, and its evidence is about to be looked at.
  const stored = await settings.sessions.readSession(sessionId, settings.now());
  if (stored?.submission === undefined) {
    await settings.evidence.deleteSession(sessionId);
    settings.log({ level: 'info', event: 'session-abandoned', session: logId(sessionId) });
  }
  return noContent();
}

/**
 * The person withdraws: nothing more is taken, the evidence is deleted, and no vendor is shown it any more. A submission without a
 * verdict gets none. The record of consent, and of a verdict that was there, stays until it is forgotten.
 */
export async function withdraw(sessionId: string, settings: Settings): Promise<'withdrawn' | 'unknown'> {
  // What this instance has in hand goes at once, whatever the store does; other instances read it there before they ask a vendor.
  settings.deciding.get(sessionId)?.stop();
  // Closed before anything is deleted: a part on its way is then refused and removed by its own request.
  const known = await settings.sessions.closeSession(sessionId, settings.now(), true);
  await settings.evidence.deleteSession(sessionId);
  settings.log({ level: 'info', event: 'session-withdrawn', session: logId(sessionId) });
  return known ? 'withdrawn' : 'unknown';
}
