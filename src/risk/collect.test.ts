import { describe, expect, it } from 'vitest';
import { webRiskHost } from '../platform/web-risk.js';
import { createRiskCollector } from './collect.js';
import type { CollectRiskOptions } from './options.js';
import type { RiskHost } from '../platform/risk-port.js';

const granted = { granted: true };

/** A page that shouts when anything of it is touched. */
const untouchable = new Proxy({}, { get: (_page, name) => { throw new Error(`page.${String(name)} was read`); } }) as typeof globalThis;

/** A host with a store in memory. */
function host({ page = { navigator: { userAgent: 'agent' } } as unknown as typeof globalThis, stored = undefined as string | undefined } = {}): RiskHost & { stored: () => string | undefined } {
  return {
    ...webRiskHost(),
    page,
    stored: () => stored,
    store: { read: () => stored, write: (text) => ((stored = text), true), erase: () => void (stored = undefined) },
  };
}

const RECORD = JSON.stringify({ id: 'ab'.repeat(16), since: '2026-11-01', visits: 3, changes: 0, parameters: {} });

describe('webRiskHost', () => {
  it('gives the page its turn where there is no MessageChannel', async () => {
    const order: string[] = [];
    setTimeout(() => order.push('the page'));
    await webRiskHost({ setTimeout } as unknown as typeof globalThis).nextTask();
    expect(order).toEqual(['the page']);
  });
});

describe('collectRisk', () => {
  it.each([{ granted: false }, { granted: true, scopes: [] }, { granted: true, scopes: ['face'] }])('touches nothing under %j', async (consent) => {
    const shout = (): never => {
      throw new Error('the store was touched');
    };
    const there = { ...host({ page: untouchable }), store: { read: shout, write: shout, erase: shout } };
    const report = await createRiskCollector(there).collectRisk({ consent });
    expect(report).toEqual({ outcome: 'refused', facts: {}, signals: [], timings: { startedAt: expect.any(String), totalMs: expect.any(Number), deadlineMs: 1_500 }, manifestVersion: expect.any(String) });
  });

  it('gives a report that the flow can post', async () => {
    const collect: (signal: AbortSignal) => Promise<Readonly<Record<string, unknown>>> = (signal) =>
      createRiskCollector(host()).collectRisk({ consent: granted, groups: ['browser'], signal });
    expect(await collect(new AbortController().signal)).toMatchObject({ outcome: 'complete' });
  });

  it('reads the groups that were asked for, without what was left out', async () => {
    const { collectRisk } = createRiskCollector(host());
    const { facts } = await collectRisk({ consent: { granted: true, scopes: ['risk'] }, groups: ['browser'], exclude: ['timeZone', 'storage', 'permissions', 'clientHints', 'languages'] });
    expect(Object.keys(facts).sort()).toEqual(['inAppBrowser', 'referrer', 'userAgent']);
    expect(facts.userAgent).toMatchObject({ status: 'ok', value: 'agent' });
    expect(facts.referrer).toMatchObject({ status: 'error', detail: 'TypeError' });
  });

  it('reads the camera and the motion only where there is a camera', async () => {
    const { collectRisk } = createRiskCollector(host());
    const standing = await collectRisk({ consent: granted, exclude: ['fingerprint', 'automation'], deadlineMs: 200 });
    expect(Object.keys(standing.facts)).not.toEqual(expect.arrayContaining(['cameraDevice']));
    expect(standing.facts).not.toHaveProperty('motion');
    const track = { getSettings: () => ({ width: 640 }), label: '' } as unknown as MediaStreamTrack;
    const capture = await collectRisk({ consent: granted, exclude: ['fingerprint', 'automation'], camera: { track }, deadlineMs: 20_000 });
    expect(capture.facts).toMatchObject({ cameraSettings: { status: 'ok', value: { granted: { width: 640 } } }, motion: { status: 'missing' } });
  });

  it.each<[string, unknown]>([
    ['groups must be an array of identity,browser,device,integrity,camera,motion', { consent: granted, groups: ['everything'] }],
    ['groups must be', { consent: granted, groups: 'browser' }],
    ['exclude must be an array of deviceToken,fingerprint,', { consent: granted, exclude: ['visitorId'] }],
    ['deadlineMs must be a number from 1 to 60,000', { consent: granted, deadlineMs: 0 }],
    ['deadlineMs', { consent: granted, deadlineMs: '1500' }],
    ['deadlineMs', { consent: granted, deadlineMs: NaN }],
    ['consent must be', { consent: true }],
    ['consent must be', {}],
    ['consent must be', { consent: { granted: 'yes' } }],
    ['consent must be', { consent: { granted: true, scopes: 'risk' } }],
    ['camera must be', { consent: granted, camera: 'front' }],
    ['deviceToken must be a function', { consent: granted, deviceToken: 'token' }],
    ['signal must be an AbortSignal', { consent: granted, signal: {} }],
    ['timeout must be left out', { consent: granted, timeout: 5 }],
  ])('refuses: %s', async (rule, options) => {
    const { collectRisk } = createRiskCollector(host({ page: untouchable }));
    const failure: unknown = await collectRisk(options as CollectRiskOptions).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TypeError);
    expect((failure as TypeError).message).toContain(`collectRisk: ${rule}`);
  });

  it.each([undefined, null, 7])('refuses %j for options with a TypeError', async (options) => {
    await expect(createRiskCollector(host()).collectRisk(options as unknown as CollectRiskOptions)).rejects.toThrow(TypeError);
  });
});

describe('withdraw', () => {
  it('wipes, tells, and ends what is going on', async () => {
    const there = host({ stored: RECORD });
    const { collectRisk, onWithdrawal, withdraw } = createRiskCollector(there);
    const told: unknown[] = [];
    onWithdrawal((event) => told.push(event));
    const silent = onWithdrawal(() => told.push('never'));
    silent();
    const running = collectRisk({ consent: granted, groups: ['identity'], exclude: ['fingerprint'], deviceToken: () => new Promise(() => undefined) });
    const event = withdraw();
    expect(event).toEqual({ type: 'consent-withdrawn', at: expect.any(String), installation: 'ab'.repeat(16) });
    expect(told).toEqual([event]);
    const ended = await running;
    expect(ended).toMatchObject({ outcome: 'withdrawn', facts: {}, signals: [] });
    expect(ended.timings.totalMs).toBeLessThan(300);
    expect(there.stored()).toBeUndefined();
    expect(withdraw()).toEqual({ type: 'consent-withdrawn', at: expect.any(String) });
  });

  it('a listener that throws keeps neither the others nor the page from it', async () => {
    const thrown: unknown[] = [];
    const there = { ...host({ stored: RECORD }), setTimeout: (task: () => void) => { try { task(); } catch (error) { thrown.push(error); } return 0 as never; } };
    const { onWithdrawal, withdraw } = createRiskCollector(there);
    const told: unknown[] = [];
    onWithdrawal(() => { throw new Error('of the page'); });
    onWithdrawal((event) => told.push(event));
    expect(told).toEqual([]);
    const event = withdraw();
    expect(told).toEqual([event]);
    // The page's own reporting gets it, in a task of its own.
    expect(thrown).toEqual([new Error('of the page')]);
  });

  it('another consent begins anew, under another id', async () => {
    const there = host({ stored: RECORD, page: { ...globalThis, crypto, navigator: {} } as unknown as typeof globalThis });
    const { collectRisk, withdraw } = createRiskCollector(there);
    withdraw();
    const { facts } = await collectRisk({ consent: granted, groups: ['identity'], exclude: ['fingerprint', 'cookieHash'] });
    expect(facts.installation).toMatchObject({ status: 'ok', value: { visits: 1 } });
    expect(there.stored()).not.toContain('abab');
  });
});
