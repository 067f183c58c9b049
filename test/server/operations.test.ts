import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryEvidenceStore, createMemorySessionStore } from '../../src/server/index.js';
import type { HandlerOptions, VendorPort } from '../../src/server/index.js';
import type { VerdictResponse } from '../../src/transport/protocol.js';
import { recording } from './recordings.js';
import { CONSENT, PASSING, SESSION_REQUEST, openSession, postJson, problemOf, putPart, startService, submissionFor, verify } from './service.js';
import type { Service } from './service.js';

const BYTES = new Uint8Array([1, 2, 3]);
const services: Service[] = [];
async function start(options: Partial<HandlerOptions> = {}): Promise<Service> {
  const service = await startService(options);
  services.push(service);
  return service;
}
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
});

describe('origins', () => {
  const SHOP = { origin: 'https://shop.example' };

  it('on the list are let in, with what their pages need', async () => {
    const service = await start({ origins: ['https://shop.example'] });
    const preflight = await service.send('OPTIONS', 'sessions/x/parts/0', {
      headers: { ...SHOP, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-digest,idempotency-key,x-own' },
    });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST, PUT',
      'access-control-allow-headers': 'content-digest,idempotency-key,x-own',
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Headers',
    });
    const created = await postJson(service, 'sessions', SESSION_REQUEST, SHOP);
    expect(created.status).toBe(201);
    expect(created.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(created.headers.get('access-control-expose-headers')).toContain('Retry-After, Date');
    const refused = await postJson(service, 'sessions', {}, SHOP);
    expect(refused.status).toBe(400);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  it.each(['https://evil.example', 'http://shop.example', 'https://shop.example.evil.example', 'https://shop.example:444', 'null'])('%s is not on it', async (origin) => {
    let asked = false;
    const service = await start({ origins: ['https://shop.example'], authorize: () => ((asked = true), { allowed: true }) });
    for (const [method, path] of [['OPTIONS', 'sessions'], ['POST', 'sessions'], ['GET', 'sessions/x']] as const) {
      const answer = await service.send(method, path, { headers: { origin } });
      expect(problemOf(answer)).toMatchObject({ status: 403, name: 'origin-not-allowed' });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('vary')).toBe('Origin');
    }
    expect(asked).toBe(false);
  });

  it('are no matter without a list, nor to clients that are no pages', async () => {
    const open = await start();
    expect((await postJson(open, 'sessions', SESSION_REQUEST, SHOP)).headers.get('access-control-allow-origin')).toBeNull();
    const listed = await start({ origins: ['https://shop.example'] });
    expect((await postJson(listed, 'sessions', SESSION_REQUEST)).status).toBe(201);
  });

  it.each([[['*']], [['shop.example']], [['https://shop.example/']], [['https://shop.example/a']], [['https://*.example']], ['https://shop.example'], [[5]]])('%j is no list', async (origins) => {
    await expect(start({ origins: origins as string[] })).rejects.toThrow('origins must be a list');
  });
});

describe('healthz', () => {
  it('asks nobody who they are, and names stores that fail', async () => {
    const broken = { ...createMemorySessionStore(), ping: () => Promise.reject(new Error('redis://user:secret@10.0.0.1')) };
    const closed = { authorize: () => ({ allowed: false }) as const, origins: ['https://shop.example'] };
    expect(await (await start(closed)).send('GET', 'healthz')).toMatchObject({ status: 200, body: { status: 'ok', sessions: 'ok', evidence: 'ok' } });
    const failing = await (await start({ ...closed, sessions: broken })).send('GET', 'healthz');
    expect(failing).toMatchObject({ status: 503, body: { status: 'failing', sessions: 'failing', evidence: 'ok' } });
    expect(JSON.stringify(failing.body)).not.toContain('secret');
    expect(await (await start({ ...closed, sessions: { ...broken, ping: () => new Promise(() => undefined) } })).send('GET', 'healthz')).toMatchObject({ status: 503 });
  });
});

describe('closing', () => {
  it('lets a decision end, refuses what comes then, and says so to who balances the load', async () => {
    let decide = (): void => undefined;
    const decided = new Promise<void>((resolve) => (decide = resolve));
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const vendor: VendorPort = { decide: async (question) => (asked(), await decided, PASSING.decide(question)) };
    let closedStore = false;
    const evidence = { ...createMemoryEvidenceStore(), close: () => void (closedStore = true) };
    const service = await start({ vendor, evidence, inlineWaitMs: 20 });
    const { session } = await verify(service, await recording());
    await isAsked;
    const closing = service.handler.close();
    const refused = await postJson(service, 'sessions', SESSION_REQUEST);
    expect(problemOf(refused)).toMatchObject({ status: 503, name: 'overloaded' });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await service.send('GET', 'healthz')).toMatchObject({ status: 503, body: { status: 'closing' } });
    expect(closedStore).toBe(false);
    decide();
    expect(await closing).toBe('drained');
    expect(closedStore).toBe(true);
    expect(service.log).toContainEqual(expect.objectContaining({ event: 'verdict', session: session.sessionId.slice(0, 8) }));
  });

  it('does not wait for ever', async () => {
    const service = await start({ vendor: { decide: () => new Promise(() => undefined) }, inlineWaitMs: 20 });
    await verify(service, await recording());
    expect(await service.handler.close({ deadlineMs: 50 })).toBe('deadline');
  });
});

describe('a client that is slow', () => {
  it.each([
    ['declared', 'Content-Length: 100', '{"a'],
    ['of unknown length', 'Transfer-Encoding: chunked', '3\r\n{"a\r\n'],
  ])('with a body %s is refused, and its connection is closed', async (_what, header, beginning) => {
    const service = await start({ messageTimeoutMs: 100, partStallMs: 100 });
    const session = await openSession(service);
    for (const head of ['POST /api/face/sessions', `PUT /api/face/sessions/${session.sessionId}/parts/0`]) {
      const socket = connect(service.port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      const closed = once(socket, 'close');
      socket.write(`${head} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Digest: sha-256=:${'A'.repeat(43)}=:\r\n${header}\r\n\r\n${beginning}`);
      await closed;
      expect(text).toMatch(/^HTTP\/1.1 408 [^]*request-timeout/);
    }
  });

  it.each([
    ['declared', 'Content-Length: 500', 'half'],
    ['of unknown length', 'Transfer-Encoding: chunked', '4\r\nhalf\r\n'],
  ])('that leaves in the middle of a body %s is one that has left, and the server serves on', async (_what, header, beginning) => {
    const service = await start();
    const { sessionId } = await openSession(service);
    const socket = connect(service.port, '127.0.0.1');
    socket.write(`PUT /api/face/sessions/${sessionId}/parts/0 HTTP/1.1\r\nHost: x\r\nContent-Digest: sha-256=:${'A'.repeat(43)}=:\r\n${header}\r\n\r\n${beginning}`, () => socket.destroy());
    await expect.poll(() => service.log.map(({ event, ...rest }) => [event, (rest as { problem?: string }).problem])).toContainEqual(['refused', 'part-truncated']);
    expect((await putPart(service, sessionId, 0, BYTES)).status).toBe(204);
  });

  it('with text that is no UTF-8 does not spoil the next one’s', async () => {
    const service = await start();
    const headers = { 'content-type': 'application/json' };
    expect(problemOf(await service.send('POST', 'sessions', { headers, body: new Uint8Array([0x7b, 0xe4, 0xbd]) }))).toMatchObject({ status: 400, fields: ['body'] });
    expect((await service.send('POST', 'sessions', { headers, body: JSON.stringify(SESSION_REQUEST) })).status).toBe(201);
  });
});

describe('withdrawing', () => {
  it('deletes the evidence and takes nothing more, whatever the session was', async () => {
    const evidence = createMemoryEvidenceStore();
    const service = await start({ evidence, evidenceRetentionMs: 60_000 });
    const open = await openSession(service);
    await putPart(service, open.sessionId, 0, BYTES);
    expect(evidence.totalBytes).toBe(3);
    expect(await service.handler.withdraw(open.sessionId)).toBe('withdrawn');
    expect(evidence.totalBytes).toBe(0);
    expect((await service.send('GET', `sessions/${open.sessionId}`)).body).toEqual({ sessionId: open.sessionId, state: 'expired' });
    expect(problemOf(await putPart(service, open.sessionId, 1, BYTES))).toMatchObject({ status: 410, name: 'session-expired' });
    expect(problemOf(await postJson(service, `sessions/${open.sessionId}/submission`, await submissionFor(open, [BYTES])))).toMatchObject({ status: 410, name: 'session-expired' });
    expect(evidence.totalBytes).toBe(0);

    const { session, answer } = await verify(service, await recording());
    expect(evidence.totalBytes).toBeGreaterThan(3);
    expect(await service.handler.withdraw(session.sessionId)).toBe('withdrawn');
    expect(evidence.totalBytes).toBe(0);
    expect((await service.send('GET', `sessions/${session.sessionId}`)).body).toEqual(answer.body);
    expect(await service.handler.withdraw('B'.repeat(22))).toBe('unknown');
  });
});

describe('abandonment', () => {
  it('ends an open session and deletes what had arrived', async () => {
    const evidence = createMemoryEvidenceStore();
    const service = await start({ evidence });
    const { sessionId } = await openSession(service);
    await putPart(service, sessionId, 0, BYTES);
    const path = `sessions/${sessionId}/abandonment`;
    expect(problemOf(await postJson(service, path, { reason: 'bored' }))).toMatchObject({ status: 400, fields: ['reason'] });
    expect(problemOf(await postJson(service, path, { reason: 'cancelled', frame: 'x'.repeat(300) }))).toMatchObject({ status: 413 });
    expect((await postJson(service, path, { reason: 'page-hide' })).status).toBe(204);
    expect((await postJson(service, path, { reason: 'page-hide' })).status).toBe(204);
    expect(evidence.totalBytes).toBe(0);
    expect((await putPart(service, sessionId, 0, BYTES)).status).toBe(204);
    expect(problemOf(await putPart(service, sessionId, 1, BYTES))).toMatchObject({ name: 'session-expired' });
    expect(problemOf(await postJson(service, `sessions/${'C'.repeat(22)}/abandonment`, { reason: 'page-hide' }))).toMatchObject({ status: 404, name: 'unknown-session' });
  });

  it('changes nothing of what has been handed in', async () => {
    let decide = (): void => undefined;
    const decided = new Promise<void>((resolve) => (decide = resolve));
    const service = await start({ vendor: { decide: async (question) => (await decided, PASSING.decide(question)) }, inlineWaitMs: 20 });
    const { session } = await verify(service, await recording());
    expect((await postJson(service, `sessions/${session.sessionId}/abandonment`, { reason: 'page-hide' })).status).toBe(204);
    decide();
    await expect.poll(async () => (await service.send('GET', `sessions/${session.sessionId}`)).body, { timeout: 10_000 }).toMatchObject({ state: 'decided', verdict: { decision: 'passed' } });
  });
});

describe('tokens', () => {
  const REQUEST = { protocol: 1, channel: 'eid-h5', tokens: { token: 'T-1' }, consent: CONSENT };
  const confirming = (asked: unknown[] = []): VendorPort => ({
    ...PASSING,
    confirm: async ({ channel, tokens, expected, risk }) => (asked.push({ channel, tokens, expected, risk }), { status: 'decided', decision: tokens['token'] === 'T-1' ? 'passed' : 'rejected', code: { system: 'faceid-sdk', table: 'result', code: '0' } }),
  });

  it('are not taken where nobody can confirm them', async () => {
    expect(problemOf(await postJson(await start(), 'tokens', REQUEST))).toMatchObject({ status: 404, name: 'not-found' });
  });

  it('are confirmed once, however often and at once they come', async () => {
    const asked: unknown[] = [];
    const service = await start({ vendor: confirming(asked) });
    const answers = await Promise.all(Array.from({ length: 5 }, () => postJson(service, 'tokens', { ...REQUEST, risk: { a: 1 } })));
    expect(new Set(answers.map(({ body }) => (body as VerdictResponse).reference)).size).toBe(1);
    const again = await postJson(service, 'tokens', { ...REQUEST, risk: { a: 1 } });
    expect(again).toMatchObject({ status: 200, body: { state: 'decided', verdict: { decision: 'passed' } } });
    expect(asked).toEqual([{ channel: 'eid-h5', tokens: { token: 'T-1' }, expected: {}, risk: { a: 1 } }]);
    expect(problemOf(await postJson(service, 'tokens', REQUEST))).toMatchObject({ status: 409, name: 'token-used' });
    expect((await service.send('GET', `sessions/${(again.body as VerdictResponse).sessionId}`)).body).toEqual(again.body);
    expect(await postJson(service, 'tokens', { ...REQUEST, tokens: { token: 'T-2' } })).toMatchObject({ status: 200, body: { verdict: { decision: 'rejected' } } });
  });

  it('name every field that is wrong', async () => {
    const service = await start({ vendor: confirming() });
    expect(problemOf(await postJson(service, 'tokens', { ...REQUEST, tokens: { token: '' }, nonce: 'short', channel: 5, extra: 1 })).fields).toEqual(['channel', 'tokens.token', 'nonce', 'extra']);
    expect(problemOf(await postJson(service, 'tokens', { ...REQUEST, tokens: {} })).fields).toEqual(['tokens']);
    expect(problemOf(await postJson(service, 'tokens', { ...REQUEST, protocol: 2 }))).toMatchObject({ name: 'unsupported-protocol' });
  });
});

it('the log of everything holds nothing of the person or of the keys', async () => {
  const secrets = ['Bearer-of-ann', 'T-secret', 'openid-77', 'nickname-of-ann', 'key-of-the-write'];
  const service = await start({
    authorize: ({ headers }) => (headers.get('authorization') === null ? { allowed: false, detail: 'who are you' } : { allowed: true, subject: 'nickname-of-ann' }),
    quotas: { intervalMs: 0 },
    vendor: { ...PASSING, confirm: () => Promise.reject(new Error('T-secret of openid-77')) },
  });
  const headers = { authorization: 'Bearer-of-ann', 'idempotency-key': 'key-of-the-write', 'content-type': 'application/json' };
  await postJson(service, 'sessions', SESSION_REQUEST);
  const session = (await postJson(service, 'sessions', SESSION_REQUEST, headers)).body as { sessionId: string; nonce: string };
  await service.send('PUT', `sessions/${session.sessionId}/parts/0`, { headers: { ...headers, 'content-digest': 'sha-256=:AAAA:' }, body: BYTES });
  await postJson(service, `sessions/${session.sessionId}/submission`, { consent: CONSENT, risk: { openid: 'openid-77' }, tokens: { t: 'T-secret' } }, headers);
  await postJson(service, 'tokens', { protocol: 1, channel: 'eid-h5', tokens: { token: 'T-secret' }, risk: { openid: 'openid-77' }, consent: CONSENT }, headers);
  await postJson(service, `sessions/${session.sessionId}/abandonment`, { reason: 'cancelled' }, headers);
  await service.handler.withdraw(session.sessionId);
  expect(new Set(service.log.map(({ event }) => event))).toEqual(new Set(['refused', 'session-created', 'submission-claimed', 'vendor-failed', 'verdict', 'session-abandoned', 'session-withdrawn']));
  const log = JSON.stringify(service.log);
  for (const secret of [...secrets, session.sessionId, session.nonce, CONSENT.textDigest]) expect(log).not.toContain(secret);
});
