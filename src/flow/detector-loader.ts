import { createTfjsDetector } from '../detector/index.js';
import type { DetectorPort } from '../detector/port.js';
import type { Platform, TimerHandle, Unsubscribe } from '../platform/port.js';
import type { Ending } from './outcome.js';
import type { DetectorState } from './state.js';

/** A detector on its way. */
export interface DetectorLoader {
  /** Another one after a network that was gone has come back. */
  readonly detector: DetectorPort;
  readonly state: DetectorState;
  /** Set once it can give nothing more. */
  readonly failure: Pick<Ending, 'code' | 'detail'> | undefined;
  /** True while it waits for the network. */
  readonly offline: boolean;
  /** Starts fetching; later calls do nothing. */
  start(): void;
  /** Called with every byte count, stage and failure from now on. */
  listen(listener: () => void): Unsubscribe;
  /** Frees the detector and its memory, and ends the wait for a network. */
  dispose(): void;
}

/** Options of {@link createDetectorLoader}. */
export interface DetectorLoaderOptions {
  /** See `VerifyOptions.assetBase`. */
  readonly assetBase: string;
  /** The integrator's own. */
  readonly detector: DetectorPort | undefined;
  readonly platform: Pick<Platform, 'now' | 'setTimeout' | 'clearTimeout' | 'isOnline'>;
  /** Makes the detector where the integrator has none. @default the tfjs one in a worker */
  readonly create?: (options: { readonly workerUrl: string; readonly assetBase: string }) => DetectorPort;
}

/** As long as calls of the backend wait for it. */
const OFFLINE_MS = 60_000;
/** Milliseconds between two looks at whether there is a network. */
const OFFLINE_LOOK_MS = 250;

/** Loads the detector beside everything else; what it says is kept until somebody asks. */
export function createDetectorLoader({ assetBase, detector: given, platform, create = createTfjsDetector }: DetectorLoaderOptions): DetectorLoader {
  const base = assetBase.endsWith('/') ? assetBase : `${assetBase}/`;
  const make = (): DetectorPort => given ?? create({ workerUrl: `${base}worker/detector.js`, assetBase: `${base}assets/` });
  let detector = make();
  let state: DetectorState = { stage: detector.stage };
  let failure: DetectorLoader['failure'];
  let started = false;
  let disposed = false;
  let offlineSince: number | undefined;
  let timer: TimerHandle | undefined;
  const listeners = new Set<() => void>();
  const notify = (): void => listeners.forEach((listener) => listener());

  function fail(reason: NonNullable<DetectorLoader['failure']>): void {
    failure ??= reason;
    notify();
  }

  function load(): void {
    const mine = detector;
    const failed = (reason: NonNullable<DetectorLoader['failure']>): void => {
      if (disposed || mine !== detector || offlineSince !== undefined) return;
      // An integrator's own can be loaded once only; what has its models needs no network.
      if (given || state.stage === 'mesh' || failure || platform.isOnline()) return fail(reason);
      offlineSince = platform.now();
      awaitNetwork();
      notify();
    };
    mine
      .load({
        onProgress(progress) {
          state = { ...state, progress };
          notify();
        },
        onStage(stage) {
          state = { ...state, stage };
          notify();
        },
        onFailure: failed,
      })
      .catch((error: unknown) => failed({ code: 'detector-unavailable', detail: error instanceof Error ? error.message : String(error) }));
  }

  function awaitNetwork(): void {
    if (offlineSince === undefined) return;
    if (platform.isOnline()) {
      offlineSince = undefined;
      detector.dispose();
      detector = make();
      state = { stage: detector.stage };
      notify();
      load();
    } else if (platform.now() - offlineSince >= OFFLINE_MS) {
      offlineSince = undefined;
      fail({ code: 'offline', detail: `detector: no network within ${OFFLINE_MS} ms` });
    } else {
      timer = platform.setTimeout(awaitNetwork, OFFLINE_LOOK_MS);
    }
  }

  return {
    get detector() {
      return detector;
    },
    get state() {
      return state;
    },
    get failure() {
      return failure;
    },
    get offline() {
      return offlineSince !== undefined;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      if (started) return;
      started = true;
      load();
    },
    dispose() {
      disposed = true;
      platform.clearTimeout(timer);
      offlineSince = undefined;
      detector.dispose();
    },
  };
}
