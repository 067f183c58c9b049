import type { MediaPlatform } from '../platform/port.js';
import { recordAs } from './recorder-attempt.js';
import { recorderTypes } from './recorder-types.js';
import { cancelled, type CaptureResult, failure, success } from './result.js';

/** One picture of a burst. */
export interface RecordedFrame {
  /** Milliseconds from the recording's start, whole. */
  readonly at: number;
  readonly bytes: number;
}

/** A finished recording. The chunks in order are the file. */
export interface Recording {
  /** None is empty. */
  readonly chunks: readonly Blob[];
  /** What the recorder says it made, parameters included: `video/webm;codecs=vp8`. */
  readonly mediaType: string;
  /**
   * From the recorder's start to its stop, by the platform's clock. The file may be shorter: on a busy machine vp8 began
   * 0.4 s late.
   */
  readonly durationMs: number;
  readonly bytes: number;
  /** `stopped` by the caller, by `size-limit` (see {@link RecordingOptions.maxBytes}), or because the `stream-ended`. */
  readonly endedBy: 'stopped' | 'size-limit' | 'stream-ended';
  /** Only of a burst, which has no container to say it: one for each chunk. */
  readonly frames?: readonly RecordedFrame[];
}

/** A recording that is known to yield bytes. */
export interface ActiveRecording {
  /** See {@link Recording.mediaType}. */
  readonly mediaType: string;
  /** What the recorder was asked for; it may call what it makes by another name. */
  readonly requestedType: string;
  /** {@link MediaPlatform.now} at the recorder's start: the zero of the manifest's timeline. */
  readonly startedAt: number;
  /** Media types that were claimed, tried before this one and yielded nothing, in order: for the manifest's fallbacks. */
  readonly rejectedTypes: readonly string[];
  /** What the encoder was asked for, after `maxBytes` had its say; see {@link bitrateAfter}. */
  readonly bitsPerSecond: number;
  /** Resolves once, when the recording ends for whatever reason: an error in the middle, the size, the stream, `stop()`. */
  readonly ended: Promise<CaptureResult<Recording>>;
  /** Ends the recording and collects it. Codes: `recorder-failed`, `recorder-empty` (a header without a picture), `cancelled`. Later calls give the same promise. */
  stop(): Promise<CaptureResult<Recording>>;
  /** Ends the recording and forgets it. Idempotent. */
  abort(): void;
}

/** Options of {@link startRecording}. */
export interface RecordingOptions {
  readonly platform: Pick<MediaPlatform, 'now' | 'setTimeout' | 'clearTimeout' | 'mediaRecorder'>;
  readonly stream: MediaStream;
  /** Aborts the start and the recording alike. */
  readonly signal?: AbortSignal | undefined;
  /** Tried first, also where the browser does not claim it: the type of an earlier recording. */
  readonly mediaType?: string | undefined;
  /** Media types that the backend takes: such are tried first; see `recorderTypes`. Default: anything. */
  readonly containers?: readonly string[] | undefined;
  /** Media types not to try: they broke in the middle of an earlier recording. Default none. */
  readonly exclude?: readonly string[] | undefined;
  /**
   * Called when a recorder has started and is not yet known to yield bytes, with {@link ActiveRecording.startedAt}; once more
   * for each further type that is tried. A challenge that (re)starts here loses no time to the probe.
   */
  readonly onStart?: ((startedAt: number) => void) | undefined;
  /** Default 2,000,000; lowered so that `maxDurationMs` fits `maxBytes`. */
  readonly bitsPerSecond?: number | undefined;
  /** Default 250. */
  readonly timesliceMs?: number | undefined;
  /** The recording is stopped while it still fits. Default: no bound. */
  readonly maxBytes?: number | undefined;
  /** Longest recording the caller intends, for the bitrate only: the caller stops it. */
  readonly maxDurationMs?: number | undefined;
  /** Longest wait for the first chunk that is not empty, per media type. Default 4,000: iPhones take their time for mp4. */
  readonly firstChunkTimeoutMs?: number | undefined;
  /** Longest wait for the rest after `stop()`. Default 5,000. */
  readonly stopTimeoutMs?: number | undefined;
}

/**
 * Starts to record, and resolves once the first bytes are there. A media type that is claimed but yields none is given up
 * for the next one, so the first chunk of the real recording is the probe and a good browser pays nothing for it. (WebKit's
 * first mp4 chunk is empty while the following are not: an empty chunk alone is no verdict.)
 *
 * Codes: `recorder-unavailable` (no recorder, or it takes no type), `recorder-empty` (started, no bytes), `recorder-failed`,
 * `camera-lost` (the stream has ended), `cancelled`. Where several types failed, the last one's.
 */
export async function startRecording(options: RecordingOptions): Promise<CaptureResult<ActiveRecording>> {
  const { platform, stream, signal, mediaType, containers, exclude = [] } = options;
  const Recorder = platform.mediaRecorder();
  if (!Recorder) return failure('recorder-unavailable', 'the browser has no MediaRecorder');
  const tracks = stream.getTracks().some(({ kind }) => kind === 'audio') ? 'picture-and-sound' : 'picture';
  const claimed = recorderTypes(platform, tracks, containers).filter((type) => type !== mediaType);
  const rejectedTypes: string[] = [];
  let reason = failure('recorder-unavailable', 'the browser claims no container that is known here and has not broken');
  for (const type of (mediaType ? [mediaType, ...claimed] : claimed).filter((name) => !exclude.includes(name))) {
    if (signal?.aborted) return cancelled('starting the recorder');
    if (!stream.active) return failure('camera-lost', 'the stream ended before the recorder had started');
    const attempt = await recordAs(Recorder, type, options);
    if (attempt.ok) return success({ ...attempt.value, requestedType: type, rejectedTypes });
    reason = failure(attempt.code, `${type}: ${attempt.detail}`);
    rejectedTypes.push(type);
  }
  return reason;
}
