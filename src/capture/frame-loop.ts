import { FRAME_LONG_SIDE } from '../detector/frame-size.js';
import type { DetectorFrame } from '../detector/port.js';
import type { MediaPlatform } from '../platform/port.js';
import { createFrameClock, type FrameClock } from './frame-clock.js';
import { closeFrame, createFrameGrabber } from './frame-grabber.js';
import { hasPicture } from './picture.js';
import { type CaptureFailure, describeError, failure } from './result.js';

/** What became of the frames so far. */
export interface FrameCounts {
  /** Handed to the consumer. */
  readonly delivered: number;
  /** Came while the consumer was busy. */
  readonly dropped: number;
  /** Could not be read from the video. */
  readonly unreadable: number;
}

/** A running loop. */
export interface FrameLoop {
  counts(): FrameCounts;
  /** No frame is handed over after this. Idempotent. */
  stop(): void;
}

/** Options of {@link startFrameLoop}. */
export interface FrameLoopOptions {
  readonly platform: Pick<
    MediaPlatform,
    'now' | 'setTimeout' | 'clearTimeout' | 'isVisible' | 'requestAnimationFrame' | 'createImageBitmap' | 'createCanvas' | 'createVideoFrame'
  >;
  readonly video: HTMLVideoElement;
  /**
   * Takes a frame and its time in milliseconds (see `createFrameClock`); the frame is the consumer's to close. While its
   * promise is pending, frames are dropped: its deadline is the consumer's own.
   */
  readonly onFrame: (frame: DetectorFrame, time: number) => Promise<void> | void;
  /** Makes the frames' times. Give one to several loops that follow each other, and time goes on across them. Default: a new one. */
  readonly clock?: FrameClock | undefined;
  /** What `onFrame` threw. The loop goes on. */
  readonly onError: (error: unknown) => void;
  /** `camera-no-frames`: nothing could be handed over for a while. Once per stall; the loop goes on and may recover. */
  readonly onStall: (reason: CaptureFailure) => void;
  /** Longest side of a frame that is copied, pixels. Default 480. */
  readonly longSide?: number | undefined;
  /** Whether the consumer takes a `VideoFrame` of the camera's own size. Default false. */
  readonly videoFrames?: boolean | undefined;
  /** Default 3,000. Time while the page is hidden does not count: browsers stop the video there. */
  readonly stallTimeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How often the watchdog looks. */
const WATCH_MS = 250;

/** Without frame callbacks the clock of a camera's video moves all the time; this tells its 30 frames from the display's 60. */
const SHORTEST_STEP_MS = 25;

/** Silence after which the watchdog takes frames itself: some browsers call nobody back for a video out of view. */
const SILENCE_MS = 500;

/**
 * Hands the frames of a playing video to one consumer, newest first and never two at a time. Paced by
 * `requestVideoFrameCallback`, else by animation frames on which the video has moved, and by a timer where neither comes.
 */
export function startFrameLoop(options: FrameLoopOptions): FrameLoop {
  const { platform, video, onFrame, onError, onStall, longSide = FRAME_LONG_SIDE, videoFrames, stallTimeoutMs = 3_000, signal, clock: timeOf = createFrameClock() } = options;
  const grab = createFrameGrabber({ platform, longSide, videoFrames });
  const counts = { delivered: 0, dropped: 0, unreadable: 0 };
  let running = !signal?.aborted;
  let state: 'idle' | 'grabbing' | 'consuming' = 'idle';
  let presentedAt = platform.now();
  let healthyAt = presentedAt;
  let shownTime = -1;
  let unreadable = '';
  let stalled = false;

  const present = (mediaTime?: number): void => {
    presentedAt = platform.now();
    shownTime = video.currentTime;
    const time = timeOf(mediaTime, presentedAt);
    if (state !== 'idle') {
      counts.dropped += 1;
      // The camera is fine; a grab that hangs is not.
      if (state === 'consuming') healthyAt = presentedAt;
    } else if (hasPicture(video)) {
      void deliver(time);
    }
  };

  const deliver = async (time: number): Promise<void> => {
    state = 'grabbing';
    try {
      const frame = await grab(video);
      if (!running) return closeFrame(frame);
      state = 'consuming';
      counts.delivered += 1;
      healthyAt = platform.now();
      stalled = false;
      await onFrame(frame, time);
    } catch (error) {
      if (state === 'grabbing') {
        counts.unreadable += 1;
        unreadable = describeError(error);
      } else if (running) onError(error);
    } finally {
      state = 'idle';
    }
  };

  const watch = (): void => {
    watchTimer = platform.setTimeout(watch, WATCH_MS);
    const now = platform.now();
    if (!platform.isVisible()) healthyAt = now;
    // A frame just taken here is judged at the next look.
    if (now - presentedAt >= SILENCE_MS && video.currentTime !== shownTime) return present();
    if (now - healthyAt < stallTimeoutMs || stalled) return;
    stalled = true;
    onStall(failure('camera-no-frames', `no frame for ${stallTimeoutMs} ms${unreadable && ` (${unreadable})`}`));
  };

  let cancelNext = (): void => undefined;
  const schedule = (): void => {
    if (typeof video.requestVideoFrameCallback === 'function') {
      const handle = video.requestVideoFrameCallback((_now, metadata) => {
        schedule();
        present(metadata.mediaTime);
      });
      cancelNext = () => video.cancelVideoFrameCallback(handle);
    } else {
      cancelNext = platform.requestAnimationFrame(() => {
        schedule();
        if (platform.now() - presentedAt >= SHORTEST_STEP_MS && video.currentTime !== shownTime) present();
      });
    }
  };

  let watchTimer: ReturnType<typeof platform.setTimeout> | undefined;
  const stop = (): void => {
    running = false;
    cancelNext();
    platform.clearTimeout(watchTimer);
    signal?.removeEventListener('abort', stop);
  };
  if (running) {
    signal?.addEventListener('abort', stop);
    watchTimer = platform.setTimeout(watch, WATCH_MS);
    schedule();
  }
  return { counts: () => ({ ...counts }), stop };
}
