import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { VENDOR_FAILED, createMemoryEvidenceStore, createMemorySessionStore, createRedisSessionStore, inspectEvidence } from '../../src/server/index.js';
import type { EvidenceStore, HandlerOptions, SessionStore, VendorPort } from '../../src/server/index.js';
import type { Bytes } from '../../src/transport/chain.js';
import { recording } from './recordings.js';
import { redisMissing, startRedis } from './redis-server.js';
import type { RedisServer } from './redis-server.js';
import { PASSING, startService, verify } from './service.js';
import type { Service } from './service.js';

/* Submissions that wait while others are looked into: two instances over one store, a clock of the test's own, signs of life when it says so. */

const missing = redisMissing();
if (missing !== undefined) console.warn(missing);

const REVIEW = { decision: 'review', code: VENDOR_FAILED };
const PASSED = { state: 'decided', verdict: { decision: 'passed' } };
/** More than the time between two signs of life. */
const SIGN_MS = 10_000;

let redis: RedisServer | undefined;
let prefixes = 0;
let video: Bytes;
let clock = 0;
const services: Service[] = [];
beforeAll(async () => {
  if (missing === undefined) redis = await startRedis();
  video = await recording();
});
beforeEach(() => {
  clock = Date.now();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(services.splice(0).map((service) => service.close()));
});
afterAll(() => redis?.close());

/** What it is called on waits until it is opened. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

describe.each(['memory', 'Redis'])('with sessions in %s', (name) => {
  const test = it.skipIf(name === 'Redis' && missing !== undefined);
  let sessions: SessionStore;
  let evidence: EvidenceStore;
  beforeEach(async () => {
    if (name === 'Redis' && missing !== undefined) return;
    sessions = name === 'memory' ? createMemorySessionStore() : createRedisSessionStore({ client: await (redis as RedisServer).connect(), prefix: `{backlog-${(prefixes += 1)}}:` });
    evidence = createMemoryEvidenceStore({ now: () => clock });
  });
  const start = async (options: Partial<HandlerOptions> = {}): Promise<Service> => {
    const service = await startService({ sessions, evidence, now: () => clock, inlineWaitMs: 20, inspect: inspectEvidence, ...options });
    services.push(service);
    return service;
  };
  const stateAt = async (service: Service, sessionId: string): Promise<unknown> => (await service.send('GET', `sessions/${sessionId}`)).body;
  const counting = (asked: string[]): VendorPort => ({ decide: async (question) => (asked.push(question.session.sessionId), PASSING.decide(question)) });

  test('one that waits long for its turn is decided by its vendor, whichever instance is asked meanwhile', async () => {
    const { opened, open } = gate();
    const asked: string[] = [];
    const busy = await start({ vendor: counting(asked), inspect: async (bytes) => (await opened, inspectEvidence(bytes)) });
    const other = await start();
    const { session, answer } = await verify(busy, video);
    expect(answer).toMatchObject({ status: 202 });
    for (let time = 0; time < 5; time++) {
      clock += 30_000;
      expect(await stateAt(busy, session.sessionId)).toMatchObject({ state: 'pending' });
      vi.advanceTimersByTime(SIGN_MS);
      await expect.poll(async () => (await sessions.readSession(session.sessionId, clock))?.submission?.held?.at).toBe(clock);
      clock += 30_000;
      expect(await stateAt(other, session.sessionId)).toMatchObject({ state: 'pending' });
    }
    open();
    await expect.poll(() => stateAt(other, session.sessionId)).toMatchObject(PASSED);
    expect(asked).toEqual([session.sessionId]);
  });

  test('one that was called overdue while it waited costs no vendor’s answer', async () => {
    const { opened, open } = gate();
    const asked: string[] = [];
    const silent = await start({ vendor: counting(asked), inspect: async (bytes) => (await opened, inspectEvidence(bytes)) });
    const other = await start();
    const { session } = await verify(silent, video);
    clock += 35_000;
    expect(await stateAt(other, session.sessionId)).toMatchObject({ state: 'decided', verdict: REVIEW });
    open();
    await expect.poll(() => silent.log.map(({ event }) => event)).toContain('decision-dropped');
    expect(asked).toEqual([]);
    expect(await stateAt(silent, session.sessionId)).toMatchObject({ verdict: REVIEW });
  });

  test('a verdict that comes behind another one is told to the log', async () => {
    const { opened, open } = gate();
    const silent = await start({ vendor: { decide: async (question) => (await opened, PASSING.decide(question)) } });
    const other = await start();
    const { session } = await verify(silent, video);
    clock += 35_000;
    expect(await stateAt(other, session.sessionId)).toMatchObject({ verdict: REVIEW });
    open();
    await expect.poll(() => silent.log).toContainEqual(expect.objectContaining({ level: 'warn', event: 'verdict-late', session: session.sessionId.slice(0, 8), decision: 'passed', reference: expect.any(String) as string }));
  });

  test('no recording is read before its turn', async () => {
    const begun = new Set<string>();
    let ended = 0;
    let most = 0;
    const watched: EvidenceStore = {
      ...evidence,
      async readPart(sessionId, part) {
        begun.add(sessionId);
        most = Math.max(most, begun.size - ended);
        return evidence.readPart(sessionId, part);
      },
    };
    const { opened, open } = gate();
    const inspect: HandlerOptions['inspect'] = async (bytes) => {
      await opened;
      return inspectEvidence(bytes).finally(() => (ended += 1));
    };
    const service = await start({ evidence: watched, inspect });
    const waiting = await Promise.all(Array.from({ length: 12 }, () => verify(service, video)));
    expect(waiting.map(({ answer }) => answer.status)).toEqual(Array(12).fill(202));
    await expect.poll(() => most).toBe(8);
    open();
    for (const { session } of waiting) await expect.poll(() => stateAt(service, session.sessionId), { timeout: 10_000 }).toMatchObject(PASSED);
    expect(most).toBe(8);
  });
});
