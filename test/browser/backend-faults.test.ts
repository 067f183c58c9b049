import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { openSite, type Site } from './site.js';
import { runVerification, startVerification } from './verification.js';

let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await openSite({ limits: { minDurationMs: 300 }, challenge: () => ({ type: 'silent', minimumMs: 300 }) });
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.cap12, rate: 15 }) });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  await page.goto(site.barePage);
});
afterEach(() => page.close());

const QUICK = { timing: { steadyMs: 100 } } as const;
const SESSIONS = '**/api/face/sessions';
const PARTS = '**/api/face/sessions/*/parts/*';
const SUBMISSION = '**/api/face/sessions/*/submission';
const json = (body: unknown, status = 200) => (route: Route) => route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) });

/** The real answer with something changed. */
const altered = (change: (body: Record<string, unknown>) => unknown) => async (route: Route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: JSON.stringify(change((await response.json()) as Record<string, unknown>)) });
};

describe('a backend that misbehaves ends the run with a code, never in a hang', () => {
  it.each([
    ['a session that is not JSON', SESSIONS, (route: Route) => route.fulfill({ status: 201, contentType: 'application/json', body: '<html>' }), 'failed', 'backend-malformed'],
    ['a session without a nonce', SESSIONS, altered(({ nonce: _nonce, ...rest }) => rest), 'failed', 'backend-malformed'],
    ['a challenge that nobody knows', SESSIONS, altered((body) => ({ ...body, challenge: { type: 'handstand' } })), 'failed', 'backend-malformed'],
    ['a refusal', SESSIONS, json({ type: 'urn:facefront:problem:unauthorized', title: 'no', status: 401, detail: 'log in' }, 401), 'failed', 'backend-rejected'],
    ['a session that has expired', PARTS, json({ type: 'urn:facefront:problem:session-expired', title: 'expired', status: 410, detail: 'too late' }, 410), 'expired', 'session-expired'],
    ['a session that was used', SUBMISSION, json({ type: 'urn:facefront:problem:session-used', title: 'used', status: 409, detail: 'again' }, 409), 'expired', 'session-used'],
    ['a verdict that cannot be read', SUBMISSION, json({ state: 'decided', verdict: 'yes' }), 'degraded', 'verdict-unreadable'],
    ['a verdict that is pending at first', SUBMISSION, altered(({ sessionId, reference }) => ({ sessionId, reference, state: 'pending' })), 'finished', undefined],
  ] as const)('%s', async (_what, address, answer, status, code) => {
    await page.route(address, answer);
    const { result } = await runVerification(page, QUICK);
    expect(result.status).toBe(status);
    if (code !== undefined) expect(result.code).toEqual({ system: 'facefront', table: 'client', code });
    expect(result.prompt.length).toBeGreaterThan(3);
    expect(JSON.stringify(result.status === 'finished' ? result.verdict : {})).not.toContain('"passed":true');
  });

  it('a verdict that never comes is degraded, with the number to ask by', async () => {
    await page.route(SUBMISSION, altered(({ sessionId, reference }) => ({ sessionId, reference, state: 'pending' })));
    await page.route('**/api/face/sessions/*', async (route) => {
      if (route.request().method() !== 'GET') return route.fallback();
      const response = await route.fetch();
      const { sessionId, reference } = (await response.json()) as { sessionId: string; reference: string };
      return route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify({ sessionId, reference, state: 'pending' }) });
    });
    const { result } = await runVerification(page, { ...QUICK, verdictTimeoutMs: 2500 });
    expect(result).toMatchObject({ status: 'degraded', code: { code: 'verdict-timeout' } });
    expect(result.status === 'degraded' && result.reference).toBeTruthy();
  });

  it.each([
    ['truncated', (body: Buffer) => body.subarray(0, Math.floor(body.length / 2))],
    ['altered', (body: Buffer) => Buffer.concat([Buffer.from([(body[0] ?? 0) ^ 1]), body.subarray(1)])],
  ])('a part %s on its way is refused by its digest', async (_what, damage) => {
    await page.route(PARTS, (route) => {
      const body = route.request().postDataBuffer();
      return body === null ? route.abort() : route.continue({ postData: damage(body) });
    });
    const { result } = await runVerification(page, QUICK);
    expect(result.status).toBe('failed');
    expect(['backend-rejected', 'upload-failed']).toContain(result.code.code);
  });
});

describe('detector files', () => {
  it.each([
    ['the worker script missing', '**/worker/detector.js', (route: Route) => route.fulfill({ status: 404 }), 'detector-unavailable'],
    ['a model missing', '**/assets/face-detector.bin', (route: Route) => route.fulfill({ status: 404 }), 'model-missing'],
    ['a model truncated', '**/assets/face-mesh.bin', (route: Route) => route.fulfill({ status: 200, body: Buffer.alloc(1000) }), 'model-corrupt'],
    ['a model of another build', '**/assets/face-detector.json', altered((body) => ({ ...body, format: 'other' })), 'model-corrupt'],
    ['wasm that is a web page', '**/*.wasm', (route: Route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<html>' }), 'model-corrupt'],
  ] as const)('%s is named', async (_what, address, answer, code) => {
    // A worker's own requests pass by the page's routes; the context's see them.
    await page.context().route(address, answer);
    const { result } = await runVerification(page, QUICK);
    await page.context().unroute(address);
    expect(result).toMatchObject({ status: 'failed', code: { system: 'facefront', table: 'client', code } });
  });

  it('guidance begins on the face detector while the mesh is still on its way, with its progress told', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.context().route('**/assets/face-mesh.bin', async (route) => {
      await held;
      await route.continue();
    });
    await startVerification(page, QUICK);
    await page.waitForFunction(() => window.run.states.some((state) => state.phase === 'guidance' && state.detector.stage === 'face'));
    const progress = await page.evaluate(() => window.run.states.at(-1)?.detector.progress);
    expect(progress?.loadedBytes).toBeGreaterThan(500_000);
    expect(progress?.loadedBytes).toBeLessThan(progress?.totalBytes ?? 0);
    // Nothing is recorded before eyes and pose can be measured.
    expect(await page.evaluate(() => window.run.states.some(({ phase }) => phase === 'recording'))).toBe(false);
    release();
    const result = await page.evaluate(() => window.run.result);
    await page.context().unroute('**/assets/face-mesh.bin');
    expect(result.status).toBe('finished');
  });
});

describe('wrong options', () => {
  it.each([
    ['an unknown name', { endpont: '/x' }, /endpont: unknown option/],
    ['a wrong type', { endpoint: 5 }, /endpoint: must be text/],
    ['something that looks like a secret', { appSecret: 'abc' }, /appSecret: looks like a secret/],
    ['a secret in a header', { headers: { 'x-app-key': 'abc' } }, /headers\.x-app-key: looks like a secret/],
    ['plain http', { endpoint: 'http://example.com/api' }, /endpoint: must be https/],
    ['assets of another origin', { assetBase: 'https://example.com/' }, /assetBase: must be on the page's own origin/],
    ['no consent', { consent: undefined }, /consent: is required/],
    ['consent without a text', { consent: { textVersion: '1', ask: null } }, /consent\.text: is required/],
  ])('%s throws before anything starts', async (_what, change, message) => {
    const thrown = await page.evaluate((wrong) => {
      const options = { endpoint: '/api/face', assetBase: '/', video: document.querySelector('video'), consent: { text: 't', textVersion: '1', ask: async () => 'refused' }, ...wrong };
      try {
        void window.Facefront.verify(options as never);
        return undefined;
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
      }
    }, change as Record<string, unknown>);
    expect(thrown).toMatch(/^TypeError/);
    expect(thrown).toMatch(message);
    expect(page.workers()).toEqual([]);
  });
});
