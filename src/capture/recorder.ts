import type { MediaPlatform } from '../platform/port.js';
import { within } from './deadline.js';
import { bitrateWithin, recorderTypes } from './recorder-types.js';
import { cancelled, type CaptureFailure, type CaptureResult, describeError, failure, success } from './result.js';

/** A finished recording. The chunks in order are the file. */
export interface Recording {
  /** None is empty. */
  readonly chunks: readonly Blob[];
  /** What the recorder says it made, parameters included: `video/webm;codecs=vp8`. */
  readonly mediaType: string;
  /** From the recorder's start to its stop, by the platform's clock. */
  readonly durationMs: number;
  readonly bytes: number;
  /** `stopped` by the caller, by `size-limit` (see {@link RecordingOptions.maxBytes}), or because the `stream-ended`. */
  readonly endedBy: 'stopped' | 'size-limit' | 'stream-ended';
}

/** A recording that is known to yield bytes. */
export interface ActiveRecording {
  /** See {@link Recording.mediaType}. */
  readonly mediaType: string;
  /** {@link MediaPlatform.now} at the recorder's start: the zero of the manifest's timeline. */
  readonly startedAt: number;
  /** Media types that were claimed, tried before this one and yielded nothing, in order: for the manifest's fallbacks. */
  readonly rejectedTypes: readonly string[];
  /** Ends the recording and collects it. Codes: `recorder-failed`, `cancelled`. Later calls give the same promise. */
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
  /** Default 2,000,000; lowered so that `maxDurationMs` fits `maxBytes`. */
  readonly bitsPerSecond?: number | undefined;
  /** Default 250. */
  readonly timesliceMs?: number | undefined;
  /** The recording is stopped while it still fits. Default: no bound. */
  readonly maxBytes?: number | undefined;
  /** Longest recording the caller intends, for the bitrate only: the caller stops it. */
  readonly maxDurationMs?: number | undefined;
  /** Longest wait for the first chunk that is not empty, per media type. Default 2,500. */
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
  const { platform, stream, signal, mediaType } = options;
  const Recorder = platform.mediaRecorder();
  if (!Recorder) return failure('recorder-unavailable', 'the browser has no MediaRecorder');
  const claimed = recorderTypes(platform).filter((type) => type !== mediaType);
  const rejectedTypes: string[] = [];
  let reason = failure('recorder-unavailable', 'the browser claims no container that is known here');
  for (const type of mediaType ? [mediaType, ...claimed] : claimed) {
    if (signal?.aborted) return cancelled('starting the recorder');
    if (!stream.active) return failure('camera-lost', 'the stream ended before the recorder had started');
    const attempt = await record(Recorder, type, rejectedTypes, options);
    if (attempt.ok || attempt.code === 'cancelled') return attempt;
    reason = failure(attempt.code, `${type}: ${attempt.detail}`);
    rejectedTypes.push(type);
  }
  return reason;
}

async function record(
  Recorder: typeof MediaRecorder,
  type: string,
  rejectedTypes: readonly string[],
  options: RecordingOptions,
): Promise<CaptureResult<ActiveRecording>> {
  const { platform, stream, signal, timesliceMs = 250, maxBytes = Infinity, firstChunkTimeoutMs = 2_500, stopTimeoutMs = 5_000 } = options;
  const chunks: Blob[] = [];
  let bytes = 0;
  let startedAt: number | undefined;
  let endedAt: number | undefined;
  let endedBy: Recording['endedBy'] = 'stream-ended';

  let recorder: MediaRecorder;
  try {
    recorder = new Recorder(stream, { mimeType: type, bitsPerSecond: bitrateWithin({ ...options, bitsPerSecond: options.bitsPerSecond ?? 2_000_000 }) });
  } catch (error) {
    return failure('recorder-unavailable', describeError(error));
  }
  const recordedType = (): string => recorder.mimeType || chunks[0]?.type || type;

  let finish!: (result: CaptureResult<Recording>) => void;
  const finished = new Promise<CaptureResult<Recording>>((resolve) => (finish = resolve));
  /** Whatever it ends with: the recorder is quiet from here on, and the first result stands. */
  const end = (result: CaptureResult<Recording>): void => {
    finish(result);
    signal?.removeEventListener('abort', abort);
    recorder.onstart = recorder.ondataavailable = recorder.onerror = recorder.onstop = null;
    stopRecorder();
  };
  const stopRecorder = (by?: Recording['endedBy']): void => {
    if (endedAt !== undefined && by) return;
    endedAt ??= platform.now();
    if (by) endedBy = by;
    try {
      if (recorder.state !== 'inactive') recorder.stop();
    } catch (error) {
      finish(failure('recorder-failed', describeError(error)));
    }
  };
  const abort = (): void => end(cancelled('recording'));

  const firstChunk = new Promise<void>((resolve) => {
    recorder.ondataavailable = ({ data }) => {
      if (!data.size) return;
      chunks.push(data);
      bytes += data.size;
      // One chunk more is coming, and stopping flushes another.
      if (bytes + 2 * data.size > maxBytes) stopRecorder('size-limit');
      resolve();
    };
  });
  recorder.onstart = () => (startedAt = platform.now());
  recorder.onerror = (event) => end(failure('recorder-failed', describeError((event as Event & { error?: unknown }).error ?? 'the recorder reported an error')));
  recorder.onstop = () => {
    endedAt ??= platform.now();
    const durationMs = endedAt - (startedAt ?? endedAt);
    end(bytes ? success({ chunks, mediaType: recordedType(), durationMs, bytes, endedBy }) : failure('recorder-empty', 'stopped without a byte'));
  };
  signal?.addEventListener('abort', abort);
  try {
    recorder.start(timesliceMs);
  } catch (error) {
    end(failure('recorder-failed', describeError(error)));
  }

  const ready = await within<CaptureFailure | undefined>(
    Promise.race([firstChunk.then(() => undefined), finished.then((result) => (result.ok ? undefined : result))]),
    { platform, timeoutMs: firstChunkTimeoutMs },
  );
  if (ready.kind === 'timeout') {
    const reason =
      startedAt === undefined
        ? failure('recorder-failed', `start() had no effect within ${firstChunkTimeoutMs} ms`)
        : failure('recorder-empty', `no bytes within ${firstChunkTimeoutMs} ms`);
    end(reason);
    return reason;
  }
  if (ready.kind === 'value' && ready.value) return ready.value;
  startedAt ??= platform.now();

  let stopping: Promise<CaptureResult<Recording>> | undefined;
  return success({
    mediaType: recordedType(),
    startedAt,
    rejectedTypes,
    abort,
    stop() {
      stopRecorder('stopped');
      stopping ??= within(finished, { platform, timeoutMs: stopTimeoutMs }).then((outcome) => {
        if (outcome.kind === 'value') return outcome.value;
        const reason = failure('recorder-failed', `stop() had no effect within ${stopTimeoutMs} ms`);
        end(reason);
        return reason;
      });
      return stopping;
    },
  });
}
