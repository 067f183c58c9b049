import { readFile } from 'node:fs/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../scripts/chromium.js';
import { cameraFile, derive, VIDEOS } from '../scripts/media.js';
import type { WorkerInspection } from '../src/detector/index.js';
import { openSite } from '../test/browser/site.js';
import type {} from '../test/browser/verification.js';
import { type Measurement, round } from './measurement.js';

/** What is compared: the tenth minute with the first. */
const MINUTES = 10;
/** A minute of frames without `--real-time`: those of a phone that detects ten times a second. */
const FRAMES_A_MINUTE = 600;
/** More than a tenth above the first minute is a leak. */
const GOAL = 1.1;
/** Longer than any minute takes here; a page that stands still is an error, not a wait. */
const MINUTE_DEADLINE_MS = 300_000;

/** Bytes after a full garbage collection; `tensors` is a count. */
interface Sample {
  readonly page: number;
  readonly worker: number;
  /** All of the renderer's own memory: both heaps, wasm, pictures, the browser's code at work. NaN where the system does not tell. */
  readonly process: number;
  readonly tensors: number;
  readonly frames: number;
  readonly seconds: number;
}

/** What the page under measurement keeps for the bench; nothing that grows. */
interface Probe {
  frames: number;
  readonly inspect: () => Promise<WorkerInspection>;
  phase: string;
}

/** Options of {@link benchMemory}. */
export interface MemoryBenchOptions {
  /** Ten minutes by the clock, from the camera as it is. Default: ten minutes of frames, as fast as the detector takes them. */
  readonly realTime: boolean;
}

/**
 * Whether guidance that goes on and on holds on to memory: the flow with its detector on a real face that is never steady for
 * long enough. Ten minutes are six thousand frames by default, from a camera that gives more than the detector takes; what only
 * time could leak, such as a timer's, shows with `--real-time`.
 */
export async function benchMemory({ realTime }: MemoryBenchOptions): Promise<readonly Measurement[]> {
  const site = await openSite();
  const browser = await launchChromium({ fakeCamera: realTime ? await cameraFile({ input: VIDEOS.cap12 }) : await fastCamera() });
  try {
    const page = await browser.newPage();
    await guide(page, site.barePage, realTime);
    const read = await createReader(browser, page);
    const began = Date.now();
    const samples: Sample[] = [];
    for (let minute = 1; minute <= MINUTES; minute++) {
      if (realTime) await page.waitForTimeout(began + minute * 60_000 - Date.now());
      else await page.waitForFunction((frames) => (window as unknown as { probe: Probe }).probe.frames >= frames, minute * FRAMES_A_MINUTE, { polling: 200, timeout: MINUTE_DEADLINE_MS });
      samples.push(await read((Date.now() - began) / 1_000));
      process.stderr.write(`  ${describe(minute, samples[minute - 1] as Sample)}\n`);
    }
    return compare(samples, realTime);
  } finally {
    await browser.close();
    await site.close();
  }
}

/** The same film at 60 frames a second and as bare pictures, which cost nothing to decode. */
function fastCamera(): Promise<string> {
  return derive({ input: VIDEOS.cap12, inputArgs: ['-t', '7.2'], args: ['-vf', 'scale=640:480,setpts=PTS*25/60,fps=60', '-an', '-pix_fmt', 'yuv420p'], extension: 'y4m' });
}

/** Starts a verification that stays in guidance; returns when the whole detector is at work. */
async function guide(page: Page, address: string, realTime: boolean): Promise<void> {
  // tsx wraps the functions that are sent into the page in this helper of esbuild's.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.addInitScript(() => {
    const probe = { frames: 0, phase: '' };
    window.Worker = new Proxy(Worker, {
      construct(target, args) {
        const worker = Reflect.construct(target, args) as Worker;
        const post = worker.postMessage.bind(worker) as (message: { readonly type: string }, transfer: Transferable[]) => void;
        worker.postMessage = (message: { readonly type: string }, transfer: unknown) => {
          if (message.type === 'detect') probe.frames++;
          post(message, transfer as Transferable[]);
        };
        const inspect = (): Promise<unknown> =>
          new Promise((resolve) => {
            const listen = ({ data }: MessageEvent<{ readonly type: string; readonly inspection: unknown }>): void => {
              if (data.type !== 'inspection') return;
              worker.removeEventListener('message', listen);
              resolve(data.inspection);
            };
            worker.addEventListener('message', listen);
            post({ type: 'inspect', id: -1 } as { readonly type: string }, []);
          });
        Object.assign(probe, { inspect });
        return worker;
      },
    });
    Object.assign(window, { probe });
  });
  await page.goto(address);
  await page.evaluate((realTime) => {
    const { probe } = window as unknown as { probe: Probe };
    const video = document.querySelector('video');
    if (!video) throw new Error('the page has no video');
    void window.Facefront.verify({
      endpoint: '/api/face',
      assetBase: '/',
      video,
      consent: { text: 'May we record your face?', textVersion: 'bench', ask: () => Promise.resolve('granted') },
      timing: { steadyMs: 1e9, guidingMs: 1e9, totalMs: 1e9 },
      // The SDK's own request would have the browser thin the camera out to 30 frames a second.
      ...(!realTime && { stream: () => navigator.mediaDevices.getUserMedia({ video: { frameRate: 60 } }) }),
      onState: ({ phase, detector }) => void (probe.phase = `${phase} ${detector.stage ?? ''}`),
    });
  }, realTime);
  await page.waitForFunction(() => (window as unknown as { probe: Probe }).probe.phase === 'guidance mesh', undefined, { polling: 50 });
}

async function createReader(browser: Browser, page: Page): Promise<(seconds: number) => Promise<Sample>> {
  const session = await page.context().newCDPSession(page);
  const worker = await attachWorker(session);
  const browserSession = await browser.newBrowserCDPSession();
  const { processInfo } = await browserSession.send('SystemInfo.getProcessInfo');
  const renderer = processInfo.find(({ type }) => type === 'renderer');
  const here = (method: string): Promise<unknown> => session.send(method as 'Runtime.getHeapUsage');
  return async (seconds) => {
    const page_ = await heapOf(here);
    const worker_ = await heapOf(worker);
    const { frames, inspection, phase } = await page.evaluate(async () => {
      const { probe } = window as unknown as { probe: Probe };
      return { frames: probe.frames, inspection: await probe.inspect(), phase: probe.phase };
    });
    if (phase !== 'guidance mesh') throw new Error(`the guidance went over into ${phase}`);
    return { page: page_, worker: worker_, process: await processBytes(renderer?.id), tensors: inspection.tensors, frames, seconds };
  };
}

/** Bytes that are left after what nobody uses is gone: objects, DOM, buffers. The least of three: a frame may be at work in between. */
async function heapOf(send: (method: string) => Promise<unknown>): Promise<number> {
  const sizes: number[] = [];
  for (let reading = 0; reading < 3; reading++) {
    await send('HeapProfiler.collectGarbage');
    const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = (await send('Runtime.getHeapUsage')) as { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number };
    sizes.push(usedSize + embedderHeapUsedSize + backingStorageSize);
  }
  return Math.min(...sizes);
}

interface TargetEvents {
  on(event: string, listener: (payload: { readonly sessionId: string; readonly message: string }) => void): void;
  send(method: string, parameters: object): Promise<unknown>;
}

/** Sends to the page's only worker, which has no session of its own in playwright. */
async function attachWorker(session: CDPSession): Promise<(method: string) => Promise<unknown>> {
  const target = session as unknown as TargetEvents;
  const waiting = new Map<number, (result: unknown) => void>();
  const attached = new Promise<string>((resolve) => target.on('Target.attachedToTarget', ({ sessionId }) => resolve(sessionId)));
  target.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
    if (id !== undefined) waiting.get(id)?.(result);
  });
  await target.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  let id = 0;
  return (method) =>
    new Promise((resolve, reject) => {
      waiting.set(++id, resolve);
      target.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) }).catch(reject);
    });
}

async function processBytes(id: number | undefined): Promise<number> {
  // Linux only; other systems go without.
  const text = await readFile(`/proc/${id ?? 0}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Anonymous:\s+(\d+) kB/m.exec(text)?.[1] ?? NaN) * 1_024;
}

function compare(samples: readonly Sample[], realTime: boolean): readonly Measurement[] {
  const [first, last] = [samples[0], samples[samples.length - 1]];
  if (!first || !last) return [];
  const span = realTime ? '10 minutes' : `${last.frames} frames (10 minutes at 10 a second)`;
  const compared = (what: string, pick: (sample: Sample) => number, scale: number): Measurement => ({
    name: `memory: ${what} after ${span} of guidance, of that after the first tenth`,
    value: round(pick(last) / pick(first)),
    goal: GOAL,
    ours: round(pick(last) / scale),
    theirs: round(pick(first) / scale),
  });
  return [
    compared('the page’s heap, MB', ({ page }) => page, 1e6),
    compared('the worker’s heap, MB', ({ worker }) => worker, 1e6),
    compared('the worker’s tensors', ({ tensors }) => tensors, 1),
    ...(Number.isNaN(last.process) ? [] : [compared('the renderer process, wasm and pictures included, MB', ({ process: bytes }) => bytes, 1e6)]),
    { name: 'memory: frames a second meanwhile', value: round(last.frames / last.seconds) },
  ];
}

function describe(minute: number, { page, worker, process: bytes, tensors, frames, seconds }: Sample): string {
  const megabytes = (value: number): string => (value / 1e6).toFixed(2);
  return `${minute}/${MINUTES}: page ${megabytes(page)}, worker ${megabytes(worker)}, process ${megabytes(bytes)} MB, ${tensors} tensors, ${frames} frames, ${seconds.toFixed(0)} s`;
}
