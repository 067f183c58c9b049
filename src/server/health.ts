import type { Settings } from './options.js';
import { jsonResponse } from './problem.js';

/** Milliseconds a store has to say that it is there. */
const PING_MS = 1000;

/** `GET healthz`: 200 if this instance takes sessions, 503 if it is closing or a store does not answer. Names no address and no version. */
export async function health(settings: Settings, closing: boolean): Promise<Response> {
  if (closing) return jsonResponse(503, { status: 'closing' });
  const [sessions, evidence] = await Promise.all([isThere(settings.sessions), isThere(settings.evidence)]);
  const body = { status: sessions && evidence ? 'ok' : 'failing', sessions: sessions ? 'ok' : 'failing', evidence: evidence ? 'ok' : 'failing' };
  return jsonResponse(body.status === 'ok' ? 200 : 503, body);
}

async function isThere(store: { ping?(): Promise<void> }): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => (timer = setTimeout(() => reject(new Error('no answer')), PING_MS)));
    await Promise.race([store.ping?.(), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
