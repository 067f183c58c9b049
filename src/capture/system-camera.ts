import type { CodeReference } from '../codes/index.js';
import type { ClientCode } from '../codes/client-codes.js';
import { FRAME_LONG_SIDE } from '../detector/frame-size.js';
import type { DetectorPort } from '../detector/port.js';
import type { MediaPlatform } from '../platform/port.js';
import { within } from '../platform/deadline.js';
import { createFrameGrabber } from './frame-grabber.js';
import type { Recording } from './recorder.js';
import { cancelled, type CaptureFailure, type CaptureResult, describeError, success } from './result.js';
import { openVideoFile, type VideoFile } from './video-file.js';

export { SYSTEM_CAMERA_INPUT } from './system-camera-input.js';

/** What {@link checkVideoFile} looks at, in this order. */
export type FileRule = 'not-empty' | 'size' | 'kind' | 'readable' | 'duration' | 'resolution' | 'face';

/** One answer. */
export interface FileCheck {
  readonly rule: FileRule;
  /** `skipped`: cannot be told, because of an earlier rule or because the detector gave nothing. */
  readonly status: 'ok' | 'fail' | 'skipped';
  /** What to tell the person about a failure (`promptFor`). */
  readonly code?: CodeReference;
  /** For the developer: what was measured, and the limit. */
  readonly detail: string;
}

/** All answers, and the file as a recording. */
export interface FileReport {
  /** `fail` if any rule says so. */
  readonly status: 'ok' | 'fail';
  readonly checks: readonly FileCheck[];
  /** Absent where the file cannot be read. */
  readonly recording?: Recording;
  /** Pixels as shown; 0 where the file cannot be read. */
  readonly width: number;
  readonly height: number;
  /** When the file was written, milliseconds since 1970 by the device's clock: an old one comes from an album. The server's to weigh. */
  readonly lastModified: number;
}

/** What a file may be: the session's limits. */
export interface FileLimits {
  /** Default 8,388,608: what vendors take. */
  readonly maxBytes?: number;
  /** Milliseconds. Default 2,000. */
  readonly minDurationMs?: number;
  /** Milliseconds. Default 30,000. */
  readonly maxDurationMs?: number;
  /** Pixels of the shorter side. Default 270. */
  readonly minWidth?: number;
  /** Pixels of the longer side. Default 480. */
  readonly minHeight?: number;
}

/** Options of {@link checkVideoFile}. */
export interface CheckVideoFileOptions {
  readonly platform: Pick<MediaPlatform, 'setTimeout' | 'clearTimeout' | 'createVideo' | 'createCanvas' | 'createImageBitmap' | 'createObjectURL'>;
  readonly file: File;
  readonly limits?: FileLimits | undefined;
  /** Loaded already. Without one the rule `face` is skipped. */
  readonly detector?: Pick<DetectorPort, 'detect'> | undefined;
  /** Pictures looked at for a face. Default 6, evenly spread. */
  readonly samples?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How much of the looking is done, 0–1. */
  readonly onProgress?: ((progress: number) => void) | undefined;
  /** Longest wait for the file to open, and for each picture and each answer of the detector. Default 10,000. */
  readonly timeoutMs?: number | undefined;
}

/** In so many of the samples there must be a face, and one alone. */
const FACE_SHARE = 2 / 3;
/** A second face this much smaller stands in the background. */
const BACKGROUND_FACE = 0.5;

const client = (code: ClientCode): CodeReference => ({ system: 'facefront', table: 'client', code });
const TOO_SHORT: CodeReference = { system: 'faceid-wechat', table: 'liveness-silent', code: '1303' };
/** "The video is empty or cannot be processed." */
const NOT_READABLE: CodeReference = { system: 'faceid-sdk', table: 'result', code: '66664001' };

type Answer = Omit<FileCheck, 'rule'>;
const answer = (isMet: boolean, code: CodeReference, detail: string): Answer => (isMet ? { status: 'ok', detail } : { status: 'fail', code, detail });
const skipped = (detail: string): Answer => ({ status: 'skipped', detail });

/**
 * Looks at a file from the system's camera before it is sent: every rule is answered, so that the person hears of everything
 * at once. Nothing leaves the device. Codes: `cancelled`; all else is in the report.
 */
export async function checkVideoFile(options: CheckVideoFileOptions): Promise<CaptureResult<FileReport>> {
  const { platform, file, limits = {}, signal, timeoutMs = 10_000 } = options;
  const { maxBytes = 8_388_608, minDurationMs = 2_000, maxDurationMs = 30_000, minWidth = 270, minHeight = 480 } = limits;
  const checks: FileCheck[] = [];
  const add = (rule: FileRule, result: Answer): void => void checks.push({ rule, ...result });

  add('not-empty', answer(file.size > 0, NOT_READABLE, `${file.size} bytes`));
  add('size', answer(file.size <= maxBytes, client('video-too-large'), `${file.size} of ${maxBytes} bytes`));
  // Some Android file choosers give no type at all.
  add('kind', answer(!file.type || file.type.startsWith('video/'), client('not-a-video'), file.type || 'no type given'));

  const opened = file.size > 0 ? await openVideoFile({ platform, file, signal, timeoutMs }) : undefined;
  if (signal?.aborted) {
    if (opened?.ok) opened.value.close();
    return cancelled('checking the file');
  }
  const report = (rest: Pick<FileReport, 'recording' | 'width' | 'height'>): CaptureResult<FileReport> =>
    success({ status: checks.some(({ status }) => status === 'fail') ? 'fail' : 'ok', checks, lastModified: file.lastModified, ...rest });
  if (!opened?.ok) {
    add('readable', opened ? answer(false, NOT_READABLE, opened.detail) : skipped('empty'));
    for (const rule of ['duration', 'resolution', 'face'] as const) add(rule, skipped('the file cannot be read'));
    return report({ width: 0, height: 0 });
  }

  const { durationMs, width, height, close } = opened.value;
  add('readable', { status: 'ok', detail: 'the browser shows it' });
  const range = `${Math.round(durationMs)} ms of ${minDurationMs} to ${maxDurationMs}`;
  add('duration', answer(durationMs >= minDurationMs && durationMs <= maxDurationMs, durationMs < minDurationMs ? TOO_SHORT : client('video-too-long'), range));
  const isLarge = Math.min(width, height) >= minWidth && Math.max(width, height) >= minHeight;
  add('resolution', answer(isLarge, client('camera-too-small'), `${width}×${height} of ${minWidth}×${minHeight}`));
  const face = await lookForFace(opened.value, options, timeoutMs);
  close();
  if ('ok' in face) return face;
  add('face', face);
  const recording: Recording = { chunks: [file], mediaType: file.type || 'video/mp4', durationMs, bytes: file.size, endedBy: 'stopped' };
  return report({ recording, width, height });
}

async function lookForFace(opened: VideoFile, options: CheckVideoFileOptions, timeoutMs: number): Promise<Answer | CaptureFailure> {
  const { platform, detector, signal, samples = 6, onProgress } = options;
  if (!detector) return skipped('no detector');
  const grab = createFrameGrabber({ platform, longSide: FRAME_LONG_SIDE });
  const counts: number[] = [];
  for (let index = 0; index < samples; index += 1) {
    // Not the very start: many cameras begin black.
    const time = (opened.durationMs * (index + 0.5)) / samples;
    const sought = await opened.seek(time);
    if (signal?.aborted) return cancelled('checking the file');
    if (!sought.ok) return answer(false, NOT_READABLE, `at ${Math.round(time)} ms: ${sought.detail}`);
    const work = grab(opened.video).then((frame) => detector.detect(frame, time));
    const seen = await within(work, { platform, signal, timeoutMs });
    if (seen.kind === 'aborted') return cancelled('checking the file');
    if (seen.kind !== 'value') return skipped(seen.kind === 'error' ? `the detector: ${describeError(seen.error)}` : `the detector gave no answer within ${timeoutMs} ms`);
    const [first, ...others] = seen.value.faces.map(({ box }) => box.width);
    onProgress?.((index + 1) / samples);
    counts.push(first === undefined ? 0 : 1 + others.filter((width) => width > first * BACKGROUND_FACE).length);
  }
  const share = (isSo: (count: number) => boolean): number => counts.filter(isSo).length / counts.length;
  const crowded = share((count) => count > 1) > 1 - FACE_SHARE;
  return answer(share((count) => count === 1) >= FACE_SHARE, client(crowded ? 'faces-multiple' : 'face-lost'), `faces in ${samples} pictures: ${counts.join(' ')}`);
}
