import type { Platform, Unsubscribe } from '../platform/port.js';
import { type CaptureFailure, failure } from './result.js';

/** What {@link watchTrack} needs of the host. */
export type TrackWatchPlatform = Pick<Platform, 'setTimeout' | 'clearTimeout' | 'isVisible' | 'onVisibilityChange'>;

/** Options of {@link watchTrack}. */
export interface TrackWatchOptions {
  readonly platform: TrackWatchPlatform;
  /** How long a muted track may stay muted before its device counts as lost, milliseconds. */
  readonly muteTimeoutMs: number;
  /** What the loss is called. */
  readonly code: 'camera-lost' | 'microphone-failed';
}

/** What happens to a track while somebody uses it. */
export interface TrackWatch {
  /**
   * Called once when the device goes away or stays muted (a call, another app, the lid). Called at once where that has
   * happened already. Never called because of {@link TrackWatch.release}.
   */
  onLost(listener: (reason: CaptureFailure) => void): Unsubscribe;
  /** Called whenever the system takes the device away for a moment (`true`) and gives it back (`false`). */
  onMuteChange(listener: (muted: boolean) => void): Unsubscribe;
  /** The device is known to have gone although the track has not said so. */
  lose(detail: string): void;
  /** Watches no longer. Idempotent. */
  release(): void;
}

/** Watches a track end, mute and unmute. Phones mute a hidden page's tracks as a matter of course, so that time does not count. */
export function watchTrack(track: MediaStreamTrack, { platform, muteTimeoutMs, code }: TrackWatchOptions): TrackWatch {
  const lostListeners = new Set<(reason: CaptureFailure) => void>();
  const muteListeners = new Set<(muted: boolean) => void>();
  let lost: CaptureFailure | undefined;
  let timer: ReturnType<Platform['setTimeout']> | undefined;
  let released = false;

  const judgeMute = (): void => {
    platform.clearTimeout(timer);
    if (!track.muted || !platform.isVisible()) return;
    timer = platform.setTimeout(() => lose(`the ${track.kind} track stayed muted for ${muteTimeoutMs} ms`), muteTimeoutMs);
  };
  const onEnded = (): void => lose(`the ${track.kind} track ended`);
  const onMuteChange = ({ type }: Event): void => {
    judgeMute();
    for (const listener of muteListeners) listener(type === 'mute');
  };
  const offVisibility = platform.onVisibilityChange(judgeMute);
  const release = (): void => {
    released = true;
    platform.clearTimeout(timer);
    offVisibility();
    track.removeEventListener('ended', onEnded);
    track.removeEventListener('mute', onMuteChange);
    track.removeEventListener('unmute', onMuteChange);
  };
  const lose = (detail: string): void => {
    if (released) return;
    release();
    lost = failure(code, detail);
    for (const listener of lostListeners) listener(lost);
  };
  track.addEventListener('ended', onEnded);
  track.addEventListener('mute', onMuteChange);
  track.addEventListener('unmute', onMuteChange);
  judgeMute();

  return {
    onLost(listener) {
      lostListeners.add(listener);
      if (lost) listener(lost);
      return () => void lostListeners.delete(listener);
    },
    onMuteChange(listener) {
      muteListeners.add(listener);
      return () => void muteListeners.delete(listener);
    },
    lose,
    release,
  };
}

/** Ends every track of a stream. */
export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
