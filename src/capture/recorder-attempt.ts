import { within } from '../platform/deadline.js';
import { bitrateWithin } from './recorder-types.js';
import type { ActiveRecording, Recording, RecordingOptions } from './recorder.js';
import { cancelled, type CaptureFailure, type CaptureResult, describeError, failure, success } from './result.js';

/**
 * An mp4 segment begins with a key frame, and Chrome hands out nothing before the second one, 3.4 s after the start when it
 * may choose (0.5 s like this).
 */
const MP4_KEY_FRAME_MS = 500;

/** A file this small is a container's header (mp4 in Chrome: 729 bytes) without a picture. */
const HEADER_BYTES = 1_000;

/** One try of `startRecording`, on one media type. Whatever it ends with, the recorder is stopped and silent after it. */
export async function recordAs(
  Recorder: typeof MediaRecorder,
  type: string,
  options: RecordingOptions,
): Promise<CaptureResult<Omit<ActiveRecording, 'requestedType' | 'rejectedTypes'>>> {
  const { platform, stream, signal, onStart, maxBytes = Infinity } = options;
  const { timesliceMs = 250, firstChunkTimeoutMs = 4_000, stopTimeoutMs = 5_000 } = options;
  const bitsPerSecond = bitrateWithin({ ...options, bitsPerSecond: options.bitsPerSecond ?? 2_000_000 });
  const chunks: Blob[] = [];
  let bytes = 0;
  let startedAt: number | undefined;
  let endedAt: number | undefined;
  let endedBy: Recording['endedBy'] = 'stream-ended';

  let recorder: MediaRecorder;
  try {
    const settings: MediaRecorderOptions & { videoKeyFrameIntervalDuration?: number } = { mimeType: type, bitsPerSecond };
    if (type.startsWith('video/mp4')) settings.videoKeyFrameIntervalDuration = MP4_KEY_FRAME_MS;
    recorder = new Recorder(stream, settings);
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
  const stopRecorder = (): void => {
    try {
      if (recorder.state !== 'inactive') recorder.stop();
    } catch (error) {
      finish(failure('recorder-failed', describeError(error)));
    }
  };
  const requestStop = (by: Recording['endedBy']): void => {
    if (endedAt !== undefined) return;
    endedAt = platform.now();
    // The stream's own end may not have reached the recorder yet.
    if (stream.active) endedBy = by;
    stopRecorder();
  };
  const abort = (): void => end(cancelled('recording'));

  const firstChunk = new Promise<void>((resolve) => {
    recorder.ondataavailable = ({ data }) => {
      if (!data.size) return;
      chunks.push(data);
      bytes += data.size;
      // One chunk more is coming, and stopping flushes another.
      if (bytes + 2 * data.size > maxBytes) requestStop('size-limit');
      resolve();
    };
  });
  recorder.onstart = () => {
    startedAt = platform.now();
    onStart?.(startedAt);
  };
  recorder.onerror = (event) => end(failure('recorder-failed', describeError((event as Event & { error?: unknown }).error ?? 'the recorder reported an error')));
  recorder.onstop = () => {
    endedAt ??= platform.now();
    const durationMs = endedAt - (startedAt ?? calledAt);
    end(
      bytes > HEADER_BYTES
        ? success({ chunks, mediaType: recordedType(), durationMs, bytes, endedBy })
        : failure('recorder-empty', `stopped after ${bytes} bytes`),
    );
  };
  signal?.addEventListener('abort', abort);
  const calledAt = platform.now();
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
  let stopping: Promise<CaptureResult<Recording>> | undefined;
  return success({
    mediaType: recordedType(),
    startedAt: startedAt ?? calledAt,
    bitsPerSecond,
    ended: finished,
    abort,
    stop() {
      requestStop('stopped');
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
