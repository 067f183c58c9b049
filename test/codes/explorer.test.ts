import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/chromium.js';
import { LOCALES, list } from '../../src/codes/all.js';

/** The built page as it is served, with the policy it is served under. */
const FILES: Readonly<Record<string, readonly [path: string, type: string]>> = {
  '/': ['demo/explorer/index.html', 'text/html'],
  '/explorer.css': ['demo/explorer/explorer.css', 'text/css'],
  '/explorer.js': ['dist/demo/explorer.js', 'text/javascript'],
  '/codes.json': ['dist/codes.json', 'application/json'],
};
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' blob:";

let server: Server;
let browser: Browser;
let page: Page;
let origin = '';
let problems: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const file = FILES[request.url ?? ''];
    if (!file) return void response.writeHead(404).end();
    readFile(file[0]).then(
      (body) => response.writeHead(200, { 'content-type': `${file[1]}; charset=utf-8`, 'content-security-policy': POLICY }).end(body),
      () => response.writeHead(500).end(`${file[0]} is missing: npm run build`),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

afterEach(async () => {
  await page.context().close();
  expect(problems).toEqual([]);
});

async function open(hash = '', options: BrowserContextOptions = {}): Promise<void> {
  problems = [];
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1200, height: 800 }, ...options });
  page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && !message.text().includes('favicon') && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => request.url().startsWith(origin) || problems.push(`request to ${request.url()}`));
  await page.goto(`${origin}/${hash}`);
  await page.locator('#results a').first().waitFor({ state: 'attached' });
}

const status = (): Promise<string> => page.locator('#status').innerText();

describe('the code explorer', () => {
  it('searches by number and by words, and filters by system', async () => {
    await open();
    expect(await status()).toBe(`${list().length} of ${list().length} codes`);
    await page.getByLabel('Number or words').fill('66660023');
    expect(await status()).toBe(`1 of ${list().length} codes`);
    await page.getByLabel('Number or words').fill('光线');
    expect(await page.locator('#results').innerText()).toContain('光线太暗');
    await page.getByLabel('Number or words').fill('-5012');
    expect(await page.locator('#results a').count()).toBe(2);
    await page.getByLabel('System').selectOption('image');
    expect(await page.locator('#results a').allInnerTexts()).toEqual([expect.stringContaining('视频中噪声太大')]);
    await page.getByLabel('Number or words').fill('no such code');
    expect(await status()).toBe('Nothing has that number or those words.');
  });

  it('shows the prompt as the person sees it in each locale', async () => {
    await open('#faceid-sdk/result/66660023');
    const prompt = page.locator('.phone-prompt');
    expect(await page.locator('.locale').count()).toBe(LOCALES.length);
    for (const locale of LOCALES) {
      await page.locator(`input[value="${locale}"]`).check();
      expect(await prompt.getAttribute('lang')).toBe(locale);
      expect(await prompt.innerText()).toBe(await page.locator('.locale', { has: page.locator(`input[value="${locale}"]`) }).locator('[lang]').innerText());
    }
    await page.locator('input[value="zh-CN"]').check();
    expect(await prompt.innerText()).toBe('请确保本人操作且正脸对框');
  });

  it('links every candidate of an ambiguous number', async () => {
    await open('#antifraud/risk/1101');
    expect(await page.locator('.others a').allInnerTexts()).toEqual(['faceid-wechat/liveness-digits/1101', 'juhe-antifraud/risk-v1/1101']);
    await page.getByRole('link', { name: 'faceid-wechat/liveness-digits/1101' }).click();
    await page.locator('.facts', { hasText: '未检测到声音' }).waitFor();
    await page.goBack();
    await page.locator('.facts', { hasText: '资料伪造包装' }).waitFor();
  });

  it('works by keyboard alone', async () => {
    await open();
    await page.getByLabel('Number or words').focus();
    await page.keyboard.type('too-dark');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('#detail-heading:focus', { hasText: 'too-dark' }).waitFor();
    expect(await page.locator('#results [aria-current]').count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('faceid-wechat/liveness-action/1201');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.phone-prompt').getAttribute('lang')).toBe('ja');
  });

  it('says so when a code is not there, and survives a broken address', async () => {
    await open('#faceid-sdk/result/nothing');
    expect(await page.locator('#detail').innerText()).toContain('There is no code faceid-sdk/result/nothing here.');
    await page.goto(`${origin}/#%E0%A4%A`);
    await page.reload();
    await page.locator('#results a').first().waitFor({ state: 'attached' });
  });

  it('fits a phone: the list, then the code, then back where one was', async () => {
    await open('', { viewport: { width: 320, height: 640 }, locale: 'zh-CN', hasTouch: true });
    expect(await page.locator('h1').innerText()).toContain('返回码查询');
    const fits = (): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(await fits()).toBe(true);
    expect(await page.locator('#detail').isVisible()).toBe(false);
    await page.getByLabel('返回码或文字').fill('400101');
    await page.locator('#results a').first().click();
    await page.locator('#results').waitFor({ state: 'hidden' });
    expect(await page.locator('.phone-prompt').innerText()).toBe('暂时无法完成验证，请联系客服并提供代码 400101');
    expect(await fits()).toBe(true);
    await page.getByRole('link', { name: '返回列表' }).click();
    await page.locator('#results').waitFor({ state: 'visible' });
    expect(await page.evaluate(() => document.activeElement?.querySelector('.row-code')?.textContent)).toBe('400101');
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('tells the person when the codes do not come', async () => {
    problems = [];
    page = await (await browser.newContext({ locale: 'en' })).newPage();
    await page.route('**/codes.json', (route) => route.fulfill({ status: 503, body: '' }));
    await page.goto(`${origin}/`);
    await page.getByText('The codes could not be loaded.').waitFor();
  });
});
