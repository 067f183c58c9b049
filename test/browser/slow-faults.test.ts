import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Challenge, Manifest } from '../../src/transport/protocol.js';
import { cameraFile, launchBrowser, MOUTH_AND_TURNS } from './launch.js';
import { openSite, type Site } from './site.js';
import type {} from './verification.js';

/* An old phone: the real detector takes a third of a second for a frame, and the camera loses every fifth. */

let challenge: Challenge;
let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await openSite({ challenge: () => challenge });
  browser = await launchBrowser({ fakeCamera: await cameraFile(MOUTH_AND_TURNS) });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  await page.addInitScript(() => {
    // Not in the DOM typings.
    const { MediaStreamTrackProcessor, MediaStreamTrackGenerator } = globalThis as unknown as {
      MediaStreamTrackProcessor: new (options: object) => { readable: ReadableStream<VideoFrame> };
      MediaStreamTrackGenerator: new (options: object) => MediaStreamTrack & { writable: WritableStream<VideoFrame> };
    };
    const original = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.getUserMedia = async function (constraints) {
      const [track] = (await original.call(this, constraints)).getVideoTracks();
      const kept = new MediaStreamTrackGenerator({ kind: 'video' });
      let frames = 0;
      const lossy = new TransformStream<VideoFrame, VideoFrame>({
        transform(frame, controller) {
          if ((frames += 1) % 5) controller.enqueue(frame);
          else frame.close();
        },
      });
      new MediaStreamTrackProcessor({ track }).readable.pipeThrough(lossy).pipeTo(kept.writable).catch(() => undefined);
      return new MediaStream([kept]);
    };
  });
  await page.goto(site.barePage);
});
afterEach(() => page.close());

/** Runs to the end. */
async function verification() {
  let manifest: Manifest | undefined;
  page.on('request', (request) => {
    if (request.url().endsWith('/submission')) ({ manifest } = request.postDataJSON() as { manifest: Manifest });
  });
  const { result, detections, seconds } = await page.evaluate(async () => {
    const inner = window.Facefront.createTfjsDetector({ workerUrl: '/worker/detector.js', assetBase: '/assets/' });
    const video = document.querySelector('video');
    if (!video) throw new Error('the page has no video');
    const times: number[] = [];
    const result = await window.Facefront.verify({
      endpoint: '/api/face',
      assetBase: '/',
      video,
      consent: { text: 'May we record your face?', textVersion: 'test', ask: () => Promise.resolve('granted') },
      detector: {
        get stage() {
          return inner.stage;
        },
        load: (options) => inner.load(options),
        dispose: () => inner.dispose(),
        async detect(frame, time) {
          times.push(performance.now());
          const [seen] = await Promise.all([inner.detect(frame, time), new Promise((resolve) => setTimeout(resolve, 320))]);
          return seen;
        },
      },
    });
    return { result, detections: times.length, seconds: ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000 };
  });
  return { result, manifest, rate: detections / seconds };
}

describe('three frames a second, and every fifth lost', () => {
  it.each<[string, Challenge]>([
    ['a silent recording', { type: 'silent', minimumMs: 2000 }],
    ['an open mouth and two turns', { type: 'action', actions: ['openMouth', 'turnRight', 'turnLeft'], deadlineMs: 15_000, minimumMs: 2000 }],
  ])('are enough for %s', async (_what, asked) => {
    challenge = asked;
    const { result, manifest, rate } = await verification();
    console.info(`${asked.type} at ${rate.toFixed(1)} frames a second: ${result.status}, ${manifest?.video.durationMs ?? 0} ms recorded`);
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(rate).toBeLessThan(3.3);
    if (manifest?.record?.type === 'action') expect(manifest.record.actions.map(({ id }) => id)).toEqual(['openMouth', 'turnRight', 'turnLeft']);
  });
});
