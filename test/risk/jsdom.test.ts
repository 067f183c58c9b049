// @vitest-environment jsdom
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it } from 'vitest';
import { webRiskHost } from '../../src/platform/web-risk.js';
import { createRiskCollector } from '../../src/risk/collect.js';
import { collectRisk, type FactId, withdraw } from '../../src/risk/index.js';
import { hashCookies } from '../../src/risk/payloads/index.js';

// The package ships no typings.
const { JSDOM } = createRequire(import.meta.url)('jsdom') as { JSDOM: new (html: string, options?: object) => { readonly window: Window & typeof globalThis } };

/** FingerprintJS waits for frames that jsdom never loads. */
const WITHOUT_FRAMES: readonly FactId[] = ['fingerprint'];

afterEach(() => void withdraw());

describe('in jsdom, which has hardly anything', () => {
  it('every fact ends with a status, within the deadline, and nothing throws', async () => {
    document.cookie = 'a=1';
    const report = await collectRisk({ consent: { granted: true } });
    expect(report.outcome).toMatch(/^(complete|deadline)$/);
    expect(report.timings.totalMs).toBeLessThan(report.timings.deadlineMs + 250);
    expect(Object.keys(report.facts)).toHaveLength(20);
    for (const fact of Object.values(report.facts)) expect(['ok', 'missing', 'denied', 'timeout', 'error']).toContain(fact.status);
    expect(report.facts).toMatchObject({
      userAgent: { status: 'ok', value: expect.stringContaining('jsdom') },
      cookieHash: { status: 'ok' },
      clientHints: { status: 'missing' },
      network: { status: 'missing' },
      permissions: { status: 'missing' },
      gpu: { status: expect.stringMatching(/missing|error/) },
      // The page's own classes are scripts here, and look it.
      nativeFunctions: { status: 'ok' },
      installation: { status: 'ok', value: { visits: 1 } },
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(localStorage).toHaveLength(1);
    withdraw();
    expect(localStorage).toHaveLength(0);
  });

  it('refused, it does nothing; given, it does', async () => {
    const before = document.documentElement.outerHTML;
    expect(await collectRisk({ consent: { granted: false } })).toMatchObject({ outcome: 'refused', facts: {} });
    expect(localStorage).toHaveLength(0);
    expect(document.documentElement.outerHTML).toBe(before);
    expect(await collectRisk({ consent: { granted: true }, exclude: WITHOUT_FRAMES })).toMatchObject({ outcome: 'complete', facts: { userAgent: { status: 'ok' } } });
    expect(localStorage).toHaveLength(1);
  });

  it('the same cookies give the same hash, and the same browser the same installation, over 20 runs', async () => {
    const seen: unknown[] = [];
    for (let run = 0; run < 20; run++) {
      for (const name of ['a', 'b', 'c']) document.cookie = `${name}=; max-age=0`;
      for (const cookie of run % 2 ? ['a=1', 'b=2', 'c=3'] : ['c=3', 'a=1', 'b=2']) document.cookie = cookie;
      const { facts } = await collectRisk({ consent: { granted: true }, groups: ['identity'], exclude: WITHOUT_FRAMES });
      if (facts.cookieHash?.status !== 'ok' || facts.installation?.status !== 'ok') throw new Error(JSON.stringify(facts));
      expect(facts.installation.value.visits).toBe(run + 1);
      seen.push([facts.cookieHash.value, facts.installation.value.id]);
    }
    expect(new Set(seen.map((each) => JSON.stringify(each)))).toHaveProperty('size', 1);
    expect(seen[0]).toEqual([await hashCookies('b=2; c=3; a=1'), expect.stringMatching(/^[\da-f]{32}$/)]);
  });

  it('a permission that nobody answers costs its own fact', async () => {
    Object.defineProperty(navigator, 'permissions', { configurable: true, value: { query: () => new Promise(() => undefined) } });
    const { facts, outcome } = await collectRisk({ consent: { granted: true }, groups: ['browser'] });
    expect(outcome).toBe('complete');
    expect(facts).toMatchObject({ permissions: { status: 'timeout' }, languages: { status: 'ok' }, storage: { status: 'ok' } });
  });

  it('a page without an origin loses its storage and nothing else', async () => {
    // It has no MessageChannel either.
    const room = createRiskCollector(webRiskHost(new JSDOM('').window));
    const { facts, outcome } = await room.collectRisk({ consent: { granted: true }, exclude: [...WITHOUT_FRAMES, 'automation'] });
    expect(outcome).toBe('complete');
    expect(facts).toMatchObject({ storage: { status: 'ok', value: { local: false, session: false, indexedDb: false } }, installation: { status: 'missing' }, userAgent: { status: 'ok' }, screen: { status: 'ok' } });
    expect(room.withdraw()).toEqual({ type: 'consent-withdrawn', at: expect.any(String) });
  });
});

describe('the five disguises of a hook, in jsdom', () => {
  /** jsdom's own functions are scripts; this one of the engine's stands for a browser's captureStream, and is called that. */
  const native = Map.prototype.get as (this: unknown) => unknown;
  const tell = Function.prototype.toString;
  const wrapper = function captureStream(this: unknown) { return Reflect.apply(native, this, []); };
  const method = () => ({ captureStream(this: unknown) { return Reflect.apply(native, this, []); } }).captureStream;

  /** What is said of a page whose captureStream is this; where there are lies, by a `Function.prototype.toString` that was there before the room. */
  async function lookAt(captureStream: () => unknown, lies?: ReadonlyMap<unknown, string>) {
    // With a realm of its own, as a page has one.
    const { window } = new JSDOM('', { url: 'https://shop.example/', runScripts: 'outside-only' });
    Object.defineProperty(window.HTMLCanvasElement.prototype, 'captureStream', { configurable: true, value: captureStream });
    const lying = { toString(this: unknown) { return this === lying ? 'function toString() { [native code] }' : (lies?.get(this) ?? tell.call(this)); } }.toString;
    if (lies) Function.prototype.toString = window.Function.prototype.toString = lying;
    const host = webRiskHost(window);
    Function.prototype.toString = tell;
    const functionText = (subject: () => unknown): string => (subject === native ? 'function captureStream() { [native code] }' : host.functionText(subject));
    const { facts, signals } = await createRiskCollector({ ...host, functionText }).collectRisk({ consent: { granted: true }, groups: ['integrity'], exclude: ['automation'] });
    if (facts.nativeFunctions?.status !== 'ok') throw new Error(JSON.stringify(facts));
    const { altered } = facts.nativeFunctions.value;
    const signsOf = (name: string) => altered.find((each) => each.name === name)?.signs;
    return { captureStream: signsOf('HTMLCanvasElement.captureStream'), toString: signsOf('Function.toString'), disguised: signals.some(({ id }) => id === 'disguisedHook') };
  }

  it('nothing is said of a native function', async () => {
    expect(await lookAt(native)).toEqual({ captureStream: undefined, toString: undefined, disguised: false });
  });

  it.each<[string, () => unknown, string[], boolean]>([
    ['a plain wrapper', wrapper, ['source', 'own-keys', 'frames'], false],
    ['a bind', native.bind(new Map()), ['nameless', 'accepts-anything'], false],
    ['a Proxy', new Proxy(native, {}), ['nameless'], false],
    ['a toString of its own', Object.assign(method(), { toString: () => 'function captureStream() { [native code] }' }), ['source', 'own-to-string', 'frames'], true],
  ])('%s', async (_kind, hook, signs, disguised) => {
    expect(await lookAt(hook)).toEqual({ captureStream: signs, toString: undefined, disguised });
  });

  it('Function.prototype.toString replaced before the page, which lies for it and for itself', async () => {
    const hook = method();
    expect(await lookAt(hook, new Map([[hook, 'function captureStream() { [native code] }']]))).toEqual({ captureStream: ['frames'], toString: ['frames'], disguised: true });
  });
});
