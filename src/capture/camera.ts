import type { ClientCode } from '../codes/client-codes.js';
import type { MediaPlatform, Unsubscribe } from '../platform/port.js';
import { within } from '../platform/deadline.js';
import { onDevicesChange } from './devices-change.js';
import { HIDDEN_MS, ranOut } from './hidden.js';
import { describeRefusal } from './refusal.js';
import { requirementsOf } from './requirements.js';
import { cancelled, type CaptureResult, describeError, failure, success } from './result.js';
import { stopTracks, type TrackWatch, type TrackWatchPlatform, watchTrack } from './track-watch.js';

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

/** The one owner of a stream. Only {@link Camera.stop} ends it. Lost means `camera-lost`. */
export interface Camera extends Pick<TrackWatch, 'onLost' | 'onMuteChange'> {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  readonly rung: CameraRung;
  /** To find it in a list of cameras, and to open it again; known also after its loss. Never sent anywhere. */
  readonly deviceId: string | undefined;
  /** What the browser was asked for when it gave this camera; `undefined` for a stream from outside. May hold a device's id. */
  readonly requested: MediaTrackConstraints | undefined;
  settings(): CameraSettings;
  /** Stops every track. Idempotent. */
  stop(): void;
}

/** Options of {@link openCamera}. */
export interface OpenCameraOptions {
  readonly platform: MediaPlatform;
  /** Aborts the opening, not the camera once it is open. A stream that still arrives is stopped. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Longest wait for the whole ladder, the person's answer to the browser's question included, milliseconds. Default 30,000. Time
   * in which the page is hidden does not count: browsers ask nobody there.
   */
  readonly timeoutMs?: number | undefined;
  /** Longest wait for a hidden page to come back, milliseconds: the person may be on the phone. Default 120,000. */
  readonly hiddenTimeoutMs?: number | undefined;
  /** Tried before the ladder. Prefer `ideal`: the ladder is there for the day `exact` cannot be met. */
  readonly constraints?: MediaTrackConstraints | undefined;
  /** The camera to open; where it has gone or cannot be had, the front camera is, and {@link Camera.deviceId} tells. Default: the front camera. */
  readonly deviceId?: string | undefined;
  /** See {@link AdoptStreamOptions.muteTimeoutMs}. */
  readonly muteTimeoutMs?: number | undefined;
}

/**
 * Asks for the camera, once per rung of the ladder, until one gives a stream. `getUserMedia` is called before the first
 * `await`, so a call in a click handler keeps the gesture.
 *
 * Codes: `insecure-context`, `permissions-policy`, `unsupported-browser`, `in-app-browser`, `camera-denied`, `camera-absent`,
 * `camera-in-use`, `camera-overconstrained`, `camera-timeout`, `camera-failed`, `page-hidden`, `cancelled`.
 */
export async function openCamera(options: OpenCameraOptions): Promise<CaptureResult<Camera>> {
  const { platform, signal, timeoutMs = 30_000, hiddenTimeoutMs = HIDDEN_MS } = options;
  const missing = requirementsOf('camera').find((requirement) => !requirement.isMet(platform));
  if (missing) return failure(missing.codeOn(platform), missing.remedy);

  if (signal?.aborted) return cancelled('opening the camera');
  let waiting = true;
  const outcome = await within(climb(options, () => waiting), { platform, signal, timeoutMs, hidden: { platform, timeoutMs: hiddenTimeoutMs }, discard: (late) => late.ok && late.value.stop() });
  waiting = false;
  if (outcome.kind === 'value') return outcome.value;
  if (outcome.kind === 'aborted') return cancelled('opening the camera');
  if (outcome.kind === 'error') return failure('camera-failed', describeError(outcome.error));
  // Firefox on Android has been seen never to ask and never to answer.
  return ranOut(platform, 'camera-timeout', `getUserMedia gave no answer within ${timeoutMs} ms`);
}

/** @param isWaiting whether somebody still wants the camera: one that comes too late is stopped */
async function climb(options: OpenCameraOptions, isWaiting: () => boolean): Promise<CaptureResult<Camera>> {
  const { platform } = options;
  let reason = failure('camera-failed', 'no constraints were tried');
  for (const [rung, video] of ladder(options)) {
    let stream: MediaStream;
    try {
      stream = await request(platform, video);
    } catch (error) {
      reason = describeRefusal(error, 'camera', platform);
      if (isWaiting() && WORTH_ANOTHER_RUNG.includes(reason.code)) continue;
      return reason;
    }
    const camera = isWaiting() ? own(stream, rung, options, platform.mediaDevices(), video === true ? {} : video) : cancelled('opening the camera');
    if (!camera.ok) stopTracks(stream);
    return camera;
  }
  return reason;
}

/** Options of {@link adoptStream}. */
export interface AdoptStreamOptions {
  readonly platform: TrackWatchPlatform;
  /** How long a muted track may stay muted before the camera counts as lost; time while the page is hidden does not count. Default 3,000. */
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
 * Chrome crop. No bound on the frame rate: Firefox on Android hangs on `frameRate.max`. Only `ideal`, but for a camera that
 * was chosen: Chromium gives its own first one where the id is no more than `ideal`. One that has gone leaves the rest.
 */
function ladder({ constraints, deviceId }: OpenCameraOptions): Rung[] {
  const sources: MediaTrackConstraints[] = [...(deviceId ? [{ deviceId: { exact: deviceId } }] : []), { facingMode: { ideal: 'user' } }];
  return [
    ...(constraints ? [['custom', constraints] as const] : []),
    ...sources.flatMap((source): Rung[] => [
      ['hd', { ...source, width: { ideal: 1280 }, height: { ideal: 720 } }],
      ['vga', { ...source, width: { ideal: 640 }, height: { ideal: 480 } }],
      ['any-size', source],
    ]),
    ['any-camera', true],
  ];
}

/** An `async` function so that a browser which throws at once looks like one that rejects. */
async function request(platform: MediaPlatform, video: MediaTrackConstraints | true): Promise<MediaStream> {
  const devices = platform.mediaDevices();
  if (!devices) throw new Error('mediaDevices has gone');
  return devices.getUserMedia({ audio: false, video });
}

/** Android cameras answer `NotReadableError` to a size they cannot start with, not only when they are taken. */
const WORTH_ANOTHER_RUNG: readonly ClientCode[] = ['camera-overconstrained', 'camera-in-use', 'camera-failed'];

function own(stream: MediaStream, rung: CameraRung, { platform, muteTimeoutMs = 3_000 }: AdoptStreamOptions, devices?: MediaDevices, requested?: MediaTrackConstraints): CaptureResult<Camera> {
  const [track] = stream.getVideoTracks();
  if (!track) return failure('camera-absent', 'the stream has no video track');
  if (track.readyState === 'ended') return failure('camera-lost', 'the video track had ended before it was used');

  const { onLost, onMuteChange, lose, release } = watchTrack(track, { platform, muteTimeoutMs, code: 'camera-lost' });
  const { deviceId } = track.getSettings();
  const unwatchList = devices && watchList(devices, deviceId, () => lose('the camera is no longer among the devices'));
  return success({
    stream,
    track,
    rung,
    deviceId,
    requested,
    onLost,
    onMuteChange,
    settings() {
      const { width = 0, height = 0, frameRate, facingMode } = track.getSettings();
      return { width, height, ...(frameRate && { frameRate }), ...(facingMode && { facingMode }), synthetic: rung === 'adopted' };
    },
    stop() {
      release();
      unwatchList?.();
      stopTracks(stream);
    },
  });
}

/**
 * Browsers end the track of a camera that is pulled out, but not all of them do at once. Only a camera that has been on the
 * list can be missing from it: some browsers list other names than the track's own.
 */
function watchList(devices: MediaDevices, deviceId: string | undefined, onGone: () => void): Unsubscribe {
  let listed = false;
  const look = async (): Promise<void> => {
    const all = await devices.enumerateDevices?.().catch(() => undefined);
    if (!all) return;
    const present = all.some((device) => device.kind === 'videoinput' && device.deviceId === deviceId);
    if (listed && !present) onGone();
    listed = present;
  };
  if (!deviceId) return () => undefined;
  const unlisten = onDevicesChange(devices, () => void look());
  void look();
  return unlisten;
}
