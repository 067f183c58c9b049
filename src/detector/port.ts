import type { Observation } from '../liveness/observation.js';

/** What a detector can already do: `face` finds faces, `mesh` also measures pose, eyes and mouth. */
export type DetectorStage = 'face' | 'mesh';

/** Bytes fetched so far for everything the detector needs, for the progress bar. */
export interface DetectorProgress {
  /** Asset now being fetched, relative to the asset base. */
  readonly asset: string;
  readonly loadedBytes: number;
  /** Sum of the sizes of all assets, uncompressed. */
  readonly totalBytes: number;
}

/** Why a detector can give nothing more. `code` is a code of `facefront / client`. */
export interface DetectorFailure {
  readonly code: 'detector-unavailable' | 'detector-crashed' | 'detector-timeout' | 'model-missing' | 'model-corrupt';
  readonly detail: string;
}

/** An image a detector takes; a detector closes the `ImageBitmap` or `VideoFrame` it was given. */
export type DetectorFrame = ImageBitmap | VideoFrame | ImageData;

/** Callbacks of {@link DetectorPort.load}. */
export interface DetectorLoadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DetectorProgress) => void;
  /** Called once for `face`, once for `mesh`. */
  readonly onStage?: (stage: DetectorStage) => void;
  /** Called at most once, also after a successful load (a worker that dies later). */
  readonly onFailure?: (failure: DetectorFailure) => void;
}

/**
 * Where the face is. The SDK ships one that runs tfjs in a worker; an integrator may plug in another.
 * `detect` is never called while an earlier call is pending: the frame loop drops frames, it does not queue them.
 */
export interface DetectorPort {
  /** Starts loading (once; later calls return the same promise). Resolves when the stage `face` is ready. */
  load(options?: DetectorLoadOptions): Promise<void>;
  /** The stage reached so far, `undefined` before the first. */
  readonly stage: DetectorStage | undefined;
  /**
   * Whether `detect` also takes a `VideoFrame` in the camera's own size, and scales it itself: the page's thread then copies
   * nothing. @default false: frames come as an `ImageBitmap` or `ImageData` of 480 pixels at most
   */
  readonly takesVideoFrames?: boolean;
  /** @param time milliseconds, becomes {@link Observation.time}. Rejects with a {@link DetectorFailure} as `cause`. */
  detect(frame: DetectorFrame, time: number): Promise<Observation>;
  /** Frees the worker and its memory. Pending calls reject. */
  dispose(): void;
}
