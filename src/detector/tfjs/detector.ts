import type { Observation } from '../../liveness/observation.js';
import type { DetectorFailure, DetectorFrame, DetectorLoadOptions, DetectorPort, DetectorStage } from '../port.js';
import type { WorkerInspection, WorkerRequest, WorkerResponse } from './messages.js';
import { readResponse } from './read-response.js';
import { RETRY_AFTER_MS } from './retry-after.js';

/** Options of {@link createTfjsDetector}. */
export interface TfjsDetectorOptions {
  /** Address of `dist/worker/detector.js`, on the page's own origin: browsers refuse a cross-origin worker. */
  readonly workerUrl: string;
  /** Address of the folder `dist/assets`, with or without the slash at its end. */
  readonly assetBase: string;
  /**
   * Milliseconds without a byte after which a download is given up, and without a sign of life after which loading is.
   * @default 20000
   */
  readonly stallMs?: number;
  /**
   * Milliseconds a single frame may take before the worker counts as hung. An old phone takes 300.
   * @default 5000
   */
  readonly frameTimeoutMs?: number;
  /** Starts the worker. @default `new Worker(url)` */
  readonly createWorker?: (url: string) => Worker;
}

/** {@link DetectorPort} with a look inside, for tests and measurements. */
export interface TfjsDetector extends DetectorPort {
  /** Milliseconds the worker spent on the last frame; `NaN` before the first. */
  readonly lastFrameMs: number;
  /** Memory held by the worker. */
  inspect(): Promise<WorkerInspection>;
}

/** The error a {@link DetectorPort} rejects with; says what happened as a code. */
export class DetectorError extends Error {
  override readonly name = 'DetectorError';
  readonly failure: DetectorFailure;
  constructor(failure: DetectorFailure) {
    super(failure.detail, { cause: failure });
    this.failure = failure;
  }
}

interface Pending {
  readonly resolve: (response: WorkerResponse) => void;
  readonly reject: (error: DetectorError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A face detector and mesh on tfjs in a worker, everything served by the integrator. Nothing starts before `load()`. */
export function createTfjsDetector(options: TfjsDetectorOptions): TfjsDetector {
  const { workerUrl, assetBase, stallMs = 20_000, frameTimeoutMs = 5_000, createWorker = (url) => new Worker(url) } = options;
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let loading: Promise<void> | undefined;
  let stage: DetectorStage | undefined;
  let failure: DetectorFailure | undefined;
  let listeners: DetectorLoadOptions = {};
  let nextId = 0;
  let lastFrameMs = NaN;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let relaunch: ReturnType<typeof setTimeout> | undefined;
  let settleLoad: { resolve: () => void; reject: (error: DetectorError) => void } | undefined;

  function fail(reason: DetectorFailure): void {
    if (failure !== undefined) return;
    failure = reason;
    clearTimeout(watchdog);
    clearTimeout(relaunch);
    worker?.terminate();
    worker = undefined;
    const error = new DetectorError(reason);
    settleLoad?.reject(error);
    for (const [id, { reject, timer }] of pending) {
      clearTimeout(timer);
      pending.delete(id);
      reject(error);
    }
    listeners.onFailure?.(reason);
  }

  /** Progress and stages wind the watchdog up again; it runs out when a download or a model run hangs. */
  function watch(): void {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => fail({ code: 'detector-timeout', detail: `no sign of life for ${stallMs * 2} ms while loading` }), stallMs * 2);
  }

  function receive(message: unknown): void {
    const response = readResponse(message);
    switch (response.type) {
      case 'unreadable': {
        // One bad answer may be one bad frame's; anything else that cannot be read comes from a worker that is not ours.
        const waiting = response.id === undefined ? undefined : take(response.id);
        const reason = { code: 'detector-crashed', detail: response.detail } as const;
        if (waiting) waiting.reject(new DetectorError(reason));
        else if (response.id === undefined) fail(reason);
        return;
      }
      case 'progress':
        watch();
        listeners.onProgress?.(response.progress);
        return;
      case 'stage':
        stage = response.stage;
        if (stage === 'mesh') clearTimeout(watchdog);
        else watch();
        settleLoad?.resolve();
        listeners.onStage?.(stage);
        return;
      case 'failure':
        fail(response.failure);
        return;
      default:
        take(response.id)?.resolve(response);
    }
  }

  /** Whoever waits for an answer; nobody where it came before, or too late. */
  function take(id: number): Pending | undefined {
    const waiting = pending.get(id);
    pending.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  function ask(request: (WorkerRequest & { id: number }), transfer: Transferable[]): Promise<WorkerResponse> {
    return new Promise((resolve, reject) => {
      if (worker === undefined) {
        reject(new DetectorError(failure ?? { code: 'detector-unavailable', detail: 'load() has not been called' }));
        return;
      }
      const timer = setTimeout(() => fail({ code: 'detector-timeout', detail: `no answer to a frame for ${frameTimeoutMs} ms` }), frameTimeoutMs);
      pending.set(request.id, { resolve, reject, timer });
      worker.postMessage(request, transfer);
    });
  }

  function start(): Promise<void> {
    return new Promise((resolve, reject) => {
      settleLoad = { resolve, reject };
      launch(RETRY_AFTER_MS);
    });
  }

  function launch([pauseMs, ...further]: readonly number[]): void {
    let isHeard = false;
    try {
      worker = createWorker(workerUrl);
    } catch (error) {
      fail({ code: 'detector-unavailable', detail: String(error) });
      return;
    }
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      isHeard = true;
      receive(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      // Before the first message an error event without a message means the script itself could not be fetched, and not why.
      if (!isHeard && !event.message && pauseMs !== undefined) {
        worker?.terminate();
        relaunch = setTimeout(() => launch(further), pauseMs);
        return;
      }
      fail({ code: stage === undefined ? 'detector-unavailable' : 'detector-crashed', detail: event.message || `${workerUrl} could not be started` });
    };
    worker.onmessageerror = () => fail({ code: 'detector-crashed', detail: 'an answer of the worker could not be read' });
    watch();
    worker.postMessage({ type: 'load', assetBase: absolute(assetBase), stallMs } satisfies WorkerRequest);
  }

  function dispose(): void {
    listeners = {};
    fail({ code: 'detector-unavailable', detail: 'disposed' });
  }

  return {
    takesVideoFrames: true,
    get stage() {
      return stage;
    },
    get lastFrameMs() {
      return lastFrameMs;
    },
    load(loadOptions = {}) {
      listeners = loadOptions;
      if (loadOptions.signal?.aborted === true) dispose();
      loadOptions.signal?.addEventListener('abort', dispose, { once: true });
      loading ??= failure === undefined ? start() : Promise.reject(new DetectorError(failure));
      return loading;
    },
    async detect(frame: DetectorFrame, time: number): Promise<Observation> {
      if (worker === undefined && 'close' in frame) frame.close();
      const transfer = frame instanceof ImageData ? [frame.data.buffer] : [frame];
      const response = await ask({ type: 'detect', id: nextId++, frame, time }, transfer);
      if (response.type === 'observation') {
        // What was seen in another frame must not count for this one.
        if (response.observation.time !== time) throw new DetectorError({ code: 'detector-crashed', detail: `the answer is that of the frame at ${response.observation.time} ms, not at ${time} ms` });
        lastFrameMs = response.elapsedMs;
        return response.observation;
      }
      throw new DetectorError({ code: 'detector-crashed', detail: response.type === 'frame-failed' ? response.detail : `unexpected ${response.type}` });
    },
    async inspect() {
      const response = await ask({ type: 'inspect', id: nextId++ }, []);
      if (response.type === 'inspection') return response.inspection;
      throw new DetectorError({ code: 'detector-crashed', detail: `unexpected ${response.type}` });
    },
    dispose,
  };
}

/** The worker resolves addresses against its own script; the page's are meant. */
function absolute(base: string): string {
  return new URL(base.endsWith('/') ? base : `${base}/`, document.baseURI).href;
}
