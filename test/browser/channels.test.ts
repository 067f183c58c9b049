import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HandlerOptions } from '../../src/server/index.js';
import { comeBack, goToVendor, openChannelSite, resultOf, type ChannelSite } from './channel-site.js';
import { launchBrowser } from './launch.js';

/* A real browser goes from a shop's page through consent and session to a vendor's page and back, over HTTP, with the built scripts. */

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

let site: ChannelSite;
let context: BrowserContext;
let page: Page;
const openSite = async (handler: Partial<HandlerOptions> = {}): Promise<void> => {
  site = await openChannelSite(handler);
  context = await browser.newContext();
};
afterEach(async () => {
  await context.close();
  await site.close();
});

const phases = (states: readonly { readonly phase: string }[]): string[] => states.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
const stored = (): Promise<number> => page.evaluate(() => sessionStorage.length);

describe('there and back', () => {
  beforeEach(() => openSite());

  it('the server’s verdict is the result, the tokens are posted once with risk and consent, and nobody is asked twice', async () => {
    page = await goToVendor(context, site, '?page=1#/checkout');
    await comeBack(page, site, 'pass');
    const { result, states, asked } = await resultOf(page);
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } } });
    expect([phases(states), asked]).toEqual([['returned', 'ended'], 0]);
    expect(states[0]).not.toHaveProperty('code');
    expect(site.posted).toMatchObject([{ protocol: 1, channel: 'kyc-h5', tokens: { code: '0', newSignature: expect.any(String) as string }, nonce: expect.any(String) as string, consent: { granted: true, textVersion: 'test' }, risk: { camera: 'none' } }]);
    expect(page.url()).toBe(`${site.origin}/shop?page=1#/checkout`);
    expect(await stored()).toBe(0);
    expect(site.requests).toEqual(['POST sessions']);
  });

  it('nothing personal is kept in the tab meanwhile, and nothing before consent', async () => {
    page = await context.newPage();
    await page.goto(`${site.origin}/shop`);
    await page.waitForFunction(() => window.shop.asked === 1);
    expect(await stored()).toBe(0);
    expect(site.requests).toEqual([]);
    await page.evaluate(() => window.shop.grant());
    await page.waitForURL((url) => url.origin === site.vendorOrigin);
    await page.goto(`${site.origin}/favicon.svg`);
    const texts = await page.evaluate(() => Object.values({ ...sessionStorage }).join(' '));
    expect(texts).toContain('textDigest');
    expect(texts).not.toMatch(/张三|11010519|sign|orderNo|IDAdemo1/);
  });

  it.each([
    ['not-frontal', { system: 'faceid-sdk', table: 'result', code: '66660023' }, '请确保本人操作且正脸对框'],
    ['no-camera', { system: 'faceid-h5-client', table: 'result', code: '3004' }, '允许使用摄像头'],
  ])('%s is a prompt at once, and what the server says is the result', async (choice, code, prompt) => {
    page = await goToVendor(context, site);
    const release = site.hold();
    await comeBack(page, site, choice);
    await expect.poll(() => site.posted.length).toBe(1);
    expect(await page.evaluate(() => window.shop.states.map(({ phase, ...state }) => [phase, 'code' in state ? state.code : undefined]))).toEqual([['returned', code]]);
    expect(await page.evaluate((reference) => window.Facefront.promptFor(reference as never), code)).toContain(prompt);
    release();
    const { result } = await resultOf(page);
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'rejected', code }, prompt: expect.stringContaining(prompt) as string });
  });

  it('a way back that says passed where the vendor did not is refused', async () => {
    // The ticket that tells a forgery is older than the attempt: the first attempt of a process leaves it to the vendor's own result.
    await (await goToVendor(context, site)).close();
    page = await goToVendor(context, site);
    await comeBack(page, site, 'forged');
    const { result, states } = await resultOf(page);
    expect(site.posted[0]?.tokens).toMatchObject({ code: '0' });
    expect(states[0]).not.toHaveProperty('code');
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'rejected', code: { code: '400101' } } });
  });

  it('somebody who left in the middle has not passed, and reads why', async () => {
    page = await goToVendor(context, site);
    await comeBack(page, site, 'leave');
    expect((await resultOf(page)).result).toMatchObject({ status: 'finished', verdict: { decision: 'rejected', code: { system: 'faceid-h5-client', code: '3003' } } });
  });

  it('the server may choose to record instead', async () => {
    page = await context.newPage();
    await page.goto(`${site.origin}/shop?channel=capture`);
    await page.evaluate(() => window.shop.grant());
    const { result, states } = await resultOf(page);
    expect(phases(states)).toContain('camera');
    expect(result).toMatchObject({ status: 'failed', code: { code: 'camera-absent' } });
  });
});

describe('a return page', () => {
  beforeEach(() => openSite());

  it('that is loaded again posts nothing again, neither after the verdict nor before it', async () => {
    page = await goToVendor(context, site);
    const release = site.hold();
    await comeBack(page, site, 'pass');
    await expect.poll(() => site.posted.length).toBe(1);
    await page.reload();
    await page.waitForFunction(() => window.shop.asked === 1);
    release();
    await page.reload();
    await page.waitForFunction(() => window.shop.asked === 1);
    expect(phases(await page.evaluate(() => window.shop.states))).toEqual(['consent']);
    expect(site.posted).toHaveLength(1);
  });

  it('that is opened a second time from its address counts once', async () => {
    page = await goToVendor(context, site);
    const address = page.waitForRequest((request) => request.url().includes('newSignature'));
    await comeBack(page, site, 'pass');
    await resultOf(page);
    const again = await context.newPage();
    await again.goto((await address).url());
    await again.evaluate(() => window.shop.grant());
    expect((await resultOf(again)).result).toMatchObject({ status: 'expired', code: { code: 'session-used' } });
  });

  it('without the tab’s storage asks for consent before anything is sent, and goes on', async () => {
    await context.addInitScript(() => Object.defineProperty(globalThis, 'sessionStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } }));
    page = await goToVendor(context, site);
    await comeBack(page, site, 'not-frontal');
    await page.waitForFunction(() => window.shop.asked === 1);
    expect(site.posted).toEqual([]);
    await page.evaluate(() => window.shop.grant());
    const { result, states } = await resultOf(page);
    expect(phases(states)).toEqual(['consent', 'returned', 'ended']);
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'rejected', code: { code: '66660023' } } });
    expect(site.posted).toHaveLength(1);
  });

  it('in another browser does the same', async () => {
    page = await goToVendor(context, site);
    const address = page.waitForRequest((request) => request.url().includes('newSignature'));
    await page.route(`${site.origin}/**`, (route) => route.abort());
    await page.click('#pass');
    const url = (await address).url();
    const other = await browser.newContext();
    const elsewhere = await other.newPage();
    await elsewhere.goto(url);
    await elsewhere.evaluate(() => window.shop.grant());
    const { result, asked } = await resultOf(elsewhere);
    expect([result.status, asked, site.posted.length]).toEqual(['finished', 1, 1]);
    await other.close();
  });

  it('of a run that is called off before it begins is not read, and keeps what it holds', async () => {
    page = await goToVendor(context, site, '?then=abort-on-return');
    await comeBack(page, site, 'pass');
    const { result } = await resultOf(page);
    expect(result.status).toBe('cancelled');
    expect(page.url()).toContain('newSignature');
    expect(site.posted).toEqual([]);
  });
});

describe('an attempt that comes to nothing', () => {
  it('a session whose time is over on the way back is expired', async () => {
    let now = Date.now();
    await openSite({ now: () => now, sessionTtlMs: 60_000 });
    page = await goToVendor(context, site);
    // The link's two minutes, and five for the way back.
    now += 420_000;
    await comeBack(page, site, 'pass');
    expect((await resultOf(page)).result).toMatchObject({ status: 'expired', code: { code: 'session-expired' } });
  });

  it('a vendor that refuses to begin is its own sentence, and the page is not left', async () => {
    const code = { system: 'faceid-sdk', table: 'result', code: '66660015' } as const;
    await openSite({ channel: () => ({ channel: 'none', code }) });
    page = await context.newPage();
    await page.goto(`${site.origin}/shop`);
    await page.evaluate(() => window.shop.grant());
    const { result } = await resultOf(page);
    expect(result).toMatchObject({ status: 'failed', code });
    expect(await stored()).toBe(0);
  });

  it('a link that has expired shows the vendor’s own page, and “back” leads to a new attempt', async () => {
    await openSite();
    site.vendors.faults.set({ status: 403, path: '/api/web/login' });
    page = await goToVendor(context, site);
    await page.goBack();
    await page.waitForFunction(() => window.shop.asked === 1);
    await page.evaluate(() => window.shop.grant());
    await page.waitForURL((url) => url.origin === site.vendorOrigin);
    await comeBack(page, site, 'pass');
    expect((await resultOf(page)).result).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(site.posted).toHaveLength(1);
  });

  it('no verdict in time is degraded, never a pass', async () => {
    await openSite({ vendor: { decide: () => Promise.reject(new Error('not asked')), confirm: async () => ({ status: 'pending', reference: 'v-1' }) } });
    page = await goToVendor(context, site);
    await comeBack(page, site, 'pass');
    expect((await resultOf(page)).result).toMatchObject({ status: 'degraded', code: { code: 'verdict-timeout' } });
  });

  it('called off while the vendor’s page is on its way: the page stays, nothing is kept, the session is given back', async () => {
    await openSite();
    site.vendors.faults.set({ connection: 'hang', path: '/api/web/login' });
    page = await context.newPage();
    await page.goto(`${site.origin}/shop?then=abort`);
    await page.evaluate(() => window.shop.grant());
    expect((await resultOf(page)).result.status).toBe('cancelled');
    expect(page.url()).toBe(`${site.origin}/shop?then=abort`);
    expect(await page.evaluate(() => window.shop.kept)).toBe(2);
    expect(await stored()).toBe(0);
    await expect.poll(() => site.requests).toEqual(['POST sessions', 'POST sessions/{id}/abandonment']);
  });

  it('a page that is back as it was ends with “left”, and the person may begin anew', async () => {
    await openSite();
    site.vendors.faults.set({ connection: 'hang', path: '/api/web/login' });
    page = await context.newPage();
    await page.goto(`${site.origin}/shop?then=restore`);
    await page.evaluate(() => window.shop.grant());
    const { result, states } = await resultOf(page);
    expect(phases(states).slice(-2)).toEqual(['channel', 'ended']);
    expect(result).toMatchObject({ status: 'left', channel: 'kyc-h5', remedy: 'retry', code: { system: 'facefront', code: 'channel-left' } });
    expect(site.posted).toEqual([]);
    // The person may still go on there, and come back.
    expect(site.requests).toEqual(['POST sessions']);
  });
});

describe('the demo’s page', () => {
  beforeEach(() => openSite());

  const result = async (): Promise<unknown> => {
    await page.waitForSelector('face-verify .frame[data-phase=ended]');
    return JSON.parse((await page.textContent('#result')) ?? '') as unknown;
  };
  const go = async (channel: string): Promise<void> => {
    page = await context.newPage();
    await page.goto(`${site.origin}/channel/`);
    await page.check(`input[value=${channel}]`);
    await page.click('face-verify [part~=agree]');
    await page.waitForURL((url) => url.origin === site.vendorOrigin);
  };

  it.each(['kyc-h5', 'detectauth-h5', 'eid-h5'])('%s leads to the vendor and back to the verdict', async (channel) => {
    await go(channel);
    await page.click('#pass');
    await page.waitForURL(`${site.origin}/channel/`);
    expect(await result()).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(await page.textContent('face-verify [part=message]')).toBe('核身认证通过');
    expect(await page.locator('#phases li').allTextContents()).not.toContain('consent');
    expect(site.posted).toMatchObject([{ channel }]);
  });

  it.each([['detectauth-h5', '2016', '请由本人正对屏幕重试'], ['eid-h5', '2016', '请由本人正对屏幕重试']])('%s that did not pass is the vendor’s sentence', async (channel, code, prompt) => {
    await go(channel);
    await page.click('#other-person');
    expect(await result()).toMatchObject({ status: 'finished', verdict: { decision: 'rejected', code: { code } }, prompt: expect.stringContaining(prompt) as string });
  });

  it.each(['detectauth-h5', 'eid-h5'])('%s with the token of another attempt is refused', async (channel) => {
    await go(channel);
    await page.click('#forged');
    expect(await result()).toMatchObject({ status: 'failed', detail: expect.stringContaining('channel-mismatch') as string });
  });

  it('whoever comes back without having tried has not passed', async () => {
    await go('eid-h5');
    await page.click('#leave');
    expect(await result()).toMatchObject({ status: 'finished', verdict: { decision: 'rejected', code: { system: 'faceid-wechat', table: 'system', code: '17' } } });
  });
});
