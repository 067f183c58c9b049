import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FlowState, VerifyResult } from '../../src/index.js';
import type { Manifest } from '../../src/transport/protocol.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { keepTracks } from './leftovers.js';
import { openSite, type Site } from './site.js';
import { startVerification, type VerificationOptions, waitForPhase } from './verification.js';

declare global {
  interface Window {
    /** What happens to the camera that is open: the device goes away. Only the event tells; a page's own `stop()` fires none. */
    loseCamera: () => void;
  }
}

const QUICK: VerificationOptions = { timing: { steadyMs: 300 } };

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  site = await openSite();
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.cap12, rate: 15 }) });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  await keepTracks(context);
  await context.addInitScript(() => {
    window.loseCamera = () => {
      const track = window.tracks.at(-1);
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    };
  });
  page = await context.newPage();
  await page.goto(site.barePage);
});
afterEach(() => context.close());

interface Ended {
  readonly result: VerifyResult;
  readonly phases: readonly FlowState['phase'][];
  /** Of the submission; `undefined` where none was made. */
  readonly manifest: Manifest | undefined;
  readonly tracks: number;
  readonly live: number;
}

/** Runs to the end, and gives the phases without their repetitions. @param happen what happens once a phase is reached */
async function verification(phase: FlowState['phase'], happen: () => Promise<unknown>, options = QUICK): Promise<Ended> {
  let manifest: Manifest | undefined;
  page.on('request', (request) => {
    if (request.url().endsWith('/submission')) ({ manifest } = request.postDataJSON() as { manifest: Manifest });
  });
  await startVerification(page, options);
  await waitForPhase(page, phase);
  await happen();
  const { result, phases, tracks } = await page.evaluate(async () => ({
    result: await window.run.result,
    phases: window.run.states.map((state) => state.phase).filter((each, index, all) => each !== all[index - 1]),
    tracks: window.tracks.map(({ readyState }) => readyState),
  }));
  return { result, phases, manifest, tracks: tracks.length, live: tracks.filter((state) => state === 'live').length };
}

const PASSED = { status: 'finished', verdict: { decision: 'passed' } };
const loseCamera = (): Promise<void> => page.evaluate(() => window.loseCamera());
const after = (phases: readonly string[], phase: string): readonly string[] => phases.slice(phases.indexOf(phase));

describe('a camera that is lost', () => {
  it('in guidance is opened again, and the person is verified', async () => {
    const { result, phases, manifest, tracks, live } = await verification('guidance', loseCamera, { timing: { steadyMs: 1500 } });
    expect(result).toMatchObject(PASSED);
    expect(after(phases, 'reacquiring').slice(0, 3)).toEqual(['reacquiring', 'guidance', 'recording']);
    expect(manifest?.fallbacks).toContain('camera:reacquired');
    expect(manifest?.bestFrame?.at).toBeGreaterThanOrEqual(0);
    expect({ tracks, live }).toEqual({ tracks: 2, live: 0 });
  });

  it('while it records is opened again, and the recording is made anew', async () => {
    const { result, phases, manifest, live } = await verification('recording', loseCamera);
    expect(result).toMatchObject(PASSED);
    expect(after(phases, 'recording').slice(0, 4)).toEqual(['recording', 'reacquiring', 'guidance', 'recording']);
    const interrupted = manifest?.timeline.find(({ event }) => event === 'interrupted:camera-lost');
    expect(interrupted?.at, 'before the recording that was sent').toBeLessThan(0);
    expect(manifest?.video.durationMs).toBeGreaterThanOrEqual(2000);
    expect(live).toBe(0);
  });

  it('and cannot be had again ends the run with the reason', async () => {
    const { result, phases, live } = await verification('guidance', () =>
      page.evaluate(() => {
        MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('unplugged', 'NotFoundError'));
        window.loseCamera();
      }),
    );
    expect(result).toMatchObject({ status: 'failed', code: { code: 'camera-absent' }, remedy: expect.any(String) });
    expect(after(phases, 'reacquiring')).toEqual(['reacquiring', 'ended']);
    expect(live).toBe(0);
  });

  it('again and again is broken', async () => {
    const { result, tracks, live } = await verification('guidance', async () => {
      for (let time = 1; time <= 4; time++) {
        await page.waitForFunction((count) => window.tracks.length === count && window.run.states.at(-1)?.phase !== 'reacquiring', time);
        await loseCamera();
      }
    }, { timing: { steadyMs: 50_000 } });
    expect(result).toMatchObject({ status: 'failed', code: { code: 'camera-lost' } });
    expect({ tracks, live }).toEqual({ tracks: 4, live: 0 });
  });

  it('is not opened again once the person has called it off', async () => {
    const { result, live } = await verification('guidance', () =>
      page.evaluate(() => {
        window.loseCamera();
        window.run.cancel();
      }),
    );
    expect(result.status).toBe('cancelled');
    expect(live).toBe(0);
  });
});

describe('a phone that is turned', () => {
  it('is recorded anew: the picture has another size', async () => {
    const { result, phases, manifest } = await verification('recording', () => page.evaluate(() => window.tracks.at(-1)?.applyConstraints({ width: 480, height: 480 })), {});
    expect(result).toMatchObject({ status: 'finished' });
    expect(after(phases, 'recording').slice(0, 2)).toEqual(['recording', 'paused']);
    expect(manifest?.camera).toMatchObject({ width: 480, height: 480 });
    expect(manifest?.timeline.filter(({ event }) => event.startsWith('interrupted:'))).not.toHaveLength(0);
  });
});

describe('a recorder', () => {
  it('that is missing leaves a burst of pictures, which the backend takes', async () => {
    await page.evaluate(() => Reflect.deleteProperty(window, 'MediaRecorder'));
    const { result, manifest } = await verification('guidance', async () => undefined);
    expect(result).toMatchObject(PASSED);
    expect(manifest).toMatchObject({ video: { mediaType: 'video/x-motion-jpeg' }, fallbacks: ['evidence:jpeg-burst'] });
    // Ten pictures a second were meant; a machine under load makes fewer.
    expect(manifest?.video.frames?.length).toBeGreaterThanOrEqual(10);
  });

  it('that breaks in the middle is followed by one of another type', async () => {
    await page.evaluate(() => {
      const { start } = MediaRecorder.prototype;
      let broken = false;
      MediaRecorder.prototype.start = function (timeslice) {
        start.call(this, timeslice);
        if (broken) return;
        broken = true;
        setTimeout(() => this.dispatchEvent(new Event('error')), 900);
      };
    });
    const { result, phases, manifest } = await verification('recording', async () => undefined);
    expect(result).toMatchObject(PASSED);
    expect(after(phases, 'recording').filter((phase) => phase === 'recording')).toHaveLength(2);
    expect(manifest?.fallbacks).toHaveLength(1);
    expect(manifest?.fallbacks[0]).toMatch(/^recorder-rejected:video\//);
    expect(manifest?.video.mediaType).not.toBe(manifest?.fallbacks[0]?.slice('recorder-rejected:'.length));
  });
});

describe('several cameras', () => {
  it('are offered, and changed while guidance waits', async () => {
    const two = await launchBrowser({ args: ['--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'] });
    try {
      const own = await two.newPage();
      await own.goto(site.barePage);
      const seen = await own.evaluate(async () => {
        const phases: string[] = [];
        const used: (string | undefined)[] = [];
        let labels: readonly string[] = [];
        const video = document.querySelector('video') as HTMLVideoElement;
        const inUse = (): string | undefined => (video.srcObject as MediaStream | null)?.getVideoTracks()[0]?.getSettings().deviceId;
        const stop = new AbortController();
        const result = await window.Facefront.verify({
          endpoint: '/api/face',
          assetBase: '/',
          video,
          consent: { text: 'May we record your face?', textVersion: 'test', ask: async () => 'granted' },
          signal: stop.signal,
          onState({ phase }) {
            if (phase !== phases.at(-1)) phases.push(phase);
          },
          onCamera({ deviceId, cameras, use }) {
            labels = cameras.map(({ label }) => label);
            used.push(deviceId);
            const other = cameras.find((camera) => camera.deviceId !== deviceId);
            const change = (): void => {
              if (phases.at(-1) !== 'guidance' || inUse() !== deviceId || !other) setTimeout(change, 50);
              else if (used.length === 1) use(other.deviceId);
              else stop.abort();
            };
            change();
          },
        });
        return { status: result.status, phases, labels, used };
      });
      expect(seen.labels).toHaveLength(2);
      expect(seen.used).toHaveLength(2);
      expect(seen.used[1]).not.toBe(seen.used[0]);
      expect(after(seen.phases, 'guidance')).toEqual(['guidance', 'reacquiring', 'guidance', 'ended']);
      expect(seen.status).toBe('cancelled');
    } finally {
      await two.close();
    }
  });
});
