import type { MediaPlatform, Unsubscribe } from '../platform/port.js';
import { within } from '../platform/deadline.js';
import { HIDDEN_MS, ranOut } from './hidden.js';
import { hasPicture } from './picture.js';
import { cancelled, type CaptureFailure, type CaptureResult, describeError, failure, success } from './result.js';

/** A stream that is really playing in an element. */
export interface Preview {
  readonly video: HTMLVideoElement;
  /** Pixels of the picture as shown; changes when the phone is turned. */
  readonly width: number;
  readonly height: number;
  /** Called when the picture has another size: the phone was turned, mostly. What was recorded so far has the old one. */
  onResize(listener: () => void): Unsubscribe;
  /**
   * Gives the element back as it was, unless something else plays in it by now. The stream goes on. Stop a frame loop first:
   * Chromium 147 crashes on a frame callback that still waits while the stream changes. Idempotent.
   */
  detach(): void;
}

/** Options of {@link attachPreview}. */
export interface PreviewOptions {
  readonly platform: Pick<MediaPlatform, 'setTimeout' | 'clearTimeout' | 'isVisible' | 'onVisibilityChange'>;
  readonly stream: MediaStream;
  readonly video: HTMLVideoElement;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for `play()`, milliseconds. Default 5,000. Time in which the page is hidden does not count, here and below: browsers stop the video there. */
  readonly playTimeoutMs?: number | undefined;
  /** Longest wait for the first frame once it plays. Default 8,000. */
  readonly firstFrameTimeoutMs?: number | undefined;
  /** Longest wait for a hidden page. Default 120,000. */
  readonly hiddenTimeoutMs?: number | undefined;
}

/** Without these iOS opens its own full-screen player, and in-app browsers do not start at all. */
const ATTRIBUTES = ['playsinline', 'webkit-playsinline', 'x5-playsinline', 'muted', 'autoplay', 'disablepictureinpicture'] as const;

/**
 * Plays a stream in an element and waits for the first frame. `play()` is called before the first `await`: after
 * `playback-blocked`, call this again from the person's tap.
 *
 * Codes: `playback-blocked` (the browser wants a tap), `camera-no-frames` (WeChat on iOS: granted but black), `page-hidden`, `cancelled`.
 * After a failure the element is as it was before.
 */
export async function attachPreview(options: PreviewOptions): Promise<CaptureResult<Preview>> {
  const { platform, stream, video, signal, playTimeoutMs = 5_000, firstFrameTimeoutMs = 8_000, hiddenTimeoutMs = HIDDEN_MS } = options;
  if (signal?.aborted) return cancelled('starting the preview');

  const detach = attach(stream, video);
  const frame = watchFirstFrame(video);
  const limits = { platform, signal, hidden: { platform, timeoutMs: hiddenTimeoutMs } };
  const fail = (reason: CaptureFailure): CaptureFailure => {
    detach();
    return reason;
  };
  try {
    // A promise of play() that stays pending while frames arrive is as good as one that resolves.
    const playing = await within(Promise.race([frame.seen, play(video)]), { ...limits, timeoutMs: playTimeoutMs });
    if (playing.kind === 'error') return fail(failure('playback-blocked', describeError(playing.error)));
    if (playing.kind === 'timeout') return fail(ranOut(platform, 'playback-blocked', `play() gave no answer within ${playTimeoutMs} ms`));
    const first = playing.kind === 'aborted' ? playing : await within(frame.seen, { ...limits, timeoutMs: firstFrameTimeoutMs });
    if (first.kind === 'aborted') return fail(cancelled('starting the preview'));
    if (first.kind !== 'value') return fail(ranOut(platform, 'camera-no-frames', `no frame within ${firstFrameTimeoutMs} ms of play()`));
  } finally {
    frame.stop();
  }
  const unlisteners = new Set<Unsubscribe>();
  return success({
    video,
    get width() {
      return video.videoWidth;
    },
    get height() {
      return video.videoHeight;
    },
    onResize(listener) {
      const unlisten = listenToResize(video, listener);
      unlisteners.add(unlisten);
      return unlisten;
    },
    detach() {
      for (const unlisten of unlisteners) unlisten();
      detach();
    },
  });
}

/** An `async` function because old browsers return nothing, and a throw shall look like a rejection. */
async function play(video: HTMLVideoElement): Promise<void> {
  await video.play();
}

function attach(stream: MediaStream, video: HTMLVideoElement): () => void {
  const { muted, srcObject } = video;
  const added = ATTRIBUTES.filter((name) => !video.hasAttribute(name));
  for (const name of added) video.setAttribute(name, '');
  // The attribute alone mutes only elements that the parser made.
  video.muted = true;
  video.srcObject = stream;
  return () => {
    if (video.srcObject !== stream) return;
    video.pause();
    for (const name of added) video.removeAttribute(name);
    video.srcObject = srcObject;
    video.muted = muted;
  };
}

/** The event also comes for sizes of 0, when a source goes, and for the size that was there already. */
function listenToResize(video: HTMLVideoElement, listener: () => void): Unsubscribe {
  let { videoWidth, videoHeight } = video;
  const check = (): void => {
    if (!video.videoWidth || (video.videoWidth === videoWidth && video.videoHeight === videoHeight)) return;
    ({ videoWidth, videoHeight } = video);
    listener();
  };
  video.addEventListener('resize', check);
  return () => video.removeEventListener('resize', check);
}

const FRAME_EVENTS = ['loadeddata', 'playing', 'timeupdate', 'resize'] as const;

function watchFirstFrame(video: HTMLVideoElement): { readonly seen: Promise<void>; stop(): void } {
  let stop = (): void => undefined;
  const seen = new Promise<void>((resolve) => {
    const check = (): void => {
      if (hasPicture(video) && video.currentTime > 0) resolve();
    };
    let handle: number | undefined;
    // Not at once: Chromium 147 crashes on a callback that is asked for while the element changes from one stream to another.
    const onLoadStart = (): void => void (handle ??= video.requestVideoFrameCallback?.(() => resolve()));
    video.addEventListener('loadstart', onLoadStart);
    for (const type of FRAME_EVENTS) video.addEventListener(type, check);
    stop = () => {
      if (handle !== undefined) video.cancelVideoFrameCallback(handle);
      video.removeEventListener('loadstart', onLoadStart);
      for (const type of FRAME_EVENTS) video.removeEventListener(type, check);
    };
  });
  return { seen, stop };
}
