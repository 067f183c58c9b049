import type { MediaPlatform } from '../platform/port.js';

/**
 * In order of preference: what face verification vendors take (H.264 in mp4) first. The bare names let a browser choose
 * its own codec. The last is asked for where it can become mp4 without loss.
 */
export const RECORDER_TYPES = [
  'video/mp4;codecs=avc1.42E01E',
  'video/mp4',
  'video/webm;codecs=vp9',
  'video/webm;codecs=vp8',
  'video/webm',
  'video/webm;codecs=h264',
] as const;

/** The same with a sound track, which some browsers refuse to record under a name that says nothing of it. */
const RECORDER_TYPES_WITH_SOUND = [
  'video/mp4;codecs=avc1.42E01E,mp4a.40.2',
  'video/mp4;codecs=avc1.42E01E,opus',
  'video/mp4',
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/webm;codecs=h264,opus',
] as const;

/**
 * The media types of {@link RECORDER_TYPES} that the browser claims to record; empty where it has no `MediaRecorder`. A claim
 * is not a recording: browsers say yes and then deliver nothing, which only `startRecording` finds out.
 *
 * @param tracks What is to be recorded. Default: the picture alone.
 * @param containers What the backend takes: such types come first, then those that only need another container. Default: anything.
 */
export function recorderTypes(platform: Pick<MediaPlatform, 'mediaRecorder'>, tracks: 'picture' | 'picture-and-sound' = 'picture', containers?: readonly string[]): string[] {
  const Recorder = platform.mediaRecorder();
  if (!Recorder) return [];
  const types: readonly string[] = tracks === 'picture' ? RECORDER_TYPES : RECORDER_TYPES_WITH_SOUND;
  // Browsers without the question (Safari before 14.1 in part) are asked by trying.
  const claimed = types.filter((type) => typeof Recorder.isTypeSupported !== 'function' || Recorder.isTypeSupported(type));
  const effort = (type: string): number => (isTaken(type, containers) ? 0 : /h264/.test(type) && isTaken(MP4_TYPE, containers) ? 1 : 2);
  return claimed.sort((a, b) => effort(a) - effort(b));
}

/** JPEG pictures one after the other, of a burst: a stream that any decoder of Motion JPEG reads. */
export const BURST_TYPE = 'video/x-motion-jpeg';

/** What a recording is converted to where it is not taken as it is. */
export const MP4_TYPE = 'video/mp4';

/**
 * Whether somebody who takes `containers` takes this type. By mp4 vendors mean H.264 in it; a type that does not name its codecs
 * has the right ones.
 *
 * @param containers media types without parameters; absent: anything
 */
export function isTaken(mediaType: string, containers: readonly string[] | undefined): boolean {
  const [container = '', codecs] = mediaType.toLowerCase().split(/\s*;\s*(?:codecs=)?/);
  return !containers || (containers.includes(container) && !(container === MP4_TYPE && codecs && !/avc[13]/.test(codecs)));
}

/** Options of {@link bitrateWithin}. */
export interface BitrateBudget {
  /** What one would like, bits per second. */
  readonly bitsPerSecond: number;
  /** What the recording may weigh. Default: no bound. */
  readonly maxBytes?: number | undefined;
  /** How long it may become, milliseconds. Default: unknown, and then `maxBytes` does not lower the rate. */
  readonly maxDurationMs?: number | undefined;
}

/** Encoders overshoot their target, most of all in the first second. */
const HEADROOM = 0.8;

/** The rate at which the longest recording still fits its size, so that size never makes one fail at the end. */
export function bitrateWithin({ bitsPerSecond, maxBytes, maxDurationMs }: BitrateBudget): number {
  if (!maxBytes || !maxDurationMs) return bitsPerSecond;
  return Math.floor(Math.min(bitsPerSecond, ((maxBytes * 8_000) / maxDurationMs) * HEADROOM));
}

/**
 * The rate to ask for in another try, after an encoder has made more bytes than it was asked for (`size-limit`): as far below
 * the wish as it went above it.
 */
export function bitrateAfter({ bytes, durationMs }: { readonly bytes: number; readonly durationMs: number }, askedBitsPerSecond: number): number {
  const made = (bytes * 8_000) / Math.max(1, durationMs);
  return Math.floor(askedBitsPerSecond * Math.min(1, askedBitsPerSecond / made));
}
