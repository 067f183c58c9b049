import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryEvidenceStore, createMemorySessionStore, createRedisSessionStore, inspectEvidence } from '../../src/server/index.js';
import type { EvidenceStore, HandlerOptions, SessionStore, VendorPort, VerdictEvent } from '../../src/server/index.js';
import type { Bytes } from '../../src/transport/chain.js';
import { recording } from './recordings.js';
import { redisMissing, startRedis } from './redis-server.js';
import type { RedisServer } from './redis-server.js';
import { CONSENT, PASSING, postJson, problemOf, startService, verify } from './service.js';
import type { Service } from './service.js';

/* A person who withdraws consent while their submission is on its way to a verdict, through the instance that has it in hand and through another. */

const missing = redisMissing();
if (missing !== undefined) console.warn(missing);

let redis: RedisServer | undefined;
let prefixes = 0;
let video: Bytes;
const services: Service[] = [];
const verdicts: VerdictEvent[] = [];
beforeAll(async () => {
  if (missing === undefined) redis = await startRedis();
  video = await recording();
});
beforeEach(() => {
  verdicts.length = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(services.splice(0).map((service) => service.close()));
});
afterAll(() => redis?.close());

describe.each(['memory', 'Redis'])('with sessions in %s', (name) => {
  const test = it.skipIf(name === 'Redis' && missing !== undefined);
  let sessions: SessionStore;
  let evidence: EvidenceStore;
  let open = (): void => undefined;
  let opened: Promise<void>;
  let asked: AbortSignal[];
  beforeEach(async () => {
    if (name === 'Redis' && missing !== undefined) return;
    sessions = name === 'memory' ? createMemorySessionStore() : createRedisSessionStore({ client: await (redis as RedisServer).connect(), prefix: `{withdrawal-${(prefixes += 1)}}:` });
    evidence = createMemoryEvidenceStore();
    opened = new Promise((resolve) => (open = resolve));
    asked = [];
  });
  afterEach(() => open());
  const start = async (options: Partial<HandlerOptions> = {}): Promise<Service> => {
    const service = await startService({ sessions, evidence, inlineWaitMs: 20, inspect: inspectEvidence, onVerdict: (event) => void verdicts.push(event), ...options });
    services.push(service);
    return service;
  };
  const KEY = { 'idempotency-key': 'the-first-key' };
  const dropped = async (service: Service): Promise<void> => expect.poll(() => service.log.map(({ event }) => event)).toContain('decision-dropped');
  const VENDOR: VendorPort = {
    decide: async (question) => {
      asked.push(question.signal);
      await opened;
      return PASSING.decide(question);
    },
  };

  test.each(['the same', 'another'])('while it waits for its turn, through %s instance: no vendor sees it, and there is no verdict', async (which) => {
    const own = await start({ vendor: VENDOR, inspect: async (bytes) => (await opened, inspectEvidence(bytes)) });
    const other = await start();
    const { session, submission } = await verify(own, video, KEY);
    expect(await (which === 'another' ? other : own).handler.withdraw(session.sessionId)).toBe('withdrawn');
    open();
    await dropped(own);
    expect(asked).toEqual([]);
    for (const service of [own, other]) {
      expect((await service.send('GET', `sessions/${session.sessionId}`)).body).toEqual({ sessionId: session.sessionId, state: 'expired' });
      expect(problemOf(await postJson(service, `sessions/${session.sessionId}/submission`, submission, KEY))).toMatchObject({ status: 410, name: 'session-expired' });
    }
    expect(verdicts).toEqual([]);
  });

  test('while the vendor is being asked: it is told to stop, and what it says all the same is no verdict', async () => {
    const own = await start({ vendor: VENDOR });
    const { session } = await verify(own, video);
    await expect.poll(() => asked).toHaveLength(1);
    expect(asked[0]?.aborted).toBe(false);
    expect(await own.handler.withdraw(session.sessionId)).toBe('withdrawn');
    expect(asked[0]?.aborted).toBe(true);
    await dropped(own);
    open();
    expect((await own.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ state: 'expired' });
    expect(verdicts).toEqual([]);
  });

  test('through another instance: the vendor is told to stop with the next sign of life', async () => {
    const own = await start({ vendor: VENDOR });
    const other = await start();
    const { session } = await verify(own, video);
    await expect.poll(() => asked).toHaveLength(1);
    expect(await other.handler.withdraw(session.sessionId)).toBe('withdrawn');
    vi.advanceTimersByTime(10_000);
    await expect.poll(() => asked[0]?.aborted).toBe(true);
    await dropped(own);
  });

  test('of tokens: the vendor is told to stop', async () => {
    const own = await start({
      vendor: {
        ...PASSING,
        confirm: async ({ signal }) => {
          asked.push(signal);
          await opened;
          return { status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } };
        },
      },
    });
    const request = { protocol: 1, channel: 'eid-h5', tokens: { token: 'T-1' }, consent: CONSENT };
    const { sessionId } = (await postJson(own, 'tokens', request)).body as { sessionId: string };
    await expect.poll(() => asked).toHaveLength(1);
    expect(await own.handler.withdraw(sessionId)).toBe('withdrawn');
    expect(asked[0]?.aborted).toBe(true);
    await dropped(own);
    expect(problemOf(await postJson(own, 'tokens', request))).toMatchObject({ status: 410, name: 'session-expired' });
    expect(verdicts).toEqual([]);
  });

  test('while a vendor takes its time: what it says later is settled by nobody, also where the withdrawal comes in the middle of that', async () => {
    const PENDING: VendorPort = { decide: async () => ({ status: 'pending', reference: 'vendor-1' }) };
    const VERDICT = { decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } } as const;
    let read = async (): Promise<void> => undefined;
    const hooked: SessionStore = {
      ...sessions,
      async readSession(...of) {
        const stored = await sessions.readSession(...of);
        await read();
        return stored;
      },
    };
    const own = await start({ vendor: PENDING, sessions: hooked });
    const { session } = await verify(own, video);
    await expect.poll(() => own.log.map(({ event }) => event)).toContain('vendor-pending');
    read = async () => {
      read = async () => undefined;
      expect(await own.handler.withdraw(session.sessionId)).toBe('withdrawn');
    };
    expect(await own.handler.settle(session.sessionId, VERDICT)).toBe('unknown');
    expect(await own.handler.settle(session.sessionId, VERDICT)).toBe('unknown');
    expect(await sessions.saveVerdict(session.sessionId, { verdict: VERDICT })).toBeUndefined();
    expect(verdicts).toEqual([]);
    expect((await own.send('GET', `sessions/${session.sessionId}`)).body).toEqual({ sessionId: session.sessionId, state: 'expired' });
  });

  test('a verdict that was there before stays', async () => {
    const own = await start();
    const { session } = await verify(own, video, {});
    await expect.poll(() => verdicts).toHaveLength(1);
    expect(await own.handler.withdraw(session.sessionId)).toBe('withdrawn');
    expect((await own.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ state: 'decided', verdict: { decision: 'passed' } });
    expect(await own.handler.settle(session.sessionId, { decision: 'rejected', code: { system: 's', table: 't', code: '1' } })).toBe('decided');
    expect(await sessions.saveVerdict(session.sessionId, { verdict: { decision: 'rejected', code: { system: 's', table: 't', code: '1' } } })).toMatchObject({ saved: false, submission: { verdict: { decision: 'passed' } } });
  });
});
