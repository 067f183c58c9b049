import type { PreflightOptions, PreflightReport } from '../capture/index.js';
import type { ClientCode } from '../codes/client-codes.js';
import { CHALLENGE_TYPES, type Substitution } from '../liveness/index.js';
import { identifyInAppBrowser } from '../platform/in-app-browser.js';
import type { MediaPlatform } from '../platform/port.js';
import type { CaptureSession, SessionResponse } from '../transport/protocol.js';
import { loadAssetModule } from './asset-module.js';
import type { Captured } from './capture-run.js';
import type { OpenedSession } from './open-session.js';
import type { VerifyOptions } from './options.js';
import type { Ending } from './outcome.js';
import type { SystemCameraRunOptions } from './system-camera-run.js';

/** What phones' own cameras make; for the session's request. */
export const FILE_CONTAINERS = ['video/mp4', 'video/quicktime', 'video/3gpp', 'video/webm'] as const;

/**
 * Ends of the live path that a file gets around: no camera for a page here, none that gives a picture, none that is recorded, and no
 * detector to guide with. A file is sent without a look at the face then, and the manifest says so (`file-unchecked:face`).
 */
const AROUND: readonly ClientCode[] = [
  'unsupported-browser',
  'in-app-browser',
  'permissions-policy',
  'camera-timeout',
  'camera-failed',
  'camera-in-use',
  'camera-overconstrained',
  'camera-lost',
  'camera-no-frames',
  'camera-too-small',
  'playback-blocked',
  'detector-unavailable',
  'recorder-unavailable',
  'recorder-empty',
  'recorder-failed',
];

/**
 * In a browser of its own the person has said no, can take it back, and the live camera proves more: they are told how. Inside
 * another app it is mostly the app that gives pages no camera, says "denied" or "none" without a question, and has no setting for it:
 * a file gets around that, and where none can be had, the way out of the app does.
 */
const OF_THE_APP: readonly ClientCode[] = ['camera-denied', 'camera-absent'];

/** Why there is no session for a file, where it says more than the end of the live path. */
const OF_THE_LINE: readonly ClientCode[] = ['cancelled', 'offline', 'network-failed', 'backend-timeout'];

/**
 * The ways to the evidence that a host offers, and what they cannot do without. A file is one only where the host takes one and the
 * challenge may be the silent one, of which alone a file says anything; a host that brings its own picture is no phone.
 */
export function waysOf({ onFileNeeded, stream, detector, challenges = CHALLENGE_TYPES }: Pick<VerifyOptions, 'onFileNeeded' | 'stream' | 'detector' | 'challenges'>): Pick<PreflightOptions, 'rungs' | 'needs' | 'detector'> {
  const takesFile = onFileNeeded && !stream && challenges.includes('silent');
  const speaks = challenges.length > 0 && challenges.every((type) => type === 'digits');
  return { rungs: ['recording', 'jpeg-burst', ...(takesFile ? (['system-camera'] as const) : [])], needs: speaks ? ['microphone'] : [], detector: detector ? 'own' : 'built-in' };
}

/** Whether a file gets around this end. */
export function isWorthFile({ code }: Pick<Ending, 'code'>): boolean {
  return AROUND.includes(code);
}

/** The end as it is where an app shows the page; see {@link OF_THE_APP}. */
function ofTheApp(end: Ending, platform: Pick<MediaPlatform, 'userAgent'>): Ending {
  const app = OF_THE_APP.includes(end.code) && identifyInAppBrowser(platform.userAgent());
  return app ? { ...end, code: 'in-app-browser', detail: `${end.detail} (inside an app: ${app})` } : end;
}

/** What {@link captureFile} works with. */
export interface CaptureFileOptions extends SystemCameraRunOptions {
  readonly options: SystemCameraRunOptions['options'] & Pick<VerifyOptions, 'stream'>;
  /** How the live path ended. */
  readonly reason: Ending;
  readonly report: PreflightReport;
  /** That of the live path, which serves where its challenge is the silent one. */
  readonly session: CaptureSession;
  readonly substitutions: readonly Substitution[];
  /** Opens one with the silent challenge. */
  readonly reopen: () => Promise<OpenedSession | Ending>;
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
export async function captureFile({ reason: live, report, session: first, substitutions, reopen, ...run }: CaptureFileOptions): Promise<FileEvidence | Ending> {
  // A stream of the page's own comes from no app.
  const reason = run.options.stream ? live : ofTheApp(live, run.platform);
  if (!report.rungs.includes('system-camera') || !isWorthFile(reason)) return reason;
  const instead = ({ code, detail }: Pick<Ending, 'code' | 'detail'>): Ending => ({ ...reason, detail: `${reason.detail}; and for a file: ${code}: ${detail}` });
  const rung = await loadAssetModule('system-camera', { ...run, assetBase: run.options.assetBase });
  if (!rung.ok) return rung.code === 'cancelled' ? rung : instead(rung);
  const opened = isSilent(first) ? { ok: true as const, session: first, substitutions } : await reopen();
  if (!opened.ok) return OF_THE_LINE.includes(opened.code) ? opened : instead(opened);
  const { session } = opened;
  if (!isSilent(session)) return instead({ code: 'backend-malformed', detail: 'the session is not of the silent challenge' });
  const captured = await rung.value.runSystemCamera({ ...run, session });
  return captured.ok ? { ok: true, session, substitutions: opened.substitutions, captured } : captured;
}

function isSilent(session: SessionResponse): session is CaptureSession {
  return session.channel === 'capture' && session.challenge.type === 'silent';
}
