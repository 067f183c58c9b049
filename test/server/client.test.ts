import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/server/index.js';
import { createBackendClient } from '../../src/transport/client.js';
import type { BackendClientOptions } from '../../src/transport/client.js';
import type { CaptureSession, VerdictResponse } from '../../src/transport/protocol.js';
import { cutShort, hangUp, json, raw, silence, stall, startMisbehaving } from './misbehaving.js';
import type { Behaviour, MisbehavingServer } from './misbehaving.js';
import { CONSENT, submissionFor } from './service.js';

const ID = 'A'.repeat(22);
const SESSION: CaptureSession = {
  protocol: 1,
  sessionId: ID,
  nonce: 'N'.repeat(43),
  channel: 'capture',
  challenge: { type: 'silent', minimumMs: 2000 },
  expiresAt: '2026-11-21T00:10:00.000Z',
  limits: DEFAULT_LIMITS,
};
const DECIDED: VerdictResponse = { sessionId: ID, state: 'decided', reference: 'ABCD-EFGH-2345', verdict: { decision: 'rejected', code: { system: 'faceid-sdk', table: 'result', code: '66660023' } } };
const PENDING = { sessionId: ID, state: 'pending', reference: 'ABCD-EFGH-2345' };
const REQUEST = { consent: CONSENT, challenges: ['silent'], containers: ['video/webm'], locale: 'en' } as const;
const problem = (name: string, status: number, more: object = {}): Behaviour =>
  json(status, { type: `urn:facefront:problem:${name}`, title: 'No', status, detail: 'because', ...more }, { 'content-type': 'application/problem+json' });

let server: MisbehavingServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
/** A client whose waits are short enough for a test; what it waits for is real. */
async function against(script: readonly Behaviour[], options: Partial<BackendClientOptions> = {}) {
  const started = (server = await startMisbehaving(...script));
  const client = createBackendClient({ endpoint: started.endpoint, attemptMs: 400, overallMs: 4000, partAttemptMs: 400, partOverallMs: 4000, retry: { maxAttempts: 3, baseMs: 10, capMs: 20, maxRetryAfterMs: 1500 }, ...options });
  return { client, server: started };
}

describe('a message', () => {
  it('says what it is: protocol, JSON, a key of its own', async () => {
    const { client, server } = await against([json(201, SESSION)], { headers: async () => ({ authorization: 'Bearer t' }) });
    expect(await client.createSession(REQUEST)).toEqual({ ok: true, session: SESSION });
    await client.createSession(REQUEST);
    const [first, second] = server.requests;
    expect(first).toMatchObject({ method: 'POST', path: '/api/sessions', headers: { 'content-type': 'application/json', authorization: 'Bearer t' } });
    expect(JSON.parse(first?.body.toString() ?? '')).toEqual({ ...REQUEST, protocol: 1 });
    expect(first?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    expect(second?.headers['idempotency-key']).not.toBe(first?.headers['idempotency-key']);
  });

  const recovers: readonly [string, readonly Behaviour[]][] = [
    ['a 500', [raw(500, 'oops')]],
    ['two 503', [raw(503, ''), raw(503, '')]],
    ['a 429 without a time', [raw(429, '')]],
    ['a 429 that says 1 s', [raw(429, '', { 'retry-after': '1' })]],
    ['a closed connection', [hangUp]],
    ['an answer cut short', [cutShort]],
    ['no answer', [silence]],
    ['half an answer', [stall]],
  ];
  it.each(recovers)('survives %s, repeated with the same key', async (_name, faults) => {
    const { client, server } = await against([...faults, json(201, SESSION)]);
    const started = performance.now();
    expect(await client.createSession(REQUEST)).toEqual({ ok: true, session: SESSION });
    expect(server.requests).toHaveLength(faults.length + 1);
    expect(new Set(server.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    if (_name.includes('1 s')) expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  });

  const ends: readonly [string, Behaviour, object, number][] = [
    ['closed connections', hangUp, { code: 'network-failed', transient: true }, 3],
    ['silence', silence, { code: 'backend-timeout', transient: true }, 3],
    ['answers that never end', stall, { code: 'backend-timeout', transient: true }, 3],
    ['500 for ever', raw(500, '<h1>oops</h1>'), { code: 'backend-rejected', status: 500, transient: true }, 3],
    ['504 for ever', raw(504, ''), { code: 'backend-timeout', status: 504, transient: true }, 3],
    ['429 that says an hour', raw(429, '', { 'retry-after': '3600' }), { code: 'backend-rejected', status: 429, transient: true }, 1],
    ['400', problem('malformed-request', 400, { errors: [{ field: 'locale', rule: 'must be' }] }), { code: 'backend-rejected', status: 400, transient: false, problem: { errors: [{ field: 'locale', rule: 'must be' }] } }, 1],
    ['404 from elsewhere', raw(404, '<html>'), { code: 'backend-rejected', status: 404, transient: false }, 1],
    ['401', problem('unauthorized', 401), { code: 'backend-rejected', problem: { detail: 'because' } }, 1],
    ['a redirect', raw(302, '', { location: '/elsewhere' }), { code: 'network-failed' }, 3],
    ['a 409', raw(409, ''), { code: 'session-used' }, 1],
    ['a 410', raw(410, ''), { code: 'session-expired' }, 1],
    ['a used session', problem('session-used', 409), { code: 'session-used', transient: false }, 1],
    ['an expired session', problem('session-expired', 410), { code: 'session-expired' }, 1],
    ['a forgotten session', problem('unknown-session', 404), { code: 'session-expired' }, 1],
    ['a conflict of parts', problem('part-conflict', 409), { code: 'backend-rejected' }, 1],
    ['a problem of a newer server, which has a code', problem('out-of-luck', 422, { code: { system: 'faceid-sdk', table: 'result', code: '400604' } }), { code: 'backend-rejected', status: 422, problem: { code: { code: '400604' } } }, 1],
    ['a problem of no known type', json(422, { type: 'about:blank', title: 'x', status: 422, detail: 'y' }), { code: 'backend-rejected', status: 422 }, 1],
  ];
  it.each(ends)('ends with a code after %s', async (_name, behaviour, expected, attempts) => {
    const { client, server } = await against([behaviour]);
    const result = await client.state(ID);
    expect(result).toMatchObject({ ok: false, detail: expect.stringMatching(/^session state: /) as string, ...expected });
    expect(server.requests.map(({ path }) => path)).toEqual(Array<string>(attempts).fill(`/api/sessions/${ID}`));
  });

  it('ends when nobody listens', async () => {
    const { client, server } = await against([silence]);
    await server.close();
    expect(await client.state(ID)).toMatchObject({ ok: false, code: 'network-failed' });
  });

  it('keeps to its deadline whatever the attempts', async () => {
    const { client } = await against([silence], { attemptMs: 5000, overallMs: 300, retry: { maxAttempts: 100, baseMs: 1, capMs: 1, maxRetryAfterMs: 1 } });
    const started = performance.now();
    expect(await client.state(ID)).toMatchObject({ ok: false, code: 'backend-timeout' });
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('names no session in its detail', async () => {
    const { client } = await against([hangUp]);
    expect(JSON.stringify(await client.state(ID))).not.toContain(ID);
  });

  it('ends with the deadline though a fetch of the integrator ignores its signal', async () => {
    const client = createBackendClient({ endpoint: '/api', attemptMs: 50, overallMs: 200, fetch: () => new Promise(() => undefined) });
    expect(await client.state(ID)).toMatchObject({ ok: false, code: 'backend-timeout' });
  });

  it('ends though that fetch throws at once, or the headers option fails', async () => {
    const throwing = createBackendClient({ endpoint: '/api', overallMs: 200, fetch: () => { throw new Error('not here'); } });
    expect(await throwing.state(ID)).toMatchObject({ ok: false, code: 'network-failed' });
    const headless = createBackendClient({ endpoint: '/api', headers: () => Promise.reject(new Error('no token')) });
    expect(await headless.state(ID)).toMatchObject({ ok: false, code: 'internal', detail: expect.stringContaining('headers') as string });
  });
});

describe('an answer that is not the protocol', () => {
  const malformed: readonly [string, unknown, string][] = [
    ['no object', [], 'body must be an object'],
    ['null', null, 'body must be an object'],
    ['nothing in it', {}, 'sessionId'],
    ['another protocol', { ...SESSION, protocol: 2 }, 'protocol must be 1'],
    ['a number for an id', { ...SESSION, sessionId: 5 }, 'sessionId must be'],
    ['a short nonce', { ...SESSION, nonce: 'abc' }, 'nonce must be'],
    ['another channel', { ...SESSION, channel: 'telepathy', task: {} }, 'channel must be one that was offered'],
    ['a channel without a task', { ...SESSION, channel: 'eid-h5' }, 'task must be an object'],
    ['another challenge', { ...SESSION, challenge: { type: 'hologram' } }, 'challenge must be an object whose type is'],
    ['a date that is none', { ...SESSION, expiresAt: 'soon' }, 'expiresAt must be'],
    ['limits without a number', { ...SESSION, limits: { ...DEFAULT_LIMITS, maxBytes: '8MB' } }, 'limits.maxBytes must be'],
  ];
  it.each(malformed)('session with %s', async (_name, body, detail) => {
    const { client, server } = await against([json(201, body)]);
    expect(await client.createSession(REQUEST)).toMatchObject({ ok: false, code: 'backend-malformed', status: 201, detail: expect.stringContaining(detail) as string, transient: false });
    expect(server.requests).toHaveLength(1);
  });

  it.each([['HTML', '<html>'], ['nothing', ''], ['half a JSON', '{"sessionId":']])('%s for JSON', async (_name, body) => {
    const { client } = await against([raw(201, body)]);
    expect(await client.createSession(REQUEST)).toMatchObject({ ok: false, code: 'backend-malformed', detail: 'session creation: body must be JSON' });
  });

  it.each<[string, object, string]>([
    ['an unknown state', { sessionId: ID, state: 'maybe' }, 'body must be an object whose state is'],
    ['no verdict', { ...DECIDED, verdict: undefined }, 'verdict must be an object'],
    ['a decision of its own', { ...DECIDED, verdict: { ...DECIDED.verdict, decision: 'ok' } }, 'verdict.decision must be'],
    ['a bare code', { ...DECIDED, verdict: { decision: 'passed', code: '0' } }, 'verdict.code must be an object'],
    ['a number for a code', { ...DECIDED, verdict: { decision: 'passed', code: { system: 's', table: 't', code: 0 } } }, 'verdict.code.code must be'],
    ["another session's verdict", { ...DECIDED, sessionId: 'B'.repeat(22) }, 'sessionId must be the session'],
    ['open, to a submission', { sessionId: ID, state: 'open', expiresAt: SESSION.expiresAt, parts: [] }, 'state is "decided" or "pending"'],
  ])('submission: %s', async (_name, body, detail) => {
    const { client } = await against([json(200, body)]);
    expect(await client.submit(ID, await submissionFor(SESSION, []))).toMatchObject({ ok: false, code: 'backend-malformed', detail: expect.stringContaining(detail) as string });
  });

  it('with fields from a newer server is taken', async () => {
    const { client } = await against([json(201, { ...SESSION, motd: 'hello', limits: { ...DEFAULT_LIMITS, extra: 1 } })]);
    expect(await client.createSession(REQUEST)).toMatchObject({ ok: true });
  });
});

describe('a submission', () => {
  it('is the same each time it is called', async () => {
    const { client, server } = await against([hangUp, json(200, DECIDED)]);
    const submission = await submissionFor(SESSION, []);
    expect(await client.submit(ID, submission)).toEqual({ ok: true, response: DECIDED });
    expect(await client.submit(ID, submission)).toEqual({ ok: true, response: DECIDED });
    expect(new Set(server.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(new Set(server.requests.map(({ body }) => body.toString())).size).toBe(1);
  });

  it('may be pending', async () => {
    const { client } = await against([json(202, PENDING)]);
    expect(await client.submit(ID, await submissionFor(SESSION, []))).toEqual({ ok: true, response: PENDING });
  });
});

describe('a verdict that is waited for', () => {
  it('comes after pending answers and a bad moment', async () => {
    const { client, server } = await against([json(200, PENDING), hangUp, raw(503, ''), json(200, PENDING), json(200, DECIDED)]);
    expect(await client.awaitVerdict(ID, { intervalMs: 10 })).toEqual({ ok: true, response: DECIDED });
    expect(server.requests).toHaveLength(5);
  });

  it('survives an outage longer than the retries of one question', async () => {
    const { client } = await against([...Array<Behaviour>(7).fill(hangUp), json(200, DECIDED)]);
    expect(await client.awaitVerdict(ID, { intervalMs: 10 })).toEqual({ ok: true, response: DECIDED });
  });

  it.each<[string, Behaviour]>([['pending for ever', json(200, PENDING)], ['silence', silence], ['500 for ever', raw(500, '')]])('does not come: %s', async (_name, behaviour) => {
    const { client } = await against([behaviour]);
    const started = performance.now();
    expect(await client.awaitVerdict(ID, { intervalMs: 20, deadlineMs: 400 })).toMatchObject({ ok: false, code: 'verdict-timeout', transient: true });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each<[string, Behaviour, string]>([
    ['an expired session', json(200, { sessionId: ID, state: 'expired' }), 'session-expired'],
    ['an unknown one', problem('unknown-session', 404), 'session-expired'],
    ['nonsense', json(200, { state: 5 }), 'backend-malformed'],
  ])('ends at once on %s', async (_name, behaviour, code) => {
    const { client, server } = await against([behaviour]);
    expect(await client.awaitVerdict(ID, { intervalMs: 10 })).toMatchObject({ ok: false, code });
    expect(server.requests).toHaveLength(1);
  });
});

it('waits for an open session, unless there is something else to say of one', async () => {
  const open = json(200, { sessionId: ID, state: 'open', expiresAt: SESSION.expiresAt, parts: [] });
  const { client, server } = await against([open, open, json(200, PENDING), json(200, DECIDED)]);
  const lost = { ok: false, code: 'backend-timeout', detail: 'submission: no answer', transient: true } as const;
  expect(await client.awaitVerdict(ID, { intervalMs: 10, ifOpen: lost })).toBe(lost);
  expect(server.requests).toHaveLength(1);
  expect(await client.awaitVerdict(ID, { intervalMs: 10, ifOpen: lost })).toBe(lost);
  expect(await client.awaitVerdict(ID, { intervalMs: 10, ifOpen: lost })).toEqual({ ok: true, response: DECIDED });
});

it('a token’s message may outlive the page, unless it is too large for that', async () => {
  const kept: unknown[] = [];
  const client = createBackendClient({ endpoint: '/api', fetch: async (_url, { keepalive }) => (kept.push(keepalive), new Response(JSON.stringify(PENDING), { status: 202 })) });
  const request = { channel: 'eid-h5', tokens: { token: 'T' }, consent: CONSENT };
  await client.postToken(request);
  await client.postToken({ ...request, risk: { much: 'x'.repeat(16_384) } });
  expect(kept).toEqual([true, undefined]);
});

describe('cancelling', () => {
  it('ends every call at once, also one that has not begun', async () => {
    const controller = new AbortController();
    const { client, server } = await against([silence], { signal: controller.signal, attemptMs: 10_000, overallMs: 10_000, partAttemptMs: 10_000 });
    const submission = await submissionFor(SESSION, []);
    const calls = [client.createSession(REQUEST), client.putPart(SESSION, 0, new Uint8Array([1])), client.submit(ID, submission), client.state(ID), client.awaitVerdict(ID)];
    await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBe(5);
    controller.abort();
    for (const result of await Promise.all(calls)) expect(result).toMatchObject({ ok: false, code: 'cancelled' });
    expect(await client.state(ID)).toMatchObject({ ok: false, code: 'cancelled' });
    expect(server.requests).toHaveLength(5);
  });

  it('ends one call by its own signal, in the middle of a wait too', async () => {
    const controller = new AbortController();
    const { client, server } = await against([raw(429, '', { 'retry-after': '1' })]);
    const call = client.state(ID, { signal: controller.signal });
    await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBe(1);
    const started = performance.now();
    controller.abort();
    expect(await call).toMatchObject({ ok: false, code: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('the endpoint', () => {
  it.each(['', ' ', 'api', 'ftp://x/y', 'https://user:secret@x/', '/api?key=1', '/api#x', 'javascript:alert(1)', undefined, 5])('%j is none', (endpoint) => {
    expect(() => createBackendClient({ endpoint: endpoint as string })).toThrow(/^endpoint must be/);
    expect(() => createBackendClient({ endpoint: endpoint as string })).toThrow(TypeError);
  });
  it.each(['/', '/api/face', '/api/face/', 'https://backend.example', 'http://127.0.0.1:8787/api/face'])('%s is one', async (endpoint) => {
    const urls: string[] = [];
    const client = createBackendClient({ endpoint, fetch: async (url) => (urls.push(url), new Response(JSON.stringify(SESSION), { status: 201 })) });
    expect(await client.createSession(REQUEST)).toMatchObject({ ok: true });
    expect(urls).toEqual([`${endpoint.replace(/\/$/, '')}/sessions`]);
  });
});
