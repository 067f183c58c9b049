import { type CollectContext, EVERYWHERE, type FactAbout } from '../../fact.js';
import { gather } from './gather.js';
import { round, statistics } from './statistics.js';

/** What the frames of the camera look like over a short while. */
export interface CameraFramesValue {
  readonly frames: number;
  /** How many came with the time of their capture, which Chromium gives to the frames of cameras. */
  readonly withCaptureTime: number;
  /** Between the frames' media times, milliseconds. */
  readonly meanIntervalMs: number;
  /** Variance of the intervals, milliseconds squared. */
  readonly intervalVariance: number;
  /** Frames without any difference from the one before, in a picture of 32 × 24. A camera's noise makes every frame another. */
  readonly duplicates: number;
}

/** Enough for a mean and a variance, and done in 700 ms at 30 frames a second. */
const FRAMES = 20;
/** Fewer say nothing. */
const FEWEST = 5;
const LONGEST_MS = 1_000;
const WIDTH = 32;
const HEIGHT = 24;

export const about: FactAbout = {
  purpose: 'See a stream that no camera makes: still, repeated, or without capture times.',
  value: 'Number of frames, mean and variance of their intervals, how many carry a capture time and how many repeat the one before. No picture is kept.',
  personalData: 'sensor',
  platforms: EVERYWHERE,
  cost: 'About 0.7 s of waiting, under 1 ms of work a frame.',
};

/** The first frames that come. */
export async function readFrames(context: CollectContext): Promise<CameraFramesValue | undefined> {
  const video = context.camera?.video;
  // Firefox before 132 has no frame callback.
  if (!video?.requestVideoFrameCallback) return undefined;
  const canvas = Object.assign(context.host.page.document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
  const picture = canvas.getContext('2d', { willReadFrequently: true });
  let last: Uint8ClampedArray | undefined;
  const frames = await gather<FrameSeen>({
    context,
    count: FRAMES,
    // A slow camera's few frames are better than a timeout.
    ms: LONGEST_MS,
    start(push) {
      let handle = 0;
      const onFrame: VideoFrameRequestCallback = (_now, { captureTime, mediaTime }) => {
        handle = video.requestVideoFrameCallback(onFrame);
        picture?.drawImage(video, 0, 0, WIDTH, HEIGHT);
        const pixels = picture?.getImageData(0, 0, WIDTH, HEIGHT).data;
        const repeats = last?.every((value, index) => value === pixels?.[index]);
        last = pixels;
        push({ at: mediaTime * 1_000, captured: captureTime !== undefined, repeats });
      };
      handle = video.requestVideoFrameCallback(onFrame);
      return () => video.cancelVideoFrameCallback(handle);
    },
  });
  if (frames.length < FEWEST) return undefined;
  const { mean, variance } = statistics(frames.slice(1).map(({ at }, index) => at - (frames[index] as FrameSeen).at));
  return {
    frames: frames.length,
    withCaptureTime: frames.filter(({ captured }) => captured).length,
    meanIntervalMs: round(mean),
    intervalVariance: round(variance),
    duplicates: frames.filter(({ repeats }) => repeats).length,
  };
}

/** One frame; `at` in milliseconds of media time. */
interface FrameSeen {
  readonly at: number;
  readonly captured: boolean;
  readonly repeats: boolean | undefined;
}
