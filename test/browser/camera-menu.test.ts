import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FlowState } from '../../src/index.js';
import { launchBrowser } from './launch.js';
import { openSite, type Site } from './site.js';
import type {} from './verification.js';

declare global {
  interface Window {
    phasesSeen: FlowState['phase'][];
    /** The names of the cameras that the risk report was asked of. They stay in the page. */
    camerasOfReport: (string | undefined)[];
  }
}

let site: Site;
let browser: Browser;
let page: Page;
const bodies: string[] = [];

beforeAll(async () => {
  site = await openSite();
  browser = await launchBrowser({ args: ['--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'] });
  page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  await page.goto(site.barePage);
  await page.evaluate(() => {
    window.Facefront.defineFaceVerify();
    const face = document.createElement('face-verify');
    window.camerasOfReport = [];
    const collectRisk: typeof face.collectRisk = async ({ camera }) => {
      window.camerasOfReport.push(camera?.track.label);
      return {};
    };
    Object.assign(face, { endpoint: '/api/face', assetBase: '/', locale: 'en', collectRisk });
    window.phasesSeen = [];
    face.addEventListener('face-state', ({ detail }) => window.phasesSeen.push(detail.phase));
    document.body.replaceChildren(face);
    void face.start();
  });
  await page.getByRole('button', { name: 'Agree and start' }).click();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const menu = () => page.getByRole('combobox', { name: 'Switch camera' });
/** The name of the camera that the preview shows. */
const inUse = (): Promise<string | undefined> =>
  page.evaluate(() => (document.querySelector('face-verify')?.shadowRoot?.querySelector('video')?.srcObject as MediaStream | null)?.getVideoTracks()[0]?.label);
/** Until the run is guiding again. */
const guided = (): Promise<unknown> => page.waitForFunction(() => window.phasesSeen.includes('reacquiring') && window.phasesSeen.at(-1) === 'guidance');

it('two cameras, a menu: the keyboard reaches it, another one is opened, a new try begins with it, and no name is sent', async () => {
  await menu().waitFor({ timeout: 30_000 });
  await page.waitForFunction(() => window.phasesSeen.at(-1) === 'guidance', undefined, { timeout: 30_000 });
  expect(await menu().locator('option').allInnerTexts()).toEqual(['fake_device_0', 'fake_device_1']);
  expect(await inUse()).toBe('fake_device_0');
  for (const part of ['cancel', 'camera']) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('part'))).toBe(part);
  }
  const [ring, box] = [await page.locator('.cameras').evaluate((node) => getComputedStyle(node).outlineStyle), await menu().boundingBox()];
  expect([ring, box?.width, box?.height]).toEqual(['solid', 44, 44]);

  await menu().selectOption('fake_device_1');
  await guided();
  expect(await inUse()).toBe('fake_device_1');
  // The report that will go is of the camera that was chosen.
  expect(await page.evaluate(() => window.camerasOfReport)).toEqual(['fake_device_0', 'fake_device_1']);
  await menu().waitFor();
  expect(await menu().evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.textContent)).toBe('fake_device_1');

  await page.evaluate(() => {
    window.phasesSeen.length = 0;
    void document.querySelector('face-verify')?.restart();
  });
  await page.waitForFunction(() => window.phasesSeen.includes('camera') && window.phasesSeen.at(-1) === 'guidance', undefined, { timeout: 30_000 });
  expect(await inUse()).toBe('fake_device_1');
  expect(bodies.filter((body) => body.includes('fake_device'))).toEqual([]);
  expect(bodies.filter((body) => body.includes('"protocol"')).length).toBe(2);
});
