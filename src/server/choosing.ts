import { VENDOR_FAILED, silenceMs } from './decide.js';
import type { Settings } from './options.js';
import type { ChannelChoice, Session, StoredSession } from './stores/port.js';

/**
 * How long a session waits for somebody who began the vendor's check in the last moment in which its link or token was good: the check
 * itself, and the way back.
 */
const WAY_BACK_MS = 300_000;

/** Saves how a session goes on, and gives it as it is by then: the first choice stands. Nothing for a session that is forgotten. */
export async function keepChoice(session: Session, choice: ChannelChoice, settings: Settings): Promise<StoredSession | undefined> {
  const { sessions, now } = settings;
  const savedAt = now();
  await sessions.saveChannel(session, choice, savedAt, 'task' in choice ? savedAt + choice.task.expiresInMs + WAY_BACK_MS : undefined);
  const stored = await sessions.readSession(session.sessionId, now());
  if (stored?.channel?.channel === 'none') await sessions.closeSession(session.sessionId, now());
  return stored;
}

/**
 * Of an instance that died while it chose nobody else knows what it had begun, if anything: the session ends as one whose vendor failed, and
 * is no attempt of the person's. One that was only slow finds that choice there, and goes by it.
 */
export async function endChoosing(stored: StoredSession, settings: Settings): Promise<StoredSession> {
  const { session, channel } = stored;
  if (channel !== undefined || session.choosesChannel === undefined || settings.choosing.has(session.sessionId)) return stored;
  if (settings.now() < session.createdAt + silenceMs(settings)) return stored;
  return (await keepChoice(session, { channel: 'none', code: VENDOR_FAILED }, settings)) ?? stored;
}
