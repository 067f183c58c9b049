import { adoptStream, attachPreview, betterCamera, type Camera, type CameraChoice, listCameras, openCamera, type Preview, reacquireCamera } from '../capture/index.js';
import { nextCamera } from '../capture/cameras.js';
import { onDevicesChange } from '../capture/devices-change.js';
import { HIDDEN_MS } from '../capture/hidden.js';
import type { Microphone } from '../capture/microphone.js';
import { untilVisible } from '../capture/reacquire.js';
import { type CaptureFailure, type CaptureResult, describeError, failure, success } from '../capture/result.js';
import { stopTracks } from '../capture/track-watch.js';
import type { ClientCode } from '../codes/client-codes.js';
import { within } from '../platform/deadline.js';
import type { MediaPlatform, Unsubscribe } from '../platform/port.js';
import type { SessionLimits } from '../transport/protocol.js';
import { loadAssetModule } from './asset-module.js';
import type { Phase } from './capture-run.js';
import type { VerifyOptions } from './options.js';

/** Options of {@link openLiveSources}. */
export interface LiveSourcesOptions {
  readonly platform: MediaPlatform;
  readonly options: Pick<VerifyOptions, 'assetBase' | 'video' | 'stream' | 'deviceId' | 'onTapNeeded' | 'onCamera'>;
  readonly limits: Pick<SessionLimits, 'minWidth' | 'minHeight'>;
  /** Whether the challenge is spoken. */
  readonly sound: 'none' | 'microphone';
  readonly signal: AbortSignal;
  readonly emit: (phase: Phase) => void;
}

/** Who looks and listens while the sources may change under them. */
export interface LiveSourcesListener {
  /** A source has gone, and is being opened again. Whoever reads frames must have stopped when this returns. */
  onGone(reason: CaptureFailure): void;
  /** All are there again; camera, preview and microphone are other ones now. */
  onBack(): void;
  /** They could not be had again. */
  onFailed(reason: CaptureFailure): void;
  /** The picture has another size: the phone was turned. */
  onResize(): void;
  /** The system has taken the camera away for a moment, or given it back. */
  onMuteChange(muted: boolean): void;
}

/** The camera, its preview and the microphone of a run. The one owner of all three, whichever they are just now. */
export interface LiveSources {
  readonly camera: Camera;
  readonly preview: Preview;
  readonly microphone: Microphone | undefined;
  /** What was not as it should be so far, for the manifest: `camera:vga`, `camera:reacquired`, `camera:other`. */
  readonly fallbacks: readonly string[];
  /** From now on a source that is lost is opened again. One listener at a time. */
  watch(listener: LiveSourcesListener): Unsubscribe;
  /** Opens the camera again: it gives no pictures, say. */
  renew(reason: CaptureFailure): void;
  /** Idempotent. */
  stop(): void;
}

/** A source that is lost more often in one run is broken. */
const LOSSES = 3;
/** Longest wait for a stream of the integrator's own: as long as for a camera. */
const STREAM_MS = 30_000;
/** Longest wait for the tap that some browsers want. */
const TAP_MS = 120_000;
/** WeChat on iOS says that it plays, and shows nothing before a tap. */
const TAP_CURES: readonly ClientCode[] = ['playback-blocked', 'camera-no-frames'];
/** Another camera may cure these. */
const OTHER_CURES: readonly ClientCode[] = ['camera-no-frames', 'camera-too-small', 'camera-in-use'];

/**
 * Opens what the run looks and listens with: the camera, or the integrator's stream; the preview; the microphone, only where the
 * challenge needs it, and after the camera.
 *
 * Codes: those of `openCamera`, `attachPreview` and `openMicrophone`; `camera-too-small`.
 */
export async function openLiveSources({ platform, options, limits, sound, signal, emit }: LiveSourcesOptions): Promise<CaptureResult<LiveSources>> {
  const over = new AbortController();
  const abort = (): void => over.abort();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();

  let camera: Camera | undefined;
  let preview: Preview | undefined;
  let microphone: Microphone | undefined;
  let listener: LiveSourcesListener | undefined;
  const fallbacks: string[] = [];
  const lost = { camera: false, microphone: false };
  let losses = 0;
  let renewing = false;
  let unlisteners: Unsubscribe[] = [];
  /** What {@link tellCameras} told last, and the cameras in it. */
  let told: string | undefined;
  let known: readonly CameraChoice[] | undefined;
  /** The camera that the person chose while the run goes on. */
  let chosen: string | undefined;

  function unlisten(): void {
    for (const each of unlisteners.splice(0)) each();
  }

  function unwatch(): void {
    listener = undefined;
    unlisten();
  }

  function stop(): void {
    abort();
    signal.removeEventListener('abort', abort);
    unwatch();
    preview?.detach();
    camera?.stop();
    microphone?.stop();
  }

  const opened = await open();
  if (!opened.ok || over.signal.aborted || !camera || !preview) {
    stop();
    return opened.ok ? failure('cancelled', 'while the camera was being opened') : opened;
  }

  return success({
    get camera() {
      return camera as Camera;
    },
    get preview() {
      return preview as Preview;
    },
    get microphone() {
      return microphone;
    },
    fallbacks,
    watch(next) {
      listener = next;
      listen();
      return unwatch;
    },
    renew: (reason) => lose('camera', reason),
    stop,
  });

  async function open(): Promise<CaptureResult<void>> {
    emit({ phase: 'camera' });
    let shown = await showFirst();
    if (!shown.ok && !options.stream && OTHER_CURES.includes(shown.code)) {
      const listed = await listCameras({ platform, signal: over.signal });
      const next = listed.ok && nextCamera(listed.value, camera?.deviceId);
      if (next) shown = await change('camera:other', next.deviceId);
    }
    return shown.ok && sound === 'microphone' ? takeMicrophone() : shown;
  }

  async function showFirst(): Promise<CaptureResult<void>> {
    const taken = await takeCamera();
    if (!taken.ok) return taken;
    camera = taken.value;
    if (!options.stream && options.deviceId === undefined) await preferBetter(camera);
    return show();
  }

  async function takeCamera(deviceId = options.deviceId): Promise<CaptureResult<Camera>> {
    const { stream: make } = options;
    if (!make) return openCamera({ platform, signal: over.signal, deviceId });
    const made = await within((async () => make())(), { platform, signal: over.signal, timeoutMs: STREAM_MS, discard: stopTracks });
    if (made.kind === 'value') {
      const adopted = adoptStream(made.value, { platform });
      if (!adopted.ok) stopTracks(made.value);
      return adopted;
    }
    if (made.kind === 'aborted') return failure('cancelled', 'while the stream was being made');
    if (made.kind === 'timeout') return failure('camera-timeout', `stream(): no stream within ${STREAM_MS} ms`);
    return failure('camera-failed', `stream(): ${describeError(made.error)}`);
  }

  /** Phones have been seen to answer "the front camera" with the infrared one. */
  async function preferBetter(current: Camera): Promise<void> {
    const cameras = await listCameras({ platform, signal: over.signal });
    const better = cameras.ok ? betterCamera(cameras.value, current) : undefined;
    if (!better) return;
    const other = await reacquireCamera(current, { platform, signal: over.signal, deviceId: better.deviceId });
    if (other.ok) camera = other.value;
  }

  async function show(): Promise<CaptureResult<void>> {
    const attached = await withTap(async () => {
      // While somebody was waited for to tap, say.
      if (camera?.track.readyState === 'ended') {
        const again = await openAgain();
        if (!again.ok) return again;
        fallbacks.push('camera:reacquired');
      }
      return attachPreview({ platform, stream: (camera as Camera).stream, video: options.video, signal: over.signal });
    });
    if (!attached.ok) return attached;
    preview = attached.value;
    const { rung } = camera as Camera;
    const tooSmall = judgeSize(preview);
    if (tooSmall) return tooSmall;
    if (rung !== 'hd') fallbacks.push(`camera:${rung}`);
    void tellCameras();
    return success(undefined);
  }

  function judgeSize({ width, height }: Preview): CaptureFailure | undefined {
    const { minWidth, minHeight } = limits;
    const isLarge = Math.min(width, height) >= Math.min(minWidth, minHeight) && Math.max(width, height) >= Math.max(minWidth, minHeight);
    return isLarge ? undefined : failure('camera-too-small', `the camera gives ${width}×${height}, the backend takes ${minWidth}×${minHeight} or more`);
  }

  /** The module is loaded only where the challenge is spoken. */
  async function takeMicrophone(): Promise<CaptureResult<void>> {
    emit({ phase: 'microphone' });
    const loaded = await loadAssetModule('microphone', { assetBase: options.assetBase, platform, signal: over.signal });
    if (!loaded.ok) return failure(loaded.code === 'cancelled' ? 'cancelled' : 'microphone-failed', loaded.detail);
    const taken = await withTap(() => loaded.value.openMicrophone({ platform, signal: over.signal }));
    if (!taken.ok) return taken;
    microphone = taken.value;
    return success(undefined);
  }

  async function withTap<T>(attempt: () => Promise<CaptureResult<T>>): Promise<CaptureResult<T>> {
    const { onTapNeeded } = options;
    const first = await attempt();
    if (first.ok || !TAP_CURES.includes(first.code) || !onTapNeeded) return first;
    emit({ phase: 'tap' });
    const tapped = await within((async () => onTapNeeded(over.signal))(), { platform, signal: over.signal, timeoutMs: TAP_MS });
    if (tapped.kind === 'value') return attempt();
    if (tapped.kind === 'aborted') return failure('cancelled', 'at the tap that starts the preview');
    return failure(first.code, tapped.kind === 'error' ? `onTapNeeded: ${describeError(tapped.error)}` : `${first.detail}, and no tap for ${TAP_MS} ms`);
  }

  /** A choice that comes too late, of a camera that is in use, or during another change, changes nothing. */
  async function tellCameras(): Promise<void> {
    const { onCamera } = options;
    const current = camera;
    if (!onCamera || !current) return;
    const tell = (cameras: readonly CameraChoice[]): void => {
      const before = told;
      told = JSON.stringify([current.deviceId, cameras]);
      if (told === before) return;
      onCamera({
        deviceId: current.deviceId,
        cameras,
        use(deviceId) {
          if (!listener || renewing || deviceId === camera?.deviceId || !cameras.some((each) => each.deviceId === deviceId)) return;
          chosen = deviceId;
          void renew(failure('camera-lost', 'another camera was chosen'));
        },
      });
    };
    // Whoever remembers the choice hears before guidance goes on that it is in use.
    if (known) tell(known);
    const listed = await listCameras({ platform, signal: over.signal });
    if (over.signal.aborted || camera !== current) return;
    known = listed.ok && current.rung !== 'adopted' ? listed.value : [];
    tell(known);
  }

  /** What was lost already says so at once. */
  function listen(): void {
    const [view, sight] = [preview as Preview, camera as Camera];
    // Of a source that was lost before anybody listened.
    unlisten();
    unlisteners = [
      view.onResize(() => {
        const tooSmall = judgeSize(view);
        if (tooSmall) listener?.onFailed(tooSmall);
        else listener?.onResize();
      }),
      sight.onMuteChange((muted) => listener?.onMuteChange(muted)),
      sight.onLost((reason) => lose('camera', reason)),
      onDevicesChange(platform.mediaDevices(), () => void tellCameras()),
      ...(microphone ? [microphone.onLost((reason) => lose('microphone', reason))] : []),
    ];
  }

  function lose(source: keyof typeof lost, reason: CaptureFailure): void {
    if (!listener || over.signal.aborted) return;
    lost[source] = true;
    if (renewing) return;
    losses += 1;
    if (losses > LOSSES) listener.onFailed(reason);
    else void renew(reason);
  }

  async function renew(reason: CaptureFailure): Promise<void> {
    renewing = true;
    unlisten();
    listener?.onGone(reason);
    emit({ phase: 'reacquiring' });
    const back = await replace();
    renewing = false;
    if (over.signal.aborted) return;
    if (!back.ok) return listener?.onFailed(back);
    listener?.onBack();
    listen();
  }

  /** @param deviceId another one than before */
  async function openAgain(deviceId?: string): Promise<CaptureResult<void>> {
    const before = camera;
    before?.stop();
    const next = !before || before.rung === 'adopted' ? await takeCamera(deviceId) : await reacquireCamera(before, { platform, signal: over.signal, ...(deviceId !== undefined && { deviceId }) });
    if (!next.ok) return next;
    camera = next.value;
    if (over.signal.aborted) camera.stop();
    return success(undefined);
  }

  /** @param fallback what the manifest says of it */
  async function change(fallback: string, deviceId: string | undefined): Promise<CaptureResult<void>> {
    preview?.detach();
    const next = await openAgain(deviceId);
    if (!next.ok) return next;
    fallbacks.push(fallback);
    lost.camera = false;
    return show();
  }

  /** The microphone too where a call took both. Whatever is lost while this works is noticed by {@link listen}. */
  async function replace(): Promise<CaptureResult<void>> {
    // A hidden page gets neither camera nor microphone. The engine's own patience is mostly shorter.
    const visible = await untilVisible({ platform, signal: over.signal, timeoutMs: HIDDEN_MS });
    if (!visible.ok) return visible;
    if (lost.camera || chosen !== undefined) {
      const [wanted, before] = [chosen, camera?.deviceId];
      chosen = undefined;
      let shown = await change(lost.camera ? 'camera:reacquired' : 'camera:chosen', wanted);
      // The one before did, mostly.
      if (!shown.ok && wanted !== undefined && !over.signal.aborted) shown = await change('camera:other', before);
      if (!shown.ok) return shown;
    }
    if (lost.microphone) {
      microphone?.stop();
      const taken = await takeMicrophone();
      if (!taken.ok) return taken;
      lost.microphone = false;
      fallbacks.push('microphone:reacquired');
    }
    return success(undefined);
  }
}
