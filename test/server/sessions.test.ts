import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, createHandler, createMemorySessionStore } from '../../src/server/index.js';
import type { HandlerOptions } from '../../src/server/index.js';
import type { CaptureSession } from '../../src/transport/protocol.js';
import { CONSENT, PASSING, SESSION_REQUEST, openSession, postJson, problemOf, putPart, startService, submissionFor } from './service.js';
import type { Service } from './service.js';

describe('opening a session', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  it('gives an id, a nonce, a challenge, an expiry and the limits', async () => {
    const answer = await postJson(service, 'sessions', SESSION_REQUEST);
    expect(answer.status).toBe(201);
    const body = answer.body as CaptureSession;
    expect(body).toEqual({
      protocol: 1,
      sessionId: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/) as string,
      nonce: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
      channel: 'capture',
      challenge: { type: 'silent', minimumMs: 2000 },
      expiresAt: expect.any(String) as string,
      limits: DEFAULT_LIMITS,
    });
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(590_000);
    expect(new URL(answer.headers.get('location') ?? '', `${service.endpoint}/sessions`).href).toBe(`${service.endpoint}/sessions/${body.sessionId}`);
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it('never gives the same twice', async () => {
    const sessions = await Promise.all(Array.from({ length: 20 }, () => openSession(service)));
    expect(new Set(sessions.flatMap(({ sessionId, nonce }) => [sessionId, nonce])).size).toBe(40);
  });

  it('repeated under a key gives the same session, with another body is refused', async () => {
    const headers = { 'idempotency-key': 'key-of-a-client' };
    const first = await postJson(service, 'sessions', SESSION_REQUEST, headers);
    expect(await postJson(service, 'sessions', SESSION_REQUEST, headers)).toMatchObject({ status: 201, body: first.body as object });
    expect(problemOf(await postJson(service, 'sessions', { ...SESSION_REQUEST, locale: 'en' }, headers))).toMatchObject({ status: 422, name: 'idempotency-conflict' });
    expect(problemOf(await postJson(service, 'sessions', SESSION_REQUEST, { 'idempotency-key': 'short' }))).toMatchObject({ status: 400, fields: ['Idempotency-Key'] });
  });

  it.each([
    ['another protocol', { ...SESSION_REQUEST, protocol: 2 }, 'unsupported-protocol', ['protocol']],
    ['no protocol', { ...SESSION_REQUEST, protocol: undefined }, 'malformed-request', ['protocol']],
    ['no challenge it could meet', { ...SESSION_REQUEST, challenges: ['action'] }, 'malformed-request', ['challenges']],
    ['no consent', { ...SESSION_REQUEST, consent: undefined }, 'malformed-request', ['consent']],
    ['a consent that was not given', { ...SESSION_REQUEST, consent: { ...CONSENT, granted: false } }, 'malformed-request', ['consent.granted']],
    ['a field it does not know', { ...SESSION_REQUEST, apiKey: 'x' }, 'malformed-request', ['apiKey']],
    ['__proto__', JSON.parse('{"__proto__":{"protocol":1}}'), 'malformed-request', ['protocol', 'consent', 'challenges', 'containers', 'locale', '__proto__']],
    ['wrong types', { protocol: '1', consent: [], challenges: 'silent', containers: [5], locale: 'zh_CN!' }, 'malformed-request', ['protocol', 'consent', 'challenges', 'containers[0]', 'locale']],
  ])('refuses %s', async (_name, body, name, fields) => {
    expect(problemOf(await postJson(service, 'sessions', body))).toMatchObject({ status: 400, name, fields });
  });

  it('takes challenges it has not heard of beside its own', async () => {
    expect((await postJson(service, 'sessions', { ...SESSION_REQUEST, challenges: ['hologram', 'silent'] })).status).toBe(201);
  });

  it('has no other resources and methods', async () => {
    expect(problemOf(await service.send('GET', 'elsewhere'))).toMatchObject({ status: 404, name: 'not-found' });
    for (const [method, path, allow] of [['GET', 'sessions', 'POST'], ['DELETE', 'sessions/x', 'GET, HEAD'], ['POST', 'sessions/x/parts/0', 'PUT'], ['PUT', 'sessions/x/submission', 'POST']] as const) {
      const answer = await service.send(method, path);
      expect(problemOf(answer)).toMatchObject({ status: 405, name: 'method-not-allowed' });
      expect(answer.headers.get('allow')).toBe(allow);
    }
    const { sessionId } = await openSession(service);
    expect(await service.send('HEAD', `sessions/${sessionId}`)).toMatchObject({ status: 200, body: '' });
  });
});

describe('the authorisation hook', () => {
  const authorize: NonNullable<HandlerOptions['authorize']> = (request) => {
    const subject = request.headers.get('x-user');
    return subject === null ? { allowed: false } : subject === 'banned' ? { allowed: false, status: 403, detail: 'no' } : { allowed: true, subject };
  };
  const as = (user: string) => ({ 'x-user': user });
  let service: Service;
  beforeAll(async () => {
    service = await startService({ authorize });
  });
  afterAll(() => service.close());

  it('comes before everything', async () => {
    expect(problemOf(await postJson(service, 'sessions', 'nonsense'))).toMatchObject({ status: 401, name: 'unauthorized' });
    expect(problemOf(await postJson(service, 'sessions', SESSION_REQUEST, as('banned')))).toMatchObject({ status: 403, name: 'unauthorized', problem: { detail: 'no' } });
  });

  it("hides a subject's session from every other", async () => {
    const session = (await postJson(service, 'sessions', SESSION_REQUEST, as('ann'))).body as CaptureSession;
    const path = `sessions/${session.sessionId}`;
    expect((await service.send('GET', path, { headers: as('ann') })).status).toBe(200);
    expect(problemOf(await service.send('GET', path, { headers: as('bob') }))).toMatchObject({ status: 404, name: 'unknown-session' });
    expect(problemOf(await postJson(service, `${path}/submission`, await submissionFor(session, []), as('bob')))).toMatchObject({ status: 404, name: 'unknown-session' });
  });

  it("keeps one subject's idempotency keys apart from another's", async () => {
    const headers = { 'idempotency-key': 'the-same-key' };
    const [ann, bob] = await Promise.all(['ann', 'bob'].map((user) => postJson(service, 'sessions', SESSION_REQUEST, { ...headers, ...as(user) })));
    expect((ann?.body as CaptureSession).sessionId).not.toBe((bob?.body as CaptureSession).sessionId);
  });

  it('that fails gives an answer without its words', async () => {
    const broken = await startService({ authorize: () => Promise.reject(new Error('password of db: hunter2')) });
    const answer = await postJson(broken, 'sessions', SESSION_REQUEST);
    expect(problemOf(answer)).toMatchObject({ status: 500, name: 'internal', problem: { detail: 'the server failed' } });
    expect(JSON.stringify([answer.body, broken.log])).not.toContain('hunter2');
    expect(broken.log).toContainEqual(expect.objectContaining({ level: 'error', event: 'failed', error: expect.objectContaining({ name: 'Error' }) as object }));
    await broken.close();
  });
});

describe('createHandler', () => {
  it.each([
    [{ vendor: undefined }, 'vendor'],
    [{ basePath: '/api/' }, 'basePath'],
    [{ sessionTtlMs: -1 }, 'sessionTtlMs'],
    [{ inlineWaitMs: '3000' }, 'inlineWaitMs'],
    [{ limits: { maxBytes: 0 } }, 'limits.maxBytes'],
    [{ limits: { maxByte: 5 } }, 'limits.maxByte'],
    [{ limits: { maxParts: 2000 } }, 'limits.maxParts'],
    [{ limits: { maxParts: 2 } }, 'limits.maxParts times'],
    [{ containers: ['mp4'] }, 'containers[0]'],
    [{ vendr: PASSING }, 'vendr'],
  ])('refuses %j, naming the option', (options, named) => {
    expect(() => createHandler({ vendor: PASSING, ...options } as HandlerOptions)).toThrow(TypeError);
    expect(() => createHandler({ vendor: PASSING, ...options } as HandlerOptions)).toThrow(named);
  });

  it('works without a base path, an HTTP server or a log, and with one that throws', async () => {
    const handler = createHandler({ vendor: PASSING, log: () => { throw new Error('disk full'); } });
    const response = await handler.fetch(new Request('https://backend.example/sessions', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(SESSION_REQUEST) }));
    expect(response.status).toBe(201);
  });
});

it('a store that is full says when to come back', async () => {
  let clock = Date.now();
  const service = await startService({ now: () => clock, sessions: createMemorySessionStore({ maxSessions: 2 }), sessionTtlMs: 1000, recordRetentionMs: 1000 });
  await openSession(service);
  await openSession(service);
  const full = await postJson(service, 'sessions', SESSION_REQUEST);
  expect(problemOf(full)).toMatchObject({ status: 503, name: 'overloaded' });
  expect(full.headers.get('retry-after')).toBe('10');
  clock += 2000;
  await openSession(service);
  await service.close();
});

it('a store that fails gives 500 without its words, and a submission it loses stays pending', async () => {
  const sessions = createMemorySessionStore();
  let failing = false;
  const service = await startService({ sessions: { ...sessions, saveVerdict: (...args) => (failing ? Promise.reject(new Error('redis://user:hunter2@host')) : sessions.saveVerdict(...args)), readSession: sessions.readSession } });
  const session = await openSession(service);
  await putPart(service, session.sessionId, 0, new Uint8Array([1]));
  failing = true;
  const answer = await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, [new Uint8Array([1])]));
  expect(answer).toMatchObject({ status: 202, body: { state: 'pending' } });
  expect(JSON.stringify([answer.body, service.log])).not.toContain('hunter2');
  await service.close();
});
