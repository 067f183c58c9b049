import type { PreflightOptions, PreflightReport } from '../capture/index.js';
import type { FileCheck, FileReport } from '../capture/system-camera.js';
import { describeError } from '../capture/result.js';
import type { ClientCode } from '../codes/client-codes.js';
import type { DetectorPort } from '../detector/port.js';
import { CHALLENGE_TYPES, type Substitution } from '../liveness/index.js';
import { within } from '../platform/deadline.js';
import { identifyInAppBrowser } from '../platform/in-app-browser.js';
import type { MediaPlatform } from '../platform/port.js';
import type { CaptureSession, SessionResponse } from '../transport/protocol.js';
import { type AssetModules, loadAssetModule } from './asset-module.js';
import type { Captured, Phase } from './capture-run.js';
import { fitContainer } from './container.js';
import type { DetectorLoader } from './detector-loader.js';
import type { OpenedSession } from './open-session.js';
import type { VerifyOptions } from './options.js';
import type { Ending } from './outcome.js';

/** What phones' own cameras make; for the session's request. */
export const FILE_CONTAINERS = ['video/mp4', 'video/quicktime', 'video/3gpp', 'video/webm'] as const;

/** Ends of the live path that a file gets around: no camera for a page here, none that gives a picture, none that is recorded. */
const AROUND: readonly ClientCode[] = [
  'unsupported-browser',
  'permissions-policy',
  'camera-timeout',
  'camera-failed',
  'camera-in-use',
  'camera-overconstrained',
  'camera-lost',
  'camera-no-frames',
  'camera-too-small',
  'playback-blocked',
  'recorder-unavailable',
  'recorder-empty',
  'recorder-failed',
];

/**
 * In a browser of its own the person has said no, can take it back, and the live camera proves more: they are told how. Inside
 * another app it is mostly the app that gives pages no camera, says "denied" or "none" without a question, and has no setting for it.
 */
const AROUND_IN_APP: readonly ClientCode[] = ['camera-denied', 'camera-absent'];

/** Why there is no session for a file, where it says more than the end of the live path. */
const OF_THE_LINE: readonly ClientCode[] = ['cancelled', 'offline', 'network-failed', 'backend-timeout'];

/**
 * The ways to the evidence that a host offers, and what they cannot do without. A file is one only where the host takes one and the
 * challenge may be the silent one, of which alone a file says anything; a host that brings its own picture is no phone.
 */
export function waysOf({ onFileNeeded, stream, challenges = CHALLENGE_TYPES }: Pick<VerifyOptions, 'onFileNeeded' | 'stream' | 'challenges'>): Pick<PreflightOptions, 'rungs' | 'needs'> {
  const takesFile = onFileNeeded && !stream && challenges.includes('silent');
  const speaks = challenges.length > 0 && challenges.every((type) => type === 'digits');
  return { rungs: ['recording', 'jpeg-burst', ...(takesFile ? (['system-camera'] as const) : [])], needs: speaks ? ['microphone'] : [] };
}

/** Whether a file gets around this end. */
export function isWorthFile({ code }: Pick<Ending, 'code'>, platform: Pick<MediaPlatform, 'userAgent'>): boolean {
  return AROUND.includes(code) || (AROUND_IN_APP.includes(code) && identifyInAppBrowser(platform.userAgent()) !== undefined);
}

/** What {@link captureFile} works with. */
export interface CaptureFileOptions {
  /** How the live path ended. */
  readonly reason: Ending;
  readonly report: PreflightReport;
  /** The session of the live path; it serves where its challenge is the silent one. */
  readonly session: CaptureSession;
  readonly substitutions: readonly Substitution[];
  /** Opens one with the silent challenge. */
  readonly reopen: () => Promise<OpenedSession | Ending>;
  readonly options: Pick<VerifyOptions, 'onFileNeeded' | 'assetBase'>;
  readonly loader: DetectorLoader;
  readonly platform: MediaPlatform;
  readonly signal: AbortSignal;
  readonly emit: (phase: Phase) => void;
}

/** Evidence, and the session it is for. */
export interface FileEvidence {
  readonly ok: true;
  readonly session: CaptureSession;
  readonly substitutions: readonly Substitution[];
  readonly captured: Captured;
}

/**
 * The last rung: a file from the phone's own camera, where that gets around the end of the live path. Ends with the reason where it
 * does not.
 */
export async function captureFile({ reason, report, session: first, substitutions, reopen, ...run }: CaptureFileOptions): Promise<FileEvidence | Ending> {
  if (!report.rungs.includes('system-camera') || !isWorthFile(reason, run.platform)) return reason;
  const instead = ({ code, detail }: Pick<Ending, 'code' | 'detail'>): Ending => ({ ...reason, detail: `${reason.detail}; and for a file: ${code}: ${detail}` });
  const checker = await loadAssetModule('system-camera', { ...run, assetBase: run.options.assetBase });
  if (!checker.ok) return checker.code === 'cancelled' ? checker : instead(checker);
  const opened = isSilent(first) ? { ok: true as const, session: first, substitutions } : await reopen();
  if (!opened.ok) return OF_THE_LINE.includes(opened.code) ? opened : instead(opened);
  const { session } = opened;
  if (!isSilent(session)) return instead({ code: 'backend-malformed', detail: 'the session is not of the silent challenge' });
  const captured = await takeFiles({ ...run, session, checkVideoFile: checker.value.checkVideoFile });
  return captured.ok ? { ok: true, session, substitutions: opened.substitutions, captured } : captured;
}

function isSilent(session: SessionResponse): session is CaptureSession {
  return session.channel === 'capture' && session.challenge.type === 'silent';
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
async function takeFiles({ options, session, loader, platform, signal, emit, checkVideoFile }: Omit<CaptureFileOptions, 'reason' | 'report' | 'substitutions' | 'reopen'> & {
  readonly checkVideoFile: AssetModules['system-camera']['checkVideoFile'];
}): Promise<Captured | Ending> {
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
        const fallbacks = ['evidence:system-camera', ...remarks(report, askedAt), ...fitted.fallbacks];
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
