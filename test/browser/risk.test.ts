import type * as fingerprintjs from '@fingerprintjs/fingerprintjs';
import type { Browser, JSHandle, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type * as risk from '../../src/risk/index.js';
import { hashCookies } from '../../src/server/index.js';
import { bundleForPage } from '../risk/page-bundle.js';
import { type PageServer, servePage, STRICT_POLICY } from '../risk/page-server.js';
import { launchBrowser } from './launch.js';

type Room = typeof risk;

let server: PageServer;
let browser: Browser;

beforeAll(async () => {
  const html = (body: string, headers = {}) => ({ type: 'text/html', body: `<!doctype html><meta charset="utf-8"><body>${body}</body>`, headers });
  // Minified, as it ships.
  server = await servePage(await bundleForPage({ input: 'src/risk/index.ts', minify: true }), {
    '/strict': html('', { 'content-security-policy': STRICT_POLICY }),
    '/sandbox': html('<iframe sandbox="allow-scripts" src="/inside"></iframe>'),
    '/inside': html(`<script type="module">
      import { collectRisk, withdraw } from '/entry.js';
      const report = await collectRisk({ consent: { granted: true } });
      parent.postMessage({ report, withdrawn: withdraw() }, '*');
    </script>`),
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

/** Opens a page whose scripts begin with `before`, and gives its risk room. */
async function enter({ path = '/', before = '', on = browser } = {}): Promise<{ page: Page; room: JSHandle<Room> }> {
  const page = await on.newPage();
  if (before) await page.addInitScript(before);
  await page.goto(server.origin + path);
  // As text: the test runner rewrites an import that it sees.
  return { page, room: await page.evaluateHandle<Room>("import('/entry.js')") };
}

const ids = (signals: readonly { readonly id: string }[]): string[] => signals.map(({ id }) => id);

describe('headless Chromium', () => {
  it('is what it is: driven, without a window, drawn by software', async () => {
    const { page, room } = await enter();
    const report = await page.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: true } }), room);
    expect(report.outcome).toBe('complete');
    expect(report.facts.automation).toMatchObject({ status: 'ok', value: { bot: true, kind: 'headless_chrome', webdriver: true } });
    expect(report.facts.automation).toHaveProperty('value.detections', expect.arrayContaining(['detectUserAgent', 'detectAppVersion', 'detectWebDriver']));
    expect(ids(report.signals)).toEqual(expect.arrayContaining(['automatedBrowser', 'headlessBrowser', 'softwareGraphics']));
    expect(ids(report.signals)).not.toEqual(expect.arrayContaining(['functionHook']));
    expect(report.signals.find(({ id }) => id === 'automatedBrowser')?.codes).toEqual([{ system: 'juhe-antirush', table: 'risk-type', code: '102' }]);
  });

  it('reads every fact that it has, within the deadline, as plain JSON', async () => {
    const { page, room } = await enter();
    const { report, json } = await page.evaluate(async ({ collectRisk }) => {
      document.cookie = 'theme=dark';
      const found = await collectRisk({ consent: { granted: true }, deviceToken: () => 'token-of-a-vendor' });
      return { report: found, json: JSON.stringify(found) };
    }, room);
    expect(JSON.parse(json)).toEqual(report);
    const statuses = Object.fromEntries(Object.entries(report.facts).map(([id, { status }]) => [id, status]));
    expect(statuses).toEqual({
      ...Object.fromEntries(Object.keys(statuses).map((id) => [id, 'ok'])),
      referrer: 'missing',
      inAppBrowser: 'missing',
    });
    expect(Object.keys(statuses)).toHaveLength(20);
    expect(report.facts.fingerprint).toMatchObject({ value: { visitorId: report.visitorId, version: expect.stringMatching(/^5\./) } });
    expect(report.facts.deviceToken).toMatchObject({ value: 'token-of-a-vendor' });
    expect(report.facts.timeZone).toMatchObject({ value: { dateOffset: expect.any(Number) } });
    expect(json).not.toContain('theme=dark');
    expect(report.timings.totalMs).toBeLessThan(report.timings.deadlineMs);
  });

  it('gives the visitor id that FingerprintJS alone gives, and the same cookie hash whatever the order, over 20 runs', async () => {
    const seen: { visitorId: string | undefined; cookieHash: unknown }[] = [];
    for (let load = 0; load < 4; load++) {
      const { page, room } = await enter();
      seen.push(
        ...(await page.evaluate(
          async ({ room: { collectRisk }, load }) => {
            const runs = [];
            for (let run = 0; run < 5; run++) {
              const cookies = ['a=1', 'b=2', 'c=3'];
              for (const cookie of cookies) document.cookie = `${cookie}; max-age=0`;
              for (const cookie of (load + run) % 2 ? cookies.reverse() : cookies) document.cookie = cookie;
              const { facts, visitorId } = await collectRisk({ consent: { granted: true } });
              runs.push({ visitorId, cookieHash: facts.cookieHash?.status === 'ok' ? facts.cookieHash.value : facts.cookieHash });
            }
            return runs;
          },
          { room, load },
        )),
      );
      await page.context().close();
    }
    expect(seen).toHaveLength(20);
    expect(new Set(seen.map((run) => JSON.stringify(run)))).toHaveProperty('size', 1);
    // The backend's function makes the same of the same cookies; of a real header, see src/server/cookie-hash.test.ts.
    expect(seen[0]).toEqual({ visitorId: expect.stringMatching(/^[\da-f]{32}$/), cookieHash: await hashCookies('c=3; a=1; b=2') });

    const alone = await servePage(await bundleForPage({ input: 'node_modules/@fingerprintjs/fingerprintjs/dist/fp.esm.js' }));
    try {
      const page = await browser.newPage();
      await page.goto(alone.origin);
      const library = await page.evaluateHandle<typeof fingerprintjs>("import('/entry.js')");
      const visitorId = await page.evaluate(async ({ load }) => (await (await load({ monitoring: false })).get()).visitorId, library);
      expect(seen[0]?.visitorId).toBe(visitorId);
    } finally {
      await alone.close();
    }
  });

  it('makes the visitor id of what was read: a component that failed is no part of it', async () => {
    const FAILING = "Object.defineProperty(Navigator.prototype, 'plugins', { get() { throw new RangeError('secret'); } });";
    const { page, room } = await enter({ before: FAILING });
    const { facts, visitorId } = await page.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: true }, groups: ['identity'] }), room);
    expect(facts.fingerprint).toHaveProperty('value.components.plugins', { error: 'RangeError' });
    expect(facts.fingerprint).toHaveProperty('value.components.canvas', { sha256: expect.stringMatching(/^[\da-f]{64}$/) });

    const alone = await servePage(await bundleForPage({ input: 'node_modules/@fingerprintjs/fingerprintjs/dist/fp.esm.js' }));
    try {
      const other = await browser.newPage();
      await other.addInitScript(FAILING);
      await other.goto(alone.origin);
      const library = await other.evaluateHandle<typeof fingerprintjs>("import('/entry.js')");
      const theirs = await other.evaluate(async ({ hashComponents, load }) => {
        const result = await (await load({ monitoring: false })).get();
        const healthy = Object.fromEntries(Object.entries(result.components).filter(([, component]) => 'value' in component));
        return { withStatus: result.visitorId, withoutIt: hashComponents(healthy) };
      }, library);
      expect(visitorId).toBe(theirs.withoutIt);
      expect(visitorId).not.toBe(theirs.withStatus);
    } finally {
      await alone.close();
    }
  });

  it('sound that is not rendered in time is a status too, though FingerprintJS gives it as a value', async () => {
    const { page, room } = await enter({
      before: `OfflineAudioContext.prototype.startRendering = () => new Promise(() => {});
        Object.defineProperty(BaseAudioContext.prototype, 'state', { get: () => 'running' });`,
    });
    const { facts, visitorId } = await page.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: true }, groups: ['identity'] }), room);
    expect(facts.fingerprint).toHaveProperty('value.components.audio', { error: 'TimeoutError' });

    const { page: other, room: same } = await enter({ before: "Object.defineProperty(globalThis, 'OfflineAudioContext', { get() { throw new RangeError(); } });" });
    const unheard = await other.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: true }, groups: ['identity'] }), same);
    expect(unheard.facts.fingerprint).toHaveProperty('value.components.audio', { error: 'RangeError' });
    expect(visitorId).toBe(unheard.visitorId);
  });

  it('keeps to the strict policy, and sends nothing to anyone', async () => {
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    // Both libraries report to their maker once in a thousand loads, unless they are told not to.
    await page.addInitScript('Math.random = () => 0; addEventListener("securitypolicyviolation", ({ violatedDirective }) => console.error(violatedDirective))');
    await page.goto(`${server.origin}/strict`);
    const room = await page.evaluateHandle<Room>("import('/entry.js')");
    const outcome = await page.evaluate(async ({ collectRisk }) => (await collectRisk({ consent: { granted: true } })).outcome, room);
    expect(outcome).toBe('complete');
    expect(complaints).toEqual([]);
    expect(requests.length).toBeGreaterThan(2);
    for (const url of requests) expect(url).toMatch(new RegExp(`^(${server.origin}/|blob:|about:)`));
  });
});

describe('consent', () => {
  it('refused: nothing is loaded, stored or read; given: it is', async () => {
    const { page, room } = await enter();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    const state = () => page.evaluate(() => ({ stored: { ...localStorage }, cookies: document.cookie, elements: document.querySelectorAll('*').length }));
    const before = await state();
    const refused = await page.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: false } }), room);
    const unscoped = await page.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: true, scopes: ['face'] } }), room);
    expect(refused).toMatchObject({ outcome: 'refused', facts: {}, signals: [] });
    expect(unscoped).toMatchObject({ outcome: 'refused', facts: {}, signals: [] });
    expect(refused).not.toHaveProperty('visitorId');
    expect(requests).toEqual([]);
    expect(await state()).toEqual(before);

    const given = await page.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: true, scopes: ['face', 'risk'] } }), room);
    expect(given).toMatchObject({ outcome: 'complete', visitorId: expect.any(String) });
    expect(Object.keys((await state()).stored)).toEqual(['facefront.risk']);
    expect(requests.length).toBeGreaterThan(0);
  });

  it('withdrawn: the run ends empty, the store is wiped, the listener hears which installation it was', async () => {
    const { page, room } = await enter();
    const seen = await page.evaluate(async ({ collectRisk, onWithdrawal, withdraw }) => {
      const first = await collectRisk({ consent: { granted: true } });
      const told: unknown[] = [];
      const end = onWithdrawal((event) => told.push(event));
      const running = collectRisk({ consent: { granted: true } });
      // Half way: the facts are being read, the record is not written yet.
      await new Promise((resolve) => setTimeout(resolve, 10));
      const event = withdraw();
      const second = await running;
      // Long enough for whatever was still going on to write, if it could.
      await new Promise((resolve) => setTimeout(resolve, 500));
      end();
      withdraw();
      return { first, second, event, told, stored: { ...localStorage } };
    }, room);
    const { installation } = seen.first.facts;
    expect(seen.event).toEqual({ type: 'consent-withdrawn', at: expect.stringMatching(/^\d{4}-.*Z$/), installation: installation?.status === 'ok' && installation.value.id });
    expect(seen.told).toEqual([seen.event]);
    expect(seen.second).toMatchObject({ outcome: 'withdrawn', facts: {}, signals: [] });
    expect(seen.stored).toEqual({});
  });
});

describe('pages that forbid things', () => {
  it('a sandboxed frame without an origin loses only what needs one', async () => {
    const page = await browser.newPage();
    await page.addInitScript('if (top === self) addEventListener("message", ({ data }) => { globalThis.told = data; })');
    await page.goto(`${server.origin}/sandbox`);
    const { report, withdrawn } = await (await page.waitForFunction<{ report: Awaited<ReturnType<Room['collectRisk']>>; withdrawn: unknown }>('globalThis.told')).jsonValue();
    expect(report.outcome).toBe('complete');
    const { cookieHash, storage, installation, fingerprint, userAgent, gpu, automation } = report.facts;
    expect(cookieHash).toMatchObject({ status: 'denied', detail: 'SecurityError' });
    expect(storage).toMatchObject({ status: 'ok', value: { cookies: false, local: false, session: false, indexedDb: false } });
    expect(installation).toMatchObject({ status: 'missing' });
    for (const fact of [fingerprint, userAgent, gpu, automation]) expect(fact).toMatchObject({ status: 'ok' });
    expect(report.visitorId).toMatch(/^[\da-f]{32}$/);
    expect(withdrawn).toEqual({ type: 'consent-withdrawn', at: expect.any(String) });
  });

  it('storage switched off', async () => {
    const bare = await launchBrowser({ args: ['--disable-local-storage'] });
    try {
      const { page, room } = await enter({ on: bare });
      const report = await page.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: true } }), room);
      expect(report.outcome).toBe('complete');
      expect(report.facts.storage).toMatchObject({ value: { local: false } });
      expect(report.facts.installation).toMatchObject({ status: 'missing' });
      expect(await page.evaluate(({ withdraw }) => withdraw().type, room)).toBe('consent-withdrawn');
    } finally {
      await bare.close();
    }
  });

  it('storage that is full', async () => {
    const { page, room } = await enter();
    const report = await page.evaluate(async ({ collectRisk }) => {
      for (let size = 1 << 22; size >= 1; size = size >> 1) {
        try {
          localStorage.setItem(`filler ${size}`, 'x'.repeat(size));
        } catch {
          // Full at this size; a smaller piece may still fit.
        }
      }
      return collectRisk({ consent: { granted: true }, groups: ['identity', 'device'] });
    }, room);
    expect(report.facts.installation).toMatchObject({ status: 'missing' });
    expect(report.facts.fingerprint).toMatchObject({ status: 'ok' });
  });

  it('questions that nobody answers (simulated: functions that never settle stand in for the prompts) cost their own facts and not the deadline', async () => {
    // Headless Chromium answers every prompt itself, so the asking is replaced.
    const never = 'new Promise(() => {})';
    const { page, room } = await enter({
      before: `Permissions.prototype.query = () => ${never};
        MediaDevices.prototype.enumerateDevices = () => ${never};
        NavigatorUAData.prototype.getHighEntropyValues = () => ${never};
        DeviceMotionEvent.requestPermission = () => ${never};`,
    });
    const report = await page.evaluate(
      ({ collectRisk }) => collectRisk({ consent: { granted: true }, groups: ['browser', 'device', 'integrity', 'motion'], deadlineMs: 2_000 }),
      room,
    );
    expect(report.outcome).toBe('complete');
    for (const id of ['permissions', 'clientHints', 'emulatorHints'] as const) expect(report.facts[id]).toMatchObject({ status: 'timeout' });
    expect(report.facts.automation).toMatchObject({ status: 'ok', value: { bot: true } });
    expect(report.facts.motion).toMatchObject({ status: 'denied' });
    expect(report.facts.screen).toMatchObject({ status: 'ok' });

    const cut = await page.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: true }, deadlineMs: 100, groups: ['browser', 'device'] }), room);
    expect(cut).toMatchObject({ outcome: 'deadline', facts: { permissions: { status: 'timeout' }, userAgent: { status: 'ok' } } });
    expect(cut.timings.totalMs).toBeGreaterThanOrEqual(100);
    expect(cut.timings.totalMs).toBeLessThan(400);
  });

  it('a vendor\'s device token that never comes leaves the rest standing, and knows when to stop', async () => {
    const { page, room } = await enter();
    const { report, told } = await page.evaluate(async ({ collectRisk }) => {
      let stopped = false;
      const found = await collectRisk({
        consent: { granted: true },
        deadlineMs: 600,
        deviceToken: (signal) => {
          signal.addEventListener('abort', () => (stopped = true));
          return new Promise(() => undefined);
        },
      });
      return { report: found, told: stopped };
    }, room);
    expect(report).toMatchObject({ outcome: 'deadline', facts: { deviceToken: { status: 'timeout' }, userAgent: { status: 'ok' } } });
    expect(told).toBe(true);
  });

  it('the caller\'s signal ends it with what there is', async () => {
    const { page, room } = await enter();
    const report = await page.evaluate(async ({ collectRisk }) => {
      const controller = new AbortController();
      const running = collectRisk({ consent: { granted: true }, signal: controller.signal, deviceToken: () => new Promise(() => undefined) });
      setTimeout(() => controller.abort(), 30);
      return running;
    }, room);
    expect(report).toMatchObject({ outcome: 'aborted', facts: { deviceToken: { status: 'aborted' } } });
    expect(report.timings.totalMs).toBeLessThan(600);
  });
});
