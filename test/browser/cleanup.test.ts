import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { keepTracks, leftoversOf } from './leftovers.js';
import { openSite, type Site } from './site.js';
import { runVerification, startVerification, waitForPhase } from './verification.js';

/** Short runs: what is tested is what they leave behind. */
const QUICK = { timing: { steadyMs: 100 } } as const;
const RUNS = 20;

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  site = await openSite({ limits: { minDurationMs: 300 }, challenge: () => ({ type: 'silent', minimumMs: 300 }) });
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.cap12, rate: 15 }), args: ['--js-flags=--expose-gc'] });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  await keepTracks(context);
  page = await context.newPage();
  await page.goto(site.barePage);
});
afterEach(() => context.close());

describe('every exit stops the camera, the worker and the preview', () => {
  it('a verdict', async () => {
    const { result } = await runVerification(page, QUICK);
    expect(result.status).toBe('finished');
    expect(await leftoversOf(page)).toEqual({ tracks: 1, live: 0, workers: 0, attached: false });
  });

  it.each(['loading', 'guidance', 'recording', 'uploading'] as const)('cancelled in %s', async (phase) => {
    // On this machine an upload is over before anybody could cancel it.
    if (phase === 'uploading') await page.route('**/parts/*', () => undefined);
    await startVerification(page, phase === 'guidance' ? {} : QUICK);
    await waitForPhase(page, phase);
    const result = await page.evaluate(() => {
      window.run.cancel();
      return window.run.result;
    });
    expect(result.status).toBe('cancelled');
    expect(await leftoversOf(page)).toEqual({ tracks: 1, live: 0, workers: 0, attached: false });
  });

  it('cancelled while the browser is still opening the camera', async () => {
    await startVerification(page, QUICK);
    await waitForPhase(page, 'camera');
    await page.evaluate(() => {
      window.run.cancel();
      return window.run.result;
    });
    await expect.poll(async () => (await leftoversOf(page)).live, { timeout: 5000 }).toBe(0);
  });

  it('the backend going away', async () => {
    await page.route('**/parts/*', (route) => route.abort());
    await startVerification(page, QUICK);
    await waitForPhase(page, 'uploading');
    expect(await leftoversOf(page)).toMatchObject({ live: 0, workers: 0, attached: false });
    await page.evaluate(() => window.run.cancel());
  });

  it('the camera going away for good', async () => {
    await startVerification(page);
    await waitForPhase(page, 'guidance');
    const result = await page.evaluate(() => {
      const [track] = window.tracks;
      MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('unplugged', 'NotFoundError'));
      track?.stop();
      // stop() by the page itself fires no event; the device going away does.
      track?.dispatchEvent(new Event('ended'));
      return window.run.result;
    });
    expect(result).toMatchObject({ status: 'failed', code: { code: 'camera-absent' } });
    expect(await leftoversOf(page)).toMatchObject({ live: 0, workers: 0, attached: false });
  });

  it('guidance that never succeeds', async () => {
    await startVerification(page, { thresholds: { faceSize: undefined } as never, timing: { guidingMs: 1500, steadyMs: 60_000 } });
    const result = await page.evaluate(() => window.run.result);
    expect(result.status).toBe('failed');
    expect(await leftoversOf(page)).toMatchObject({ live: 0, workers: 0, attached: false });
  });

  it('leaving the page', async () => {
    await startVerification(page);
    await waitForPhase(page, 'guidance');
    const result = await page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide'));
      return window.run.result;
    });
    expect(result.status).toBe('cancelled');
    expect(await leftoversOf(page)).toMatchObject({ live: 0, workers: 0, attached: false });
  });
});

describe(`${RUNS} runs on one page`, () => {
  it('leave listeners, nodes, tracks and workers where they were', async () => {
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const count = async (): Promise<{ readonly listeners: number; readonly nodes: number; readonly heap: number }> => {
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      const metric = (name: string): number => metrics.find((entry) => entry.name === name)?.value ?? NaN;
      return { listeners: metric('JSEventListeners'), nodes: metric('Nodes'), heap: metric('JSHeapUsedSize') };
    };
    const quick = async (): Promise<void> => {
      const status = await page.evaluate(async () => {
        const result = await window.run.result;
        window.tracks = window.tracks.filter(({ readyState }) => readyState === 'live');
        window.run = undefined as never;
        return result.status;
      });
      expect(status).toBe('finished');
    };
    // The first runs make what stays: compiled code, caches, the browser's own bookkeeping.
    for (let run = 0; run < 2; run++) {
      await startVerification(page, QUICK);
      await quick();
    }
    const before = await count();
    let halfway = before;
    for (let run = 0; run < RUNS; run++) {
      if (run === RUNS / 2) halfway = await count();
      await startVerification(page, QUICK);
      await quick();
    }
    const after = await count();
    process.stdout.write(`after ${RUNS} runs: listeners ${before.listeners} → ${after.listeners}, nodes ${before.nodes} → ${after.nodes}, heap ${[before, halfway, after].map(({ heap }) => (heap / 1e6).toFixed(2)).join(' → ')} MB\n`);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners);
    expect(after.nodes).toBeLessThanOrEqual(before.nodes);
    // The first dozen runs still compile; from then on a run may not leave 15 KB behind, a tenth of its recording.
    expect(after.heap - halfway.heap).toBeLessThan((RUNS / 2) * 15_000);
    await page.evaluate(() => document.addEventListener('visibilitychange', () => undefined));
    expect((await count()).listeners, 'the counter counts').toBe(after.listeners + 1);
    expect(await page.evaluate(() => window.tracks.length)).toBe(0);
    await expect.poll(() => page.workers().length).toBe(0);
  });

  it('leave the worker’s tensors where they were, frame by frame', async () => {
    const counts = await page.evaluate(async (frames) => {
      const detector = window.Facefront.createTfjsDetector({ workerUrl: '/worker/detector.js', assetBase: '/assets' });
      await new Promise<void>((resolve, reject) => {
        detector.load({ onStage: (stage) => stage === 'mesh' && resolve(), onFailure: ({ detail }) => reject(new Error(detail)) }).catch(reject);
      });
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      const video = document.querySelector('video');
      if (!video) throw new Error('the page has no video');
      video.srcObject = stream;
      await video.play();
      const counted: number[] = [];
      for (let frame = 0; frame < frames; frame++) {
        await detector.detect(await createImageBitmap(video), frame * 33);
        if (frame % 10 === 9) counted.push((await detector.inspect()).tensors);
      }
      for (const track of stream.getTracks()) track.stop();
      video.srcObject = null;
      detector.dispose();
      return counted;
    }, 200);
    expect(counts).toHaveLength(20);
    expect(new Set(counts).size).toBe(1);
  });
});
