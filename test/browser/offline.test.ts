import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { openSite, type Site } from './site.js';
import { startVerification, waitForPhase } from './verification.js';

const QUICK = { timing: { steadyMs: 100 } } as const;

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Requests that reached the backend. */
let seen: string[];

beforeAll(async () => {
  site = await openSite({
    limits: { minDurationMs: 300 },
    challenge: () => ({ type: 'silent', minimumMs: 300 }),
    authorize({ method, url }) {
      seen.push(`${method} ${new URL(url).pathname.replace(/^\/api\/face\/sessions/, '').replace(/^\/[^/]+/, '/…')}`);
      return { allowed: true };
    },
  });
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.cap12, rate: 15 }) });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  seen = [];
  context = await browser.newContext();
  page = await context.newPage();
  await page.goto(site.barePage);
});
afterEach(() => context.close());

const waitForOffline = (phase: string): Promise<unknown> => page.waitForFunction((wanted) => window.run.states.some((state) => state.phase === wanted && state.connection === 'offline'), phase);
const states = (): Promise<readonly string[]> => page.evaluate(() => window.run.states.map(({ phase, connection }) => `${phase} ${connection ?? ''}`.trim()));

/** Whatever the page could have written to the device. */
const kept = (): Promise<unknown> =>
  page.evaluate(async () => {
    const files: string[] = [];
    for await (const [name] of (await navigator.storage.getDirectory()) as unknown as AsyncIterable<[string]>) files.push(name);
    return {
      local: localStorage.length,
      session: sessionStorage.length,
      cookie: document.cookie,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      files: files.length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      bytes: (await navigator.storage.estimate()).usage,
    };
  });

describe('a network that is gone', () => {
  it('when the session is asked for and the detector fetched is waited for, and the run goes on when it is back', async () => {
    await context.setOffline(true);
    await startVerification(page, QUICK);
    await waitForOffline('session');
    expect(seen).toEqual([]);
    await context.setOffline(false);
    expect(await page.evaluate(() => window.run.result)).toMatchObject({ status: 'finished' });
    const shown = await states();
    expect(shown.slice(shown.indexOf('camera')).filter((state) => state.endsWith('offline') && !/^(camera|loading)/.test(state))).toEqual([]);
    expect(seen.filter((request) => request === 'POST ')).toHaveLength(1);
  });

  it('when the recording is done is waited for, and every part arrives once', async () => {
    await startVerification(page, QUICK);
    await waitForPhase(page, 'recording');
    await context.setOffline(true);
    await waitForOffline('uploading');
    expect(seen).toEqual(['POST ']);
    expect(await kept()).toEqual({ local: 0, session: 0, cookie: '', databases: 0, caches: 0, files: 0, workers: 0, bytes: 0 });
    await context.setOffline(false);
    expect(await page.evaluate(() => window.run.result)).toMatchObject({ status: 'finished' });
    expect((await states()).at(-1)).toBe('ended');
    expect(seen).toHaveLength(new Set(seen).size);
    expect(seen.filter((request) => request.startsWith('PUT')).length).toBeGreaterThan(0);
  });

  it('is waited for no longer than a minute', async () => {
    await page.clock.install();
    await page.goto(site.barePage);
    await context.setOffline(true);
    await startVerification(page, QUICK);
    await waitForOffline('session');
    await page.clock.runFor(55_000);
    expect((await states()).at(-1)).toBe('session offline');
    await page.clock.runFor(6000);
    expect(await page.evaluate(() => window.run.result)).toMatchObject({ status: 'failed', code: { code: 'offline' }, remedy: 'retry' });
    expect((await states()).at(-1)).toBe('ended');
    expect(seen).toEqual([]);
  });

  it('can be given up by the person', async () => {
    await context.setOffline(true);
    await startVerification(page, QUICK);
    await waitForOffline('session');
    expect(await page.evaluate(() => (window.run.cancel(), window.run.result))).toMatchObject({ status: 'cancelled' });
  });
});
