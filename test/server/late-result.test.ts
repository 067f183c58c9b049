import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kycLoginAddress } from '../../src/channels/kyc-h5/index.js';
import type { HandlerOptions, TokenQuestion, VendorOutcome, VerdictEvent } from '../../src/server/index.js';
import { createKycAttempts, createKycClient } from '../../src/server/vendors/index.js';
import type { VendorSession } from '../../src/transport/protocol.js';
import { KEYS, startVendors, ZHANG } from '../vendors/vendor-servers.js';
import type { VendorServers } from '../vendors/vendor-servers.js';
import { CONSENT, PASSING, postJson, SESSION_REQUEST, startService } from './service.js';
import type { Answer, Service } from './service.js';
import { sharedStores } from './shared-stores.js';

/* The vendor's page says, and signs, that the person passed, and its result is not there yet: it is asked for once more, later. */

const { missing, stores: STORES } = sharedStores('late-result');

const NO_RESULT = '66660011';
const PENDING_MS = 600_000;
const REVIEW = { decision: 'review', code: { system: 'faceid-sdk', table: 'result', code: '66660021' } };

describe.each(Object.keys(STORES))('a result that is late, with sessions in %s', (name) => {
  const it_ = it.skipIf(name === 'Redis' && missing !== undefined);
  let vendors: VendorServers;
  /** What the page came to; its record may be changed later. */
  let outcome: { code: string; record: string; faceCode?: string };
  const services: Service[] = [];
  beforeEach(async () => {
    vendors = await startVendors();
    outcome = { code: '0', record: NO_RESULT };
  });
  afterEach(async () => {
    await Promise.all(services.splice(0).map((service) => service.close()));
    await vendors.close();
  });

  /** Instances that share sessions and a vendor. */
  async function start(count = 1, options: Partial<HandlerOptions> = {}, again?: () => Promise<VendorOutcome>) {
    const connect = await (STORES[name] as (typeof STORES)[string])();
    const attempts = createKycAttempts({ client: createKycClient({ appId: KEYS.kycAppId, secret: KEYS.kycSecret, now: () => vendors.clock.now, ...vendors.http }), intervalMs: 1 });
    const asked: TokenQuestion[] = [];
    const told: VerdictEvent[] = [];
    const instances = await Promise.all(
      Array.from({ length: count }, async () =>
        startService({
          vendor: { ...PASSING, confirm: (question) => (asked.push(question) > 1 && again ? again() : attempts.confirm(question)) },
          channel: (request) => attempts.begin(request, { userId: 'user-1', name: ZHANG.name, idNumber: ZHANG.idNumber }),
          sessions: await connect(),
          quotas: { intervalMs: 0 },
          now: () => vendors.clock.now,
          onVerdict: (event) => void told.push(event),
          ...options,
        }),
      ),
    );
    services.push(...instances);
    return { service: instances[0] as Service, instances, asked, told };
  }
  /** Goes to the vendor's page and comes back. */
  async function comeBack(service: Service): Promise<{ readonly session: VendorSession; readonly back: Answer }> {
    vendors.kyc.setOutcome(outcome);
    const session = (await postJson(service, 'sessions', { ...SESSION_REQUEST, channels: ['capture', 'kyc-h5'] })).body as VendorSession;
    if (session.channel !== 'kyc-h5') throw new Error(JSON.stringify(session));
    const made = kycLoginAddress({ login: session.task.login, returnNonce: session.nonce, returnAddress: 'http://127.0.0.1:1/done', allowLoopbackHttp: true });
    if (!made.ok) throw new Error(made.rule);
    const location = (await fetch(made.address, { redirect: 'manual' })).headers.get('location') ?? '';
    const { facefront: nonce, ...tokens } = Object.fromEntries(new URL(location).searchParams);
    const pending = (): number => service.log.filter(({ event }) => event === 'vendor-pending').length;
    const before = pending();
    const back = await postJson(service, 'tokens', { protocol: 1, channel: 'kyc-h5', tokens, consent: CONSENT, nonce });
    // The vendor has answered by then, however short the wait for it.
    if (back.status === 202) await expect.poll(pending).toBe(before + 1);
    return { session, back };
  }
  const stateOf = async (service: Service, { sessionId }: VendorSession): Promise<unknown> => (await service.send('GET', `sessions/${sessionId}`)).body;

  it_('and has come when it is asked for again is the verdict', async () => {
    const { service, asked, told } = await start();
    const { session, back } = await comeBack(service);
    expect(back).toMatchObject({ status: 202, body: { state: 'pending' } });
    outcome.record = '0';
    vendors.clock.now += PENDING_MS - 1;
    expect([await stateOf(service, session), await service.handler.reconcile(session.sessionId)]).toMatchObject([{ state: 'pending' }, 'pending']);
    expect(asked).toHaveLength(1);
    vendors.clock.now += 1;
    expect(await stateOf(service, session)).toMatchObject({ state: 'decided', verdict: { decision: 'passed', code: { code: '0' } } });
    const { orderNo } = asked[0]?.expected ?? {};
    expect(asked[1]).toMatchObject({ channel: 'kyc-h5', tokens: {}, expected: { orderNo }, vendorReference: orderNo, session: { sessionId: session.sessionId } });
    expect(asked).toHaveLength(2);
    expect(told).toMatchObject([{ verdict: { decision: 'passed' }, vendorReference: orderNo }]);
  });

  it_('and says then that the person did not pass is believed', async () => {
    const { service } = await start();
    const { session } = await comeBack(service);
    outcome.record = '66660004';
    vendors.clock.now += PENDING_MS;
    expect(await stateOf(service, session)).toMatchObject({ state: 'decided', verdict: { decision: 'rejected', code: { code: '66660004' } } });
  });

  it_('and has still not come is for review, and asked for no more', async () => {
    const { service, asked, told } = await start();
    const { session } = await comeBack(service);
    vendors.clock.now += PENDING_MS;
    expect(await stateOf(service, session)).toMatchObject({ state: 'decided', verdict: REVIEW });
    outcome.record = '0';
    expect(await stateOf(service, session)).toMatchObject({ state: 'decided', verdict: REVIEW });
    expect([asked.length, told.length]).toEqual([2, 1]);
  });

  it_.each<[string, () => Promise<VendorOutcome>]>([
    ['fails', () => Promise.reject(new Error('down'))],
    ['takes too long', () => new Promise(() => undefined)],
  ])('of a vendor that %s at the second time is for review', async (_what, again) => {
    const { service } = await start(1, { vendorDeadlineMs: 2000 }, again);
    const { session } = await comeBack(service);
    vendors.clock.now += PENDING_MS;
    expect(await stateOf(service, session)).toMatchObject({ state: 'decided', verdict: REVIEW });
  });

  it_('is asked for once, however many ask at that moment, and through which instance', async () => {
    let answer = (_outcome: VendorOutcome): void => undefined;
    const { service, instances, asked, told } = await start(2, { inlineWaitMs: 200 }, () => new Promise((resolve) => (answer = resolve)));
    const { session } = await comeBack(service);
    vendors.clock.now += PENDING_MS;
    const all = Array.from({ length: 12 }, async (_, index) => {
      const own = instances[index % 2] as Service;
      return index % 3 === 0 ? own.handler.reconcile(session.sessionId) : ((await stateOf(own, session)) as { readonly state: string }).state;
    });
    // Nobody is kept waiting for as long as the vendor takes.
    expect(new Set(await Promise.all(all))).toEqual(new Set(['pending']));
    answer({ status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } });
    for (const own of instances) await expect.poll(() => stateOf(own, session)).toMatchObject({ state: 'decided', verdict: { decision: 'passed' } });
    expect([asked.length, told.length]).toEqual([2, 1]);
    expect(await service.handler.reconcile(session.sessionId)).toBe('decided');
  });

  it_('is not asked for where consent was taken back, and where settle came first', async () => {
    const { service, asked } = await start();
    const withdrawn = await comeBack(service);
    // The vendor gives a user one ticket in two seconds.
    vendors.clock.now += 3000;
    const settled = await comeBack(service);
    await service.handler.withdraw(withdrawn.session.sessionId);
    expect(await service.handler.settle(settled.session.sessionId, { decision: 'rejected', code: { system: 's', table: 't', code: '1' } })).toBe('saved');
    vendors.clock.now += PENDING_MS;
    expect(await stateOf(service, withdrawn.session)).toMatchObject({ state: 'expired' });
    expect(await stateOf(service, settled.session)).toMatchObject({ verdict: { decision: 'rejected' } });
    expect(asked).toHaveLength(2);
  });

  it_('of somebody whose return leaves a doubt is for review at once: later nobody would know of it', async () => {
    // The intention check was asked for, and what it came to is not there.
    outcome.faceCode = '0';
    const { service, asked } = await start();
    const { back } = await comeBack(service);
    expect(back).toMatchObject({ status: 200, body: { state: 'decided', verdict: REVIEW } });
    expect(asked).toHaveLength(1);
  });
});
