import type { ClientCode } from '../codes/client-codes.js';
import type { GlobalName, MediaPlatform } from '../platform/port.js';
import { identifyInAppBrowser } from '../platform/in-app-browser.js';
import type { DevicesReport } from './preflight-devices.js';
import type { EvidenceRung } from './record-ladder.js';
import { recorderTypes } from './recorder-types.js';
import { requirementsOf } from './requirements.js';
import { describeError } from './result.js';

/** `fail`: the capture cannot work here. `warn`: it works with a fallback, or has been seen not to. */
export type CheckStatus = 'ok' | 'warn' | 'fail';

/** What {@link preflight} looks at, in this order; `devices` is `preflightDevices`', which `verify()` adds. */
export type CheckId =
  | 'secure-context'
  | 'permissions-policy'
  | 'media-devices'
  | 'media-recorder'
  | 'jpeg-burst'
  | 'system-camera'
  | 'mp4'
  | 'microphone'
  | 'web-assembly'
  | 'worker'
  | 'offscreen-canvas'
  | 'image-bitmap'
  | 'video-frame-callback'
  | 'in-app-browser'
  | 'devices';

/** One answer. */
export interface PreflightCheck {
  readonly id: CheckId;
  readonly status: CheckStatus;
  /** The code the capture would fail with. */
  readonly code?: ClientCode;
  /** For the developer: what was found, and what to do. */
  readonly detail: string;
}

/** All answers; `status` is the worst of them. */
export interface PreflightReport {
  readonly status: CheckStatus;
  readonly checks: readonly PreflightCheck[];
  /** The first of `rungs`; absent where there is none. */
  readonly rung?: EvidenceRung;
  /** Those of {@link PreflightOptions.rungs} that can work here, in order. A recorder may still lie. */
  readonly rungs: readonly EvidenceRung[];
  /** See {@link PreflightOptions.needs}. */
  readonly needs: readonly CaptureNeed[];
  /** Absent until the browser has been asked for them, which {@link preflight} does not. */
  readonly devices?: DevicesReport;
}

/** See {@link PreflightOptions.needs}. */
export type CaptureNeed = 'mp4' | 'microphone';

/** Options of {@link preflight}. */
export interface PreflightOptions {
  readonly platform: MediaPlatform;
  /**
   * The ways to a video that the caller can go. What one of them gets around is a warning and no failure. Default: only
   * `recording`.
   */
  readonly rungs?: readonly EvidenceRung[] | undefined;
  /** What the capture cannot do without: `mp4` where a vendor takes nothing else, `microphone` for a spoken challenge. Default: neither. */
  readonly needs?: readonly CaptureNeed[] | undefined;
  /** `own`: a detector that may need neither WebAssembly nor a worker. Default `built-in`. */
  readonly detector?: 'built-in' | 'own' | undefined;
}

/**
 * Tells whether a capture can work here, without asking the person for anything: no permission, no list of devices, no
 * storage, no network. Never throws; a check that breaks is a warning.
 *
 * It answers at once and knows what the browser is able to do; whether there is a camera, how many, and what this page was refused
 * before is known by `preflightDevices` alone.
 */
export function preflight({ platform, rungs: asked = ['recording'], needs = [], detector = 'built-in' }: PreflightOptions): PreflightReport {
  const found = CHECKS.map(([id, check]): PreflightCheck => {
    try {
      const answer = check(platform, needs);
      return { id, ...(detector === 'own' && answer.code === 'detector-unavailable' ? { status: 'ok', detail: `${answer.detail} (not needed)` } : answer) };
    } catch (error) {
      return { id, status: 'warn', detail: `could not be checked: ${describeError(error)}` };
    }
  });
  const missing = found.filter(({ status }) => status === 'fail').map(({ id }) => id);
  const rungs = asked.filter((name) => !CHECKS_OF_RUNG[name].some((id) => missing.includes(id)) && !(name === 'jpeg-burst' && needs.length));
  const [rung] = rungs;
  const checks = found.map((check): PreflightCheck => {
    if (check.status !== 'fail' || !CHECKS_OF_ANY_RUNG.includes(check.id) || (rung && CHECKS_OF_RUNG[rung].includes(check.id))) return check;
    // Rungs below the one that works are not missed.
    const tried = rung ? asked.slice(0, asked.indexOf(rung)) : asked;
    if (!tried.some((name) => CHECKS_OF_RUNG[name].includes(check.id))) return { id: check.id, status: 'ok', detail: `${check.detail} (not needed)` };
    return rung ? { ...check, status: 'warn', detail: `${check.detail}; ${rung} is left` } : check;
  });
  const has = (status: CheckStatus): boolean => checks.some((check) => check.status === status);
  return { status: has('fail') ? 'fail' : has('warn') ? 'warn' : 'ok', checks, rungs, needs, ...(rung && { rung }) };
}

/** A file is looked at without the detector where there is none: what is left unchecked is told to the server. */
const CHECKS_OF_DETECTOR: readonly CheckId[] = ['web-assembly', 'worker', 'offscreen-canvas'];
const CHECKS_OF_CAMERA: readonly CheckId[] = ['secure-context', 'permissions-policy', 'media-devices', ...CHECKS_OF_DETECTOR];
const CHECKS_OF_RUNG: { readonly [Rung in EvidenceRung]: readonly CheckId[] } = {
  recording: [...CHECKS_OF_CAMERA, 'media-recorder'],
  'jpeg-burst': [...CHECKS_OF_CAMERA, 'jpeg-burst'],
  'system-camera': ['secure-context', 'system-camera'],
};
const CHECKS_OF_ANY_RUNG: readonly CheckId[] = [...CHECKS_OF_CAMERA, 'media-recorder', 'jpeg-burst', 'system-camera'];

type Answer = Omit<PreflightCheck, 'id'>;
type Check = readonly [CheckId, (platform: MediaPlatform, needs: readonly CaptureNeed[]) => Answer];

const present: Answer = { status: 'ok', detail: 'present' };

function needsGlobal(id: CheckId, name: GlobalName, absent: Answer): Check {
  return [id, (platform) => (platform.has(name) ? present : absent)];
}

const CHECKS: readonly Check[] = [
  ...requirementsOf('camera').map(
    ({ id, codeOn, isMet, remedy }): Check => [id, (platform) => (isMet(platform) ? present : { status: 'fail', code: codeOn(platform), detail: remedy })],
  ),
  [
    'media-recorder',
    (platform, needs) => {
      const types = recorderTypes(platform, needs.includes('microphone') ? 'picture-and-sound' : 'picture');
      if (types.length) return { status: 'ok', detail: types.join(' ') };
      return { status: 'fail', code: 'recorder-unavailable', detail: 'no MediaRecorder, or it claims no known container' };
    },
  ],
  [
    'jpeg-burst',
    (platform) =>
      typeof platform.createCanvas(1, 1).toBlob === 'function' ? present : { status: 'fail', code: 'recorder-unavailable', detail: 'absent: no JPEG can be made of a canvas' },
  ],
  [
    'system-camera',
    (platform) => ('capture' in platform.createInput() ? present : { status: 'fail', code: 'unsupported-browser', detail: 'absent: <input capture> would open an album' }),
  ],
  [
    'mp4',
    (platform, needs) => {
      if (recorderTypes(platform).some((type) => type.startsWith('video/mp4'))) return { status: 'ok', detail: 'recorded' };
      const isNeeded = needs.includes('mp4');
      if (platform.has('VideoEncoder') && platform.has('VideoDecoder')) return { status: isNeeded ? 'warn' : 'ok', detail: 'not recorded, can be made after the recording' };
      const detail = 'neither the recorder nor WebCodecs makes it';
      return isNeeded ? { status: 'fail', code: 'recorder-unavailable', detail } : { status: 'ok', detail: `${detail} (not needed)` };
    },
  ],
  [
    'microphone',
    (platform, needs) => {
      const unmet = requirementsOf('microphone').find((requirement) => !requirement.isMet(platform));
      const detail = unmet?.remedy ?? 'the browser has no AudioContext';
      if (!unmet && platform.audioContext()) return present;
      if (!needs.includes('microphone')) return { status: 'ok', detail: `${detail} (not needed)` };
      return { status: 'fail', code: unmet?.codeOn(platform) ?? 'unsupported-browser', detail };
    },
  ],
  needsGlobal('web-assembly', 'WebAssembly', { status: 'fail', code: 'detector-unavailable', detail: 'the built-in detector needs WebAssembly' }),
  needsGlobal('worker', 'Worker', { status: 'fail', code: 'detector-unavailable', detail: 'the built-in detector runs in a Worker' }),
  needsGlobal('offscreen-canvas', 'OffscreenCanvas', { status: 'fail', code: 'detector-unavailable', detail: 'the built-in detector needs OffscreenCanvas' }),
  needsGlobal('image-bitmap', 'createImageBitmap', { status: 'warn', detail: 'absent: frames are read on the main thread' }),
  [
    'video-frame-callback',
    (platform) =>
      'requestVideoFrameCallback' in platform.createVideo() ? present : { status: 'warn', detail: 'absent: frames are paced by animation frames' },
  ],
  [
    'in-app-browser',
    (platform) => {
      const name = identifyInAppBrowser(platform.userAgent());
      if (!name) return { status: 'ok', detail: 'none recognised' };
      return { status: 'warn', detail: `${name}: if the camera does not start, open the page in the system browser` };
    },
  ],
];
