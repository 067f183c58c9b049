import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { openSite, type Site } from './site.js';
import { startVerification, waitForInstruction } from './verification.js';

/** Left and right are the person's own: in the camera's unmirrored picture their right is on the left. */
const SCENES = [
  { instruction: 'noFace', what: 'nobody', filter: 'scale=640:480,crop=160:120:0:0,scale=640:480' },
  { instruction: 'multipleFaces', what: 'two people side by side', filter: 'crop=iw*0.5:ih:iw*0.3:0,scale=320:480,split[a][b];[a][b]hstack' },
  { instruction: 'moveCloser', what: 'scaled down', filter: 'scale=240:180,pad=640:480:200:150:color=gray' },
  { instruction: 'moveBack', what: 'scaled up', filter: 'scale=1600:1200,crop=640:480:540:420' },
  { instruction: 'moveRight', what: 'shifted to the right of the picture', filter: 'scale=640:480,pad=1100:480:460:0:color=gray,crop=640:480:230:0' },
  { instruction: 'moveLeft', what: 'shifted to the left of the picture', filter: 'scale=640:480,pad=1100:480:0:0:color=gray,crop=640:480:180:0' },
  { instruction: 'moveDown', what: 'shifted up', filter: 'scale=640:480,pad=640:800:0:0:color=gray,crop=640:480:0:230' },
  { instruction: 'moveUp', what: 'shifted down', filter: 'scale=640:480,pad=640:800:0:320:color=gray,crop=640:480:0:180' },
  { instruction: 'faceForward', what: 'leaning', filter: 'scale=640:480,rotate=32*PI/180:fillcolor=gray' },
  { instruction: 'moreLight', what: 'darkened', filter: 'scale=640:480,lutyuv=y=16+(val-16)*0.2' },
  { instruction: 'lessLight', what: 'brightened', filter: 'scale=640:480,lutyuv=y=clip(val*0.25+190\\,16\\,255)' },
  { instruction: 'holdSteady', what: 'blurred', filter: 'scale=640:480,boxblur=14:2' },
] as const;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

describe('a real person, transformed, is told', () => {
  it.each(SCENES)('$instruction when $what', async ({ instruction, filter }) => {
    const browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck, filter, start: 14, seconds: 4 }) });
    try {
      const page = await browser.newPage();
      await page.goto(site.barePage);
      await startVerification(page);
      // `noFace` is also what stands before the first frame: it counts once frames have been looked at.
      await waitForInstruction(page, instruction, 30_000, instruction === 'noFace' ? 20 : 0);
      const texts = await page.evaluate(
        (id) => ['zh-CN', 'zh-TW', 'en'].map((locale) => window.Facefront.promptText(`instruction.${id}`, locale)),
        instruction,
      );
      expect(texts.every((text) => text.length > 0)).toBe(true);
    } finally {
      await browser.close();
    }
  });
});
