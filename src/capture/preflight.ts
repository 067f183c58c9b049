import type { ClientCode } from '../codes/client-codes.js';
import type { GlobalName, MediaPlatform } from '../platform/port.js';
import { identifyInAppBrowser } from './in-app-browser.js';
import { recorderTypes } from './recorder-types.js';
import { CAMERA_REQUIREMENTS } from './requirements.js';
import { describeError } from './result.js';

/** `fail`: the capture cannot work here. `warn`: it works with a fallback, or has been seen not to. */
export type CheckStatus = 'ok' | 'warn' | 'fail';

/** What {@link preflight} looks at, in this order. */
export type CheckId =
  | 'secure-context'
  | 'permissions-policy'
  | 'media-devices'
  | 'media-recorder'
  | 'web-assembly'
  | 'worker'
  | 'offscreen-canvas'
  | 'image-bitmap'
  | 'video-frame-callback'
  | 'in-app-browser';

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
}

/**
 * Tells whether a capture can work here, without asking the person for anything: no permission, no list of devices, no
 * storage, no network. Never throws; a check that breaks is a warning.
 */
export function preflight({ platform }: { readonly platform: MediaPlatform }): PreflightReport {
  const checks = CHECKS.map(([id, check]): PreflightCheck => {
    try {
      return { id, ...check(platform) };
    } catch (error) {
      return { id, status: 'warn', detail: `could not be checked: ${describeError(error)}` };
    }
  });
  const has = (status: CheckStatus): boolean => checks.some((check) => check.status === status);
  return { status: has('fail') ? 'fail' : has('warn') ? 'warn' : 'ok', checks };
}

type Answer = Omit<PreflightCheck, 'id'>;
type Check = readonly [CheckId, (platform: MediaPlatform) => Answer];

const present: Answer = { status: 'ok', detail: 'present' };

function needsGlobal(id: CheckId, name: GlobalName, absent: Answer): Check {
  return [id, (platform) => (platform.has(name) ? present : absent)];
}

const CHECKS: readonly Check[] = [
  ...CAMERA_REQUIREMENTS.map(
    ({ id, code, isMet, remedy }): Check => [id, (platform) => (isMet(platform) ? present : { status: 'fail', code, detail: remedy })],
  ),
  [
    'media-recorder',
    (platform) => {
      const types = recorderTypes(platform);
      if (types.length) return { status: 'ok', detail: types.join(' ') };
      return { status: 'fail', code: 'recorder-unavailable', detail: 'no MediaRecorder, or it claims no known container' };
    },
  ],
  needsGlobal('web-assembly', 'WebAssembly', { status: 'fail', code: 'detector-unavailable', detail: 'the built-in detector needs WebAssembly' }),
  needsGlobal('worker', 'Worker', { status: 'fail', code: 'detector-unavailable', detail: 'the built-in detector runs in a Worker' }),
  needsGlobal('offscreen-canvas', 'OffscreenCanvas', { status: 'warn', detail: 'absent: frames are read on the main thread' }),
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
