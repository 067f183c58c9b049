import { afterEach, describe, expect, it, vi } from 'vitest';
import { webPlatform } from '../platform/web.js';
import type { SessionRequest, SubmissionRequest } from '../transport/protocol.js';
import type { Fetch } from '../transport/send.js';
import { createBackend } from './backend.js';

const REQUEST: Omit<SessionRequest, 'protocol'> = { consent: {} as SessionRequest['consent'], challenges: ['silent'], containers: ['video/webm'], locale: 'en' };
const LIMITS = { maxBytes: 1, maxPartBytes: 1, maxParts: 1, minWidth: 1, minHeight: 1, minDurationMs: 0, maxDurationMs: 1 };

/** A backend on a fetch that opens sessions A, B, … and takes whatever else comes. */
function speaking(answer: (url: string) => Promise<Response> | undefined = () => undefined) {
  const sent: string[] = [];
  let sessions = 0;
  const fetch: Fetch = async (url, { body }) => {
    sent.push(/abandonment$/.test(url) ? `${url} ${String(body)}` : url);
    const given = await answer(url);
    if (given) return given;
    if (!url.endsWith('/sessions')) return new Response(null, { status: 204 });
    const sessionId = 'ABC'.charAt(sessions++).repeat(22);
    const body201 = { protocol: 1, sessionId, nonce: 'N'.repeat(43), channel: 'capture', challenge: { type: 'silent', minimumMs: 1 }, expiresAt: '2026-11-21T00:10:00.000Z', limits: LIMITS };
    return new Response(JSON.stringify(body201), { status: 201 });
  };
  const stop = new AbortController();
  const backend = createBackend({ options: { endpoint: '/api', fetch }, platform: webPlatform(), signal: stop.signal, onConnection: () => undefined });
  return { backend, sent, stop, abandoned: () => sent.filter((line) => line.includes('abandonment')) };
}
const told = (session: string, reason: string): string => `/api/sessions/${session.repeat(22)}/abandonment {"reason":"${reason}"}`;

describe('an abandoned session', () => {
  it('is told in the same turn, once, after the run has been stopped too', async () => {
    const { backend, stop, abandoned } = speaking();
    expect(await backend.connect().createSession(REQUEST)).toMatchObject({ ok: true });
    backend.abandon('page-hide');
    expect(abandoned()).toEqual([told('A', 'page-hide')]);
    stop.abort();
    backend.abandon('cancelled');
    expect(abandoned()).toHaveLength(1);
  });

  it('is none before it was opened, nor where that failed', async () => {
    const { backend, sent } = speaking(async () => new Response('', { status: 400 }));
    backend.abandon('failed');
    await backend.connect().createSession(REQUEST);
    backend.abandon('failed');
    expect(sent).toEqual(['/api/sessions']);
  });

  it('is none from the moment it is handed in, whatever the answer, until the run has failed', async () => {
    const { backend, abandoned } = speaking((url) => (url.endsWith('/submission') ? new Promise(() => undefined) : undefined));
    const client = backend.connect();
    await client.createSession(REQUEST);
    void client.submit('A'.repeat(22), {} as SubmissionRequest);
    backend.abandon('page-hide');
    backend.abandon('cancelled');
    expect(abandoned()).toEqual([]);
    // Refused, or never arrived.
    backend.abandon('failed');
    expect(abandoned()).toEqual([told('A', 'failed')]);
  });

  it('is none where the page is left for a vendor’s, nor from the moment its tokens are handed in', async () => {
    const vendor = { protocol: 1, sessionId: 'V'.repeat(22), nonce: 'N'.repeat(43), channel: 'eid-h5', task: {}, expiresAt: '2026-11-21T00:10:00.000Z' };
    const { backend, abandoned } = speaking((url) => (url.endsWith('/sessions') ? Promise.resolve(new Response(JSON.stringify(vendor), { status: 201 })) : url.endsWith('/tokens') ? new Promise(() => undefined) : undefined));
    const client = backend.connect();
    expect(await client.createSession({ ...REQUEST, channels: ['eid-h5'] })).toMatchObject({ ok: true });
    backend.abandon('page-hide');
    expect(abandoned()).toEqual([]);
    void client.postToken({ channel: 'eid-h5', tokens: { token: 'T' }, consent: REQUEST.consent });
    backend.abandon('cancelled');
    expect(abandoned()).toEqual([]);
  });

  it('is the first one where another is asked for', async () => {
    const { backend, sent } = speaking();
    const client = backend.connect();
    await client.createSession(REQUEST);
    await client.createSession(REQUEST);
    expect(sent).toEqual(['/api/sessions', told('A', 'cancelled'), '/api/sessions']);
    backend.abandon('failed');
    expect(sent[3]).toBe(told('B', 'failed'));
  });
});

describe('the network', () => {
  afterEach(() => void vi.useRealTimers());

  it('is missed while a call waits for it, and a minute at most', async () => {
    vi.useFakeTimers();
    let online = false;
    const seen: boolean[] = [];
    const platform = { ...webPlatform(), isOnline: () => online, now: () => Date.now() };
    const backend = createBackend({ options: { endpoint: '/api', fetch: async () => new Response('', { status: 400 }) }, platform, signal: new AbortController().signal, onConnection: () => seen.push(backend.offline) });
    const client = backend.connect();
    const given = client.createSession(REQUEST);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(seen).toEqual([true]);
    await vi.advanceTimersByTimeAsync(1500);
    expect(await given).toMatchObject({ ok: false, code: 'offline' });
    const answered = client.createSession(REQUEST);
    await vi.advanceTimersByTimeAsync(1000);
    online = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(await answered).toMatchObject({ ok: false, status: 400 });
    expect(seen).toEqual([true, false]);
  });
});
