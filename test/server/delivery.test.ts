import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryEvidenceStore } from '../../src/server/index.js';
import { webPlatform } from '../../src/platform/web.js';
import type { Bytes } from '../../src/transport/chain.js';
import { tellAbandonment } from '../../src/transport/abandon.js';
import { createBackendClient, postToken, uploadParts } from '../../src/transport/index.js';
import type { CaptureSession } from '../../src/transport/index.js';
import { hangUp, json, raw, silence, startMisbehaving } from './misbehaving.js';
import type { Behaviour, MisbehavingServer } from './misbehaving.js';
import { CONSENT, PASSING, openSession, postJson, startService, submissionFor } from './service.js';
import type { Service } from './service.js';

const ID = 'A'.repeat(22);
const DECIDED = { sessionId: ID, state: 'decided', reference: 'ABCD-EFGH-2345', verdict: { decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } } };
const PENDING = { sessionId: ID, state: 'pending', reference: 'ABCD-EFGH-2345' };
const RETRY = { maxAttempts: 3, baseMs: 10, capMs: 20, maxRetryAfterMs: 1500 };
const OPEN = { consent: CONSENT, challenges: ['silent'], containers: ['video/webm'], locale: 'en' } as const;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
async function misbehaving(...script: readonly Behaviour[]): Promise<MisbehavingServer> {
  const server = await startMisbehaving(...script);
  closing.push(() => server.close());
  return server;
}
async function service(...args: Parameters<typeof startService>): Promise<Service> {
  const started = await startService(...args);
  closing.push(() => started.close());
  return started;
}

describe('without a network', () => {
  it('nothing is sent, the page is told once, and all goes on when it is back', async () => {
    const server = await misbehaving(json(200, DECIDED));
    const told: string[] = [];
    let online = false;
    const client = createBackendClient({ endpoint: server.endpoint, overallMs: 1000, platform: { ...webPlatform(), isOnline: () => online }, onConnection: (state) => void told.push(state) });
    const calls = [client.state(ID), client.state(ID), client.submit(ID, {} as never)];
    await expect.poll(() => told, { timeout: 5000 }).toEqual(['offline']);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(server.requests).toHaveLength(0);
    online = true;
    for (const result of await Promise.all(calls)) expect(result.ok).toBe(true);
    expect(told).toEqual(['offline', 'online']);
  });

  it('a request that the outage cut costs no attempt', async () => {
    let online = true;
    const server = await misbehaving((request) => ((online = false), setTimeout(() => (online = true), 300), request.socket.destroy()), json(200, DECIDED));
    const client = createBackendClient({ endpoint: server.endpoint, retry: { ...RETRY, maxAttempts: 1 }, platform: { ...webPlatform(), isOnline: () => online } });
    expect(await client.state(ID)).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  it('the wait ends with a name of its own, or with the person', async () => {
    const controller = new AbortController();
    const client = createBackendClient({ endpoint: '/api', offlineMs: 300, platform: { ...webPlatform(), isOnline: () => false }, signal: controller.signal });
    expect(await client.state(ID)).toMatchObject({ ok: false, code: 'offline', transient: true });
    const upload = await uploadParts({ client, session: { sessionId: ID, nonce: 'n', limits: { maxBytes: 100, maxPartBytes: 10, maxParts: 10 } as never }, chunks: [new Uint8Array(20)], rounds: 1 });
    expect(upload).toMatchObject({ ok: false, code: 'offline' });
    const call = client.state(ID);
    controller.abort();
    expect(await call).toMatchObject({ ok: false, code: 'cancelled' });
  });
});

describe('a backend that is down', () => {
  it('is left alone by all calls together, and tried by one after the pause', async () => {
    const server = await misbehaving(...Array<Behaviour>(6).fill(raw(503, '')), json(200, DECIDED));
    const client = createBackendClient({ endpoint: server.endpoint, retry: { ...RETRY, maxAttempts: 100, baseMs: 200, capMs: 200 }, random: () => 0.99, circuit: { failures: 6, pauseMs: 400 } });
    const calls = Array.from({ length: 6 }, () => client.state(ID));
    await expect.poll(() => server.requests.length, { timeout: 5000 }).toBe(6);
    const opened = performance.now();
    for (const result of await Promise.all(calls)) expect(result.ok).toBe(true);
    expect(performance.now() - opened).toBeGreaterThan(250);
    expect(server.requests).toHaveLength(12);
  });

  it('is not even asked by a call that has no time for the pause', async () => {
    const server = await misbehaving(hangUp);
    const client = createBackendClient({ endpoint: server.endpoint, overallMs: 300, retry: { ...RETRY, maxAttempts: 1 }, circuit: { failures: 2, pauseMs: 60_000 } });
    await client.state(ID);
    await client.state(ID);
    expect(await client.state(ID)).toMatchObject({ ok: false, code: 'network-failed', transient: true });
    expect(server.requests).toHaveLength(2);
  });
});

describe('a page that is left', () => {
  it('tells the backend in the same turn, with the latest headers and nothing of the person', async () => {
    const evidence = createMemoryEvidenceStore();
    const own = await service({ evidence });
    const stop = new AbortController();
    const sent: { url: string; init: RequestInit }[] = [];
    let token = 0;
    const client = createBackendClient({
      endpoint: own.endpoint,
      signal: stop.signal,
      headers: async () => ({ authorization: `Bearer ${(token += 1)}` }),
      fetch: (url, init) => (sent.push({ url, init }), fetch(url, init)),
    });
    const created = await client.createSession(OPEN);
    if (!created.ok) throw new Error(created.detail);
    const { sessionId } = created.session;
    await client.putPart(created.session, 0, new Uint8Array([1, 2, 3]));
    expect(evidence.totalBytes).toBe(3);
    stop.abort();
    const before = sent.length;
    const outcome = client.abandon(sessionId, 'page-hide');
    // On its way before anything else has run.
    expect(sent).toHaveLength(before + 1);
    expect(sent[before]?.init).toMatchObject({ method: 'POST', keepalive: true, body: '{"reason":"page-hide"}', headers: { authorization: 'Bearer 2', 'idempotency-key': sessionId } });
    expect(await outcome).toBe('told');
    expect(evidence.totalBytes).toBe(0);
    expect((await own.send('GET', `sessions/${sessionId}`)).body).toMatchObject({ state: 'expired' });
  });

  it.each<[string, Behaviour]>([['503', raw(503, '')], ['no connection', hangUp]])('%s is "refused", tried once', async (_name, behaviour) => {
    const server = await misbehaving(behaviour);
    expect(await createBackendClient({ endpoint: server.endpoint }).abandon(ID, 'failed')).toBe('refused');
    expect(server.requests).toHaveLength(1);
  });

  it('is believed where the browser has only beacons, and so is a beacon that was not queued', async () => {
    const beacons: Blob[] = [];
    const tell = (queued: boolean) => tellAbandonment({ url: '/x', reason: 'page-hide', headers: {}, context: { fetch: () => Promise.reject(new Error('not used')), credentials: 'same-origin', platform: webPlatform() }, sendBeacon: (_url, body) => (beacons.push(body), queued) });
    expect(await tell(true)).toBe('told');
    expect(await tell(false)).toBe('refused');
    expect(beacons[0]?.type).toBe('application/json');
    expect(await beacons[0]?.text()).toBe('{"reason":"page-hide"}');
  });
});

describe('postToken', () => {
  const REQUEST = { channel: 'eid-h5', token: 'T', consent: CONSENT } as const;

  it('brings the verdict of a real backend, whatever was lost on the way', async () => {
    let asked = 0;
    const vendor = { ...PASSING, confirm: async () => ((asked += 1), { status: 'decided', decision: 'passed', code: DECIDED.verdict.code } as const) };
    let requests = 0;
    const own = await service({ vendor }, async (request, next, cut) => {
      const response = await next(request);
      if ((requests += 1) === 1) cut();
      return response;
    });
    expect(await postToken({ endpoint: own.endpoint, ...REQUEST, risk: { a: 1 } })).toMatchObject({ ok: true, response: { state: 'decided', verdict: { decision: 'passed' } } });
    expect(requests).toBe(2);
    expect(asked).toBe(1);
  });

  it('waits for one that is pending, no longer than it was told', async () => {
    const server = await misbehaving(json(202, PENDING), json(200, PENDING), json(200, DECIDED));
    expect(await postToken({ endpoint: server.endpoint, ...REQUEST })).toMatchObject({ ok: true, response: DECIDED });
    const never = await misbehaving(json(202, PENDING));
    expect(await postToken({ endpoint: never.endpoint, ...REQUEST, verdictTimeoutMs: 100 })).toMatchObject({ ok: false, code: 'verdict-timeout' });
    const silent = await misbehaving(silence);
    expect(await postToken({ endpoint: silent.endpoint, ...REQUEST, overallMs: 100 })).toMatchObject({ ok: false, code: 'backend-timeout' });
  });
});

describe('an upload that broke off', () => {
  const chunks = [new Uint8Array(1000).map((_, index) => index)];
  const withParts = async (): Promise<{ own: Service; session: CaptureSession; puts: number[] }> => {
    const puts: number[] = [];
    const own = await service({}, (request, next) => {
      const index = /parts\/(\d+)$/.exec(request.url)?.[1];
      if (index !== undefined) puts.push(Number(index));
      return next(request);
    });
    return { own, session: await openSession(own), puts };
  };

  it('goes on with what is missing, whatever is there', async () => {
    const { own, session, puts } = await withParts();
    const client = createBackendClient({ endpoint: own.endpoint });
    // Cut as any upload of it is.
    const parts: Bytes[] = [];
    const noting: typeof client.putPart = async (_session, index, bytes) => ((parts[index] = bytes), { ok: true, part: { index, bytes: bytes.length, digest: '' } });
    await uploadParts({ client: { ...client, putPart: noting }, session, chunks, partBytes: 100 });
    expect(parts.length).toBeGreaterThan(9);
    for (const index of [7, 2, 9]) await client.putPart(session, index, parts[index] ?? new Uint8Array());
    puts.length = 0;
    const progress: { sentBytes: number; remainingMs?: number }[] = [];
    const uploaded = await uploadParts({ client, session, chunks, partBytes: 100, resume: true, onProgress: (each) => void progress.push(each) });
    expect(puts.sort((a, b) => a - b)).toEqual([...parts.keys()].filter((index) => ![7, 2, 9].includes(index)));
    expect(progress[0]).toEqual({ sentBytes: 300, totalBytes: 1000 });
    expect(uploaded.ok).toBe(true);
    expect(progress[progress.length - 1]).toEqual({ sentBytes: 1000, totalBytes: 1000, remainingMs: 0 });
    expect(progress.slice(1).every(({ remainingMs }) => remainingMs !== undefined)).toBe(true);
    expect((await postJson(own, `sessions/${session.sessionId}/submission`, await submissionFor(session, parts))).status).toBe(200);
  });

  it('is not begun again for a session that is over', async () => {
    const { own, session, puts } = await withParts();
    await own.handler.withdraw(session.sessionId);
    expect(await uploadParts({ client: createBackendClient({ endpoint: own.endpoint }), session, chunks, resume: true })).toMatchObject({ ok: false, code: 'session-expired' });
    expect(puts).toEqual([]);
  });
});
