import { afterEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../src/server/index.js';
import type { ChannelChoice, ChannelRequest, HandlerOptions, TokenQuestion, VendorChoice, VendorPort } from '../../src/server/index.js';
import type { SessionResponse, VendorSession, VerdictResponse } from '../../src/transport/protocol.js';
import { CONSENT, PASSING, postJson, problemOf, putPart, SESSION_REQUEST, startService, submissionFor } from './service.js';
import type { Answer, Fault, Service } from './service.js';

/* The server chooses the channel, and holds what comes back against the session that led to the vendor. */

const TOKEN = 'CE661F1A-0F1E-45BD-BE13-34C05CEA7681';
const OPEN = { ...SESSION_REQUEST, channels: ['capture', 'kyc-h5', 'detectauth-h5'] };
const CODE = { system: 'faceid-sdk', table: 'result', code: '0' } as const;
const CHOICE: VendorChoice = { channel: 'detectauth-h5', task: { expiresInMs: 60_000, url: 'https://open.faceid.qq.com/v1?x=1' }, expected: { BizToken: TOKEN } };
const REFUSED = { system: 'faceid-sdk', table: 'result', code: '66660015' } as const;

const services: Service[] = [];
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
});

/** A service whose vendor is asked about tokens, and what it was asked. */
async function start(channel: HandlerOptions['channel'] | undefined, options: Partial<HandlerOptions> = {}, fault?: Fault): Promise<Service & { readonly asked: TokenQuestion[] }> {
  const asked: TokenQuestion[] = [];
  const vendor: VendorPort = { ...PASSING, confirm: async (question) => (asked.push(question), { status: 'decided', decision: 'passed', code: CODE }) };
  const service = await startService({ vendor, quotas: { intervalMs: 0 }, ...(channel && { channel }), ...options }, fault);
  services.push(service);
  return { ...service, asked };
}
const sessionOf = ({ status, body }: Answer): SessionResponse => {
  expect([status, body]).toMatchObject([201, {}]);
  return body as SessionResponse;
};
const open = async (service: Service, changes: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<SessionResponse> => sessionOf(await postJson(service, 'sessions', { ...OPEN, ...changes }, headers));
const tokens = (nonce: string | undefined, changes: object = {}): object => ({ protocol: 1, channel: 'detectauth-h5', tokens: { BizToken: TOKEN }, consent: CONSENT, ...(nonce !== undefined && { nonce }), ...changes });

describe('the choice of a channel', () => {
  it('is made from what the client can do, and the client gets the task and nothing of what is expected', async () => {
    const seen: (ChannelRequest & { subject: string | undefined })[] = [];
    const service = await start((request, subject) => (seen.push({ ...request, subject }), CHOICE), { authorize: () => ({ allowed: true, subject: 'ann' }) });
    const session = (await open(service, {}, { 'x-plan': 'b' })) as VendorSession;
    expect(session).toEqual({ protocol: 1, sessionId: session.sessionId, nonce: session.nonce, expiresAt: session.expiresAt, channel: 'detectauth-h5', task: CHOICE.task });
    expect(seen).toMatchObject([{ channels: OPEN.channels, locale: 'zh-CN', consent: CONSENT, sessionId: session.sessionId, nonce: session.nonce, subject: 'ann' }]);
    expect(seen[0]?.headers.get('x-plan')).toBe('b');
  });

  it('is capture without one to choose, for a client that offers nothing else, and where it is chosen', async () => {
    let asked = 0;
    const capturing = await start(() => ((asked += 1), { channel: 'capture' }));
    expect(await open(capturing)).toMatchObject({ channel: 'capture', challenge: { type: 'silent' } });
    expect(asked).toBe(1);
    for (const channels of [undefined, ['capture'], ['capture', 'telepathy']]) expect(await open(capturing, { channels })).toMatchObject({ channel: 'capture' });
    expect(asked).toBe(1);
    expect(await open(await start(undefined))).toMatchObject({ channel: 'capture' });
  });

  it('is possible for a client that cannot record', async () => {
    const service = await start(() => CHOICE);
    expect(await open(service, { channels: ['detectauth-h5'], containers: [], challenges: [] })).toMatchObject({ channel: 'detectauth-h5' });
    expect(problemOf(await postJson(await start(undefined), 'sessions', { ...OPEN, channels: ['detectauth-h5'] })).fields).toEqual(['channels']);
    expect(problemOf(await postJson(service, 'sessions', { ...OPEN, channels: ['telepathy'] })).fields).toEqual(['channels']);
    expect(problemOf(await postJson(service, 'sessions', { ...OPEN, channels: [] })).fields).toEqual(['channels']);
    expect(problemOf(await postJson(service, 'sessions', { ...OPEN, containers: [] })).fields).toEqual(['containers']);
  });

  it('that the vendor refuses brings the vendor’s own code, at once and again', async () => {
    const service = await start(() => ({ channel: 'none', code: REFUSED }));
    const headers = { 'idempotency-key': 'the-first-key' };
    for (let time = 0; time < 2; time++) expect(problemOf(await postJson(service, 'sessions', OPEN, headers))).toMatchObject({ status: 422, name: 'channel-refused', problem: { code: REFUSED } });
  });

  it.each<[string, HandlerOptions['channel']]>([
    ['fails', () => Promise.reject(new Error('down'))],
    ['is not offered', () => ({ ...CHOICE, channel: 'eid-h5' })],
    ['takes too long', () => new Promise<ChannelChoice>(() => undefined)],
    ['is none', () => ({ channel: 'telepathy' }) as unknown as ChannelChoice],
    ['is nothing', () => undefined as unknown as ChannelChoice],
    ['expects nothing back', () => ({ ...CHOICE, expected: {} })],
    ['would send a ticket along', () => ({ ...CHOICE, task: { ...CHOICE.task, ticket: 'secret' } }) as ChannelChoice],
  ])('that %s is the code of a vendor that failed', async (_what, channel) => {
    const service = await start(channel, { vendorDeadlineMs: 100 });
    expect(problemOf(await postJson(service, 'sessions', OPEN))).toMatchObject({ name: 'channel-refused', problem: { code: { code: '66660021' } } });
    expect(service.log.map(({ event }) => event)).toContain('vendor-failed');
  });

  it('is made once, however often and at once it is asked for', async () => {
    let asked = 0;
    let answer = (_choice: ChannelChoice): void => undefined;
    const chosen = new Promise<ChannelChoice>((resolve) => (answer = resolve));
    const service = await start(() => ((asked += 1), chosen), { inlineWaitMs: 50 });
    const headers = { 'idempotency-key': 'the-first-key' };
    const first = postJson(service, 'sessions', OPEN, headers);
    await expect.poll(() => asked).toBe(1);
    const early = await postJson(service, 'sessions', OPEN, headers);
    expect([problemOf(early).name, early.headers.get('retry-after')]).toEqual(['overloaded', '1']);
    answer(CHOICE);
    const sessions = [sessionOf(await first), await open(service, {}, headers)];
    expect(sessions[1]).toEqual(sessions[0]);
    expect(asked).toBe(1);
  });

  it('needs a vendor that confirms', () => {
    expect(() => createHandler({ vendor: PASSING, channel: () => CHOICE })).toThrow(/vendor must have confirm\(\)/);
  });
});

describe('tokens of a session', () => {
  it('count once, for that session, and the vendor can be asked by what was expected', async () => {
    const service = await start(() => CHOICE);
    const { nonce, sessionId } = await open(service);
    const answers = await Promise.all(Array.from({ length: 4 }, () => postJson(service, 'tokens', tokens(nonce, { risk: { a: 1 } }))));
    for (const { status, body } of answers) expect([status, body]).toMatchObject([200, { sessionId, state: 'decided', verdict: { decision: 'passed' } }]);
    expect(new Set(answers.map(({ body }) => (body as VerdictResponse).reference)).size).toBe(1);
    expect(service.asked).toMatchObject([{ channel: 'detectauth-h5', tokens: { BizToken: TOKEN }, expected: { BizToken: TOKEN }, risk: { a: 1 }, session: { sessionId } }]);
    expect(problemOf(await postJson(service, 'tokens', tokens(nonce)))).toMatchObject({ status: 409, name: 'token-used' });
    expect((await service.send('GET', `sessions/${sessionId}`)).body).toMatchObject({ state: 'decided' });
  });

  it('may leave out what is expected, which the server knows', async () => {
    const service = await start(() => CHOICE);
    const { nonce } = await open(service);
    expect(await postJson(service, 'tokens', tokens(nonce, { tokens: { code: '3001' } }))).toMatchObject({ status: 200 });
    expect(service.asked).toMatchObject([{ tokens: { code: '3001' }, expected: { BizToken: TOKEN } }]);
  });

  it('are refused where they are of another attempt, another channel, another user or no session', async () => {
    const service = await start(({ channels }) => (channels.includes('eid-h5') ? { channel: 'capture' } : CHOICE), { authorize: ({ headers }) => ({ allowed: true, subject: headers.get('x-user') ?? 'ann' }) });
    const { nonce } = await open(service);
    expect(problemOf(await postJson(service, 'tokens', tokens(nonce, { tokens: { BizToken: 'another-token' } })))).toMatchObject({ status: 422, name: 'channel-mismatch', fields: ['tokens.BizToken'] });
    expect(problemOf(await postJson(service, 'tokens', tokens(nonce, { channel: 'kyc-h5' })))).toMatchObject({ name: 'channel-mismatch' });
    expect(problemOf(await postJson(service, 'tokens', tokens(nonce), { 'x-user': 'bob' }))).toMatchObject({ status: 404, name: 'unknown-session' });
    expect(problemOf(await postJson(service, 'tokens', tokens('n'.repeat(43))))).toMatchObject({ name: 'unknown-session' });
    expect(problemOf(await postJson(service, 'tokens', tokens(undefined)))).toMatchObject({ name: 'unknown-session', fields: ['nonce'] });
    const capture = await open(service, { channels: ['capture', 'eid-h5'] });
    expect(problemOf(await postJson(service, 'tokens', tokens(capture.nonce, { channel: 'eid-h5' })))).toMatchObject({ name: 'channel-mismatch' });
    expect(service.asked).toEqual([]);
    expect(await postJson(service, 'tokens', tokens(nonce))).toMatchObject({ status: 200 });
  });

  it('are taken as long as the vendor’s token lives and somebody may be on the way back, and refused then', async () => {
    const begun = Date.parse('2026-11-21T08:00:00.000Z');
    let now = begun;
    const service = await start(() => CHOICE, { now: () => now, sessionTtlMs: 1000 });
    const [{ sessionId, nonce, expiresAt }, late] = [await open(service), await open(service)];
    expect(expiresAt).toBe('2026-11-21T08:06:00.000Z');
    expect((await service.send('GET', `sessions/${sessionId}`)).body).toMatchObject({ state: 'open', expiresAt });
    now = begun + 359_999;
    expect(await service.handler.reconcile(sessionId)).toBe('open');
    expect(await postJson(service, 'tokens', tokens(nonce))).toMatchObject({ status: 200, body: { state: 'decided', verdict: { decision: 'passed' } } });
    now = begun + 360_000;
    expect((await service.send('GET', `sessions/${late.sessionId}`)).body).toMatchObject({ state: 'expired' });
    expect(problemOf(await postJson(service, 'tokens', tokens(late.nonce)))).toMatchObject({ status: 410, name: 'session-expired' });
  });

  it('of an attempt that ends before the session does are taken until the session ends', async () => {
    const begun = Date.now();
    let now = begun;
    const service = await start(() => CHOICE, { now: () => now });
    const { nonce } = await open(service);
    now = begun + 599_999;
    expect(await postJson(service, 'tokens', tokens(nonce))).toMatchObject({ status: 200 });
  });
});

it('a session that is to be recorded has no longer time, though its client could have gone to a vendor', async () => {
  const begun = Date.now();
  let now = begun;
  const service = await start(() => ({ channel: 'capture' }), { now: () => now, sessionTtlMs: 1000 });
  const { sessionId } = await open(service);
  now = begun + 1000;
  expect((await service.send('GET', `sessions/${sessionId}`)).body).toMatchObject({ state: 'expired' });
});

it('a session of a vendor’s channel takes no recording instead', async () => {
  const service = await start(() => CHOICE);
  const session = await open(service);
  const bytes = new Uint8Array([1, 2, 3]);
  expect(problemOf(await putPart(service, session.sessionId, 0, bytes))).toMatchObject({ status: 422, name: 'channel-mismatch' });
  const submission = await submissionFor({ ...session, channel: 'capture', challenge: { type: 'silent', minimumMs: 0 } } as never, [bytes]);
  expect(problemOf(await postJson(service, `sessions/${session.sessionId}/submission`, submission))).toMatchObject({ name: 'channel-mismatch' });
});
