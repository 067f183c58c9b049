import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { observe, observeNobody } from '../../liveness/observation.fixture.js';
import type { Observation } from '../../liveness/observation.js';
import type { DetectorFailure, DetectorFrame } from '../port.js';
import { createTfjsDetector, type DetectorError } from './detector.js';
import type { WorkerRequest } from './messages.js';

/* The page's half against a worker that says whatever the test says. */

class FakeWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault: () => void }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  terminated = false;
  readonly asked: WorkerRequest[] = [];

  postMessage(request: WorkerRequest): void {
    this.asked.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: unknown): void {
    if (!this.terminated) this.onmessage?.({ data });
  }
}

const FRAME = { width: 640, height: 480, close: () => undefined } as unknown as DetectorFrame;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { baseURI: 'https://example.test/page' });
  vi.stubGlobal('ImageData', class {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A detector whose worker has both models, unless `load` is false. */
async function start({ loaded = true } = {}) {
  const worker = new FakeWorker();
  const failures: DetectorFailure[] = [];
  const progress: unknown[] = [];
  const detector = createTfjsDetector({ workerUrl: '/worker.js', assetBase: '/assets', createWorker: () => worker as unknown as Worker });
  const loading = detector.load({ onFailure: (failure) => failures.push(failure), onProgress: (each) => progress.push(each) }).catch((error: DetectorError) => error.failure);
  if (loaded) {
    worker.say({ type: 'stage', stage: 'face' });
    worker.say({ type: 'stage', stage: 'mesh' });
    await loading;
  }
  /** Asks about a frame; what comes of it is a value, so that nothing is unhandled. */
  const detect = (time: number): Promise<Observation | DetectorFailure> => detector.detect(FRAME, time).catch((error: DetectorError) => error.failure);
  return { worker, detector, failures, progress, loading, detect };
}

/** The answer that a worker in order gives to the request before. */
const answer = (observation: unknown, id = 0) => ({ type: 'observation', id, observation, elapsedMs: 12 });
const [face] = observe(40).faces;
const withFace = (changes: object): unknown => ({ ...observe(40), faces: [{ ...face, ...changes }] });

describe('an answer', () => {
  it.each([
    ['a face', observe(40)],
    ['nobody', observeNobody(40)],
    ['three faces', observe(40, { faces: 3 })],
    ['a face cut by the edge of the frame', observe(40, { offsetX: -1 })],
    ['a face that only the short-range detector saw', observe(40, { measures: false })],
    ['a frame without a measure of its light', observe(40, { quality: false })],
  ])('with %s is handed on as it came', async (_what, observation) => {
    const { worker, detector, detect } = await start();
    const seen = detect(40);
    worker.say(answer(observation));
    expect(await seen).toBe(observation);
    expect(detector.lastFrameMs).toBe(12);
  });

  it.each<[string, unknown, RegExp]>([
    ['no observation', undefined, /neither a frame size/],
    ['a text', 'observation', /neither a frame size/],
    ['a frame without a size', { ...observe(40), frame: {} }, /neither a frame size/],
    ['faces that are no list', { ...observe(40), faces: { length: 1 } }, /neither a frame size/],
    ['a time that is no number', { ...observe(40), time: '40' }, /time/],
    ['more faces than are ever reported', observe(40, { faces: 17 }), /17 faces/],
    ['a face that is null', { ...observe(40), faces: [face, null] }, /faces\[1\]/],
    ['NaN in a box', withFace({ box: { x: NaN, y: 0, width: 1, height: 1 } }), /faces\[0\]/],
    ['a face a thousand frames away', withFace({ box: { x: 1000, y: 0, width: 1, height: 1 } }), /faces\[0\]/],
    ['a negative width', withFace({ box: { x: 0, y: 0, width: -1, height: 1 } }), /faces\[0\]/],
    ['an infinite height', withFace({ box: { x: 0, y: 0, width: 1, height: Infinity } }), /faces\[0\]/],
    ['a score of 7', withFace({ score: 7 }), /faces\[0\]/],
    ['no keypoints', withFace({ keypoints: undefined }), /faces\[0\]/],
    ['a keypoint of NaN', withFace({ keypoints: { ...face?.keypoints, mouth: { x: NaN, y: 0 } } }), /faces\[0\]/],
    ['a yaw of 4000°', withFace({ measures: { ...face?.measures, yaw: 4000 } }), /faces\[0\]/],
    ['eyes of NaN', withFace({ measures: { ...face?.measures, leftEyeOpenness: NaN } }), /faces\[0\]/],
    ['measures that lack the mouth', withFace({ measures: { ...face?.measures, mouthOpenness: undefined } }), /faces\[0\]/],
    ['brighter than white', { ...observe(40), quality: { brightness: 300, contrast: 30, sharpness: 200 } }, /quality/],
    ['the frame before’s', observe(0), /frame at 0 ms, not at 40 ms/],
  ])('with %s is refused, the worker goes on', async (_what, observation, detail) => {
    const { worker, detector, failures, detect } = await start();
    const refused = detect(40);
    worker.say(answer(observation));
    expect(await refused).toMatchObject({ code: 'detector-crashed', detail: expect.stringMatching(detail) });
    expect(failures).toEqual([]);
    const next = detect(80);
    worker.say(answer(observe(80), 1));
    expect(await next).toEqual(observe(80));
    expect(detector.lastFrameMs).toBe(12);
    expect(worker.terminated).toBe(false);
  });

  it('that comes twice, or to what nobody asked, changes nothing', async () => {
    const { worker, failures, detect } = await start();
    const first = detect(40);
    worker.say(answer(observe(40), 9));
    worker.say(answer(observe(40)));
    worker.say(answer(observeNobody(40)));
    expect(await first).toEqual(observe(40));
    const second = detect(80);
    worker.say(answer(observe(40)));
    worker.say(answer({ garbage: true }, 0));
    worker.say(answer(observe(80), 1));
    expect(await second).toEqual(observe(80));
    expect(failures).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that never comes ends the worker after 5 s', async () => {
    const { worker, failures, detect } = await start();
    const seen = detect(40);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(failures).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await seen).toMatchObject({ code: 'detector-timeout' });
    expect(failures).toEqual([{ code: 'detector-timeout', detail: 'no answer to a frame for 5000 ms' }]);
    expect(worker.terminated).toBe(true);
  });

  it('that says the frame could not be read is an error of that frame only', async () => {
    const { worker, failures, detect } = await start();
    const seen = detect(40);
    worker.say({ type: 'frame-failed', id: 0, detail: 'no 2d context' });
    expect(await seen).toEqual({ code: 'detector-crashed', detail: 'no 2d context' });
    expect(failures).toEqual([]);
  });
});

describe('a worker', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'hello'],
    ['a message nobody knows', { type: 'greeting' }],
    ['a stage nobody knows', { type: 'stage', stage: 'nose' }],
    ['progress without numbers', { type: 'progress', progress: { asset: 'a', loadedBytes: NaN, totalBytes: 1 } }],
    ['a failure without a reason', { type: 'failure' }],
    ['a failure that is no detector’s', { type: 'failure', failure: { code: 'passed', detail: '' } }],
    ['an observation for nobody', { type: 'observation', observation: observe(40), elapsedMs: 1 }],
  ])('that says %s is not ours: it is ended, and everybody who waits hears of it', async (_what, message) => {
    const { worker, failures, progress, detect } = await start();
    const seen = detect(40);
    worker.say(message);
    expect(failures).toMatchObject([{ code: 'detector-crashed' }]);
    expect(await seen).toMatchObject({ code: 'detector-crashed' });
    expect(progress).toEqual([]);
    expect(worker.terminated).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(await detect(80)).toMatchObject({ code: 'detector-crashed' });
  });

  it('that says nothing while loading is given up after 40 s; every byte winds the clock up again', async () => {
    const { worker, failures, progress, loading } = await start({ loaded: false });
    for (let loadedBytes = 0; loadedBytes < 3; loadedBytes++) {
      await vi.advanceTimersByTimeAsync(39_000);
      worker.say({ type: 'progress', progress: { asset: 'face-mesh.bin', loadedBytes, totalBytes: 9 } });
    }
    expect(failures).toEqual([]);
    expect(progress).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(failures).toMatchObject([{ code: 'detector-timeout' }]);
    expect(await loading).toMatchObject({ code: 'detector-timeout' });
    expect(worker.terminated).toBe(true);
  });

  it('that throws in the middle is a crash, one that never started is unavailable', async () => {
    for (const [loaded, code] of [[true, 'detector-crashed'], [false, 'detector-unavailable']] as const) {
      const { worker, failures } = await start({ loaded });
      worker.onerror?.({ message: 'out of memory', preventDefault: () => undefined });
      expect(failures).toEqual([{ code, detail: 'out of memory' }]);
      expect(worker.terminated).toBe(true);
    }
  });

  it('whose script was lost on its way is started again, three times at most, and not once disposed', async () => {
    const workers: FakeWorker[] = [];
    const create = () => {
      workers.push(new FakeWorker());
      return workers.at(-1) as unknown as Worker;
    };
    const lose = (): void => workers.at(-1)?.onerror?.({ message: '', preventDefault: () => undefined });
    const load = () => {
      workers.length = 0;
      const detector = createTfjsDetector({ workerUrl: '/worker.js', assetBase: '/assets', createWorker: create });
      return { detector, loading: detector.load().catch((error: DetectorError) => error.failure) };
    };
    const back = load();
    lose();
    await vi.advanceTimersByTimeAsync(500);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(workers[1]?.asked).toMatchObject([{ type: 'load' }]);
    workers[1]?.say({ type: 'stage', stage: 'mesh' });
    expect(await back.loading).toBeUndefined();

    const gone = load();
    lose();
    await vi.advanceTimersByTimeAsync(500);
    lose();
    await vi.advanceTimersByTimeAsync(2000);
    lose();
    expect(await gone.loading).toEqual({ code: 'detector-unavailable', detail: '/worker.js could not be started' });
    expect(workers).toHaveLength(3);

    const left = load();
    lose();
    left.detector.dispose();
    await vi.advanceTimersByTimeAsync(5000);
    expect(workers).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is gone after dispose, and who waits is told, and nobody is told of a failure', async () => {
    const { worker, detector, failures, detect } = await start();
    const seen = detect(40);
    detector.dispose();
    expect(await seen).toMatchObject({ code: 'detector-unavailable', detail: 'disposed' });
    expect(failures).toEqual([]);
    expect(worker.terminated).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
