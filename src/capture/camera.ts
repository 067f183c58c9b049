import type { ClientCode } from '../codes/client-codes.js';
import type { MediaPlatform, Platform, Unsubscribe } from '../platform/port.js';
import { within } from './deadline.js';
import { CAMERA_REQUIREMENTS } from './requirements.js';
import { cancelled, type CaptureFailure, type CaptureResult, describeError, failure, success } from './result.js';

/**
 * How far down the ladder of constraints the stream was found: the caller's own, 1280×720, 640×480, any size,
 * any camera; `adopted` for a stream that came from outside.
 */
export type CameraRung = 'custom' | 'hd' | 'vga' | 'any-size' | 'any-camera' | 'adopted';

/** The part of the manifest that describes the camera. */
export interface CameraSettings {
  /** Pixels as the track reports them, 0 where it does not. Phones may report them unrotated: a preview's size is what was seen. */
  readonly width: number;
  readonly height: number;
  readonly frameRate?: number;
  readonly facingMode?: string;
  /** The stream did not come from {@link openCamera}. */
  readonly synthetic: boolean;
}

/** The one owner of a stream. Only {@link Camera.stop} ends it. */
export interface Camera {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  readonly rung: CameraRung;
  settings(): CameraSettings;
  /**
   * Called once with `camera-lost` when the device goes away or stays muted (a call, another app, the lid). Called at once
   * where that has happened already. Never called because of {@link Camera.stop}.
   */
  onLost(listener: (reason: CaptureFailure) => void): Unsubscribe;
  /** Called whenever the system takes the picture away for a moment (`true`) and gives it back (`false`). */
  onMuteChange(listener: (muted: boolean) => void): Unsubscribe;
  /** Stops every track. Idempotent. */
  stop(): void;
}

/** Options of {@link openCamera}. */
export interface OpenCameraOptions {
  readonly platform: MediaPlatform;
  /** Aborts the opening, not the camera once it is open. A stream that still arrives is stopped. */
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the whole ladder, the person's answer to the browser's question included. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Tried before the ladder. Prefer `ideal`: the ladder is there for the day `exact` cannot be met. */
  readonly constraints?: MediaTrackConstraints | undefined;
  /** Preferred camera; one that has gone is not an error. Default: the front camera. */
  readonly deviceId?: string | undefined;
  /** See {@link AdoptStreamOptions.muteTimeoutMs}. */
  readonly muteTimeoutMs?: number | undefined;
}

/**
 * Asks for the camera, once per rung of the ladder, until one gives a stream. `getUserMedia` is called before the first
 * `await`, so a call in a click handler keeps the gesture.
 *
 * Codes: `insecure-context`, `permissions-policy`, `unsupported-browser`, `camera-denied`, `camera-absent`,
 * `camera-in-use`, `camera-overconstrained`, `camera-timeout`, `camera-failed`, `cancelled`.
 */
export async function openCamera(options: OpenCameraOptions): Promise<CaptureResult<Camera>> {
  const { platform, signal, timeoutMs = 30_000 } = options;
  const missing = CAMERA_REQUIREMENTS.find((requirement) => !requirement.isMet(platform));
  if (missing) return failure(missing.code, missing.remedy);

  const deadline = platform.now() + timeoutMs;
  let reason = failure('camera-failed', 'no constraints were tried');
  for (const [rung, video] of ladder(options)) {
    if (signal?.aborted) return cancelled('opening the camera');
    const outcome = await within(request(platform, video), { platform, signal, timeoutMs: deadline - platform.now(), discard: stopTracks });
    switch (outcome.kind) {
      case 'value': {
        const camera = own(outcome.value, rung, options);
        if (!camera.ok) stopTracks(outcome.value);
        return camera;
      }
      case 'aborted':
        return cancelled('opening the camera');
      case 'timeout':
        // Firefox on Android has been seen never to ask and never to answer.
        return failure('camera-timeout', `getUserMedia gave no answer within ${timeoutMs} ms`);
      case 'error':
        reason = describeRefusal(outcome.error, platform);
        if (!WORTH_ANOTHER_RUNG.includes(reason.code)) return reason;
    }
  }
  return reason;
}

/** Options of {@link adoptStream}. */
export interface AdoptStreamOptions {
  readonly platform: Pick<Platform, 'setTimeout' | 'clearTimeout'>;
  /** How long a muted track may stay muted before the camera counts as lost. Default 3,000. */
  readonly muteTimeoutMs?: number | undefined;
}

/**
 * Takes over a stream that the integrator made (a canvas, a file, their own `getUserMedia`), marked synthetic. The SDK owns
 * it from here on and stops its tracks; give `stream.clone()` to keep the original.
 *
 * Codes: `camera-absent` (no video track), `camera-lost` (the track has ended already).
 */
export function adoptStream(stream: MediaStream, options: AdoptStreamOptions): CaptureResult<Camera> {
  return own(stream, 'adopted', options);
}

type Rung = readonly [CameraRung, MediaTrackConstraints | true];

/**
 * Phones turn the picture with the device: 1280×720 arrives as 720×1280 in portrait, while asking for a portrait size makes
 * Chrome crop. Only `ideal`, and no bound on the frame rate: Firefox on Android hangs on `frameRate.max`.
 */
function ladder({ constraints, deviceId }: OpenCameraOptions): Rung[] {
  const source: MediaTrackConstraints = deviceId ? { deviceId: { ideal: deviceId } } : { facingMode: { ideal: 'user' } };
  const rungs: Rung[] = [
    ['hd', { ...source, width: { ideal: 1280 }, height: { ideal: 720 } }],
    ['vga', { ...source, width: { ideal: 640 }, height: { ideal: 480 } }],
    ['any-size', source],
    ['any-camera', true],
  ];
  return constraints ? [['custom', constraints], ...rungs] : rungs;
}

/** An `async` function so that a browser which throws at once looks like one that rejects. */
async function request(platform: MediaPlatform, video: MediaTrackConstraints | true): Promise<MediaStream> {
  const devices = platform.mediaDevices();
  if (!devices) throw new Error('mediaDevices has gone');
  return devices.getUserMedia({ audio: false, video });
}

const CODE_OF_ERROR: Readonly<Record<string, ClientCode>> = {
  NotAllowedError: 'camera-denied',
  SecurityError: 'permissions-policy',
  NotFoundError: 'camera-absent',
  // Chromium inside an app that gave it nothing to ask the person with.
  NotSupportedError: 'unsupported-browser',
  NotReadableError: 'camera-in-use',
  OverconstrainedError: 'camera-overconstrained',
};

/** Android cameras answer `NotReadableError` to a size they cannot start with, not only when they are taken. */
const WORTH_ANOTHER_RUNG: readonly ClientCode[] = ['camera-overconstrained', 'camera-in-use', 'camera-failed'];

function describeRefusal(error: unknown, platform: MediaPlatform): CaptureFailure {
  const said = describeError(error);
  // Firefox's "AbortError: Starting videoinput failed" is a camera that another program holds.
  const code = /AbortError: Starting video/.test(said) ? 'camera-in-use' : (CODE_OF_ERROR[said.split(':', 1)[0] ?? ''] ?? 'camera-failed');
  // Firefox and Safari cannot be asked about the policy; there a missing `allow` looks like a refusal.
  const framed = code === 'camera-denied' && platform.isFramed() && platform.allowsFeature('camera') === undefined;
  return failure(code, framed ? `${said} (in an iframe: is allow="camera" set?)` : said);
}

function own(stream: MediaStream, rung: CameraRung, { platform, muteTimeoutMs = 3_000 }: AdoptStreamOptions): CaptureResult<Camera> {
  const [track] = stream.getVideoTracks();
  if (!track) return failure('camera-absent', 'the stream has no video track');
  if (track.readyState === 'ended') return failure('camera-lost', 'the video track had ended before it was used');

  const lostListeners = new Set<(reason: CaptureFailure) => void>();
  const muteListeners = new Set<(muted: boolean) => void>();
  let lost: CaptureFailure | undefined;
  let muteTimer: ReturnType<Platform['setTimeout']> | undefined;

  const release = (): void => {
    platform.clearTimeout(muteTimer);
    track.removeEventListener('ended', onEnded);
    track.removeEventListener('mute', onMute);
    track.removeEventListener('unmute', onUnmute);
  };
  const lose = (detail: string): void => {
    release();
    lost = failure('camera-lost', detail);
    for (const listener of lostListeners) listener(lost);
  };
  const watchMute = (): void => {
    platform.clearTimeout(muteTimer);
    muteTimer = platform.setTimeout(() => lose(`the video track stayed muted for ${muteTimeoutMs} ms`), muteTimeoutMs);
  };
  const onEnded = (): void => lose('the video track ended');
  const onMute = (): void => {
    watchMute();
    for (const listener of muteListeners) listener(true);
  };
  const onUnmute = (): void => {
    platform.clearTimeout(muteTimer);
    for (const listener of muteListeners) listener(false);
  };
  track.addEventListener('ended', onEnded);
  track.addEventListener('mute', onMute);
  track.addEventListener('unmute', onUnmute);
  if (track.muted) watchMute();

  return success({
    stream,
    track,
    rung,
    settings() {
      const { width = 0, height = 0, frameRate, facingMode } = track.getSettings();
      return { width, height, ...(frameRate && { frameRate }), ...(facingMode && { facingMode }), synthetic: rung === 'adopted' };
    },
    onLost(listener) {
      lostListeners.add(listener);
      if (lost) listener(lost);
      return () => void lostListeners.delete(listener);
    },
    onMuteChange(listener) {
      muteListeners.add(listener);
      return () => void muteListeners.delete(listener);
    },
    stop() {
      release();
      stopTracks(stream);
    },
  });
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
