import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, RedisUnavailableError, createMemorySessionStore, createRedisSessionStore } from '../../src/server/index.js';
import type { ChannelChoice, Quotas, Session, SessionStore, Submission } from '../../src/server/index.js';
import { redisMissing, startRedis } from './redis-server.js';
import type { RedisServer } from './redis-server.js';
import { CONSENT } from './service.js';

const missing = redisMissing();
if (missing !== undefined) console.warn(missing);

const START = 1_795_000_000_000;
const session = (sessionId: string, changes: Partial<Session> = {}): Session => ({
  sessionId,
  nonce: `nonce-of-${sessionId}`,
  challenge: { type: 'silent', minimumMs: 2000 },
  limits: { ...DEFAULT_LIMITS, maxBytes: 100, maxParts: 3 },
  consent: CONSENT,
  containers: ['video/webm'],
  locale: 'zh-CN',
  createdAt: START,
  expiresAt: START + 1000,
  forgetAt: START + 2000,
  ...changes,
});
const part = (index: number, bytes: number, mark: string) => ({ index, bytes, digest: mark.repeat(64) });
const submission = (reference: string): Submission => ({ reference, claimedAt: START, idempotency: { key: 'k', fingerprint: 'f' } });
const verdict = (code: string) => ({ verdict: { decision: 'passed', code: { system: 's', table: 't', code } } }) as const;

type Step = (store: SessionStore, now: number) => Promise<unknown>;

describe.skipIf(missing !== undefined)('sessions in Redis', () => {
  let server: RedisServer;
  let prefixes = 0;
  const createStore = async (prefix = `{test-${(prefixes += 1)}}:`): Promise<SessionStore> => createRedisSessionStore({ client: await server.connect(), prefix });
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.close());

  it('answer step by step as sessions in memory do, whatever the steps', async () => {
    const client = await server.connect();
    const id = fc.constantFrom('one', 'two', 'three');
    const subject = fc.constantFrom(undefined, 'ann', 'bob');
    const quotas: fc.Arbitrary<Quotas> = fc.record({ intervalMs: fc.constantFrom(0, 300), attempts: fc.constantFrom(0, 1, 2), attemptWindowMs: fc.constant(1500), openSessions: fc.constantFrom(0, 2) });
    const key = fc.option(fc.record({ key: fc.constantFrom('k1', 'k2'), fingerprint: fc.constantFrom('f1', 'f2') }), { nil: undefined });
    let serial = 0;
    // Ids are new each time, as the handler's are; a step names the session by its place.
    const step = (own: Quotas): fc.Arbitrary<(ids: Map<string, string>) => Step> =>
      fc.oneof(
        fc.tuple(id, subject, key, fc.boolean()).map(([name, who, idempotency, chooses]) => (ids: Map<string, string>): Step => {
          const fresh = `${name}-${(serial += 1)}`;
          return async (store, now) => {
            const result = await store.createSession(session(fresh, { createdAt: now, expiresAt: now + 1000, forgetAt: now + 2000, ...(who !== undefined && { subject: who }), ...(chooses && { choosesChannel: true }) }), idempotency, now, own);
            if (result.status === 'created') ids.set(name, fresh);
            return result;
          };
        }),
        fc.tuple(id, fc.nat(3), fc.constantFrom(10, 60), fc.constantFrom('a', 'b')).map(([name, index, bytes, mark]) => (ids: Map<string, string>): Step => (store, now) => store.claimPart(ids.get(name) ?? 'none', part(index, bytes, mark), now)),
        fc.tuple(id, fc.constantFrom('R1', 'R2'), fc.subarray(['a', 'b', 'c'])).map(([name, reference, digests]) => (ids: Map<string, string>): Step => {
          const fresh = `${reference}-${(serial += 1)}`;
          return (store, now) => store.claimSubmission(ids.get(name) ?? 'none', { ...submission(fresh), claimedAt: now }, now, own, { digests, keepMs: 1500 });
        }),
        fc.tuple(id, fc.subarray(['b', 'c', 'd'])).map(([name, digests]) => (ids: Map<string, string>): Step => (store, now) => store.claimEvidence(ids.get(name) ?? 'none', { digests, keepMs: 900 }, now)),
        fc.tuple(id, fc.boolean()).map(([name, withdrawn]) => (ids: Map<string, string>): Step => (store, now) => store.closeSession(ids.get(name) ?? 'none', now, withdrawn)),
        id.map((name) => (ids: Map<string, string>): Step => async (store, now) => {
          const known = await store.readSession(ids.get(name) ?? 'none', now);
          return known && store.saveVendorReference(known.session.sessionId, 'vendor-1');
        }),
        fc.tuple(id, fc.constantFrom('h1', 'h2'), fc.constantFrom(undefined, 0, 400)).map(([name, holder, silentMs]) => (ids: Map<string, string>): Step => async (store, now) => {
          const known = await store.readSession(ids.get(name) ?? 'none', now);
          return known && store.holdSubmission(known.session.sessionId, holder, now, silentMs === undefined ? undefined : now - silentMs);
        }),
        fc.tuple(id, fc.constantFrom('1', '2')).map(([name, code]) => (ids: Map<string, string>): Step => async (store, now) => {
          // These three take no time; what becomes of a record that is to be forgotten is each store's own affair.
          const known = await store.readSession(ids.get(name) ?? 'none', now);
          return known && store.saveVerdict(known.session.sessionId, verdict(code));
        }),
        id.map((name) => (ids: Map<string, string>): Step => (store, now) => store.readSession(ids.get(name) ?? 'none', now)),
        fc.tuple(id, fc.constantFrom<ChannelChoice>({ channel: 'none', code: { system: 's', table: 't', code: '1' } }, { channel: 'capture' }, { channel: 'eid-h5', task: { expiresInMs: 1, url: 'https://x.example' }, expected: { token: 'T' } })).map(
          ([name, channel]) => (ids: Map<string, string>): Step => (store, now) => store.saveChannel(session(ids.get(name) ?? 'none'), channel, now, 'task' in channel ? now + 1500 : undefined),
        ),
        id.map((name) => (ids: Map<string, string>): Step => (store, now) => store.findByNonce(`nonce-of-${ids.get(name) ?? 'none'}`, now)),
      );
    const run = quotas.chain((own) => fc.array(fc.tuple(step(own), fc.constantFrom(0, 0, 1, 150, 400, 1200)), { minLength: 5, maxLength: 40 }));
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(run, async (steps) => {
        const stores = [createMemorySessionStore(), createRedisSessionStore({ client, prefix: `{model-${(prefixes += 1)}}:` })] as const;
        const ids = new Map<string, string>();
        let now = START;
        for (const [make, later] of steps) {
          now += later;
          const own = make(ids);
          const [expected, got] = [await own(stores[0], now), await own(stores[1], now)];
          expect(got).toEqual(expected);
          compared += 1;
        }
      }),
      { numRuns: 150, seed: 20_261_121 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('let one of many win, though they come through different instances', async () => {
    const [a, b] = [await createStore('{race}:'), await createStore('{race}:')];
    const stores = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? a : b));
    const created = await Promise.all(stores.map((store, index) => store.createSession(session(`id-${index}`), { key: 'k', fingerprint: 'f' }, START)));
    const winner = created.findIndex(({ status }) => status === 'created');
    expect(created.filter(({ status }) => status === 'created')).toHaveLength(1);
    expect(created.filter((result) => result.status === 'replayed' && result.session.sessionId === `id-${winner}`)).toHaveLength(19);
    const own = `id-${winner}`;
    expect((await Promise.all(stores.map((store, index) => store.claimPart(own, part(index % 3, 40, 'a'), START)))).filter((claim) => claim === 'claimed')).toHaveLength(2);
    expect((await Promise.all(stores.map((store, index) => store.claimSubmission(own, submission(`R-${index}`), START)))).filter(({ status }) => status === 'claimed')).toHaveLength(1);
    expect((await Promise.all(stores.map((store, index) => store.holdSubmission(own, `H-${index}`, START)))).filter((hold) => hold === 'held')).toHaveLength(1);
    expect((await Promise.all(stores.map((store, index) => store.holdSubmission(own, `I-${index}`, START + 100, START)))).filter((hold) => hold === 'held')).toHaveLength(1);
    expect((await Promise.all(stores.map((store, index) => store.saveVerdict(own, verdict(String(index)))))).filter((result) => result?.saved)).toHaveLength(1);
  });

  it('hold the quotas over all instances at once', async () => {
    const stores = [await createStore('{quota}:'), await createStore('{quota}:')];
    const quotas: Quotas = { intervalMs: 2000, attempts: 3, attemptWindowMs: 86_400_000, openSessions: 5 };
    const open = (index: number, subject?: string) => stores[index % 2]?.createSession(session(`q-${index}-${subject}`, subject === undefined ? {} : { subject }), undefined, START, quotas);
    const together = await Promise.all(Array.from({ length: 10 }, (_, index) => open(index, 'ann')));
    expect(together.filter((result) => result?.status === 'created')).toHaveLength(1);
    expect(together.filter((result) => result?.status === 'too-frequent')).toHaveLength(9);
    const crowd = await Promise.all(Array.from({ length: 10 }, (_, index) => open(index)));
    expect(crowd.filter((result) => result?.status === 'created')).toHaveLength(4);
    expect(crowd.filter((result) => result?.status === 'too-many-open')).toHaveLength(6);
  });

  it('let one session alone have the same evidence, over all instances at once', async () => {
    const stores = [await createStore('{evidence}:'), await createStore('{evidence}:')];
    const ids = Array.from({ length: 20 }, (_, index) => `e-${index}`);
    for (const own of ids) await stores[0]?.createSession(session(own), undefined, START);
    const claim = (own: string, index: number, digests: readonly string[], now = START) => stores[index % 2]?.claimSubmission(own, submission(own), now, undefined, { digests, keepMs: 500 });
    const claims = await Promise.all(ids.map((own, index) => claim(own, index, [`own-${index}`, 'shared'])));
    expect(claims.filter((result) => result?.status === 'claimed')).toHaveLength(1);
    for (const result of claims) if (result?.status !== 'claimed') expect(result).toEqual({ status: 'replayed', digests: ['shared'] });
    const refused = claims.findIndex((result) => result?.status === 'replayed');
    const own = ids[refused] ?? '';
    // What was refused has taken nothing: neither the session nor the digests of its own.
    expect(await claim(own, refused, [`own-${refused}`, 'shared'], START + 499)).toEqual({ status: 'replayed', digests: ['shared'] });
    expect(await claim(own, refused, [`own-${refused}`, 'shared'], START + 500)).toEqual({ status: 'claimed' });
  });

  it('know their own repetition when an answer was lost', async () => {
    const client = await server.connect();
    // The command reaches Redis, its answer does not reach the store: as when a connection breaks in between.
    let lose = 0;
    const lossy: typeof client.evalSha = (async (...args: Parameters<typeof client.evalSha>) => {
      const reply = await client.evalSha(...args);
      if ((lose += 1) % 2 === 1) throw new Error('Socket closed unexpectedly');
      return reply;
    }) as never;
    const store = createRedisSessionStore({ client: { eval: (script, options) => client.eval(script, options), evalSha: lossy, ping: () => client.ping() }, prefix: '{lossy}:' });
    const quotas: Quotas = { intervalMs: 2000, attempts: 1, attemptWindowMs: 10_000, openSessions: 1 };
    // Known to the server beforehand, so that each step is one command.
    const warm = createRedisSessionStore({ client, prefix: '{warm}:' });
    await warm.createSession(session('w'), undefined, START);
    await warm.claimPart('w', part(0, 1, 'a'), START);
    await warm.claimSubmission('w', submission('W'), START);
    await warm.holdSubmission('w', 'H', START);
    await warm.claimEvidence('w', { digests: ['w'], keepMs: 1000 }, START);
    await warm.saveVerdict('w', verdict('1'));
    expect(await store.createSession(session('x', { subject: 'ann' }), { key: 'k', fingerprint: 'f' }, START, quotas)).toEqual({ status: 'created' });
    expect(await store.claimPart('x', part(0, 40, 'a'), START)).toBe('present');
    expect(await store.claimSubmission('x', submission('R'), START, quotas, { digests: ['d'], keepMs: 1000 })).toEqual({ status: 'claimed' });
    expect(await store.holdSubmission('x', 'H', START)).toBe('held');
    expect(await store.claimEvidence('x', { digests: ['d', 'whole'], keepMs: 1000 }, START)).toEqual([]);
    expect(await store.saveVerdict('x', verdict('1'))).toMatchObject({ saved: true });
    expect((await store.readSession('x', START))?.parts).toHaveLength(1);
  });

  it('leave nothing behind when their time is over', async () => {
    const client = await server.connect();
    const store = createRedisSessionStore({ client, prefix: '{ttl}:' });
    const quotas: Quotas = { intervalMs: 2000, attempts: 5, attemptWindowMs: 86_400_000, openSessions: 5 };
    await store.createSession(session('t', { subject: 'ann' }), { key: 'k', fingerprint: 'f' }, START, quotas);
    await store.claimSubmission('t', submission('R'), START, quotas, { digests: ['d'], keepMs: 1000 });
    await store.saveVerdict('t', verdict('1'));
    const lives = await Promise.all((await client.keys('{ttl}:*')).map(async (key): Promise<readonly [string, number]> => [key, Number(await client.pTTL(key))]));
    expect(lives.map(([key]) => key.replace(/:[^:]*$/, '')).sort()).toEqual(['{ttl}:attempts', '{ttl}:evidence', '{ttl}:key', '{ttl}:last', '{ttl}:session']);
    for (const [, ms] of lives) expect(ms).toBeGreaterThan(0);
    // One that waits for a vendor, and the name it is found by, stay as much longer.
    await store.createSession(session('v'), undefined, START, quotas);
    const before = Number(await client.pTTL('{ttl}:session:v'));
    await store.saveChannel(session('v'), { channel: 'eid-h5', task: { expiresInMs: 1, url: 'https://x.example' }, expected: { token: 'T' } }, START, START + 7_200_000);
    for (const key of ['{ttl}:session:v', '{ttl}:nonce:nonce-of-v']) {
      const longer = Number(await client.pTTL(key)) - before;
      expect(longer).toBeGreaterThan(7_190_000);
      expect(longer).toBeLessThan(7_200_000);
    }
  });

  it('survive a restart of Redis, and calls made while it is away wait for it', async () => {
    const store = await createStore('{restart}:');
    await store.createSession(session('r'), undefined, START);
    await store.claimPart('r', part(0, 40, 'a'), START);
    await server.kill();
    const waiting = store.claimSubmission('r', submission('R'), START);
    await server.restart();
    expect(await waiting).toEqual({ status: 'claimed' });
    expect(await store.readSession('r', START)).toMatchObject({ parts: [{ index: 0, bytes: 40 }], submission: { reference: 'R' } });
  });

  it('say so when Redis stays away, and when it refuses', async () => {
    const own = await startRedis();
    const client = await own.connect();
    const store = createRedisSessionStore({ client, timeoutMs: 300 });
    await client.set('{facefront}:session:s', 'no hash');
    await expect(store.readSession('s', START)).rejects.toThrow(/WRONGTYPE/);
    await client.configSet('maxmemory', '1');
    expect(await store.createSession(session('full'), undefined, START)).toEqual({ status: 'full' });
    await own.kill();
    await expect(store.readSession('x', START)).rejects.toThrow(RedisUnavailableError);
    await expect(store.ping?.()).rejects.toThrow(RedisUnavailableError);
    await own.close();
  });
});
