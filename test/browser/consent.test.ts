import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { openSite, type Site } from './site.js';
import { startVerification } from './verification.js';

/** What may be fetched before consent: the page, its script and, for the warm-up, the detector's static files. */
const STATIC_FILE = /^\/(bare\.html|facefront\.min\.js|favicon\.ico|worker\/detector\.js|assets\/[a-z-]+\.(wasm|json|bin))$/;

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let requests: { readonly method: string; readonly url: URL; readonly cookie: string | undefined; readonly body: string | null }[];

beforeAll(async () => {
  site = await openSite();
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.cap12, rate: 15 }) });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

beforeEach(async () => {
  context = await browser.newContext();
  await context.addCookies([{ name: 'login', value: 'someone', url: site.origin }]);
  requests = [];
  context.on('request', (request) => requests.push({ method: request.method(), url: new URL(request.url()), cookie: request.headers()['cookie'], body: request.postData() }));
  // Every way in which a page could learn or keep something about the person; each call is noted and goes through.
  await context.addInitScript(() => {
    const noted: string[] = [];
    (window as unknown as { noted: string[] }).noted = noted;
    const watch = (owner: object, name: string, label: string): void => {
      const descriptor = Object.getOwnPropertyDescriptor(owner, name);
      if (!descriptor) return;
      if (typeof descriptor.value === 'function') {
        const original = descriptor.value as (...values: unknown[]) => unknown;
        Object.defineProperty(owner, name, { ...descriptor, value(this: unknown, ...values: unknown[]) { noted.push(label); return original.apply(this, values); } });
      } else if (descriptor.get) {
        const original = descriptor.get;
        Object.defineProperty(owner, name, { ...descriptor, get(this: unknown) { noted.push(label); return original.call(this); } });
      }
    };
    for (const name of ['getUserMedia', 'enumerateDevices', 'getDisplayMedia']) watch(MediaDevices.prototype, name, name);
    for (const name of ['userAgent', 'userAgentData', 'languages', 'plugins', 'hardwareConcurrency', 'deviceMemory', 'connection', 'sendBeacon']) watch(Navigator.prototype, name, name);
    for (const name of ['getItem', 'setItem', 'removeItem', 'key']) watch(Storage.prototype, name, `storage.${name}`);
    watch(Document.prototype, 'cookie', 'cookie');
    watch(IDBFactory.prototype, 'open', 'indexedDB');
    watch(CacheStorage.prototype, 'open', 'caches');
    watch(HTMLCanvasElement.prototype, 'getContext', 'canvas');
    watch(Permissions.prototype, 'query', 'permissions');
  });
  page = await context.newPage();
  await page.goto(site.barePage);
});
afterEach(() => context.close());

async function untilMesh(): Promise<void> {
  await page.waitForFunction(() => window.run.states.some(({ detector }) => detector.stage === 'mesh'), undefined, { timeout: 30_000 });
}

const noted = (): Promise<string[]> => page.evaluate(() => (window as unknown as { noted: string[] }).noted);

describe('before consent', () => {
  it('nothing is read of the person or the device, nothing is kept, and the backend hears nothing', async () => {
    await startVerification(page, { consent: 'never' });
    // The warm-up has done all it ever does.
    await untilMesh();
    expect(await noted()).toEqual([]);
    expect(requests.map(({ url }) => url.pathname).filter((path) => !STATIC_FILE.test(path))).toEqual([]);
    expect(requests.filter(({ method, url, body }) => method !== 'GET' || url.search !== '' || body !== null)).toEqual([]);
    expect(await context.storageState()).toMatchObject({ origins: [] });
  });

  it('the warm-up sends no cookies', async () => {
    await startVerification(page, { consent: 'never' });
    await untilMesh();
    const models = requests.filter(({ url }) => url.pathname.startsWith('/assets/'));
    expect(models.length).toBeGreaterThanOrEqual(5);
    expect(models.filter(({ cookie }) => cookie !== undefined)).toEqual([]);
  });

  it('with warmUp: after-consent there is no request at all', async () => {
    const before = requests.length;
    await startVerification(page, { consent: 'never', warmUp: 'after-consent', consentTimeoutMs: 1500 });
    const result = await page.evaluate(() => window.run.result);
    expect(result).toMatchObject({ status: 'failed', code: { code: 'consent-timeout' } });
    expect(requests.slice(before)).toEqual([]);
  });

  it('a refusal ends the run, with nothing asked of camera or backend', async () => {
    await startVerification(page, { consent: 'refused' });
    const result = await page.evaluate(() => window.run.result);
    expect(result).toMatchObject({ status: 'cancelled', code: { code: 'consent-refused' } });
    expect(await noted()).toEqual([]);
    expect(requests.filter(({ url }) => url.pathname.startsWith('/api/'))).toEqual([]);
  });
});

describe('after consent', () => {
  it('the camera and the backend are asked, so the watch above does watch', async () => {
    await startVerification(page);
    const result = await page.evaluate(() => window.run.result);
    expect(result.status).toBe('finished');
    expect(await noted()).toContain('getUserMedia');
    expect(requests.some(({ url }) => url.pathname === '/api/face/sessions')).toBe(true);
  });

  it('nothing is left in storage', async () => {
    await startVerification(page);
    await page.evaluate(() => window.run.result);
    expect((await context.storageState()).origins).toEqual([]);
  });
});
