import type { ClientCode } from '../codes/client-codes.js';
import { within } from '../platform/deadline.js';
import type { JpegBurstOptions } from './jpeg-burst.js';
import { recorderTypes } from './recorder-types.js';
import { type ActiveRecording, type RecordingOptions, startRecording } from './recorder.js';
import { cancelled, type CaptureResult, describeError, failure, success } from './result.js';

/** How the picture gets to the server: a recorder's video, a burst of JPEG pictures, the phone's own camera and a file. */
export type EvidenceRung = 'recording' | 'jpeg-burst' | 'system-camera';

/** Options of {@link startEvidence}: those of `startRecording`, and what the rung below it needs. */
export interface EvidenceOptions extends RecordingOptions, Pick<JpegBurstOptions, 'video' | 'framesPerSecond' | 'maxFrames' | 'longSide'> {
  readonly platform: RecordingOptions['platform'] & JpegBurstOptions['platform'];
  /** Fetches the burst, which most pages never need: `() => import('facefront/capture/jpeg-burst')`. */
  readonly loadBurst: () => Promise<{ readonly startJpegBurst: (options: JpegBurstOptions) => Promise<CaptureResult<ActiveRecording>> }>;
  /** The rung to begin on: where an earlier recording has found the recorder useless, `jpeg-burst`. Default `recording`. */
  readonly from?: Exclude<EvidenceRung, 'system-camera'> | undefined;
  /** Longest wait for `loadBurst`. Default 10,000. */
  readonly loadTimeoutMs?: number | undefined;
}

/** A recording on either rung. */
export interface ActiveEvidence extends ActiveRecording {
  readonly rung: EvidenceRung;
}

const RECORDER_IS_USELESS: readonly ClientCode[] = ['recorder-unavailable', 'recorder-empty', 'recorder-failed'];

/**
 * Starts to record, and where no recorder gives anything, a burst. `onStart` is called anew for each start. With a sound
 * track there is no rung below the recorder.
 *
 * Codes: those of `startRecording`; where the burst gives nothing either, the burst's.
 */
export async function startEvidence(options: EvidenceOptions): Promise<CaptureResult<ActiveEvidence>> {
  const { platform, stream, signal, loadBurst, from = 'recording', loadTimeoutMs = 10_000 } = options;
  const recording = from === 'recording' ? await startRecording(options) : failure('recorder-unavailable', 'found useless before');
  if (recording.ok) return success({ ...recording.value, rung: 'recording' });
  if (!RECORDER_IS_USELESS.includes(recording.code) || stream.getTracks().some(({ kind }) => kind === 'audio')) return recording;

  const loaded = await within(loadBurst(), { platform, signal, timeoutMs: loadTimeoutMs });
  if (loaded.kind === 'aborted') return cancelled('loading the burst');
  if (loaded.kind !== 'value') {
    const why = loaded.kind === 'error' ? describeError(loaded.error) : `not within ${loadTimeoutMs} ms`;
    return failure(recording.code, `${recording.detail}; and the burst could not be loaded: ${why}`);
  }
  const burst = await loaded.value.startJpegBurst(options);
  return burst.ok ? success({ ...burst.value, rejectedTypes: recorderTypes(platform), rung: 'jpeg-burst' }) : burst;
}
