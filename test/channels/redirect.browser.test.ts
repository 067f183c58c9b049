import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKycClient } from '../../src/server/vendors/tencent/kyc.js';
import type { KycClient } from '../../src/server/vendors/tencent/kyc.js';
import { launchBrowser } from '../browser/launch.js';
import { bundleForPage } from '../risk/page-bundle.js';
import { KEYS, startVendors, ZHANG } from '../vendors/vendor-servers.js';
import type { VendorServers } from '../vendors/vendor-servers.js';
import { NONCE } from './tab.js';

/* A real browser goes from a shop's page to the vendor's and back; the shop's backend asks the vendor. */

const PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>shop</title><script type="module">import * as channels from "/entry.js"; window.channels = channels; window.ready = true;</script></html>';

let vendors: VendorServers;
let kyc: KycClient;
let shop: Server;
let origin: string;
let browser: Browser;

beforeAll(async () => {
  vendors = await startVendors();
  kyc = createKycClient({ appId: KEYS.kycAppId, secret: KEYS.kycSecret, now: () => vendors.clock.now, ...vendors.http });
  const chunks = await bundleForPage({ input: 'src/channels/index.ts' });
  const app = new Hono();
  for (const { fileName, code } of chunks) app.get(`/${fileName}`, (context) => context.body(code, 200, { 'content-type': 'text/javascript' }));
  app.get('/verify', (context) => context.html(PAGE));
  shop = createAdaptorServer({ fetch: app.fetch }) as Server;
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
  origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  shop?.close();
  shop?.closeAllConnections();
  await vendors?.close();
});
beforeEach(() => {
  vendors.clock.now += 5000;
});

let serial = 0;
const taskFor = async (): Promise<object> => {
  const answer = await kyc.login({ orderNo: `browser${++serial}`, userId: 'user-1', name: ZHANG.name, idNumber: ZHANG.idNumber });
  if (!answer.ok) throw new Error(answer.detail);
  return { sessionId: 'session-1', nonce: `${NONCE}${serial}`, expiresInMs: 600_000, login: answer.login };
};

async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction('window.ready');
  return page;
}

/** Starts on the page and waits for the page that comes back. */
async function goAndComeBack(page: Page, task: object): Promise<void> {
  await page.evaluate(`channels.createKycH5Channel({ allowLoopbackHttp: true }).start(${JSON.stringify(task)}).then(() => undefined)`);
  await page.waitForURL((url) => url.searchParams.has('newSignature') || url.hash.includes('newSignature'));
  await page.waitForFunction('window.ready');
}

const resume = (page: Page): Promise<{ tokens: Record<string, string>; state?: object; code?: object } | null> => page.evaluate('channels.createKycH5Channel().resume() ?? null');

describe('kyc-h5 in a browser', () => {
  it.each(['/verify?page=1', '/verify?page=1#/checkout'])('from %s to the vendor and back, and the vendor’s answer decides', async (path) => {
    vendors.kyc.setOutcome({ code: '0' });
    const context = await browser.newContext();
    const page = await open(context, origin + path);
    await goAndComeBack(page, await taskFor());
    const returned = await resume(page);
    expect(returned).toMatchObject({ tokens: { code: '0', orderNo: `browser${serial}` }, state: { sessionId: 'session-1' } });
    expect(returned).not.toHaveProperty('code');
    expect(page.url()).toBe(origin + path);
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    expect(await resume(page)).toBeNull();
    const { code = '', orderNo = '', newSignature = '' } = returned?.tokens ?? {};
    expect(await kyc.checkReturn({ code, orderNo, signature: newSignature })).toMatchObject({ ok: true, genuine: true });
    expect(await kyc.query(orderNo)).toMatchObject({ ok: true, outcome: 'passed' });
    await context.close();
  });

  it('a return that opens in another browser still says which attempt it was', async () => {
    vendors.kyc.setOutcome({ code: '66660004' });
    const context = await browser.newContext();
    const page = await open(context, `${origin}/verify`);
    await goAndComeBack(page, await taskFor());
    const other = await browser.newContext();
    const returned = await resume(await open(other, page.url()));
    expect(returned).toMatchObject({ tokens: { orderNo: `browser${serial}` }, code: { system: 'faceid-sdk', code: '66660004' } });
    expect(returned).not.toHaveProperty('state');
    expect(await kyc.query(`browser${serial}`)).toMatchObject({ ok: true, outcome: 'failed' });
    await Promise.all([context.close(), other.close()]);
  });

  it('works where storage is off', async () => {
    vendors.kyc.setOutcome({ code: '0' });
    const context = await browser.newContext();
    await context.addInitScript(() => Object.defineProperty(globalThis, 'sessionStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } }));
    const page = await open(context, `${origin}/verify`);
    await goAndComeBack(page, await taskFor());
    expect(await resume(page)).toMatchObject({ tokens: { code: '0' } });
    await context.close();
  });
});

describe('what a page carries', () => {
  it('nothing of the servers’ half: no signing, no keys, no AES, no SM3', async () => {
    for (const input of ['src/channels/index.ts', 'src/index.ts']) {
      const chunks = await bundleForPage({ input });
      const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
      expect(modules.length).toBeGreaterThan(10);
      expect(modules.filter((name) => /src\/server\/|digest\/(sm3|aes-ecb)|sm-crypto|crypto-js\/(aes|cipher)/.test(name))).toEqual([]);
      expect(chunks.map(({ code }) => code).join('\n')).not.toMatch(/client_credential|api_ticket|anti_fraud|cert_no|access_token/);
    }
  });
});
