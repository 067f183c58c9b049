import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { BrowserContext, Page } from 'playwright-core';
import { CONTENT_SECURITY_POLICY, createDemoApp } from '../../demo/backend.js';
import { createDemoVendors } from '../../demo/vendors/demo-account.js';
import type { VendorHttpSimulator } from '../../demo/vendors/http-simulator.js';
import type { HandlerOptions } from '../../src/server/index.js';
import type { FlowState, VerifyResult } from '../../src/index.js';
import type { TokenRequest } from '../../src/transport/protocol.js';

/** The page's side of a run. */
export interface ShopRun {
  readonly states: FlowState[];
  /** How often the person was asked. */
  asked: number;
  /** Answers the question for consent. */
  readonly grant: () => void;
  /** Entries in the tab's storage while the page was being left. */
  readonly kept?: number;
  result?: VerifyResult;
}

declare global {
  interface Window {
    shop: ShopRun;
  }
}

const PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>shop</title><script src="/facefront.min.js"></script><script src="/facefront-channels.min.js"></script><video></video><script src="/shop.js"></script></html>';

/** A page as an integrator would write it: it verifies when it opens, whether for the first time or from a vendor's page. */
const SCRIPT = `
const stop = new AbortController();
const shop = (window.shop = { states: [], asked: 0, grant: () => undefined });
const granted = new Promise((resolve) => (shop.grant = () => resolve('granted')));
const parameters = new URLSearchParams(location.search);
// What a test wants to happen is done by the page itself: while a page is being left nothing outside can speak to it.
const wanted = parameters.get('then');
if (wanted === 'abort-on-return' && parameters.has('newSignature')) stop.abort();
const restore = () => (dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })), window.stop());
const options = { allowLoopbackHttp: true };
Facefront.verify({
  endpoint: '/api/face',
  assetBase: '/',
  video: document.querySelector('video'),
  warmUp: 'after-consent',
  channels: [FacefrontChannels.createEidH5Channel(options), FacefrontChannels.createDetectAuthH5Channel(options), FacefrontChannels.createKycH5Channel(options)],
  headers: { 'x-simulated-channel': parameters.get('channel') ?? 'kyc-h5' },
  consent: { text: 'May the vendor look at your face?', textVersion: 'test', ask: () => ((shop.asked += 1), granted) },
  collectRisk: async ({ camera }) => ({ camera: camera ? 'open' : 'none' }),
  verdictTimeoutMs: 1500,
  signal: stop.signal,
  onState: (state) => {
    shop.states.push(state);
    if (state.phase === 'channel' && wanted === 'abort') setTimeout(() => ((shop.kept = sessionStorage.length), stop.abort()), 300);
    if (state.phase === 'channel' && wanted === 'restore') setTimeout(restore, 300);
  },
}).then((result) => (shop.result = result));
`;

/** The shop and the vendors, each on an origin of its own. */
export interface ChannelSite {
  readonly origin: string;
  readonly vendors: VendorHttpSimulator;
  readonly vendorOrigin: string;
  /** Everything that was posted to `tokens`. */
  readonly posted: TokenRequest[];
  /** Other requests to the backend, such as `POST sessions`. */
  readonly requests: string[];
  /** Holds the answers to `tokens` back until the function it gives is called. */
  hold(): () => void;
  close(): Promise<void>;
}

/** Starts both. @param handler overrides of the backend */
export async function openChannelSite(handler: Partial<HandlerOptions> = {}): Promise<ChannelSite> {
  const vendors = createDemoVendors({ asks: true });
  const vendor = await listen(vendors.app);
  const posted: TokenRequest[] = [];
  const requests: string[] = [];
  let held: Promise<void> = Promise.resolve();
  const app = new Hono();
  app.use('/api/face/*', async (context, next) => {
    const path = context.req.path.replace('/api/face/', '').replace(/[\w-]{22}/, '{id}');
    if (path === 'tokens') posted.push((await context.req.raw.clone().json()) as TokenRequest);
    else requests.push(`${context.req.method} ${path}`);
    if (path === 'tokens') await held;
    await next();
  });
  app.get('/shop', (context) => context.html(PAGE, 200, { 'content-security-policy': CONTENT_SECURITY_POLICY }));
  app.get('/shop.js', (context) => context.body(SCRIPT, 200, { 'content-type': 'text/javascript' }));
  const demo = createDemoApp({ staticRoot: resolve('.'), handler, vendorOrigin: vendor.origin });
  app.route('/', demo);
  const shop = await listen(app);
  return {
    origin: shop.origin,
    vendors,
    vendorOrigin: vendor.origin,
    posted,
    requests,
    hold() {
      let release = (): void => undefined;
      held = new Promise((resolve) => (release = resolve));
      return release;
    },
    async close() {
      await Promise.all([shop.close(), vendor.close()]);
      await demo.close();
    },
  };
}

async function listen({ fetch }: Hono): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createAdaptorServer({ fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Opens the shop, agrees, and waits for the vendor's page. */
export async function goToVendor(context: BrowserContext, { origin, vendorOrigin }: ChannelSite, query = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/shop${query}`);
  await page.evaluate(() => window.shop.grant());
  await page.waitForURL((url) => url.origin === vendorOrigin);
  return page;
}

/** Chooses how the check ends, and waits for the shop. */
export async function comeBack(page: Page, { origin }: ChannelSite, choice: string): Promise<void> {
  await page.click(`#${choice}`);
  await page.waitForURL((url) => url.origin === origin);
  await page.waitForFunction(() => 'shop' in window);
}

/** What the run on the page came to. */
export async function resultOf(page: Page): Promise<{ readonly result: VerifyResult; readonly states: readonly FlowState[]; readonly asked: number }> {
  await page.waitForFunction(() => window.shop.result !== undefined);
  return page.evaluate(() => ({ result: window.shop.result as VerifyResult, states: window.shop.states, asked: window.shop.asked }));
}
