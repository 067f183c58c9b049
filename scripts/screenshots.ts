/** `npx tsx scripts/screenshots.ts`: the README's picture, three moments of the demo beside one another. Wants a build, and a CJK font. */
import { mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { openSite } from '../test/browser/site.js';
import { launchChromium } from './chromium.js';
import { cameraFile, VIDEOS } from './media.js';

const SIZE = { width: 390, height: 700 };

const site = await openSite();
const browser = await launchChromium({ fakeCamera: await cameraFile({ input: VIDEOS.franck, start: 14 }) });
const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 2 });
await page.goto(site.origin);
const shots: Buffer[] = [];
const card = page.locator('face-verify');
const shoot = async (): Promise<void> => void shots.push(await card.screenshot());

const agree = page.getByRole('button', { name: '同意并开始' });
await agree.waitFor();
await shoot();
await agree.click();
await card.getByText('录制中').waitFor();
await page.waitForTimeout(900);
await shoot();
await card.getByText('核身认证通过').waitFor({ timeout: 20_000 });
await shoot();

await mkdir('docs/images', { recursive: true });
await compose(await browser.newPage({ viewport: { width: 1200, height: 760 } }), shots);
await browser.close();
await site.close();
process.stdout.write(`${resolve('docs/images/verification.png')} ${(await readFile('docs/images/verification.png')).length} bytes\n`);

async function compose(sheet: Page, images: readonly Buffer[]): Promise<void> {
  const pictures = images.map((image) => `<img src="data:image/png;base64,${image.toString('base64')}">`).join('');
  await sheet.setContent(`<style>body{margin:0;padding:28px;display:flex;gap:20px;background:#eef2f7;align-items:flex-start;width:max-content}img{width:340px}</style>${pictures}`);
  await sheet.locator('body').screenshot({ path: 'docs/images/verification.png' });
}
