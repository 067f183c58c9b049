import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kycLoginAddress } from '../../src/channels/kyc-h5/index.js';
import type { KycLogin as ChannelLogin } from '../../src/channels/kyc-h5/index.js';
import { createVendorHttp } from '../../src/server/vendors/http.js';
import { createKycClient } from '../../src/server/vendors/tencent/kyc.js';
import type { KycClient, KycClientOptions, KycLogin, KycProduct } from '../../src/server/vendors/tencent/kyc.js';
import { createKycTickets } from '../../src/server/vendors/tencent/kyc-tickets.js';
import { createMemoryTicketStore } from '../../src/server/vendors/tencent/ticket-store.js';
import { KEYS, startVendors, ZHANG } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

let vendors: VendorServers;
beforeEach(async () => {
  vendors = await startVendors();
});
afterEach(() => vendors.close());

const client = (options: Partial<KycClientOptions> = {}): KycClient => createKycClient({ appId: KEYS.kycAppId, secret: KEYS.kycSecret, now: () => vendors.clock.now, ...vendors.http, timeoutMs: 1000, ...options });

let serial = 0;
const identity = (userId = 'user-1') => ({ orderNo: `order${++serial}`, userId, name: ZHANG.name, idNumber: ZHANG.idNumber });

async function loginOf(kyc: KycClient, given = identity()): Promise<KycLogin> {
  const answer = await kyc.login(given);
  if (!answer.ok) throw new Error(inspect(answer));
  return answer.login;
}

/** Opens the vendor's page as a browser would. What it answers, and what it adds to the return address. */
async function visit(login: KycLogin): Promise<{ readonly status: number; readonly returned: URLSearchParams }> {
  const made = kycLoginAddress({ login, returnNonce: 'n'.repeat(22), returnAddress: 'https://shop.example/done?page=1', allowLoopbackHttp: true });
  if (!made.ok) throw new Error(inspect(made));
  const response = await fetch(made.address, { redirect: 'manual' });
  return { status: response.status, returned: new URL(response.headers.get('location') ?? 'https://none.example').searchParams };
}

const ticketRequests = (): number => vendors.kyc.counts.get('/api/oauth2/api_ticket') ?? 0;
const tokenRequests = (): number => vendors.kyc.counts.get('/api/oauth2/access_token') ?? 0;

describe('the whole way', () => {
  it.each(['h5', 'advanced', 'plus'] as const satisfies readonly KycProduct[])('%s: identity, signed login, the vendor’s page, its signed return, the result', async (product) => {
    const kyc = client({ product });
    const login = await loginOf(kyc);
    // The channel's half of the contract is the same.
    const same: ChannelLogin = login;
    expect(same.faceIdName).toBe(product === 'h5' ? 'h5faceId' : 'faceId');
    expect(await kyc.query(login.orderNo)).toMatchObject({ ok: true, outcome: 'unfinished', entry: { code: '66660011' } });
    const { status, returned } = await visit(login);
    expect(status).toBe(302);
    const given = { code: returned.get('code') ?? '', orderNo: returned.get('orderNo') ?? '', signature: returned.get('newSignature') ?? '' };
    expect(given).toMatchObject({ code: '0', orderNo: login.orderNo });
    expect(await kyc.checkReturn(given)).toEqual({ ok: true, genuine: true, forged: false });
    expect(await kyc.query(login.orderNo)).toMatchObject({ ok: true, outcome: 'passed', liveRate: 99, similarity: 88, entry: { code: '0', known: true } });
  });

  it('a code that was changed on the way is not genuine, and the vendor’s result stands', async () => {
    vendors.kyc.setOutcome({ code: '66660004' });
    const kyc = client();
    const { returned } = await visit(await loginOf(kyc));
    const [orderNo, signature] = [returned.get('orderNo') ?? '', returned.get('newSignature') ?? ''];
    expect(await kyc.checkReturn({ code: '0', orderNo, signature })).toEqual({ ok: true, genuine: false, forged: false });
    expect(await kyc.checkReturn({ code: '0', orderNo, signature, begunAt: vendors.clock.now - 1 })).toEqual({ ok: true, genuine: false, forged: false });
    expect(await kyc.checkReturn({ code: '0', orderNo, signature, begunAt: vendors.clock.now })).toEqual({ ok: true, genuine: false, forged: true });
    expect(await kyc.checkReturn({ code: '66660004', orderNo, signature })).toEqual({ ok: true, genuine: true, forged: false });
    expect(await kyc.checkReturn({ code: '66660004', orderNo, signature: 'not a signature' })).toEqual({ ok: true, genuine: false, forged: true });
    expect(await kyc.query(orderNo)).toMatchObject({ ok: true, outcome: 'failed', entry: { code: '66660004', known: true } });
  });

  it('takes newSign of the page for computers, and risk levels', async () => {
    vendors.kyc.setOutcome({ code: '0', pc: true, riskInfo: { deviceInfoLevel: '3', deviceInfoTag: '5001', riskInfoLevel: '0', riskInfoTag: '' } });
    const kyc = client();
    const login = await loginOf(kyc);
    const { returned } = await visit(login);
    expect(returned.has('newSignature')).toBe(false);
    expect(await kyc.checkReturn({ code: '0', orderNo: login.orderNo, signature: returned.get('newSign') ?? '' })).toEqual({ ok: true, genuine: true, forged: false });
    expect(await kyc.query(login.orderNo)).toMatchObject({ ok: true, outcome: 'passed', risk: { decision: 'intercepted' } });
  });

  it('a login is for one visit and for two minutes', async () => {
    const kyc = client();
    const login = await loginOf(kyc);
    expect((await visit(login)).status).toBe(302);
    expect((await visit(login)).status).toBe(403);
    vendors.clock.now += 3000;
    const late = await loginOf(kyc);
    expect(late.expiresInMs).toBeLessThan(120_000);
    vendors.clock.now += 121_000;
    expect((await visit(late)).status).toBe(403);
  });
});

describe('tickets', () => {
  it('however many callers wait, one token and one ticket are fetched', async () => {
    const kyc = client();
    await Promise.all(Array.from({ length: 20 }, (_, index) => kyc.query(`parallel${index}`)));
    expect([tokenRequests(), ticketRequests()]).toEqual([1, 1]);
  });

  it('are fetched anew after twenty minutes, both, and the old ticket still proves a return', async () => {
    const kyc = client();
    const login = await loginOf(kyc);
    const { returned } = await visit(login);
    vendors.clock.now += 19 * 60_000;
    await kyc.query(login.orderNo);
    expect(tokenRequests()).toBe(1);
    vendors.clock.now += 2 * 60_000;
    expect(await kyc.query(login.orderNo)).toMatchObject({ ok: true, outcome: 'passed' });
    await expect.poll(tokenRequests).toBe(2);
    expect(await kyc.checkReturn({ code: '0', orderNo: login.orderNo, signature: returned.get('newSignature') ?? '' })).toEqual({ ok: true, genuine: true, forged: false });
  });

  it('a ticket does not outlive the token it was got with', async () => {
    let owners = 0;
    const store = createMemoryTicketStore();
    const tickets = createKycTickets({ appId: KEYS.kycAppId, secret: KEYS.kycSecret, http: createVendorHttp(vendors.http), store, now: () => vendors.clock.now, newOwner: () => String(++owners) });
    const valueOf = async (): Promise<string> => {
      const ticket = await tickets.sign();
      return ticket.ok ? ticket.value : ticket.detail;
    };
    await tickets.discard(await valueOf());
    vendors.clock.now += 10 * 60_000;
    await tickets.discard(await valueOf());
    const young = await valueOf();
    vendors.clock.now += 11 * 60_000;
    expect(await valueOf()).toBe(young);
    // The token is 21 minutes old: a NONCE ticket makes the next one be fetched, and with the old one ends the SIGN ticket of eleven minutes.
    await tickets.nonce('user-1');
    await expect.poll(async () => (await store.read(`${KEYS.kycAppId}:access_token`))?.fetchedAt).toBe(vendors.clock.now);
    vendors.clock.now += 31_000;
    expect(await valueOf()).not.toBe(young);
    expect((await tickets.recentSigns()).map(({ value }) => value)).toContain(young);
  });

  it('while a fetch fails, what is held is used to its end', async () => {
    const kyc = client({ attempts: 1 });
    await kyc.query('some');
    vendors.clock.now += 30 * 60_000;
    vendors.faults.set({ status: 500, times: 99, path: '/api/oauth2' });
    expect(await kyc.query('some')).toMatchObject({ ok: true, outcome: 'unfinished' });
    vendors.clock.now += 100 * 60_000;
    expect(await kyc.query('some')).toMatchObject({ ok: false, reason: 'status', status: 500 });
  });

  /** Counts what is asked for tokens and tickets, answered or not. */
  const counting = () => {
    let [count, answered] = [0, 0];
    const counted: typeof fetch = async (url, init) => {
      if (!new URL(String(url)).pathname.startsWith('/api/oauth2/')) return fetch(url, init);
      count++;
      return fetch(url, init).finally(() => answered++);
    };
    return { count: () => count, answered: () => answered, fetch: counted };
  };

  it('while a fetch hangs, nobody waits for it who can do with what is held: not for a login, a return or a result', async () => {
    const asked = counting();
    const kyc = client({ timeoutMs: 60_000, fetch: asked.fetch });
    const first = await loginOf(kyc);
    const { returned } = await visit(first);
    vendors.clock.now += 21 * 60_000;
    const before = asked.count();
    vendors.faults.set({ connection: 'hang', times: 99, path: '/api/oauth2/access_token' });
    const began = performance.now();
    for (const answer of await Promise.all(Array.from({ length: 20 }, () => kyc.query(first.orderNo)))) expect(answer).toMatchObject({ ok: true, outcome: 'passed' });
    expect(asked.count() - before).toBe(1);
    expect(await kyc.checkReturn({ code: '0', orderNo: first.orderNo, signature: returned.get('newSignature') ?? '' })).toEqual({ ok: true, genuine: true, forged: false });
    expect((await visit(await loginOf(kyc))).status).toBe(302);
    expect(performance.now() - began).toBeLessThan(30_000);
    // The fetch that hangs, and the login's own ticket.
    expect(asked.count() - before).toBe(2);
  });

  it('after a fetch that failed the vendor is left alone for half a minute, unless it refuses what is held', async () => {
    const asked = counting();
    const kyc = client({ attempts: 1, fetch: asked.fetch });
    const query = async (): Promise<unknown> => expect(await kyc.query('some')).toMatchObject({ ok: true });
    /** Asks, with what is held, and has what that set going fail. */
    const fail = async (count: number): Promise<void> => {
      vendors.faults.set({ status: 500, times: 999, path: '/api/oauth2' });
      await query();
      await expect.poll(asked.answered).toBe(count);
      await query();
    };
    await query();
    vendors.clock.now += 21 * 60_000;
    await fail(4);
    for (let index = 0; index < 3; index++) await query();
    vendors.clock.now += 29_000;
    await query();
    expect(asked.count()).toBe(4);
    vendors.clock.now += 2000;
    await fail(6);
    // Somebody who shares nothing fetches: what is held ends within a minute.
    vendors.faults.clear();
    await client().query('some');
    vendors.clock.now += 50_000;
    await fail(8);
    vendors.faults.clear();
    vendors.clock.now += 15_000;
    await query();
    expect(tokenRequests()).toBe(3);
  });

  it('a process may end while a fetch hangs, and ends by itself', async () => {
    const child = fork(fileURLToPath(new URL('kyc-ending.ts', import.meta.url)), [vendors.origin], { execArgv: ['--import', 'tsx/esm'], silent: true });
    const printed: string[] = [];
    child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    const exit = once(child, 'exit');
    expect(await once(child, 'message')).toMatchObject([{ ok: true }, undefined]);
    vendors.faults.set({ connection: 'hang', times: 99, path: '/api/oauth2' });
    child.send('go on');
    expect(await once(child, 'message')).toMatchObject([{ ok: true }, undefined]);
    expect([await exit, printed]).toEqual([[0, null], []]);
  });

  it('another instance’s fetch ends ours: the refused call is made again with a new one', async () => {
    const [ours, theirs] = [client(), client()];
    await ours.query('some');
    vendors.clock.now += 1000;
    await theirs.query('some');
    vendors.clock.now += 90_000;
    expect(await ours.query('some')).toMatchObject({ ok: true, outcome: 'unfinished' });
    expect(await theirs.query('some')).toMatchObject({ ok: true, outcome: 'unfinished' });
  });

  it('a second login of one user within two seconds is 400504, and costs no token', async () => {
    const kyc = client();
    await loginOf(kyc);
    expect(await kyc.login(identity())).toMatchObject({ ok: false, reason: 'vendor-error', error: { code: '400504', known: true } });
    expect(await kyc.login(identity('user-2'))).toMatchObject({ ok: true });
    expect(tokenRequests()).toBe(1);
  });

  /** The vendor's answers to requests for tickets are these codes, in turn; the last one stays. `0` lets the vendor answer. */
  const refusing = (...codes: readonly string[]): Partial<KycClientOptions> => {
    let asked = 0;
    return {
      fetch: async (url, init) => {
        const code = new URL(String(url)).pathname.endsWith('/api_ticket') ? codes[Math.min(asked++, codes.length - 1)] : '0';
        return code === '0' ? fetch(url, init) : new Response(JSON.stringify({ code, msg: '请求失败', bizSeqNo: 'x', transactionTime: '20261121160000' }), { headers: { 'content-type': 'application/json' } });
      },
    };
  };

  it.each(['66660021', '66660013', '66660001', '400101', '400502', '400504', '400506'])('a ticket that is refused with %s, which is not about the token, costs no token, however often it is asked for', async (code) => {
    const kyc = client(refusing(code));
    for (let index = 0; index < 5; index++) expect(await kyc.query('some')).toMatchObject({ ok: false, reason: 'vendor-error', error: { code } });
    expect(tokenRequests()).toBe(1);
  });

  it.each(['400102', '400103', '400104'])('a token that is refused with %s is fetched anew, and the call goes through', async (code) => {
    const kyc = client(refusing(code, '0'));
    expect(await kyc.query('some')).toMatchObject({ ok: true, outcome: 'unfinished' });
    expect(tokenRequests()).toBe(2);
    expect(await kyc.query('some')).toMatchObject({ ok: true });
    expect(tokenRequests()).toBe(2);
  });

  it('a token that was just fetched and is refused too is kept: another one would fare no better', async () => {
    const kyc = client(refusing('400103'));
    expect(await kyc.query('some')).toMatchObject({ ok: false, error: { code: '400103' } });
    expect(tokenRequests()).toBe(2);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['a secret', { secret: 'X'.repeat(64) }, '400103'],
    ['an app', { appId: 'IDAother' }, '66660001'],
  ])('%s the vendor does not know is its error, typed', async (_what, options, code) => {
    expect(await client(options).query('some')).toMatchObject({ ok: false, reason: 'vendor-error', error: { known: true, code } });
  });

  it.each([
    ['orderNo', { orderNo: 'with space' }],
    ['orderNo', { orderNo: 'x'.repeat(33) }],
    ['userId', { userId: '张三' }],
    ['name', { name: '' }],
    ['idNumber', { idNumber: '110105194912310021' }],
  ])('a wrong %s is found before anything is sent', async (field, change) => {
    expect(await client().login({ ...identity(), ...change })).toMatchObject({ ok: false, reason: 'invalid-input', sent: false, errors: [{ field }] });
    expect(tokenRequests()).toBe(0);
  });

  it('an order is used once', async () => {
    const kyc = client();
    const given = identity();
    await loginOf(kyc, given);
    expect(await kyc.login(given)).toMatchObject({ ok: false, error: { code: '66660000' } });
  });

  it('a page on a host that is not the vendor’s is refused', async () => {
    const foreign: typeof fetch = async (url, init) => {
      const response = await fetch(url as string, init);
      const text = await response.text();
      return new Response(text.replace(/"optimalDomain":"[^"]*"/, '"optimalDomain":"kyc1.qcloud.com.evil.example"'), response);
    };
    expect(await client({ fetch: foreign }).login(identity())).toMatchObject({ ok: false, reason: 'malformed' });
  });

  it('an answer about another order is no answer', async () => {
    const swapped: typeof fetch = async (url, init) => {
      const response = await fetch(url as string, init);
      return new Response((await response.text()).replaceAll(/"orderNo":"[^"]*"/g, '"orderNo":"another1"'), response);
    };
    const login = await loginOf(client());
    await visit(login);
    vendors.clock.now += 1000;
    expect(await client({ fetch: swapped }).query(login.orderNo)).toMatchObject({ ok: false, reason: 'malformed' });
  });

  it.each(['truncated', 'html', 'not-utf8'] as const)('a body that is %s is malformed, for each call', async (body) => {
    for (const path of ['/api/oauth2/access_token', '/api/oauth2/api_ticket', '/api/server/getAdvFaceId', '/api/v2/base/queryfacerecord']) {
      vendors.faults.set({ body, path });
      const kyc = client();
      expect(path.endsWith('FaceId') ? await kyc.login(identity('user-3')) : await kyc.query('some')).toMatchObject({ ok: false, reason: 'malformed' });
    }
  });

  it('the result query goes over a 503 and a timeout, the registration does not', async () => {
    vendors.faults.set({ status: 503, path: '/api/v2' });
    expect(await client().query('some')).toMatchObject({ ok: true });
    vendors.faults.set({ status: 503, path: '/api/server' });
    expect(await client().login(identity())).toMatchObject({ ok: false, reason: 'status', status: 503, sent: true });
  });

  it('no secret, ticket, name or number is in a failure or in the client', async () => {
    const written: string[] = [];
    for (const path of ['/api/oauth2/access_token', '/api/oauth2/api_ticket', '/api/server', '/api/v2']) {
      for (const fault of [{ status: 500 }, { connection: 'cut' }, { body: 'html' }] as const) {
        vendors.faults.set({ ...fault, path, times: 9 });
        const kyc = client({ attempts: 1, timeoutMs: 300 });
        written.push(inspect(await kyc.login(identity('user-4')), { depth: 9 }), inspect(await kyc.query('some'), { depth: 9 }), inspect(kyc, { depth: 9, showHidden: true }));
        vendors.clock.now += 3000;
      }
    }
    for (const secret of [KEYS.kycSecret, ZHANG.name, ZHANG.idNumber]) expect(written.join('\n')).not.toContain(secret);
    expect(written.join('\n')).not.toMatch(/access_token=|ticket=|sign=/);
  });
});
