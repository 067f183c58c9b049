import type { ClientCode } from '../codes/client-codes.js';
import type { MediaPlatform } from '../platform/port.js';
import { type Camera, openCamera, type OpenCameraOptions } from './camera.js';
import { type Outcome, within } from '../platform/deadline.js';
import { onDevicesChange } from './devices-change.js';
import { HIDDEN_MS } from './hidden.js';
import { cancelled, type CaptureResult, failure, success } from './result.js';

/** Options of {@link reacquireCamera}; `timeoutMs` is that of one attempt, in which the person may be asked again. */
export interface ReacquireOptions extends OpenCameraOptions {
  /** How often to try, the first time included. Default 3. */
  readonly attempts?: number | undefined;
  /** Between two attempts, milliseconds; a change of the devices ends it early. Default 1,000. */
  readonly pauseMs?: number | undefined;
}

/** What another attempt may cure: a call that has just ended still holds the camera, a cable is put back. */
const CURABLE: readonly ClientCode[] = ['camera-absent', 'camera-in-use', 'camera-failed', 'camera-lost', 'camera-overconstrained'];

/**
 * Opens the camera again after it was lost, or another one: the old camera is stopped first, since phones give out one at a
 * time. Waits until the page is visible, because browsers refuse a hidden page the camera. The same device is tried
 * first unless `deviceId` names another, and the ladder is that of {@link openCamera}; the person is not asked again where the
 * browser remembers the answer. The preview has to be attached anew.
 *
 * Codes: those of {@link openCamera}, the last attempt's; `page-hidden`; `camera-lost` for an adopted stream, which only its
 * maker can make again.
 */
export async function reacquireCamera(camera: Camera, options: ReacquireOptions): Promise<CaptureResult<Camera>> {
  const { platform, signal, attempts = 3, pauseMs = 1_000, hiddenTimeoutMs = HIDDEN_MS, deviceId = camera.deviceId } = options;
  camera.stop();
  if (camera.rung === 'adopted') return failure('camera-lost', 'the stream came from outside: it cannot be opened again here');
  for (let attempt = 1; ; attempt += 1) {
    const visible = await untilVisible({ platform, signal, timeoutMs: hiddenTimeoutMs });
    if (!visible.ok) return visible;
    const opened = await openCamera({ ...options, deviceId });
    if (opened.ok || attempt >= attempts || !CURABLE.includes(opened.code)) return opened;
    await waitFor('device-change', { platform, signal, timeoutMs: pauseMs });
  }
}

/** Options of {@link untilVisible}. */
export interface WaitOptions {
  readonly platform: MediaPlatform;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait, milliseconds. */
  readonly timeoutMs: number;
}

/** Waits for the page to be seen: browsers refuse a hidden one its devices. Codes: `page-hidden`, `cancelled`. */
export async function untilVisible(options: WaitOptions): Promise<CaptureResult<void>> {
  const visible = await waitFor('visible', options);
  if (visible.kind === 'timeout') return failure('page-hidden', `the page stayed hidden for ${options.timeoutMs} ms`);
  return visible.kind === 'aborted' ? cancelled('waiting for the page to be seen') : success(undefined);
}

async function waitFor(event: 'visible' | 'device-change', { platform, signal, timeoutMs }: WaitOptions): Promise<Outcome<void>> {
  let unlisten = (): void => undefined;
  const happened = new Promise<void>((resolve) => {
    if (event === 'visible') {
      unlisten = platform.onVisibilityChange((visible) => visible && resolve());
      if (platform.isVisible()) resolve();
    } else {
      unlisten = onDevicesChange(platform.mediaDevices(), resolve);
    }
  });
  const outcome = await within(happened, { platform, signal, timeoutMs });
  unlisten();
  return outcome;
}
