import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SubmissionRequest } from '../../src/transport/protocol.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { openSite, type Site } from './site.js';

/* The demo page as a person uses it, with the built files, the embedded backend and its simulated vendor. */

let site: Site;
let context: BrowserContext;
let page: Page;
/** Requests of the page: method, path and body. */
let requests: { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: string | null }[];
let complaints: string[];

beforeAll(async () => {
  await import('../../scripts/build-sample.js');
  site = await openSite();
});
afterAll(() => site.close());

async function open(browser: Browser, path = '/'): Promise<void> {
  requests = [];
  complaints = [];
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin !== site.origin) complaints.push(`asked ${request.url()}`);
    requests.push({ method: request.method(), path: pathname, headers: request.headers(), body: pathname.endsWith('/submission') ? request.postData() : null });
  });
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(`${site.origin}${path}`);
}

afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

const phase = (name: string): Promise<unknown> => page.waitForSelector(`face-verify .frame[data-phase=${name}]`, { timeout: 60_000 });
const message = (): Promise<string | null> => page.textContent('face-verify [part=message]');
const result = async (): Promise<Record<string, unknown>> => JSON.parse((await page.textContent('#result')) ?? '') as Record<string, unknown>;

describe('without a camera', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(() => open(browser));

  it('says that there is none, and the sample person gets through, called synthetic to the person and to the backend', async () => {
    expect(await page.isVisible('#synthetic')).toBe(false);
    await page.click('face-verify [part~=agree]');
    await phase('ended');
    expect(await result()).toMatchObject({ status: 'failed', code: { code: 'camera-absent' } });
    expect(await message()).toBe('请换一部有摄像头的手机。没有找到摄像头');

    await page.click('#use-sample');
    expect(await page.textContent('#synthetic')).toContain('合成');
    expect(await page.isVisible('#synthetic')).toBe(true);
    // The consent just given to the same text holds.
    await phase('recording');
    await phase('ended');
    expect(await result()).toMatchObject({ status: 'finished', verdict: { decision: 'passed' }, code: { system: 'faceid-sdk', table: 'result', code: '0' } });
    expect(await message()).toBe('核身认证通过');
    const { manifest, risk } = JSON.parse(requests.find(({ body }) => body !== null)?.body ?? '') as SubmissionRequest;
    expect(manifest.camera).toMatchObject({ synthetic: true });
    // The page that made the stream is found out by the risk room, before the person's eyes and in what the backend gets.
    expect((risk?.['signals'] as { readonly id: string }[]).map(({ id }) => id)).toContain('syntheticCamera');
    // A stream of the page's own may be asked for another size.
    expect((risk?.['facts'] as Record<string, { readonly status: string }>)['cameraResponse']?.status).not.toBe('missing');
    expect(await page.textContent('#risk-panel')).toContain('摄像头画面是合成的');
    // The recording stops with its stream.
    await page.waitForFunction(() => document.querySelector('video')?.paused);

    await page.click('#use-camera');
    expect(await page.isVisible('#synthetic')).toBe(false);
    await phase('ended');
    expect(await result()).toMatchObject({ code: { code: 'camera-absent' } });
  });

  it('shows any vendor code as its prompt, in the language that is chosen at that moment, and retries', async () => {
    await page.fill('#code', 'faceid-wechat/liveness-silent/1303');
    expect(await page.textContent('#code-prompt')).toBe('视频录制时间过短，请录制2秒以上的视频');
    await page.click('#chips button[title="faceid-sdk/result/66660023"]');
    expect(await page.inputValue('#code')).toBe('faceid-sdk/result/66660023');
    await page.click('#use-sample');
    await page.click('face-verify [part~=agree]');
    await phase('ended');
    expect(await message()).toBe('请确保本人操作且正脸对框');
    await page.check('input[value=en]');
    await page.waitForFunction(() => document.querySelector('face-verify')?.shadowRoot?.querySelector('[part=message]')?.textContent === 'Do this yourself, with your face straight in the frame');
    await page.check('input[value=zh-TW]');
    await page.waitForFunction(() => document.querySelector('face-verify')?.shadowRoot?.querySelector('[part~=retry]')?.textContent === '重試');

    await page.fill('#code', 'faceid-sdk/result/99887766');
    await page.click('face-verify [part~=retry]');
    // In another language it is another text, which nobody has agreed to yet.
    await page.click('face-verify [part~=agree]');
    await phase('recording');
    await phase('ended');
    expect(await result()).toMatchObject({ status: 'finished', verdict: { decision: 'rejected' }, code: { code: '99887766' } });
    expect(await message()).toContain('99887766');
    expect(requests.filter(({ path }) => path.endsWith('/submission')).map(({ headers }) => headers['x-simulated-code'])).toEqual(['faceid-sdk/result/66660023', 'faceid-sdk/result/99887766']);
  });

  it('waits for a verdict that takes its time', async () => {
    await page.selectOption('#latency', '12000');
    await page.click('#use-sample');
    await page.click('face-verify [part~=agree]');
    await phase('verdict');
    expect(await message()).toBe('正在核对，请稍候…');
    await phase('ended');
    expect(await result()).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(requests.filter(({ method, path }) => method === 'GET' && /\/api\/face\/sessions\/[^/]+$/.test(path)).length).toBeGreaterThan(0);
  });

  it('keeps the last good code while a malformed one is typed, and says how to write it', async () => {
    await page.fill('#code', '66660023');
    expect(await page.isVisible('#code-problem')).toBe(true);
    expect(await page.getAttribute('#code', 'aria-invalid')).toBe('true');
    expect(await page.textContent('#code-prompt')).toBe('核身认证通过');
    await page.fill('#code', 'faceid-sdk/result/-5012');
    expect(await page.isVisible('#code-problem')).toBe(false);
  });

  it('offers every code of the two FaceID families', async () => {
    const offered = await page.$$eval('#codes option', (options) => options.map((option) => (option as HTMLOptionElement).value));
    const known = await page.evaluate(() => [...window.Facefront.list('faceid-sdk'), ...window.Facefront.list('faceid-wechat')].map(({ system, table, code }) => `${system}/${table}/${code}`));
    expect(offered).toEqual(known);
    expect(new Set(offered).size).toBe(offered.length);
    expect(offered.length).toBeGreaterThan(100);
  });

  it('speaks three languages throughout', async () => {
    const texts = (): Promise<string[]> => page.$$eval('[data-word]', (nodes) => nodes.map((node) => node.textContent ?? ''));
    const chinese = await texts();
    await page.check('input[value=en]');
    await page.waitForFunction(() => document.querySelector('#code-prompt')?.textContent === 'You are verified');
    const english = await texts();
    expect(english.filter((text) => text === '' || /\p{Script=Han}/u.test(text))).toEqual([]);
    expect([await page.getAttribute('html', 'lang'), await message(), await page.textContent('face-verify [part~=agree]')]).toEqual(['en', 'Before you start', 'Agree and start']);
    await page.check('input[value=zh-CN]');
    expect(await texts()).toEqual(chinese);
  });

  it('fetches nothing but static files, and keeps nothing, before consent', async () => {
    await page.click('#use-sample');
    await page.check('input[value=zh-TW]');
    await page.waitForFunction(() => document.querySelector('face-verify')?.shadowRoot?.querySelector('[part~=agree]')?.textContent === '同意並開始');
    await page.waitForFunction(() => document.querySelector('#log')?.textContent?.includes('detector mesh'));
    expect(requests.filter(({ method, path }) => method !== 'GET' || path.startsWith('/api/'))).toEqual([]);
    expect(await context.storageState()).toEqual({ cookies: [], origins: [] });
  });

  it('collects nothing for the risk panel before consent, and then what its switches ask for', async () => {
    const news = (text: string): Promise<unknown> => page.waitForFunction((wanted) => document.querySelector('#risk-panel .rp-news')?.textContent?.includes(wanted), text);
    await page.check('input[value=en]');
    await page.click('#risk-panel .rp-collect');
    await news('No consent: nothing was read. Agree in the verification on this page first.');
    expect(await context.storageState()).toEqual({ cookies: [], origins: [] });
    await page.click('#use-sample');
    await page.click('face-verify [part~=agree]');
    await phase('ended');
    await page.click('#risk-panel .rp-collect');
    await news('ms');
  });

  it('after a withdrawal a restart asks for consent again, and until it is given nothing is stored', async () => {
    const kept = (): Promise<number> => page.evaluate(() => localStorage.length);
    await page.click('#use-sample');
    await page.click('face-verify [part~=agree]');
    await phase('ended');
    expect(await kept()).toBe(1);
    await page.click('#risk-panel .rp-withdraw');
    await page.click('#use-sample');
    await phase('consent');
    // Long enough for a collection that needs no answer to have stored something.
    await page.waitForTimeout(1_000);
    expect([await page.isVisible('face-verify [part~=agree]'), await kept()]).toEqual([true, 0]);
  });

  it("posts what the panel's switches ask for, and nothing else", async () => {
    await page.uncheck('#rp-group-identity');
    await page.click('#risk-panel [aria-labelledby=rp-name-browser] .rp-list > summary');
    await page.uncheck('#rp-fact-timeZone');
    await page.click('#use-sample');
    await page.click('face-verify [part~=agree]');
    await phase('ended');
    const { risk } = JSON.parse(requests.find(({ body }) => body !== null)?.body ?? '') as SubmissionRequest;
    const facts = Object.keys(risk?.['facts'] as object);
    expect(facts).toEqual(expect.arrayContaining(['userAgent', 'languages', 'cameraDevice']));
    for (const left of ['fingerprint', 'cookieHash', 'installation', 'timeZone']) expect(facts).not.toContain(left);
  });

  it('asks for the challenge that was picked, and shows how it is done', async () => {
    await page.click('#use-sample');
    await page.click('#challenges button[value=light]');
    expect(await page.getAttribute('#challenges button[value=light]', 'aria-pressed')).toBe('true');
    expect(await page.textContent('#challenge-says')).toContain('屏幕变换颜色');
    await page.click('face-verify [part~=agree]');
    await phase('lightWarning');
    await page.click('face-verify [part~=go]');
    await page.waitForSelector('face-verify .frame[data-lit]');
    await phase('ended');
    const { manifest } = JSON.parse(requests.find(({ body }) => body !== null)?.body ?? '') as SubmissionRequest;
    expect(manifest).toMatchObject({ challenge: { type: 'light' }, record: { type: 'light' } });
    expect(await page.textContent('#log')).toContain('light 0 / 5');
  });

  it('leads to the replay viewer, which has its examples', async () => {
    await page.click('a[href="/replay/"]');
    await page.click('button[data-example$="franck.jsonl"]');
    await page.waitForFunction(() => document.querySelector('#headline')?.textContent !== '');
  });

  it('saves the trace of a run, numbers only, which the replay viewer reads; a broken file gets a sentence', async () => {
    await page.click('#use-sample');
    await page.click('face-verify [part~=agree]');
    await phase('ended');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-trace')]);
    const trace = await readFile(await download.path(), 'utf8');
    expect(download.suggestedFilename()).toBe('facefront-trace.jsonl');
    expect(trace).toContain('"n":"recordingStarted"');
    for (const line of trace.trimEnd().split('\n')) expect(line.length).toBeLessThan(400);

    await page.goto(`${site.origin}/replay/`);
    const drop = (name: string, text: string): Promise<void> =>
      page.evaluate(
        ({ name, text }) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], name));
          document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        },
        { name, text },
      );
    await drop('facefront-trace.jsonl', trace);
    await page.waitForFunction(() => document.querySelector('#headline')?.textContent !== '');
    expect(await page.textContent('#headline')).toMatch(/完成|Done/);
    expect(await page.isVisible('#problem')).toBe(false);
    await drop('broken.jsonl', `${trace.split('\n')[0]}\n{"t":1,"faces":5}`);
    await page.waitForSelector('#problem:not([hidden])');
    expect(await page.textContent('#problem')).toMatch(/trace line 2, f: must name the frame size/);
    await page.setInputFiles('#file', { name: 'photo.jsonl', mimeType: 'image/png', buffer: Buffer.from([137, 80, 78, 71]) });
    await page.waitForFunction(() => document.querySelector('#problem')?.textContent?.includes('line 1'));
    // What was there before stays.
    expect(await page.textContent('#headline')).toMatch(/完成|Done/);
  });

  it('fits a small phone', async () => {
    await page.setViewportSize({ width: 320, height: 568 });
    for (const language of ['zh-CN', 'zh-TW', 'en']) {
      await page.check(`input[value=${language}]`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    }
  });
});

describe('with a camera', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck }) });
  });
  afterAll(() => browser.close());

  it('a page with only a script tag reaches the verdict, and says the reference to the page', async () => {
    await open(browser, '/script-tag.html');
    await page.click('face-verify [part~=agree]');
    await phase('ended');
    expect(await message()).toBe('核身认证通过');
    expect(await page.textContent('#outcome')).toMatch(/^✓ \S{6,}$/);
  });

  it('the first instruction is in sight on a phone, after the button at the end of the consent text', async () => {
    await open(browser);
    await page.setViewportSize({ width: 320, height: 568 });
    await page.click('face-verify [part~=agree]');
    await phase('guidance');
    const box = await page.locator('face-verify [part=message]').boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Escape');
    await phase('ended');
    expect(await result()).toMatchObject({ status: 'cancelled', code: { code: 'cancelled' } });
  });

  it('the log tells one line for each thing that happened', async () => {
    await open(browser);
    await page.click('face-verify [part~=agree]');
    await phase('ended');
    const { risk } = JSON.parse(requests.find(({ body }) => body !== null)?.body ?? '') as SubmissionRequest;
    expect((risk?.['facts'] as Record<string, unknown>)['cameraSettings']).toMatchObject({ status: 'ok', value: { requested: { facingMode: { ideal: 'user' }, width: { ideal: 1280 } }, broken: [] } });
    const lines = await page.$$eval('#log b', (names) => names.map((name) => name.textContent));
    const order = lines.filter((name, index) => name !== lines[index - 1]);
    expect(order).toEqual(['consent', 'preflight', 'session', 'camera', 'loading', 'guidance', 'recording', 'uploading', 'verdict', 'ended']);
  });
});
