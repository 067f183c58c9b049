import { within } from '../platform/deadline.js';
import { identifyInAppBrowser } from '../platform/in-app-browser.js';
import type { MediaPlatform } from '../platform/port.js';

/** Options of {@link preflightDevices}. */
export interface PreflightDevicesOptions {
  readonly platform: MediaPlatform;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the browser, milliseconds. Default 1,000. */
  readonly timeoutMs?: number | undefined;
}

/** What the browser tells of camera and microphone before anybody is asked. */
export interface DevicesReport {
  /** `camera-absent`: devices are listed, and no camera among them. `camera-denied`: this page was refused it before. */
  readonly camera: 'present' | 'unknown' | 'camera-absent' | 'camera-denied';
  /** How many are listed, at least: before the permission some browsers list one for all. `undefined` where nothing is listed. */
  readonly cameras: number | undefined;
  /** Whether this page may have it: `prompt` where the person would be asked. `undefined` where the browser does not tell. */
  readonly microphone: PermissionState | undefined;
}

/**
 * What the browser knows of the devices before anybody is asked: whether it lists a camera, and how many, and what this page was
 * refused before. Asks the person for nothing and never throws; `unknown` where the browser cannot tell. What the browser itself is
 * able to do is `preflight`'s.
 */
export async function preflightDevices({ platform, signal, timeoutMs = 1_000 }: PreflightDevicesOptions): Promise<DevicesReport> {
  const ask = async <Answer>(question: () => Promise<Answer> | Answer): Promise<Answer | undefined> => {
    const answer = await within((async () => question())(), { platform, signal, timeoutMs });
    return answer.kind === 'value' ? answer.value : undefined;
  };
  const [isTelling, camera, microphone, devices = []] = await Promise.all([
    // Another app's browser may say "denied" or "none" and have a camera; an iframe without `allow` may list none, which only the refusal tells.
    ask(() => !identifyInAppBrowser(platform.userAgent()) && !(platform.isFramed() && platform.allowsFeature('camera') === undefined)),
    ask(() => platform.permissionOf('camera')),
    ask(() => platform.permissionOf('microphone')),
    ask(() => platform.mediaDevices()?.enumerateDevices()),
  ]);
  if (!isTelling) return { camera: 'unknown', cameras: undefined, microphone: undefined };
  // Browsers that give nothing away before the permission list nothing at all.
  const cameras = devices.length > 0 ? devices.filter(({ kind }) => kind === 'videoinput').length : undefined;
  return { camera: camera === 'denied' ? 'camera-denied' : cameras ? 'present' : cameras === 0 ? 'camera-absent' : 'unknown', cameras, microphone };
}
