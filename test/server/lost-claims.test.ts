import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryEvidenceStore, createMemorySessionStore, createRedisSessionStore, inspectEvidence } from '../../src/server/index.js';
import type { EvidenceStore, HandlerOptions, RedisClient, SessionStore, VendorPort } from '../../src/server/index.js';
import type { Bytes } from '../../src/transport/chain.js';
import type { VerdictResponse } from '../../src/transport/protocol.js';
import { recording } from './recordings.js';
import { redisMissing, startRedis } from './redis-server.js';
import type { RedisServer } from './redis-server.js';
import { CONSENT, PASSING, postJson, problemOf, startService, verify } from './service.js';
import type { Service } from './service.js';

/* Claims that took the session while whoever made them was told that they failed: nobody decides, until the client repeats its request. */

const missing = redisMissing();
if (missing !== undefined) console.warn(missing);

const KEY = { 'idempotency-key': 'the-first-key' };
const PASSED = { state: 'decided', verdict: { decision: 'passed' } };
let redis: RedisServer | undefined;
let prefixes = 0;
let video: Bytes;
const services: Service[] = [];
beforeAll(async () => {
  if (missing === undefined) redis = await startRedis();
  video = await recording();
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
});
afterAll(() => redis?.close());

const evidence: EvidenceStore = createMemoryEvidenceStore();
const start = async (asked: string[], sessions: SessionStore, options: Partial<HandlerOptions> = {}): Promise<Service> => {
  const vendor: VendorPort = {
    decide: async (question) => (asked.push(question.session.sessionId), PASSING.decide(question)),
    confirm: async ({ session }) => (asked.push(session.sessionId), { status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } }),
  };
  const service = await startService({ sessions, evidence, vendor, inspect: inspectEvidence, ...options });
  services.push(service);
  return service;
};

describe.each(['memory', 'Redis'])('with sessions in %s', (name) => {
  const test = it.skipIf(name === 'Redis' && missing !== undefined);
  let sessions: SessionStore;
  let asked: string[];
  beforeEach(async () => {
    if (name === 'Redis' && missing !== undefined) return;
    sessions = name === 'memory' ? createMemorySessionStore() : createRedisSessionStore({ client: await (redis as RedisServer).connect(), prefix: `{lost-${(prefixes += 1)}}:` });
    asked = [];
  });
  /** The first claim takes the session, and its answer is lost. */
  const losing = (): SessionStore => {
    let lost = false;
    return {
      ...sessions,
      async claimSubmission(...claim) {
        const result = await sessions.claimSubmission(...claim);
        if (lost) return result;
        lost = true;
        throw new Error('Redis was not there for 4000 ms');
      },
    };
  };

  test.each(['the same', 'another'])('the repetition through %s instance is decided, under the number of the first', async (which) => {
    const first = await start(asked, losing());
    const other = await start(asked, sessions);
    const { session, submission, answer } = await verify(first, video, KEY);
    expect(answer.status).toBe(500);
    const pending = (await first.send('GET', `sessions/${session.sessionId}`)).body as VerdictResponse;
    expect(pending).toMatchObject({ state: 'pending' });
    const repeat = (headers = KEY, body: object = submission) => postJson(which === 'another' ? other : first, `sessions/${session.sessionId}/submission`, body, headers);
    expect(problemOf(await repeat({ 'idempotency-key': 'another-key' }))).toMatchObject({ status: 409, name: 'session-used' });
    expect(problemOf(await repeat(KEY, { ...submission, tokens: { a: 'b' } }))).toMatchObject({ status: 409, name: 'session-used' });
    expect(await repeat()).toMatchObject({ status: 200, body: { ...PASSED, reference: pending.reference } });
    expect(await repeat()).toMatchObject({ status: 200, body: { ...PASSED, reference: pending.reference } });
    expect(asked).toEqual([session.sessionId]);
  });

  test('of many repetitions at once, through two instances, one asks the vendor', async () => {
    const first = await start(asked, losing());
    const other = await start(asked, sessions);
    const { session, submission } = await verify(first, video, KEY);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => postJson(index % 2 === 0 ? first : other, `sessions/${session.sessionId}/submission`, submission, KEY)));
    for (const { status } of answers) expect([200, 202]).toContain(status);
    await expect.poll(async () => (await other.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject(PASSED);
    expect(asked).toEqual([session.sessionId]);
  });

  test('of tokens: the repetition is decided', async () => {
    const service = await start(asked, losing(), { replayRetentionMs: 60_000 });
    const request = { protocol: 1, channel: 'eid-h5', tokens: { token: 'T-1' }, consent: CONSENT };
    expect((await postJson(service, 'tokens', request)).status).toBe(500);
    expect(await postJson(service, 'tokens', request)).toMatchObject({ status: 200, body: PASSED });
    expect(asked).toHaveLength(1);
  });
});

it.skipIf(missing !== undefined)('a claim that Redis runs after it was given up takes nothing from the repetition', async () => {
  const real = await (redis as RedisServer).connect();
  let release: (() => Promise<unknown>) | undefined;
  // The first claim of a submission stays on its way, until the test lets it through.
  let keeps = true;
  const slowly = (run: RedisClient['eval']): RedisClient['eval'] => (script, options) => {
    if (!keeps || !options.arguments[2]?.startsWith('{"reference"')) return run(script, options);
    keeps = false;
    return new Promise((_resolve, reject) => {
      release = () => run(script, options).catch(reject);
    });
  };
  const client: RedisClient = { eval: slowly((script, options) => real.eval(script, options)), evalSha: slowly((sha1, options) => real.evalSha(sha1, options)), ping: () => real.ping() };
  const asked: string[] = [];
  const prefix = `{late-${(prefixes += 1)}}:`;
  const other = await start(asked, createRedisSessionStore({ client: real, prefix }));
  // Redis knows the scripts by then.
  await verify(other, video);
  asked.length = 0;
  const service = await start(asked, createRedisSessionStore({ client, prefix, timeoutMs: 500 }));
  const { session, submission, answer } = await verify(service, video, KEY);
  expect(answer.status).toBe(500);
  expect((await other.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ state: 'open' });
  await release?.();
  expect((await other.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ state: 'pending' });
  expect(await postJson(service, `sessions/${session.sessionId}/submission`, submission, KEY)).toMatchObject({ status: 200, body: PASSED });
  expect(asked).toEqual([session.sessionId]);
});
