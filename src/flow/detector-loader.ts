import { createTfjsDetector } from '../detector/index.js';
import type { DetectorFailure, DetectorPort } from '../detector/port.js';
import type { Unsubscribe } from '../platform/port.js';
import type { DetectorState } from './state.js';

/** A detector on its way. */
export interface DetectorLoader {
  readonly detector: DetectorPort;
  readonly state: DetectorState;
  /** Set once it can give nothing more. */
  readonly failure: DetectorFailure | undefined;
  /** Starts fetching; later calls do nothing. */
  start(): void;
  /** Called with every byte count, stage and failure from now on. */
  listen(listener: () => void): Unsubscribe;
}

/** Options of {@link createDetectorLoader}. */
export interface DetectorLoaderOptions {
  /** See `VerifyOptions.assetBase`. */
  readonly assetBase: string;
  /** The integrator's own. */
  readonly detector: DetectorPort | undefined;
}

/** Loads the detector beside everything else; what it says is kept until somebody asks. */
export function createDetectorLoader({ assetBase, detector: given }: DetectorLoaderOptions): DetectorLoader {
  const base = assetBase.endsWith('/') ? assetBase : `${assetBase}/`;
  const detector = given ?? createTfjsDetector({ workerUrl: `${base}worker/detector.js`, assetBase: `${base}assets/` });
  let state: DetectorState = { stage: detector.stage };
  let failure: DetectorFailure | undefined;
  let started = false;
  const listeners = new Set<() => void>();
  const notify = (): void => listeners.forEach((listener) => listener());
  const fail = (reason: DetectorFailure): void => {
    failure ??= reason;
    notify();
  };
  return {
    detector,
    get state() {
      return state;
    },
    get failure() {
      return failure;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      if (started) return;
      started = true;
      detector
        .load({
          onProgress(progress) {
            state = { ...state, progress };
            notify();
          },
          onStage(stage) {
            state = { ...state, stage };
            notify();
          },
          onFailure: fail,
        })
        .catch((error: unknown) => fail({ code: 'detector-unavailable', detail: error instanceof Error ? error.message : String(error) }));
    },
  };
}
