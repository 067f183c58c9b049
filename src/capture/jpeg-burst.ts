import type { MediaPlatform } from '../platform/port.js';
import { within } from '../platform/deadline.js';
import { drawPicture, encodePicture, hasPicture } from './picture.js';
import { bitrateWithin, BURST_TYPE } from './recorder-types.js';
import type { ActiveRecording, RecordedFrame, Recording, RecordingOptions } from './recorder.js';
import { cancelled, type CaptureResult, describeError, failure, success } from './result.js';

export { BURST_TYPE };

/** What a burst needs of the host. */
export type BurstPlatform = Pick<MediaPlatform, 'now' | 'setTimeout' | 'clearTimeout' | 'createCanvas'>;

/** Options of {@link startJpegBurst}; those it shares with `startRecording` mean the same. */
export interface JpegBurstOptions
  extends Pick<RecordingOptions, 'stream' | 'signal' | 'onStart' | 'bitsPerSecond' | 'maxBytes' | 'maxDurationMs' | 'firstChunkTimeoutMs'> {
  readonly platform: BurstPlatform;
  /** Plays the stream. */
  readonly video: HTMLVideoElement;
  /** Pictures a second. Default 10: an eye is closed for 0.1–0.4 s in a blink. */
  readonly framesPerSecond?: number | undefined;
  /** Most pictures in `maxDurationMs`: fewer a second then. Default: no bound. */
  readonly maxFrames?: number | undefined;
  /** Longest side of a picture, pixels; smaller ones are not enlarged. Default 640. */
  readonly longSide?: number | undefined;
}

const BEST_QUALITY = 0.85;
const WORST_QUALITY = 0.3;
const QUALITY_STEP = 0.1;
/** A canvas that takes longer gives nothing. */
const ENCODE_TIMEOUT_MS = 2_000;
/** How soon to look again where the camera has no new picture yet. */
const LOOK_AGAIN_MS = 15;
/** Of the whole time: how far the bytes may run ahead of it, for the first pictures, whose quality is not settled. */
const HEAD_START = 0.15;
/** One picture may fail for a moment's reason; this many in a row will not get better. */
const BAD_FRAMES = 3;

/**
 * Records without a recorder: the playing video as JPEG pictures, each with its time, as chunks. Resolves with the first
 * picture. The size is kept by the quality of the pictures, then by their number; one that would not fit any more ends the
 * burst (`size-limit`), so that what there is always fits. A picture that the camera has not renewed is not taken again.
 *
 * Codes: `recorder-unavailable` (no canvas), `recorder-empty` (no picture), `recorder-failed`, `camera-lost`, `cancelled`.
 */
export async function startJpegBurst(options: JpegBurstOptions): Promise<CaptureResult<ActiveRecording>> {
  const { platform, stream, video, signal, onStart, maxBytes = Infinity, maxDurationMs, maxFrames } = options;
  const { framesPerSecond = 10, longSide = 640, firstChunkTimeoutMs = 4_000 } = options;
  if (signal?.aborted) return cancelled('starting the burst');
  if (!stream.active) return failure('camera-lost', 'the stream ended before the burst had started');
  const context = platform.createCanvas(1, 1).getContext('2d');
  if (typeof context?.canvas.toBlob !== 'function') return failure('recorder-unavailable', 'the browser makes no JPEG of a canvas');

  const bitsPerSecond = bitrateWithin({ bitsPerSecond: options.bitsPerSecond ?? 4_000_000, maxBytes, maxDurationMs });
  const intervalMs = Math.max(1_000 / framesPerSecond, maxDurationMs && maxFrames ? maxDurationMs / maxFrames : 0);
  let quality = BEST_QUALITY;
  const chunks: Blob[] = [];
  const frames: RecordedFrame[] = [];
  let bytes = 0;
  let bad = 0;
  let shownTime = -1;
  let timer: ReturnType<typeof platform.setTimeout> | undefined;
  const startedAt = platform.now();

  let settled = false;
  let settle!: (result: CaptureResult<Recording>) => void;
  const ended = new Promise<CaptureResult<Recording>>((resolve) => (settle = resolve));
  const end = (result: CaptureResult<Recording>): void => {
    settled = true;
    platform.clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    settle(result);
  };
  const finish = (endedBy: Recording['endedBy']): void => {
    if (settled) return;
    if (!chunks.length) end(failure('recorder-empty', 'the burst has no picture'));
    else end(success({ chunks, mediaType: BURST_TYPE, durationMs: platform.now() - startedAt, bytes, endedBy, frames }));
  };
  const abort = (): void => end(cancelled('recording'));

  let firstPicture!: () => void;
  const first = new Promise<void>((resolve) => (firstPicture = resolve));
  const keep = (picture: Blob, at: number): void => {
    if (bytes + picture.size > maxBytes) return finish('size-limit');
    chunks.push(picture);
    frames.push({ at: Math.round(at - startedAt), bytes: picture.size });
    bytes += picture.size;
    firstPicture();
    const target = (bitsPerSecond / 8_000) * intervalMs;
    if (picture.size < target * 0.7) quality = Math.min(BEST_QUALITY, quality + QUALITY_STEP);
    else if (picture.size > target) quality = Math.max(WORST_QUALITY, quality - QUALITY_STEP);
  };
  /** When the bytes so far are paid for, whatever became of the quality. */
  const paidAt = (): number => startedAt + (bytes * 8_000) / bitsPerSecond - HEAD_START * (maxDurationMs ?? 0);

  const encode = async (): Promise<Blob> => {
    drawPicture(context, video, longSide);
    return encodePicture(context.canvas, quality);
  };
  const take = async (): Promise<void> => {
    if (!stream.active) return finish('stream-ended');
    const at = platform.now();
    let nextAt = at + LOOK_AGAIN_MS;
    if (hasPicture(video) && video.currentTime !== shownTime) {
      shownTime = video.currentTime;
      const encoded = await within(encode(), { platform, timeoutMs: ENCODE_TIMEOUT_MS });
      if (settled) return;
      if (encoded.kind === 'value') {
        bad = 0;
        keep(encoded.value, at);
      } else if ((bad += 1) >= BAD_FRAMES) {
        return end(failure('recorder-failed', encoded.kind === 'error' ? describeError(encoded.error) : `no JPEG within ${ENCODE_TIMEOUT_MS} ms`));
      }
      nextAt = Math.max(at + intervalMs, paidAt());
    }
    // keep() may have ended it.
    if (!settled) timer = platform.setTimeout(() => void take(), Math.max(0, nextAt - platform.now()));
  };

  signal?.addEventListener('abort', abort);
  onStart?.(startedAt);
  void take();
  const ready = await within(Promise.race([first.then(() => undefined), ended]), { platform, timeoutMs: firstChunkTimeoutMs });
  if (ready.kind === 'value' && ready.value?.ok === false) return ready.value;
  if (ready.kind === 'timeout') {
    const reason = failure('recorder-empty', `no picture within ${firstChunkTimeoutMs} ms`);
    end(reason);
    return reason;
  }
  return success({
    mediaType: BURST_TYPE,
    requestedType: BURST_TYPE,
    startedAt,
    rejectedTypes: [],
    bitsPerSecond,
    ended,
    stop() {
      finish('stopped');
      return ended;
    },
    abort,
  });
}
