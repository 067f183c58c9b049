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

/**
 * What the browser knows of the camera before anybody is asked: that it lists none among its devices, or that this page was
 * refused it before. Asks the person for nothing and never throws; `unknown` where the browser cannot tell.
 */
export async function preflightDevices({ platform, signal, timeoutMs = 1_000 }: PreflightDevicesOptions): Promise<'present' | 'unknown' | 'camera-absent' | 'camera-denied'> {
  const ask = async <Answer>(question: () => Promise<Answer> | Answer): Promise<Answer | undefined> => {
    const answer = await within((async () => question())(), { platform, signal, timeoutMs });
    return answer.kind === 'value' ? answer.value : undefined;
  };
  const [isTelling, permission, devices = []] = await Promise.all([
    // Another app's browser may say "denied" or "none" and have a camera; an iframe without `allow` may list none, which only the refusal tells.
    ask(() => !identifyInAppBrowser(platform.userAgent()) && !(platform.isFramed() && platform.allowsFeature('camera') === undefined)),
    ask(() => platform.cameraPermission()),
    ask(() => platform.mediaDevices()?.enumerateDevices()),
  ]);
  if (!isTelling) return 'unknown';
  if (permission === 'denied') return 'camera-denied';
  // Browsers that give nothing away before the permission list nothing at all.
  if (devices.length === 0) return 'unknown';
  return devices.some(({ kind }) => kind === 'videoinput') ? 'present' : 'camera-absent';
}
