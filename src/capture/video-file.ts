import type { MediaPlatform } from '../platform/port.js';
import { within } from '../platform/deadline.js';
import { hasPicture } from './picture.js';
import { cancelled, type CaptureResult, failure, success } from './result.js';

/** A video file that the browser can show. */
export interface VideoFile {
  readonly video: HTMLVideoElement;
  readonly durationMs: number;
  /** Pixels as shown, turned as the file says. */
  readonly width: number;
  readonly height: number;
  /** Shows the picture at a time, milliseconds from the start. `recorder-empty` where none comes. */
  seek(ms: number): Promise<CaptureResult<void>>;
  /** Gives the memory back. Idempotent. */
  close(): void;
}

/** Options of {@link openVideoFile}. */
export interface VideoFileOptions {
  readonly platform: Pick<MediaPlatform, 'setTimeout' | 'clearTimeout' | 'createVideo' | 'createObjectURL'>;
  readonly file: Blob;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the first picture, for the length, and for each picture sought, milliseconds. */
  readonly timeoutMs: number;
}

/** Past the end of any recording. Not infinite: Safari throws. */
const FAR_SECONDS = 1e7;

/** Opens a file in a video element of its own, out of the document. Codes: `recorder-empty` (no picture to be had), `cancelled`. */
export async function openVideoFile({ platform, file, signal, timeoutMs }: VideoFileOptions): Promise<CaptureResult<VideoFile>> {
  const video = platform.createVideo();
  const { url, revoke } = platform.createObjectURL(file);
  const close = (): void => {
    video.pause();
    video.removeAttribute('src');
    video.load();
    revoke();
  };
  const until = async (events: readonly string[], isDone: (event?: string) => boolean, start: () => void): Promise<CaptureResult<void>> => {
    let unlisten = (): void => undefined;
    const happened = new Promise<void>((resolve, reject) => {
      const check = (event?: Event): void => {
        if (video.error) reject(new Error(`media error ${video.error.code} ${video.error.message}`));
        else if (isDone(event?.type)) resolve();
      };
      const all = [...events, 'error'];
      for (const type of all) video.addEventListener(type, check);
      unlisten = () => all.forEach((type) => video.removeEventListener(type, check));
      start();
      check();
    });
    const outcome = await within(happened, { platform, signal, timeoutMs });
    unlisten();
    if (outcome.kind === 'value') return success(undefined);
    if (outcome.kind === 'aborted') return cancelled('reading the file');
    return failure('recorder-empty', outcome.kind === 'error' ? String(outcome.error) : `no ${events.join(' or ')} within ${timeoutMs} ms`);
  };
  for (const name of ['playsinline', 'webkit-playsinline', 'muted']) video.setAttribute(name, '');
  Object.assign(video, { muted: true, preload: 'auto' });
  let opened = await until(['loadeddata', 'canplay'], () => hasPicture(video), () => {
    video.src = url;
    video.load();
    // iPhones decode nothing before they play.
    void video.play().then(() => video.pause(), () => undefined);
  });
  video.pause();
  // A recorder's webm does not say how long it is; the browser finds out at its end.
  if (opened.ok && !Number.isFinite(video.duration)) {
    opened = await until(['durationchange', 'seeked'], () => Number.isFinite(video.duration), () => {
      video.currentTime = FAR_SECONDS;
    });
  }
  if (!opened.ok) {
    close();
    return opened;
  }
  const { duration, videoWidth: width, videoHeight: height } = video;
  return success({
    video,
    durationMs: duration * 1_000,
    width,
    height,
    close,
    seek: (ms) =>
      until(['seeked'], (event) => event === 'seeked', () => {
        video.currentTime = ms / 1_000;
      }),
  });
}
