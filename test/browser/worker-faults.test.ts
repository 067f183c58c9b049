import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkerResponse } from '../../src/detector/tfjs/messages.js';
import type { VerifyResult } from '../../src/index.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { keepTracks, type Leftovers, leftoversOf } from './leftovers.js';
import { openSite, type Site } from './site.js';
import { startVerification, waitForPhase } from './verification.js';

/* The detector's own worker, with the real models and a real face before it, breaks in the middle of a run. */

declare global {
  interface Window {
    /** Every worker that this page has started. */
    workers: Worker[];
  }
}

let site: Site;
let browser: Browser;
let context: BrowserContext;

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
    window.workers = [];
    window.Worker = new Proxy(Worker, {
      construct(target, args) {
        const worker = Reflect.construct(target, args) as Worker;
        window.workers.push(worker);
        return worker;
      },
    });
  });
});
afterEach(() => context.close());

type Phase = 'guidance' | 'recording';

/** In `guidance` a face is never steady for long enough, in `recording` at once. */
const STEADY_MS = { guidance: 30_000, recording: 100 } as const;

/** A run that has come to a phase, with the whole detector there. */
async function arrive(phase: Phase, steadyMs: number = STEADY_MS[phase]): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.barePage);
  await startVerification(page, { timing: { steadyMs } });
  await waitForPhase(page, phase);
  await page.waitForFunction(() => window.run.states.at(-1)?.detector.stage === 'mesh', undefined, { polling: 20 });
  return page;
}

/** The worker from the inside: every message that it sends passes `change` first. */
async function alter(page: Page, change: (response: WorkerResponse, before: WorkerResponse | undefined) => readonly unknown[]): Promise<void> {
  await page.workers()[0]?.evaluate(`{
    const change = ${change.toString()};
    const send = self.postMessage.bind(self);
    let before;
    self.postMessage = (response) => {
      for (const each of change(response, before)) send(each);
      before = response;
    };
  }`);
}

interface Ended extends Leftovers {
  readonly result: VerifyResult;
  /** From the fault to the result. */
  readonly tookMs: number;
}

/** Breaks the worker, waits for the end and looks at what is left. */
async function after(page: Page, fault: (page: Page) => Promise<unknown>): Promise<Ended> {
  const began = Date.now();
  await fault(page);
  const result = await page.evaluate(() => window.run.result);
  return { result, tookMs: Date.now() - began, ...(await leftoversOf(page)) };
}

const NOTHING_LEFT = { tracks: 1, live: 0, workers: 0, attached: false };
const failedWith = (code: string) => ({ result: { status: 'failed', code: { system: 'facefront', table: 'client', code } }, ...NOTHING_LEFT });

/** Single answers come within 5 s or never; a busy machine may look at its clock a little late. */
const HANG_MS = 5_000;
const LATE_MS = 3_000;

describe('a worker that breaks', () => {
  it.each<[Phase, string, string, (page: Page) => Promise<unknown>]>([
    ['guidance', 'throws where nobody catches', 'detector-crashed', (page) => page.workers()[0]?.evaluate(() => void setTimeout(() => { throw new Error('out of memory'); })) ?? Promise.reject(new Error('no worker'))],
    ['recording', 'throws where nobody catches', 'detector-crashed', (page) => page.workers()[0]?.evaluate(() => void setTimeout(() => { throw new Error('out of memory'); })) ?? Promise.reject(new Error('no worker'))],
    ['guidance', 'cannot read a frame any more', 'detector-crashed', (page) => alter(page, (response) => [response.type === 'observation' ? { type: 'frame-failed', id: response.id, detail: 'context lost' } : response])],
    ['recording', 'finds faces of NaN', 'detector-crashed', (page) => alter(page, (response) => [response.type === 'observation' ? { ...response, observation: { ...response.observation, faces: response.observation.faces.map((face) => ({ ...face, box: { ...face.box, x: NaN } })) } } : response])],
    ['guidance', 'finds faces where no frame is', 'detector-crashed', (page) => alter(page, (response) => [response.type === 'observation' ? { ...response, observation: { ...response.observation, faces: response.observation.faces.map((face) => ({ ...face, box: { ...face.box, width: 4_000 } })) } } : response])],
    ['recording', 'answers with what it saw before', 'detector-crashed', (page) => alter(page, (response, before) => [response.type === 'observation' && before?.type === 'observation' ? { ...before, id: response.id } : response])],
    ['guidance', 'sends what is no message', 'detector-crashed', (page) => alter(page, () => ['Segmentation fault'])],
  ])('in %s: it %s', async (phase, _what, code, fault) => {
    const ended = await after(await arrive(phase), fault);
    expect(ended).toMatchObject(failedWith(code));
    expect(ended.tookMs).toBeLessThan(LATE_MS);
  });

  it('is given 5 s for a frame, in guidance and while recording, whatever keeps it', async () => {
    const endless = async (page: Page) => page.workers()[0]?.evaluate(() => void setTimeout(() => { for (;;); }));
    const killed = (page: Page) => page.evaluate(() => window.workers.forEach((worker) => worker.terminate()));
    const misaddressed = (page: Page) => alter(page, (response) => [response.type === 'observation' ? { ...response, id: response.id + 1_000 } : response]);
    const runs = [];
    for (const [phase, fault] of [['guidance', killed], ['recording', killed], ['recording', misaddressed], ['recording', endless]] as const) {
      runs.push(after(await arrive(phase), fault));
    }
    for (const ended of await Promise.all(runs)) {
      expect(ended).toMatchObject(failedWith('detector-timeout'));
      expect(ended.tookMs).toBeGreaterThan(HANG_MS - 500);
      expect(ended.tookMs).toBeLessThan(HANG_MS + LATE_MS);
    }
  });
});

describe('a worker that stumbles is survived', () => {
  it.each([
    ['every answer twice, and the one before once more under its old number', (response: WorkerResponse, before: WorkerResponse | undefined) => [...(before ? [before] : []), response, response]],
    [
      'every fifth answer garbage',
      (response: WorkerResponse) => [response.type === 'observation' && response.id % 5 === 0 ? { ...response, observation: { ...response.observation, faces: [{}] } } : response],
    ],
  ])('%s', async (_what, change) => {
    const page = await arrive('guidance', 1_000);
    const ended = await after(page, () => alter(page, change));
    expect(ended).toMatchObject({ result: { status: 'finished', verdict: { decision: 'passed' } }, ...NOTHING_LEFT });
    expect(await page.evaluate(() => window.run.states.some(({ phase }) => phase === 'recording'))).toBe(true);
  });
});
