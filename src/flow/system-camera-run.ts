import { describeError } from '../capture/result.js';
import { checkVideoFile, type FileCheck, type FileReport } from '../capture/system-camera.js';
import type { DetectorPort } from '../detector/port.js';
import { within } from '../platform/deadline.js';
import type { MediaPlatform } from '../platform/port.js';
import type { CaptureSession } from '../transport/protocol.js';
import { SYSTEM_CAMERA } from '../transport/manifest.js';
import type { Captured, Phase } from './capture-run.js';
import { fitContainer } from './container.js';
import type { DetectorLoader } from './detector-loader.js';
import type { VerifyOptions } from './options.js';
import type { Ending } from './outcome.js';

/** What {@link runSystemCamera} works with. */
export interface SystemCameraRunOptions {
  readonly options: Pick<VerifyOptions, 'onFileNeeded' | 'assetBase'>;
  /** Of a silent challenge. */
  readonly session: CaptureSession;
  readonly loader: DetectorLoader;
  readonly platform: MediaPlatform;
  readonly signal: AbortSignal;
  readonly emit: (phase: Phase) => void;
}

/** Longest wait for a file: the person has to find the other camera's buttons. */
const FILE_MS = 300_000;
/** Files in all. */
const FILES = 5;
/** Longest wait for the detector, which has loaded since consent; without it a file is not looked at for a face. */
const DETECTOR_MS = 60_000;
/** A server measures the pictures, which may end before the sound that makes a file's length. */
const MARGIN_MS = 250;
/** What people take longer to begin and to end than the shortest that is taken. */
const ROOM_MS = 3_000;

/**
 * Asks for a file, looks at it on the device, tells what is wrong with it and asks again, until one can be handed in. One that is
 * only too large is made smaller where the browser can.
 *
 * Codes: `cancelled` (also where the person gives none), `guidance-timeout`, `recorder-unavailable`, `offline`, `internal`; after
 * too many files `recorder-failed` with what was wrong with the last.
 */
export async function runSystemCamera({ options, session, loader, platform, signal, emit }: SystemCameraRunOptions): Promise<Captured | Ending> {
  const { onFileNeeded, assetBase } = options;
  const { limits, challenge } = session;
  const minDurationMs = Math.max(limits.minDurationMs, challenge.minimumMs) + MARGIN_MS;
  const seconds = Math.round(Math.min(minDurationMs + ROOM_MS, (minDurationMs + limits.maxDurationMs) / 2) / 1_000);

  let report: FileReport | undefined;
  for (let files = 1; ; files += 1) {
    emit({ phase: 'systemCamera', seconds, ...(report && { report }) });
    const askedAt = Date.now();
    const last = report;
    const given = await within((async () => onFileNeeded?.({ signal, ...(last && { report: last }) }))(), { platform, signal, timeoutMs: FILE_MS });
    if (given.kind === 'timeout') return { ok: false, code: 'guidance-timeout', detail: `no file for ${FILE_MS} ms` };
    if (given.kind === 'error') return { ok: false, code: 'internal', detail: `onFileNeeded: ${describeError(given.error)}` };
    if (given.kind === 'aborted' || !given.value) return { ok: false, code: 'cancelled', detail: 'instead of giving a file' };

    const tell = (checking: number): void => emit({ phase: 'systemCamera', seconds, checking });
    tell(0);
    const detector = await detectorOf(loader, platform, signal);
    const checked = await checkVideoFile({ platform, file: given.value, limits: { ...limits, minDurationMs }, detector, signal, onProgress: tell });
    if (!checked.ok) return checked;
    report = checked.value;
    const { recording, width, height } = report;
    const wrong = report.checks.filter(({ status }) => status === 'fail');
    if (recording && wrong.every(({ rule }) => rule === 'size')) {
      const fitted = await fitContainer({ recording, source: 'file', session, assetBase, platform, signal, emit });
      if (fitted.ok && fitted.recording.bytes <= limits.maxBytes) {
        const fallbacks = [SYSTEM_CAMERA, ...remarks(report, askedAt), ...fitted.fallbacks];
        return { ok: true, recording: fitted.recording, timeline: [], record: { type: 'silent' }, camera: { width, height, synthetic: false }, size: { width, height }, fallbacks };
      }
      // A smaller one would need no converter.
      if (!fitted.ok && (wrong.length === 0 || signal.aborted)) return fitted;
    }
    if (files >= FILES) return giveUp(wrong);
  }
}

/** What a server may want to know of a file, and what is no reason to refuse it here. */
function remarks({ checks, lastModified }: FileReport, askedAt: number): string[] {
  return [...checks.filter(({ status }) => status === 'skipped').map(({ rule }) => `file-unchecked:${rule}`), ...(lastModified < askedAt ? ['file-older-than-question'] : [])];
}

function giveUp([first]: readonly FileCheck[]): Ending {
  return { ok: false, code: 'recorder-failed', detail: `${FILES} files, and the last one: ${first?.rule ?? 'size'} ${first?.detail ?? ''}`, ...(first?.code && { reference: first.code }) };
}

/** `undefined` where it does not come: the server's own checks are left then. */
async function detectorOf(loader: DetectorLoader, platform: MediaPlatform, signal: AbortSignal): Promise<Pick<DetectorPort, 'detect'> | undefined> {
  let unlisten = (): void => undefined;
  const settled = new Promise<void>((resolve) => {
    const look = (): void => {
      if (loader.state.stage !== undefined || loader.failure) resolve();
    };
    unlisten = loader.listen(look);
    look();
  });
  await within(settled, { platform, signal, timeoutMs: DETECTOR_MS });
  unlisten();
  return loader.failure || loader.state.stage === undefined ? undefined : loader.detector;
}
