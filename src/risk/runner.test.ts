import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { webRiskHost } from '../platform/web-risk.js';
import type { CollectContext, Collector, Fact } from './fact.js';
import type { RiskHost } from '../platform/risk-port.js';
import { runCollectors } from './runner.js';
import { createSlices } from './slices.js';

const host = webRiskHost();
const never = new Promise<never>(() => undefined);

/** A collector that does this. */
const collector = (read: Collector<unknown>['read'], more: Partial<Collector<unknown>> = {}): Collector<unknown> => ({ group: 'browser', read, ...more });

async function run(
  collectors: Record<string, Collector<unknown>>,
  { deadlineMs = 1_000, signal = new AbortController().signal, on = host }: { deadlineMs?: number; signal?: AbortSignal; on?: RiskHost } = {},
) {
  const began = host.now();
  const result = await runCollectors({ host: on, collectors, deadlineMs, signal, context: { camera: undefined, deviceToken: undefined } });
  return { ...result, tookMs: host.now() - began, statuses: Object.fromEntries(Object.entries(result.facts).map(([id, { status }]) => [id, status])) };
}

const named = (name: string): Error => Object.assign(new Error('the secret of the page'), { name });
const spin = (ms: number): void => {
  for (const until = host.now() + ms; host.now() < until; );
};

describe('runCollectors', () => {
  it('loads the code of a fact before its budget begins, within the deadline of the run', async () => {
    const load = () => new Promise((resolve) => setTimeout(resolve, 80));
    const { facts, ending, statuses } = await run(
      {
        slow: collector(() => 1, { budgetMs: 40, load }),
        broken: collector(() => Promise.reject(named('TypeError')), { load: () => Promise.reject(new Error('no network')) }),
        never: collector(() => 1, { load: () => never }),
      },
      { deadlineMs: 400 },
    );
    expect([ending, statuses]).toEqual(['deadline', { slow: 'ok', broken: 'error', never: 'timeout' }]);
    expect(facts['slow']?.ms).toBeLessThan(40);
  });

  it('records how each ended, and lets the rest stand', async () => {
    const { facts, ending, statuses } = await run({
      value: collector(() => ({ a: 1 })),
      later: collector(async () => 'later'),
      falsy: collector(() => 0),
      nothing: collector(() => undefined),
      throws: collector(() => {
        throw named('TypeError');
      }),
      rejects: collector(async () => Promise.reject(named('DataError'))),
      throwsText: collector(() => {
        throw 'text';
      }),
      throwsNothing: collector(() => Promise.reject(undefined)),
      denied: collector(() => Promise.reject(named('NotAllowedError'))),
      sandboxed: collector(() => {
        throw named('SecurityError');
      }),
      hangs: collector(() => never, { budgetMs: 30 }),
      hangsByDefault: collector(() => never),
    });
    expect(ending).toBe('complete');
    expect(statuses).toEqual({
      value: 'ok',
      later: 'ok',
      falsy: 'ok',
      nothing: 'missing',
      throws: 'error',
      rejects: 'error',
      throwsText: 'error',
      throwsNothing: 'error',
      denied: 'denied',
      sandboxed: 'denied',
      hangs: 'timeout',
      hangsByDefault: 'timeout',
    });
    expect(facts['value']).toEqual({ status: 'ok', ms: expect.any(Number), value: { a: 1 } });
    expect(facts['throws']).toEqual({ status: 'error', ms: expect.any(Number), detail: 'TypeError' });
    expect(JSON.stringify(facts)).not.toContain('secret');
    expect((facts['hangs'] as Fact<unknown>).ms).toBeGreaterThanOrEqual(29);
  });

  it('keeps the deadline when nothing ever settles, and tells everybody', async () => {
    const told: string[] = [];
    const hang = (id: string): Collector<unknown> =>
      collector(({ signal }) => (signal.addEventListener('abort', () => told.push(id)), never), { budgetMs: 60_000 });
    const { ending, facts, tookMs } = await run({ a: hang('a'), b: hang('b'), c: collector(() => 3) }, { deadlineMs: 60 });
    expect(ending).toBe('deadline');
    expect(facts).toMatchObject({ a: { status: 'timeout' }, b: { status: 'timeout' }, c: { status: 'ok', value: 3 } });
    expect(tookMs).toBeGreaterThanOrEqual(59);
    expect(tookMs).toBeLessThan(200);
    expect(told).toEqual(['a', 'b']);
  });

  it('tells a collector whose own budget has passed, and only that one', async () => {
    const told: string[] = [];
    const listen = (id: string, budgetMs: number, ms: number): Collector<unknown> =>
      collector(({ signal, host: { setTimeout } }) => (signal.addEventListener('abort', () => told.push(`${id} ${Math.round(host.now() - began)}`)), new Promise((resolve) => setTimeout(() => resolve(id), ms))), { budgetMs });
    const began = host.now();
    await run({ slow: listen('slow', 20, 5_000), quick: listen('quick', 5_000, 120) });
    expect(told.map((line) => line.split(' ')[0])).toEqual(['slow', 'quick']);
    expect(Number(told[0]?.split(' ')[1])).toBeLessThan(100);
  });

  it('keeps what came late out of the report', async () => {
    let finish: (value: string) => void = () => undefined;
    const { facts } = await run({ late: collector(() => new Promise((resolve) => (finish = resolve)), { budgetMs: 60_000 }) }, { deadlineMs: 20 });
    const before = JSON.stringify(facts);
    finish('too late');
    await host.nextTask();
    expect(JSON.stringify(facts)).toBe(before);
    expect(before).toContain('timeout');
  });

  it('begins nothing once the signal has fired', async () => {
    const controller = new AbortController();
    controller.abort();
    let begun = 0;
    const { ending, statuses } = await run({ a: collector(() => (begun += 1)) }, { signal: controller.signal });
    expect({ ending, statuses, begun }).toEqual({ ending: 'aborted', statuses: { a: 'aborted' }, begun: 0 });
  });

  it('tells the collectors of an abort in the caller\'s own task', async () => {
    const controller = new AbortController();
    let told = false;
    const running = run(
      { quick: collector(() => 1), slow: collector(({ signal }) => (signal.addEventListener('abort', () => (told = true)), never), { budgetMs: 60_000 }) },
      { signal: controller.signal },
    );
    await host.nextTask();
    controller.abort();
    expect(told).toBe(true);
    expect(await running).toMatchObject({ ending: 'aborted', statuses: { quick: 'ok', slow: 'aborted' } });
  });

  it('begins a fact after the one it names, and shows it how others ended', async () => {
    const order: string[] = [];
    const seen: unknown[] = [];
    const { statuses } = await run({
      first: collector(async () => (await host.nextTask(), order.push('first'), 'value')),
      second: collector(async ({ fact }) => (order.push('second'), seen.push((await fact('first'))?.status, await fact('absent'), (await fact('third'))?.status), 2), { after: 'first' }),
      third: collector(() => undefined),
      fourth: collector(() => order.push('fourth'), { after: 'absent' }),
    });
    expect(statuses).toEqual({ first: 'ok', second: 'ok', third: 'missing', fourth: 'ok' });
    expect(order).toEqual(['fourth', 'first', 'second']);
    expect(seen).toEqual(['ok', undefined, 'missing']);
  });

  it('gives the page a turn between collectors that work for long', async () => {
    let turns = 0;
    const counting: RiskHost = { ...host, nextTask: () => ((turns += 1), host.nextTask()) };
    const busy = collector(() => spin(5));
    await run({ a: busy, b: busy, c: busy, d: busy, e: busy, f: busy }, { on: counting });
    // Six times 5 ms in slices that end after 8: a turn after every second one at the latest.
    expect(turns).toBeGreaterThanOrEqual(2);
  });

  it('ends within its deadline with a status for every fact, whatever the collectors do', async () => {
    const ways: Record<string, (context: CollectContext) => unknown> = {
      value: () => 1,
      missing: () => undefined,
      later: async ({ host: { nextTask } }) => (await nextTask(), 'x'),
      hang: () => never,
      throw: () => {
        throw named('Error');
      },
      abortIgnored: ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('late'))),
      waitForOther: async ({ fact }) => fact('f0'),
      waitForItself: async ({ fact }) => fact('f1'),
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...Object.keys(ways)), fc.integer({ min: 1, max: 60 })), { maxLength: 8 }), async (picked) => {
        const collectors = Object.fromEntries(picked.map(([way, budgetMs], index) => [`f${index}`, collector(ways[way] as Collector<unknown>['read'], { budgetMs })]));
        const { facts, tookMs } = await run(collectors, { deadlineMs: 40 });
        expect(Object.keys(facts)).toEqual(Object.keys(collectors));
        expect(tookMs).toBeLessThan(140);
      }),
      { numRuns: 30 },
    );
  });
});

describe('createSlices', () => {
  it('lets work go on within a slice, and waits for a new task after it', async () => {
    let now = 0;
    const tasks: number[] = [];
    const pause = createSlices({ now: () => now, nextTask: async () => void tasks.push(now) }, 8);
    for (now of [0, 3, 7.9, 8, 9, 15.9, 16]) await pause();
    expect(tasks).toEqual([8, 16]);
  });
});
