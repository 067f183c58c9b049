import { describe, expect, it } from 'vitest';
import type { ChannelChoice, HandlerOptions, VendorPort } from '../../src/server/index.js';
import type { CaptureSession, VendorSession } from '../../src/transport/protocol.js';
import { createBackendClient } from '../../src/transport/client.js';
import { CONSENT, PASSING, SESSION_REQUEST, postJson, problemOf, startService, submissionFor } from './service.js';
import type { Answer, Service } from './service.js';
import { sharedStores } from './shared-stores.js';
import { captureOf } from './verification.js';

const { missing, stores: STORES } = sharedStores('limits');

describe.each(Object.keys(STORES))('limits with sessions in %s', (name) => {
  const it_ = it.skipIf(name === 'Redis' && missing !== undefined);
  let clock = 1_795_000_000_000;
  const start = async (options: Partial<HandlerOptions>): Promise<Service> =>
    startService({ sessions: await (await (STORES[name] as (typeof STORES)[string])())(), now: () => clock, authorize: ({ headers }) => ({ allowed: true, ...(headers.has('x-user') && { subject: headers.get('x-user') ?? '' }) }), ...options });
  const open = (service: Service, user?: string): Promise<Answer> => postJson(service, 'sessions', SESSION_REQUEST, user === undefined ? {} : { 'x-user': user });
  const limited = (answer: Answer) => ({ ...problemOf(answer), code: problemOf(answer).problem.code, retryAfter: answer.headers.get('retry-after') });
  const sdk = (code: string) => ({ status: 429, name: 'rate-limited', code: { system: 'faceid-sdk', table: 'result', code } });

  it_('one session of a user in 2 s, by default', async () => {
    const service = await start({});
    const [first, ...rest] = (await Promise.all(Array.from({ length: 6 }, () => open(service, 'ann')))).sort((a, b) => a.status - b.status);
    expect(first?.status).toBe(201);
    for (const answer of rest) expect(limited(answer)).toMatchObject({ ...sdk('400504'), retryAfter: '2' });
    expect((await open(service, 'bob')).status).toBe(201);
    expect((await open(service)).status).toBe(201);
    expect((await open(service)).status).toBe(201);
    clock += 1999;
    expect(limited(await open(service, 'ann'))).toMatchObject({ ...sdk('400504'), retryAfter: '1' });
    clock += 1;
    expect((await open(service, 'ann')).status).toBe(201);
    await service.close();
  });

  it_('attempts of a user in any 24 h, exactly, however many sessions were opened before', async () => {
    const service = await start({ quotas: { intervalMs: 0, attempts: 2 } });
    const sessions = (await Promise.all(Array.from({ length: 4 }, () => open(service, 'ann')))).map(({ body }) => body as CaptureSession);
    const submit = async (session: CaptureSession): Promise<Answer> => postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, []), { 'x-user': 'ann' });
    const answers = await Promise.all(sessions.map(submit));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429]);
    for (const answer of answers) if (answer.status === 429) expect(limited(answer)).toMatchObject({ ...sdk('66660017'), retryAfter: '86400' });
    clock += 1000;
    expect(limited(await open(service, 'ann'))).toMatchObject({ ...sdk('66660017'), retryAfter: '86399' });
    expect((await open(service, 'bob')).status).toBe(201);
    clock += 86_399_000;
    expect((await open(service, 'ann')).status).toBe(201);
    await service.close();
  });

  it_('attempts that were begun at a vendor’s, come back or not, each once', async () => {
    let begun = 0;
    let choice: ChannelChoice = { channel: 'detectauth-h5', task: { expiresInMs: 60_000, url: 'https://open.faceid.qq.com/v1?x=1' }, expected: { BizToken: 'T' } };
    const code = { system: 'faceid-sdk', table: 'result', code: '0' } as const;
    const service = await start({ quotas: { intervalMs: 0, attempts: 2 }, channel: async () => ((begun += 1), choice), vendor: { ...PASSING, confirm: async () => ({ status: 'decided', decision: 'passed', code }) } });
    const offer = (user?: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => postJson(service, 'sessions', { ...SESSION_REQUEST, channels: ['capture', 'detectauth-h5'] }, { ...(user !== undefined && { 'x-user': user }), ...headers });
    const post = ({ body }: Answer): Promise<Answer> => postJson(service, 'tokens', { protocol: 1, channel: 'detectauth-h5', tokens: { BizToken: 'T' }, consent: CONSENT, nonce: (body as VendorSession).nonce }, { 'x-user': 'ann' });

    // What comes to a recording, or to nothing, is not an attempt yet.
    const [vendors, none] = [choice, { channel: 'none', code } as const];
    for (choice of [{ channel: 'capture' }, none, { channel: 'capture' }] as ChannelChoice[]) await offer('ann');
    choice = vendors;
    expect(begun).toBe(3);
    const answers = await Promise.all(Array.from({ length: 5 }, () => offer('ann')));
    const opened = answers.filter(({ status }) => status === 201);
    expect([opened.length, begun]).toEqual([2, 5]);
    for (const answer of answers) if (answer.status !== 201) expect(limited(answer)).toMatchObject({ ...sdk('66660017'), retryAfter: '86400' });
    expect(limited(await open(service, 'ann'))).toMatchObject(sdk('66660017'));
    expect((await offer('bob')).status).toBe(201);
    for (let time = 0; time < 3; time++) expect((await offer()).status).toBe(201);

    // They were counted when they were begun: what comes back is taken, and counts no second time.
    clock += 1000;
    for (const each of opened) expect((await post(each)).status).toBe(200);
    expect(limited(await offer('ann'))).toMatchObject({ ...sdk('66660017'), retryAfter: '86399' });
    clock += 86_399_000;
    const headers = { 'idempotency-key': 'the-same-key' };
    for (let time = 0; time < 3; time++) expect((await offer('ann', headers)).status).toBe(201);
    expect((await offer('ann')).status).toBe(201);
    expect((await offer('ann')).status).toBe(429);
    await service.close();
  });

  it_('no attempt whose instance died while it chose, and the session is over for whoever asks again', async () => {
    let answer = (_choice: ChannelChoice): void => undefined;
    const vendor: VendorPort = { ...PASSING, confirm: async () => Promise.reject(new Error('unused')) };
    const options: Partial<HandlerOptions> = { quotas: { intervalMs: 0, attempts: 1 }, vendor, vendorDeadlineMs: 60_000, sessions: await (await (STORES[name] as (typeof STORES)[string])())(), inlineWaitMs: 0 };
    let begun = 0;
    const dying = await start({ ...options, channel: () => ((begun += 1), new Promise((resolve) => (answer = resolve))) });
    const other = await start({ ...options, channel: async () => ({ channel: 'capture' }) });
    const offer = (service: Service): Promise<Answer> => postJson(service, 'sessions', { ...SESSION_REQUEST, channels: ['eid-h5'], containers: [], challenges: [] }, { 'x-user': 'ann', 'idempotency-key': 'the-first-key' });
    const first = offer(dying);
    await expect.poll(() => begun).toBe(1);
    clock += 64_999;
    expect(problemOf(await offer(other))).toMatchObject({ status: 503, name: 'overloaded' });
    expect(limited(await open(other, 'ann'))).toMatchObject(sdk('66660017'));
    clock += 1;
    for (let time = 0; time < 2; time++) expect(problemOf(await offer(other))).toMatchObject({ status: 422, name: 'channel-refused', problem: { code: sdk('66660021').code } });
    expect((await open(other, 'ann')).status).toBe(201);
    // It was only slow: what it has begun by now is nobody's.
    answer({ channel: 'eid-h5', task: { expiresInMs: 60_000, url: 'https://eid.faceid.qq.com/' }, expected: { token: 'T' } });
    expect(problemOf(await first)).toMatchObject({ status: 422, name: 'channel-refused' });
    await Promise.all([dying.close(), other.close()]);
  });

  it_('a recording that was chosen, counted when it is submitted', async () => {
    const service = await start({ quotas: { intervalMs: 0, attempts: 1 }, channel: () => ({ channel: 'capture' }), vendor: { ...PASSING, confirm: async () => Promise.reject(new Error('unused')) } });
    const choose = async (): Promise<CaptureSession> => (await postJson(service, 'sessions', { ...SESSION_REQUEST, channels: ['capture', 'eid-h5'] }, { 'x-user': 'ann' })).body as CaptureSession;
    const [one, two] = [await choose(), await choose()];
    const submit = async (session: CaptureSession): Promise<number> => (await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, []), { 'x-user': 'ann' })).status;
    expect([await submit(one), await submit(two)]).toEqual([200, 429]);
    await service.close();
  });

  it_('sessions open at once, until they are decided, closed or expired', async () => {
    const service = await start({ quotas: { openSessions: 3 }, sessionTtlMs: 10_000 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => open(service)));
    const [one, two] = answers.filter(({ status }) => status === 201).map(({ body }) => body as CaptureSession);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429, 429, 429]);
    expect(limited(await open(service))).toMatchObject({ ...sdk('400506'), retryAfter: '10' });
    await postJson(service, `sessions/${one?.sessionId}/submission`, await submissionFor(one as CaptureSession, []));
    expect((await open(service)).status).toBe(201);
    await service.handler.withdraw(two?.sessionId ?? '');
    expect((await open(service)).status).toBe(201);
    expect((await open(service)).status).toBe(429);
    clock += 10_000;
    expect((await open(service)).status).toBe(201);
    await service.close();
  });
});

it('a client waits out the two seconds, and brings the code of what it cannot wait for', async () => {
  const service = await startService({ authorize: () => ({ allowed: true, subject: 'ann' }), quotas: { intervalMs: 300, attempts: 1 } });
  const client = createBackendClient({ endpoint: service.endpoint });
  const request = { consent: CONSENT, challenges: ['silent'], containers: ['video/webm'], locale: 'en' } as const;
  await client.createSession(request);
  const second = await client.createSession(request);
  expect(second.ok).toBe(true);
  if (second.ok) await client.submit(second.session.sessionId, await submissionFor(captureOf(second.session), []));
  expect(await client.createSession(request)).toMatchObject({ ok: false, code: 'backend-rejected', status: 429, problem: { code: { code: '66660017' } } });
  await service.close();
});

it.each([{ intervalMs: -1 }, { attempts: 1.5 }, { perSecond: 3 }])('quotas %j are refused', async (quotas) => {
  await expect(startService({ quotas: quotas as never })).rejects.toThrow(`quotas.${Object.keys(quotas)[0]}`);
});
