import { BURST_TYPE, isTaken, MP4_TYPE, recorderTypes } from '../capture/recorder-types.js';
import type { Recording } from '../capture/index.js';
import type { MediaPlatform } from '../platform/port.js';
import type { CaptureSession } from '../transport/protocol.js';
import { loadAssetModule } from './asset-module.js';
import type { Phase } from './capture-run.js';
import type { Ending } from './outcome.js';

/** What {@link fitContainer} works with. */
export interface FitContainerOptions {
  readonly recording: Recording;
  /** A file's type may say nothing of its codec; a recorder's does. */
  readonly source: 'recorder' | 'file';
  readonly session: Pick<CaptureSession, 'containers' | 'limits'>;
  /** See `VerifyOptions.assetBase`. */
  readonly assetBase: string;
  readonly platform: MediaPlatform;
  readonly signal: AbortSignal;
  readonly emit: (phase: Phase) => void;
}

/** A recording that the backend takes. */
export interface FittedRecording {
  readonly ok: true;
  readonly recording: Recording;
  /** For the manifest: what was done to it. */
  readonly fallbacks: readonly string[];
}

/** Longest wait for the conversion. A phone's own camera makes several times the pixels, and the person has seen that it goes on. */
const TIMEOUT_MS = { recorder: 30_000, file: 90_000 } as const;

/**
 * Makes H.264 in mp4 of a recording that the backend does not take as it is, in another container or too large; the converter is
 * loaded only then. Its clock stays: what the timeline says of the recording holds for the mp4.
 *
 * Codes: `recorder-unavailable`, `recorder-failed`, `recorder-empty`, `offline`, `cancelled`.
 */
export async function fitContainer({ recording, source, session, assetBase, platform, signal, emit }: FitContainerOptions): Promise<FittedRecording | Ending> {
  const { containers, limits } = session;
  const isRight = source === 'recorder' ? isTaken(recording.mediaType, containers) : !containers && recording.bytes <= limits.maxBytes;
  if (isRight) return { ok: true, recording, fallbacks: [] };
  if (!isTaken(MP4_TYPE, containers)) return refusal(recording.mediaType, containers);

  emit({ phase: 'converting', progress: 0 });
  const converter = await loadAssetModule('mp4', { assetBase, platform, signal });
  if (!converter.ok) return converter;
  const converted = await converter.value.toMp4({ platform, recording, signal, maxBytes: limits.maxBytes, timeoutMs: TIMEOUT_MS[source], onProgress: (progress) => emit({ phase: 'converting', progress }) });
  if (!converted.ok) return converted;
  const { made, ...fitted } = converted.value;
  return { ok: true, recording: fitted, fallbacks: made === 'as-is' ? [] : [`converted:${made}`] };
}

/**
 * Tells before anybody is recorded that nothing this browser records could be handed in. `undefined` where it can, or where only
 * trying shows.
 */
export function containerObstacle({ containers }: Pick<CaptureSession, 'containers'>, platform: MediaPlatform): Ending | undefined {
  const types = [...recorderTypes(platform), BURST_TYPE];
  if (types.some((type) => isTaken(type, containers))) return undefined;
  // A burst has no container to be read.
  const converts = types.length > 1 && ((platform.has('VideoEncoder') && platform.has('VideoDecoder')) || types.some((type) => type.includes('h264')));
  return isTaken(MP4_TYPE, containers) && converts ? undefined : refusal(types.join(' '), containers);
}

function refusal(made: string, containers: readonly string[] = []): Ending {
  return { ok: false, code: 'recorder-unavailable', detail: `the backend takes ${containers.join(', ')}; the browser makes ${made}, and cannot convert it` };
}
