import { afterEach, describe, expect, it } from 'vitest';
import type { HandlerOptions, TokenQuestion, VendorChoice, VendorOutcome, VerdictEvent } from '../../src/server/index.js';
import type { VendorSession } from '../../src/transport/protocol.js';
import { CONSENT, PASSING, postJson, problemOf, SESSION_REQUEST, startService } from './service.js';
import type { Answer, Service } from './service.js';
import { sharedStores } from './shared-stores.js';

/* A person who was at the vendor's and never came back: the server asks by itself, and whoever comes at the same moment gets one verdict. */

const { missing, stores: STORES } = sharedStores('reconcile');

const START = 1_795_000_000_000;
const TTL = 600_000;
const TOKEN = 'CE661F1A-0F1E-45BD-BE13-34C05CEA7681';
const CHOICE: VendorChoice = { channel: 'detectauth-h5', task: { expiresInMs: 60_000, url: 'https://open.faceid.qq.com/v1?x=1' }, expected: { BizToken: TOKEN } };
const PASSED: VendorOutcome = { status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' }, reference: 'vendor-1' };

describe.each(Object.keys(STORES))('a lost return, with sessions in %s', (name) => {
  const it_ = it.skipIf(name === 'Redis' && missing !== undefined);
  const services: Service[] = [];
  afterEach(async () => {
    await Promise.all(services.splice(0).map((service) => service.close()));
  });

  /** Instances with clocks of their own, which share sessions and a vendor. */
  async function start(count: number, confirm: (question: TokenQuestion) => Promise<VendorOutcome> = async () => PASSED, options: Partial<HandlerOptions> = {}) {
    const connect = await (STORES[name] as (typeof STORES)[string])();
    const asked: TokenQuestion[] = [];
    const told: VerdictEvent[] = [];
    const clocks = Array.from({ length: count }, () => ({ now: START }));
    const instances = await Promise.all(
      clocks.map(async (clock) =>
        startService({
          vendor: { ...PASSING, confirm: async (question) => (asked.push(question), confirm(question)) },
          channel: () => CHOICE,
          sessions: await connect(),
          quotas: { intervalMs: 0 },
          now: () => clock.now,
          onVerdict: (event) => void told.push(event),
          ...options,
        }),
      ),
    );
    services.push(...instances);
    const [service, clock] = [instances[0], clocks[0]] as [Service, { now: number }];
    return { service, clock, instances, clocks, asked, told };
  }
  const open = async (service: Service): Promise<VendorSession> => (await postJson(service, 'sessions', { ...SESSION_REQUEST, channels: ['capture', 'detectauth-h5'] })).body as VendorSession;
  const postTokens = (service: Service, { nonce }: VendorSession): Promise<Answer> => postJson(service, 'tokens', { protocol: 1, channel: 'detectauth-h5', tokens: { BizToken: TOKEN }, consent: CONSENT, nonce });

  it_('is asked for by the server when the session’s time is over, once', async () => {
    const { service, clock, asked, told } = await start(1);
    const session = await open(service);
    clock.now += TTL - 1;
    expect(await service.handler.reconcile(session.sessionId)).toBe('open');
    expect(asked).toEqual([]);
    clock.now += 1;
    expect(await service.handler.reconcile(session.sessionId)).toBe('saved');
    expect(asked).toMatchObject([{ channel: 'detectauth-h5', tokens: {}, expected: { BizToken: TOKEN }, risk: {}, session: { sessionId: session.sessionId } }]);
    expect(told).toMatchObject([{ session: { sessionId: session.sessionId }, verdict: { decision: 'passed' }, vendorReference: 'vendor-1' }]);
    expect(await service.handler.reconcile(session.sessionId)).toBe('decided');
    expect(asked).toHaveLength(1);
    // Somebody who comes back after all gets the same answer, with their own tokens and with no other's.
    expect(await postTokens(service, session)).toMatchObject({ status: 200, body: { state: 'decided', verdict: { decision: 'passed' }, reference: told[0]?.reference } });
    expect((await service.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ state: 'decided' });
  });

  it_('of somebody whose token still lives is not asked for before that, whatever the session’s own time', async () => {
    const { service, clock, asked } = await start(1, undefined, { channel: () => ({ ...CHOICE, task: { ...CHOICE.task, expiresInMs: 7_200_000 } }) });
    const [lost, back] = [await open(service), await open(service)];
    clock.now += 7_200_000 + 299_999;
    expect(await service.handler.reconcile(lost.sessionId)).toBe('open');
    expect(await postTokens(service, back)).toMatchObject({ status: 200, body: { state: 'decided', verdict: { decision: 'passed' } } });
    clock.now += 1;
    expect(await service.handler.reconcile(lost.sessionId)).toBe('saved');
    expect(asked.map(({ session }) => session.sessionId)).toEqual([back.sessionId, lost.sessionId]);
  });

  it_('has one verdict, also where the person comes back at that very moment to an instance whose clock is behind', async () => {
    const { instances, clocks, asked, told } = await start(3);
    const [ours, theirs, third] = instances as [Service, Service, Service];
    const sessions = await Promise.all(Array.from({ length: 12 }, () => open(ours)));
    for (const [index, clock] of clocks.entries()) clock.now += index === 1 ? TTL - 1 : TTL;
    const results = await Promise.all(
      sessions.map(async (session, index) => {
        const back = (): Promise<Answer> => postTokens(theirs, session);
        const job = (): Promise<string[]> => Promise.all([ours, third].map(({ handler }) => handler.reconcile(session.sessionId)));
        const both = index % 2 === 0 ? [back(), job()] : [job(), back()].reverse();
        return Promise.all(both as [Promise<Answer>, Promise<string[]>]);
      }),
    );
    for (const [answer, jobs] of results) {
      expect([200, 202]).toContain(answer.status);
      for (const job of jobs) expect(['saved', 'decided', 'pending']).toContain(job);
    }
    expect(asked).toHaveLength(sessions.length);
    expect(told).toHaveLength(sessions.length);
    expect(new Set(told.map(({ session }) => session.sessionId)).size).toBe(sessions.length);
  });

  it_('is nobody’s business while what came back is being decided, or waits for settle', async () => {
    let answer = (_outcome: VendorOutcome): void => undefined;
    const { service, clock, asked, told } = await start(1, () => new Promise((resolve) => (answer = resolve)), { inlineWaitMs: 0 });
    const session = await open(service);
    clock.now += TTL - 1;
    expect((await postTokens(service, session)).status).toBe(202);
    clock.now += 1;
    expect(await service.handler.reconcile(session.sessionId)).toBe('pending');
    answer({ status: 'pending', reference: 'vendor-1' });
    await expect.poll(() => service.log.map(({ event }) => event)).toContain('vendor-pending');
    expect(await service.handler.reconcile(session.sessionId)).toBe('pending');
    expect(await service.handler.settle(session.sessionId, { decision: 'passed', code: PASSED.status === 'decided' ? PASSED.code : (undefined as never) })).toBe('saved');
    expect(await service.handler.reconcile(session.sessionId)).toBe('decided');
    expect([asked.length, told.length]).toEqual([1, 1]);
  });

  it_('of which the vendor has nothing to say yet waits for settle; one it fails to answer for is for review', async () => {
    const outcomes = [async (): Promise<VendorOutcome> => ({ status: 'pending', reference: 'vendor-2' }), async (): Promise<VendorOutcome> => Promise.reject(new Error('down'))];
    const { service, clock, told } = await start(1, () => (outcomes.shift() as () => Promise<VendorOutcome>)());
    const [one, two] = [await open(service), await open(service)];
    clock.now += TTL;
    expect(await service.handler.reconcile(one.sessionId)).toBe('pending');
    expect(await service.handler.settle(one.sessionId, { decision: 'rejected', code: { system: 's', table: 't', code: '1' } })).toBe('saved');
    expect(await service.handler.reconcile(two.sessionId)).toBe('saved');
    expect(told.map(({ verdict }) => verdict.decision)).toEqual(['rejected', 'review']);
  });

  it_('is not asked for where consent was taken back, and is where the page was only left', async () => {
    const { service, clock, asked } = await start(1);
    const [withdrawn, left] = [await open(service), await open(service)];
    await service.handler.withdraw(withdrawn.sessionId);
    expect((await postJson(service, `sessions/${left.sessionId}/abandonment`, { reason: 'failed' })).status).toBe(204);
    clock.now += TTL;
    expect(await service.handler.reconcile(withdrawn.sessionId)).toBe('closed');
    expect(asked).toEqual([]);
    expect(problemOf(await postTokens(service, withdrawn)).name).toBe('session-expired');
    expect(await service.handler.reconcile(left.sessionId)).toBe('saved');
  });

  it_('is closed where consent was taken back before there was a verdict, also in the middle of asking', async () => {
    let answer = (_outcome: VendorOutcome): void => undefined;
    const { service, clock, told } = await start(1, () => new Promise((resolve) => (answer = resolve)), { inlineWaitMs: 0 });
    const [handedIn, asked] = [await open(service), await open(service)];
    expect((await postTokens(service, handedIn)).status).toBe(202);
    answer({ status: 'pending', reference: 'vendor-1' });
    await expect.poll(() => service.log.map(({ event }) => event)).toContain('vendor-pending');
    await service.handler.withdraw(handedIn.sessionId);
    clock.now += TTL;
    expect(await service.handler.reconcile(handedIn.sessionId)).toBe('closed');
    const own = service.handler.reconcile(asked.sessionId);
    await expect.poll(() => service.log.filter(({ event }) => event === 'submission-claimed')).toHaveLength(2);
    await service.handler.withdraw(asked.sessionId);
    expect(await own).toBe('closed');
    expect(told).toEqual([]);
  });

  it_('may still come of a session whose way is being chosen, until nobody can be choosing any more', async () => {
    const ids: string[] = [];
    const { instances, clocks } = await start(2, undefined, { vendorDeadlineMs: 60_000, channel: ({ sessionId }) => (ids.push(sessionId), new Promise(() => undefined)) });
    const [dying, other] = instances as [Service, Service];
    void open(dying).catch(() => undefined);
    await expect.poll(() => ids).toHaveLength(1);
    const [id] = ids as [string];
    for (const clock of clocks) clock.now += 64_999;
    expect(await other.handler.reconcile(id)).toBe('open');
    for (const clock of clocks) clock.now += 1;
    expect([await dying.handler.reconcile(id), await other.handler.reconcile(id), await dying.handler.reconcile(id)]).toEqual(['open', 'unknown', 'unknown']);
  });

  it_('is unknown of a recording, of no session, and of one that is forgotten', async () => {
    const { service, clock, asked } = await start(1, undefined, { recordRetentionMs: 1000 });
    const captured = (await postJson(service, 'sessions', SESSION_REQUEST)).body as VendorSession;
    const session = await open(service);
    clock.now += TTL;
    for (const id of [captured.sessionId, 'A'.repeat(22), '']) expect(await service.handler.reconcile(id)).toBe('unknown');
    clock.now += 1000;
    expect(await service.handler.reconcile(session.sessionId)).toBe('unknown');
    expect(asked).toEqual([]);
  });
});
