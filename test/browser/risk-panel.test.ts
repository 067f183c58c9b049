import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { derive } from '../../scripts/media.js';
import { bundleForPage } from '../risk/page-bundle.js';
import { type PageServer, servePage, STRICT_POLICY } from '../risk/page-server.js';
import type * as panelPage from '../risk/panel-page.js';
import { launchBrowser, VIDEOS } from './launch.js';

type Room = typeof panelPage;

let server: PageServer;
let browser: Browser;

beforeAll(async () => {
  const sample = await derive({ input: VIDEOS.franck, inputArgs: ['-t', '5'], args: ['-an', '-c:v', 'libvpx', '-b:v', '600k'], extension: 'webm' });
  const file = async (path: string, type: string) => ({ type, body: await readFile(new URL(path, new URL('../../', import.meta.url))) });
  server = await servePage(await bundleForPage({ input: 'test/risk/panel-page.ts', minify: true }), {
    '/': {
      type: 'text/html',
      headers: { 'content-security-policy': STRICT_POLICY },
      body: `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>panel</title>
        <link rel="stylesheet" href="/demo.css"><link rel="stylesheet" href="/risk-panel.css">
        <main><div class="panels"><section id="risk-panel" hidden></section><section><video id="sample" class="sample" src="/person.webm" muted loop playsinline></video></section></div></main></html>`,
    },
    '/demo.css': await file('demo/public/demo.css', 'text/css'),
    '/risk-panel.css': await file('demo/risk-panel/risk-panel.css', 'text/css'),
    '/person.webm': { type: 'video/webm', body: await readFile(sample) },
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

/** Opens the page with the panel; the camera is the sample person where `sample` says so. What was collected with is in `globalThis.asked`. */
async function enter({ sample = false, ...context }: BrowserContextOptions & { sample?: boolean } = {}): Promise<{ page: Page; complaints: string[] }> {
  const page = await (await browser.newContext(context)).newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript('addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => { throw new Error(violatedDirective + blockedURI); })');
  await page.goto(server.origin);
  const room = await page.evaluateHandle<Room>("import('/entry.js')");
  await page.evaluate(
    async ({ room: { mountRiskPanel, collectRisk, withdraw, streamOf }, sample }) => {
      const asked: unknown[] = [];
      const video = document.createElement('video');
      video.muted = true;
      const stream = sample ? await streamOf(document.querySelector('#sample') as HTMLVideoElement) : undefined;
      const track = stream?.getVideoTracks()[0];
      if (stream) {
        video.srcObject = stream;
        await video.play();
      }
      const panel = mountRiskPanel(document.querySelector('#risk-panel') as HTMLElement, {
        collect: ({ signal, ...selection }) => {
          asked.push(selection);
          return collectRisk({ consent: { granted: true }, ...selection, signal, ...(track && { camera: { track, video } }) });
        },
        withdraw,
      });
      Object.assign(globalThis, { asked, panel });
    },
    { room, sample },
  );
  return { page, complaints };
}

const settled = (page: Page) => page.waitForSelector('.risk-panel[aria-busy=false] .rp-is-ok', { state: 'attached' });

describe('the risk panel', () => {
  it('reads nothing before the button is pressed, then shows facts, signals, the whole report and what the vendor gets', async () => {
    const { page, complaints } = await enter();
    const panel = page.getByRole('region', { name: '设备与风险' });
    await expect(panel.getByRole('status').textContent()).resolves.toBe('还没有读取任何内容。');
    expect(await page.evaluate('[asked.length, localStorage.length]')).toEqual([0, 0]);

    await panel.getByRole('button', { name: '采集', exact: true }).click();
    await settled(page);
    expect(await panel.getByRole('status').textContent()).toMatch(/^读取 1\d\/26 项，用时 [\d.]+ 毫秒 · \d 个信号$/);
    expect(await panel.getByText('浏览器由脚本操控').count()).toBe(1);
    expect(await panel.getByText('juhe-antirush / risk-type / 102').count()).toBeGreaterThan(0);
    const device = panel.getByRole('group', { name: '设备' });
    // On a busy machine one of them may be over its budget.
    await device.getByText(/^已读取 [3-6]\/6 项$/).click();
    await device.getByText('内容').first().click();
    expect(JSON.parse((await device.getByLabel('屏幕', { exact: true }).last().textContent()) ?? '')).toMatchObject({ width: 1_280, height: 720 });
    await panel.getByText('JSON', { exact: true }).click();
    const handedIn = JSON.parse((await panel.getByLabel('完整报告', { exact: true }).textContent()) ?? '') as object;
    expect(handedIn).toMatchObject({ outcome: 'complete', facts: { screen: { status: 'ok', value: { width: 1_280 } } }, signals: expect.any(Array), manifestVersion: expect.any(String) });
    const posted = panel.getByLabel('给厂商风控引擎的内容');
    expect(JSON.parse((await posted.textContent()) ?? '')).toEqual({ BusinessSecurityData: { UserAgent: expect.stringContaining('Headless') } });
    await panel.getByLabel('厂商', { exact: true }).selectOption('tencent-rce');
    expect(JSON.parse((await posted.textContent()) ?? '')).toEqual({ BusinessSecurityData: { UserAgent: expect.any(String), Platform: '3', PostTime: expect.any(Number) } });
    expect(complaints).toEqual([]);
  });

  it('the sample person visibly raises that the stream is synthetic, in each language', async () => {
    const { page } = await enter({ sample: true });
    await page.getByRole('button', { name: '采集', exact: true }).click();
    await settled(page);
    const first = page.locator('.rp-signal strong').first();
    expect(await first.textContent()).toBe('摄像头画面是合成的');
    expect(await first.isVisible()).toBe(true);
    expect(await page.locator('.rp-signal').first().getByText('faceid-risk / device-tag / 5007').isVisible()).toBe(true);
    for (const [language, title] of [['zh-TW', '相機畫面是合成的'], ['en', 'Camera stream is synthetic']]) {
      await page.evaluate(`panel.setLanguage('${language}')`);
      expect(await first.textContent()).toBe(title);
      expect(await page.locator('.risk-panel').getAttribute('lang')).toBe(language);
    }
    expect(await page.locator('.risk-panel').textContent()).not.toMatch(/undefined|\[object/);
  });

  it('the switches decide what is collected, by keyboard alone', async () => {
    const { page } = await enter();
    await page.evaluate("panel.setLanguage('en')");
    const focusOn = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => {
          const { activeElement: at } = document;
          return (at as HTMLInputElement | null)?.labels?.[0]?.textContent ?? at?.textContent ?? '';
        });
        if (focused === name) return;
      }
      throw new Error(`no way to ${name}`);
    };
    // The groups are folded; each opens where the focus is.
    await focusOn('8 facts');
    await page.keyboard.press('Enter');
    await focusOn('User agent');
    await page.keyboard.press('Space');
    await focusOn('The camera');
    await page.keyboard.press('Space');
    expect(await page.getByLabel('Frames').first().isDisabled()).toBe(true);
    await focusOn('Motion in the hand');
    await page.keyboard.press('Space');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.getByRole('button', { name: 'Collect', exact: true }).focus();
    await page.keyboard.press('Enter');
    await settled(page);
    expect(await page.evaluate('asked')).toEqual([{ groups: ['identity', 'browser', 'device', 'integrity'], exclude: ['userAgent'] }]);
    const statusOf = (name: string) => page.locator('.rp-line', { has: page.getByRole('switch', { name }) }).locator('.rp-status').textContent();
    expect(await statusOf('User agent')).toBe('');
    expect(await statusOf('Time zone')).toMatch(/^read · [\d.]+ ms$/);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Collect');
  });

  it('every control has a name of its own', async () => {
    const { page } = await enter();
    await page.locator('.rp-list').evaluateAll((all) => all.forEach((each) => ((each as HTMLDetailsElement).open = true)));
    const tree = await page.locator('.risk-panel').ariaSnapshot();
    const controls = tree.match(/- (switch|button|combobox)[^\n]*/g) ?? [];
    expect(controls.length).toBeGreaterThan(30);
    for (const control of controls) expect(control).toMatch(/ "/);
    const names = controls.filter((control) => control.includes('switch')).map((control) => /"(.*)"/.exec(control)?.[1]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('withdrawing wipes what is shown and what is stored', async () => {
    const { page } = await enter();
    await page.getByRole('button', { name: '采集', exact: true }).click();
    await settled(page);
    expect(await page.evaluate('localStorage.length')).toBe(1);
    await page.getByRole('button', { name: '撤回同意' }).click();
    expect(await page.getByRole('status').textContent()).toBe('已撤回同意：存储的内容已清除。');
    expect(await page.evaluate('localStorage.length')).toBe(0);
    expect(await page.locator('.rp-signal').count()).toBe(0);
    expect(await page.locator('.risk-panel pre').allTextContents()).toEqual(expect.not.arrayContaining([expect.stringMatching(/./)]));
  });

  it('says when collecting fails, and shows a report that came from elsewhere', async () => {
    const { page } = await enter();
    const room = await page.evaluateHandle<Room>("import('/entry.js')");
    await page.evaluate(({ mountRiskPanel }) => {
      const container = document.querySelector('#risk-panel') as HTMLElement;
      const panel = mountRiskPanel(container, { collect: () => Promise.reject(new Error('no')), language: 'en' });
      Object.assign(globalThis, { panel });
      return panel.collect();
    }, room);
    expect(await page.getByRole('status').textContent()).toBe('Collecting failed.');
    expect(await page.getByRole('button', { name: 'Withdraw consent' }).count()).toBe(0);
    await page.evaluate("panel.show({ outcome: 'refused', facts: {}, signals: [], timings: { startedAt: '', totalMs: 0, deadlineMs: 1500 }, manifestVersion: '' })");
    expect(await page.getByRole('status').textContent()).toBe('No consent: nothing was read. Agree in the verification on this page first.');
    await page.evaluate('panel.destroy()');
    expect(await page.locator('#risk-panel').textContent()).toBe('');
  });

  it.each([
    ['a telephone, light', { viewport: { width: 320, height: 640 }, colorScheme: 'light' as const }],
    ['a telephone, dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const }],
    ['a wide screen', { viewport: { width: 1_280, height: 800 }, colorScheme: 'light' as const }],
  ])('fits %s, with texts that can be read', async (name, context) => {
    const { page } = await enter({ ...context, sample: true });
    await page.getByRole('button', { name: '采集', exact: true }).click();
    await settled(page);
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name.replace(/\W+/g, '-')}.png`, fullPage: true });
    await page.locator('.risk-panel details').evaluateAll((all) => all.forEach((each) => ((each as HTMLDetailsElement).open = true)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    const poor = await page.evaluate(() => {
      const channel = (value: number): number => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
      const parse = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
      const luminance = ([r = 0, g = 0, b = 0]: number[]): number => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
      const ground = (at: Element | null): number[] => {
        const own = at ? parse(getComputedStyle(at).backgroundColor) : [255, 255, 255];
        return own.length === 4 && own[3] === 0 ? ground((at as Element).parentElement) : own;
      };
      return [...document.querySelectorAll('.risk-panel *')].flatMap((each) => {
        const hasText = [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
        if (!hasText || each.tagName === 'OPTION' || each.closest('[hidden]')) return [];
        const [light = 0, dark = 0] = [luminance(parse(getComputedStyle(each).color)), luminance(ground(each))].sort((a, b) => b - a);
        const contrast = (light + 0.05) / (dark + 0.05);
        return contrast < 4.5 ? [`${each.className || each.tagName}: ${contrast.toFixed(2)}`] : [];
      });
    });
    expect(poor).toEqual([]);
    const small = await page.locator('.risk-panel button:visible, .risk-panel select').evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().height < 44).length);
    expect(small).toBe(0);
  });
});
