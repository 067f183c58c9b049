import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kycLoginAddress } from '../../src/channels/kyc-h5/index.js';
import { createKycClient } from '../../src/server/vendors/tencent/kyc.js';
import type { KycClient, KycClientOptions } from '../../src/server/vendors/tencent/kyc.js';
import { createRedisTicketStore } from '../../src/server/vendors/tencent/redis-ticket-store.js';
import { createMemoryTicketStore } from '../../src/server/vendors/tencent/ticket-store.js';
import type { StoredTicket, TicketStore } from '../../src/server/vendors/tencent/ticket-store.js';
import { redisMissing, startRedis } from '../server/redis-server.js';
import type { RedisServer } from '../server/redis-server.js';
import { KEYS, startVendors, ZHANG } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

const missing = redisMissing();
if (missing !== undefined) console.warn(missing);

const MINUTE = 60_000;

describe.skipIf(missing !== undefined)('with Redis', () => {
  let redis: RedisServer;
  let vendors: VendorServers;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());
  beforeEach(async () => {
    vendors = await startVendors();
    await (await redis.connect()).flushAll();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await vendors.close();
  });

  /** An instance: a connection of its own, and everything behind it. */
  const instance = async (options: Partial<KycClientOptions> = {}): Promise<KycClient> =>
    createKycClient({ appId: KEYS.kycAppId, secret: KEYS.kycSecret, now: () => vendors.clock.now, ticketStore: createRedisTicketStore({ client: await redis.connect() }), ...vendors.http, ...options });
  const requests = (): number[] => ['/api/oauth2/access_token', '/api/oauth2/api_ticket'].map((path) => vendors.kyc.counts.get(path) ?? 0);
  const tokenRequested = (count: number): Promise<void> => expect.poll(() => vendors.kyc.counts.get('/api/oauth2/access_token') ?? 0, { timeout: 20_000 }).toBe(count);
  /** Tokens and tickets given out, and the newest ticket kept: of a fetch that nobody waits for too. */
  const fetched = async (...counts: readonly [number, number]): Promise<void> => {
    await expect.poll(requests, { timeout: 20_000 }).toEqual(counts);
    const store = createRedisTicketStore({ client: await redis.connect() });
    await expect.poll(async () => (await store.read(`${KEYS.kycAppId}:SIGN`))?.fetchedAt, { timeout: 20_000 }).toBe(vendors.clock.now);
  };
  const asProcess = (): { readonly child: ChildProcess; readonly answer: Promise<unknown> } => {
    const child = fork(fileURLToPath(new URL('kyc-instance.ts', import.meta.url)), [redis.url, vendors.origin, String(vendors.clock.now)], { execArgv: ['--import', 'tsx/esm'] });
    children.push(child);
    return { child, answer: new Promise((resolve) => child.once('message', resolve)) };
  };

  describe.each([
    ['memory', async (): Promise<readonly TicketStore[]> => [createMemoryTicketStore()]],
    ['Redis', async (): Promise<readonly TicketStore[]> => Promise.all([0, 1].map(async () => createRedisTicketStore({ client: await redis.connect() })))],
  ] as const)('a store in %s', (_what, open) => {
    const ticket = (value: string): StoredTicket => ({ value, fetchedAt: 1000, expiresAt: 9000, token: 't', earlier: [{ value: 'before', fetchedAt: 500 }] });

    it('keeps what was saved, and the right to fetch goes to one', async () => {
      const [one, other = one] = (await open()) as [TicketStore, TicketStore?];
      expect(await one.read('x')).toBeUndefined();
      const claims = await Promise.all(Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? one : other).claim('x', undefined, `owner${index}`, 60_000)));
      expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(1);
      const owner = `owner${claims.indexOf('claimed')}`;
      expect(await other.claim('y', undefined, 'b', 60_000)).toBe('claimed');
      await one.save('x', owner, ticket('first'), 60_000);
      expect(await other.read('x')).toEqual(ticket('first'));
      // Decided upon before it was there.
      expect(await other.claim('x', undefined, 'late', 60_000)).toBe('replaced');
      expect(await other.claim('x', 'first', 'next', 60_000)).toBe('claimed');
      expect(await one.claim('x', 'first', 'third', 60_000)).toBe('busy');
      await other.release('x', 'next');
      expect(await one.claim('x', 'first', 'third', 60_000)).toBe('claimed');
    });

    it('what the vendor refused is marked, unless it was replaced', async () => {
      const [store] = (await open()) as [TicketStore];
      await store.claim('x', undefined, 'a', 60_000);
      await store.save('x', 'a', ticket('first'), 60_000);
      await store.discard('x', 'another');
      expect(await store.read('x')).toEqual(ticket('first'));
      await store.discard('x', 'first');
      expect(await store.read('x')).toEqual({ ...ticket('first'), isDiscarded: true });
      await store.claim('x', 'first', 'b', 60_000);
      await store.save('x', 'b', ticket('second'), 60_000);
      expect(await store.read('x')).toEqual(ticket('second'));
    });
  });

  it('the right to fetch ends by itself, is kept by signs of life, and counts for nothing once lost', async () => {
    const store = createRedisTicketStore({ client: await redis.connect() });
    const old: StoredTicket = { value: 'old', fetchedAt: 0, expiresAt: 1 };
    expect(await store.claim('x', undefined, 'a', 300)).toBe('claimed');
    const until = performance.now() + 700;
    while (performance.now() < until) {
      await store.extend('x', 'a', 300);
      expect(await store.claim('x', undefined, 'b', 300)).toBe('busy');
    }
    await expect.poll(() => store.claim('x', undefined, 'b', 60_000), { timeout: 5000, interval: 20 }).toBe('claimed');
    await store.extend('x', 'a', 1);
    await store.release('x', 'a');
    await store.save('x', 'a', old, 60_000);
    expect(await store.read('x')).toBeUndefined();
    expect(await store.claim('x', undefined, 'c', 60_000)).toBe('busy');
    await store.save('x', 'b', { ...old, value: 'new' }, 200);
    expect(await store.read('x')).toEqual({ ...old, value: 'new' });
    await expect.poll(() => store.read('x'), { timeout: 5000, interval: 20 }).toBeUndefined();
  });

  it('of two instances with many callers each, one fetches, at the start and every twenty minutes', async () => {
    const instances = await Promise.all([instance(), instance()]);
    const ask = (round: string) => Promise.all(Array.from({ length: 40 }, (_, index) => instances[index % 2]?.query(`${round}${index}`)));
    for (const answer of await ask('a')) expect(answer).toMatchObject({ ok: true, outcome: 'unfinished' });
    expect(requests()).toEqual([1, 1]);
    vendors.clock.now += 21 * MINUTE;
    for (const answer of await ask('b')) expect(answer).toMatchObject({ ok: true });
    await fetched(2, 2);
    for (let round = 0; round < 3; round++) for (const answer of await ask(`c${round}`)) expect(answer).toMatchObject({ ok: true });
    expect(requests()).toEqual([2, 2]);
  });

  it('a return is proved by an instance that never had its ticket', async () => {
    const [one, two] = await Promise.all([instance(), instance()]);
    const begun = await one.login({ orderNo: 'order1', userId: 'user-1', name: ZHANG.name, idNumber: ZHANG.idNumber });
    if (!begun.ok) throw new Error(inspect(begun));
    const made = kycLoginAddress({ login: begun.login, returnNonce: 'n'.repeat(22), returnAddress: 'https://shop.example/done', allowLoopbackHttp: true });
    const { headers } = await fetch(made.ok ? made.address : '', { redirect: 'manual' });
    const returned = new URL(headers.get('location') ?? '').searchParams;
    const given = { code: '0', orderNo: 'order1', signature: returned.get('newSignature') ?? '', begunAt: vendors.clock.now };
    vendors.clock.now += 21 * MINUTE;
    expect(await one.query('order1')).toMatchObject({ outcome: 'passed' });
    await fetched(2, 3);
    vendors.clock.now += 21 * MINUTE;
    expect(await two.checkReturn(given)).toEqual({ ok: true, genuine: true, forged: false });
    expect(await two.checkReturn({ ...given, code: '66660004' })).toEqual({ ok: true, genuine: false, forged: true });
    expect(await (await instance()).checkReturn(given)).toEqual({ ok: true, genuine: true, forged: false });
    // A SIGN ticket each time, and the login's NONCE ticket.
    await fetched(3, 4);
    vendors.clock.now += 90 * MINUTE;
    expect(await two.checkReturn(given)).toEqual({ ok: true, genuine: false, forged: false });
    // Emptied, it has nothing to hold a return of before against.
    await (await redis.connect()).flushAll();
    expect(await two.checkReturn({ ...given, begunAt: vendors.clock.now - 1 })).toEqual({ ok: true, genuine: false, forged: false });
    expect(await two.checkReturn({ ...given, begunAt: vendors.clock.now })).toEqual({ ok: true, genuine: false, forged: true });
  });

  it('a process that is killed while it fetches is followed by another within seconds', async () => {
    vendors.faults.set({ connection: 'hang', path: '/api/oauth2/access_token' });
    const { child } = asProcess();
    const counts = vendors.kyc.counts;
    // The fault answers in place of the simulator: what counts is that the right is taken.
    const control = await redis.connect();
    await expect.poll(() => control.exists(`{facefront}:kyc:${KEYS.kycAppId}:access_token:fetching`), { timeout: 20_000 }).toBe(1);
    const waiting = (await instance()).query('order1');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    // Its signs of life keep the right with it.
    expect(counts.get('/api/oauth2/access_token') ?? 0).toBe(0);
    child.kill('SIGKILL');
    const killedAt = performance.now();
    expect(await waiting).toMatchObject({ ok: true, outcome: 'unfinished' });
    expect(performance.now() - killedAt).toBeLessThan(7000);
    expect(requests()).toEqual([1, 1]);
  });

  it('a slow fetch is waited for by another process, not made twice', async () => {
    vendors.faults.set({ latencyMs: 6500, path: '/api/oauth2/access_token' });
    const { answer } = asProcess();
    const control = await redis.connect();
    await expect.poll(() => control.exists(`{facefront}:kyc:${KEYS.kycAppId}:access_token:fetching`), { timeout: 20_000 }).toBe(1);
    expect(await (await instance()).query('order1')).toMatchObject({ ok: true });
    expect(await answer).toMatchObject({ ok: true });
    expect(requests()).toEqual([1, 1]);
  });

  it('while one fetches, or has died fetching, the others go on with what there is', async () => {
    const other = await instance();
    await other.query('order1');
    vendors.clock.now += 21 * MINUTE;
    vendors.faults.set({ connection: 'hang', path: '/api/oauth2' });
    const { child } = asProcess();
    const control = await redis.connect();
    await expect.poll(() => control.exists(`{facefront}:kyc:${KEYS.kycAppId}:SIGN:fetching`), { timeout: 20_000 }).toBe(1);
    const before = performance.now();
    expect(await other.query('order1')).toMatchObject({ ok: true });
    child.kill('SIGKILL');
    expect(await other.query('order1')).toMatchObject({ ok: true });
    expect(performance.now() - before).toBeLessThan(1500);
    await tokenRequested(1);
    vendors.faults.clear();
    // The right ends, and the next caller fetches; a ticket at least, with the token that is good for another while.
    await expect.poll(async () => (await other.query('order1'), requests()[1]), { timeout: 10_000, interval: 100 }).toBe(2);
  });

  it('while a fetch hangs, neither who makes it nor anybody else waits for it, and one is made', async () => {
    let asked = 0;
    const counting: typeof fetch = (url, init) => (new URL(String(url)).pathname === '/api/oauth2/access_token' && asked++, fetch(url, init));
    const instances = await Promise.all([0, 1].map(() => instance({ timeoutMs: 60_000, fetch: counting })));
    await instances[0]?.query('order1');
    vendors.clock.now += 21 * MINUTE;
    vendors.faults.set({ connection: 'hang', times: 99, path: '/api/oauth2/access_token' });
    const before = performance.now();
    for (let round = 0; round < 3; round++) for (const answer of await Promise.all(instances.map((each) => each.query('order1')))) expect(answer).toMatchObject({ ok: true });
    expect(performance.now() - before).toBeLessThan(30_000);
    await expect.poll(() => asked, { timeout: 20_000 }).toBe(2);
  });

  it('a vendor that fails: the right is given back, and what is held is used to its end by all', async () => {
    const [one, two] = await Promise.all([instance({ attempts: 1 }), instance({ attempts: 1 })]);
    await one.query('order1');
    vendors.clock.now += 30 * MINUTE;
    vendors.faults.set({ status: 500, times: 999, path: '/api/oauth2' });
    for (const each of [one, two, one, two]) expect(await each.query('order1')).toMatchObject({ ok: true });
    vendors.clock.now += 100 * MINUTE;
    for (const each of [one, two]) expect(await each.query('order1')).toMatchObject({ ok: false, reason: 'status', status: 500 });
    vendors.faults.clear();
    expect(await two.query('order1')).toMatchObject({ ok: true });
    expect(requests()).toEqual([2, 2]);
  });

  it('somebody who does not share the store ends our token: one of us fetches the next', async () => {
    const instances = await Promise.all([instance(), instance()]);
    await instances[0]?.query('order1');
    const stranger = createKycClient({ appId: KEYS.kycAppId, secret: KEYS.kycSecret, now: () => vendors.clock.now, ...vendors.http });
    await stranger.query('order1');
    expect(requests()).toEqual([2, 2]);
    vendors.clock.now += 2 * MINUTE;
    for (const answer of await Promise.all(Array.from({ length: 20 }, (_, index) => instances[index % 2]?.query(`order${index}`)))) expect(answer).toMatchObject({ ok: true });
    const [tokens = 0, tickets = 0] = requests();
    expect(tokens).toBe(3);
    // One that the old token was refused for, one with the new.
    expect(tickets).toBeLessThanOrEqual(4);
  });

  it('Redis away: who holds a ticket goes on, who has none says that nothing was sent; back again, nothing is fetched anew', async () => {
    const [one, cold] = await Promise.all([instance(), instance()]);
    await one.query('order1');
    await redis.kill();
    const before = performance.now();
    expect(await one.query('order1')).toMatchObject({ ok: true });
    expect(await cold.query('order1')).toMatchObject({ ok: false, reason: 'unreachable', sent: false, detail: expect.stringContaining('ticket store') });
    expect(performance.now() - before).toBeLessThan(6000);
    await redis.restart();
    await expect.poll(() => cold.query('order1'), { timeout: 10_000 }).toMatchObject({ ok: true });
    expect(await one.query('order1')).toMatchObject({ ok: true });
    expect(requests()).toEqual([1, 1]);
  });

  it('Redis that has forgotten everything costs one fetch', async () => {
    const instances = await Promise.all([instance(), instance()]);
    await instances[0]?.query('order1');
    await (await redis.connect()).flushAll();
    for (const answer of await Promise.all(Array.from({ length: 20 }, (_, index) => instances[index % 2]?.query(`order${index}`)))) expect(answer).toMatchObject({ ok: true });
    expect(requests()).toEqual([2, 2]);
  });

  it('apps do not share tickets, everything in Redis ends by itself, and the secret is not there', async () => {
    await (await instance()).query('order1');
    expect(await (await instance({ appId: 'IDAother' })).query('order1')).toMatchObject({ ok: false, error: { code: '66660001' } });
    const control = await redis.connect();
    const keys = await control.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(await control.pTTL(key)).toBeGreaterThan(0);
      expect(JSON.stringify([key, (await control.type(key)) === 'hash' ? await control.hGetAll(key) : await control.get(key)])).not.toContain(KEYS.kycSecret);
    }
  });
});
