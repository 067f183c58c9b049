import { createFrameScorer, type EngineOptions, type Observation } from '../liveness/index.js';
import { within } from '../platform/deadline.js';
import type { MediaPlatform } from '../platform/port.js';
import { drawPicture, encodePicture, hasPicture } from './picture.js';

/** The sharpest picture of the run in which the person looks at the camera, with open eyes unless they may be shut. */
export interface BestFrame {
  /** `image/jpeg`, in the camera's own orientation, never mirrored. */
  readonly blob: Blob;
  /** Milliseconds from the start of the recording, as in the timeline. */
  readonly at: number;
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
  /** What it was chosen by: the measures of the detector's observation of this frame. Angles in degrees; `eyeOpenness` is the mean of both eyes. */
  readonly score: { readonly sharpness: number; readonly yaw: number; readonly pitch: number; readonly roll: number; readonly eyeOpenness: number };
}

/** Options of {@link createBestFrame}. */
export interface BestFrameOptions {
  readonly platform: Pick<MediaPlatform, 'setTimeout' | 'clearTimeout' | 'createCanvas'>;
  /** Plays the camera. */
  readonly video: HTMLVideoElement;
  /** The limits that the guidance uses. */
  readonly limits?: Pick<EngineOptions, 'profile' | 'thresholds' | 'eyesMayBeShut'>;
  /** Longest side of the picture, pixels; smaller ones are not enlarged. Default 1280. */
  readonly longSide?: number;
  /** Least time between two snapshots, milliseconds. Default 250. */
  readonly intervalMs?: number;
  /** Largest JPEG, bytes. Default 300,000: every vendor takes that as a photo. */
  readonly maxBytes?: number;
  /** Longest time the encoding may take, milliseconds. Default 2,000. */
  readonly encodeTimeoutMs?: number;
}

/** What {@link BestFrameKeeper.encode} must keep to. */
export interface EncodeLimits {
  /** When the recording began, on the clock of the observations. */
  readonly startedAt: number;
  /** What is left of the session's bytes; {@link BestFrameOptions.maxBytes} holds beside it. */
  readonly maxBytes: number;
}

/** Keeps the best frame of a recording. Nothing in it ever throws. */
export interface BestFrameKeeper {
  /** Right before a frame of a recording goes to the detector. Draws the preview's picture, if it may turn out better than what is kept. */
  snapshot(time: number): void;
  /** Every observation that comes back, also before the recording. Keeps or drops the snapshot of the same time. */
  offer(observation: Observation): void;
  /** The recording was given up: its pictures are worth nothing. What the person's open eyes are is not forgotten. */
  reset(): void;
  /** The best frame as a JPEG; `undefined` where there is none, or it cannot be encoded in time or in the bytes there are. */
  encode(limits: EncodeLimits): Promise<BestFrame | undefined>;
  /** Frees the pictures, for good. Idempotent. */
  stop(): void;
}

/** Tried in order until one fits. 0.9 is where a comparison no longer gains; below 0.6 a smaller picture is the better one. */
const ENCODINGS = [
  { quality: 0.9, scale: 1 },
  { quality: 0.75, scale: 1 },
  { quality: 0.6, scale: 1 },
  { quality: 0.75, scale: 0.5 },
  { quality: 0.6, scale: 0.25 },
] as const;

/** A picture and what the detector said of it. */
interface Shot {
  readonly context: CanvasRenderingContext2D;
  readonly time: number;
  observation?: Observation;
  /** The observation after it: the picture is drawn a moment after the detector's frame, so what holds of it holds on both sides. */
  next?: Observation;
}

/**
 * ```
 * const best = createBestFrame({ platform, video: preview.video, limits: engineOptions });
 * // for each frame:   if (recording) best.snapshot(time);
 * //                   const observation = await detector.detect(frame, time);
 * //                   best.offer(observation);
 * // recording dropped: best.reset();
 * // recording done:    const bestFrame = await best.encode({ startedAt, maxBytes: limits.maxBytes - recording.bytes });
 * // in any case:       best.stop();
 * ```
 *
 * A snapshot is one draw on one of three canvases that are used over and over, so there is nothing to leak; it is drawn at most
 * four times a second, and only while the frame before was better than the one that is kept. A frame counts as good as the worse
 * of its own observation and the next one, so that a blink that begins between the detector's frame and the picture is not kept.
 */
export function createBestFrame(options: BestFrameOptions): BestFrameKeeper {
  const { platform, video, limits, longSide = 1280, intervalMs = 250, maxBytes: largest = 300_000, encodeTimeoutMs = 2_000 } = options;
  const scorer = createFrameScorer(limits);
  const spare: CanvasRenderingContext2D[] = [];
  let stopped = false;
  let made = 0;
  let lastTime = -Infinity;
  let latest: Observation | undefined;
  let taken: Shot | undefined;
  let candidate: Shot | undefined;
  let best: Shot | undefined;

  /** Learns more with time, so it is asked again for every comparison. */
  const scoreOf = (shot: Shot | undefined): number => (shot ? Math.min(...[shot.observation, shot.next].map((each) => (each ? (scorer.score(each)?.score ?? -1) : Infinity))) : -1);

  const drop = (shot: Shot | undefined): undefined => {
    if (shot) spare.push(shot.context);
    return undefined;
  };

  function canvas(): CanvasRenderingContext2D | undefined {
    const reused = spare.pop();
    if (reused || made >= 3) return reused;
    made++;
    return platform.createCanvas(1, 1).getContext('2d') ?? undefined;
  }

  function isWorth(time: number): boolean {
    if (stopped || time - lastTime < intervalMs || !hasPicture(video)) return false;
    const expected = latest && scorer.score(latest)?.score;
    return latest === undefined || (expected !== undefined && expected > scoreOf(best));
  }

  /** The observation after a candidate decides about it. */
  function confirm(next: Observation): void {
    if (!candidate) return;
    candidate.next = next;
    if (scoreOf(candidate) > scoreOf(best)) {
      drop(best);
      best = candidate;
    } else drop(candidate);
    candidate = undefined;
  }

  function reset(): void {
    taken = drop(taken);
    candidate = drop(candidate);
    best = drop(best);
    lastTime = -Infinity;
  }

  async function shrink(source: HTMLCanvasElement, scale: number): Promise<HTMLCanvasElement> {
    if (scale === 1) return source;
    const small = platform.createCanvas(Math.round(source.width * scale), Math.round(source.height * scale));
    small.getContext('2d')?.drawImage(source, 0, 0, small.width, small.height);
    return small;
  }

  async function encodeWithin(source: HTMLCanvasElement, maxBytes: number): Promise<Pick<BestFrame, 'blob' | 'width' | 'height'> | undefined> {
    for (const { quality, scale } of ENCODINGS) {
      const picture = await shrink(source, scale);
      const blob = await encodePicture(picture, quality);
      if (blob.size <= maxBytes) return { blob, width: picture.width, height: picture.height };
    }
    return undefined;
  }

  return {
    snapshot(time) {
      taken = drop(taken);
      if (!isWorth(time)) return;
      const context = canvas();
      if (!context) return;
      try {
        drawPicture(context, video, longSide);
        taken = { context, time };
        lastTime = time;
      } catch {
        spare.push(context);
      }
    },
    offer(observation) {
      latest = observation;
      scorer.learn(observation);
      confirm(observation);
      if (!taken) return;
      const shot = taken;
      taken = undefined;
      shot.observation = observation;
      if (shot.time === observation.time && scoreOf(shot) > scoreOf(best)) candidate = shot;
      else drop(shot);
    },
    reset,
    async encode({ startedAt, maxBytes }) {
      const chosen = best ?? candidate;
      const observed = chosen?.observation;
      const measures = observed?.faces[0]?.measures;
      if (stopped || !chosen || !observed || !measures) return undefined;
      const encoded = await within(encodeWithin(chosen.context.canvas, Math.min(largest, maxBytes)), { platform, timeoutMs: encodeTimeoutMs });
      if (encoded.kind !== 'value' || !encoded.value) return undefined;
      const { yaw, pitch, roll, leftEyeOpenness, rightEyeOpenness } = measures;
      return {
        ...encoded.value,
        at: Math.round(chosen.time - startedAt),
        score: { sharpness: observed.quality?.sharpness ?? 0, yaw, pitch, roll, eyeOpenness: (leftEyeOpenness + rightEyeOpenness) / 2 },
      };
    },
    stop() {
      reset();
      stopped = true;
      // Phones count a canvas against the page until it is collected; its size can be taken back at once.
      for (const { canvas: each } of spare.splice(0)) Object.assign(each, { width: 0, height: 0 });
    },
  };
}
