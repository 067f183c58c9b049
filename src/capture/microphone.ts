import type { MediaPlatform } from '../platform/port.js';
import { within } from '../platform/deadline.js';
import { HIDDEN_MS, ranOut } from './hidden.js';
import { createLevelMeter } from './level-meter.js';
import { describeRefusal } from './refusal.js';
import { requirementsOf } from './requirements.js';
import { cancelled, type CaptureResult, describeError, failure, success } from './result.js';
import { stopTracks, type TrackWatch, watchTrack } from './track-watch.js';

/** The part of the manifest that describes the microphone. */
export interface MicrophoneSettings {
  /** Hertz, as the track reports it. */
  readonly sampleRate?: number;
  readonly channelCount?: number;
  readonly echoCancellation?: boolean;
  readonly noiseSuppression?: boolean;
  readonly autoGainControl?: boolean;
}

/** The one owner of the sound. Only {@link Microphone.stop} ends it. Lost means `microphone-failed`. */
export interface Microphone extends Pick<TrackWatch, 'onLost' | 'onMuteChange'> {
  readonly track: MediaStreamTrack;
  /**
   * Root mean square since the call before, 0–1: speech at arm's length is about 0.01–0.1. `undefined` while nothing is
   * measured: the track is muted, or the system holds the audio (a call). Call it for every observation, also where the answer is
   * not used: what is not fetched belongs to the next.
   */
  level(): number | undefined;
  settings(): MicrophoneSettings;
  /** The pictures of `stream` with this sound, for a recorder. Owns nothing: its tracks are the camera's and the microphone's. */
  join(stream: MediaStream): MediaStream;
  /** Stops the track and the meter. Idempotent. */
  stop(): void;
}

/** Options of {@link openMicrophone}. */
export interface OpenMicrophoneOptions {
  readonly platform: MediaPlatform;
  /** Aborts the opening, not the microphone once it is open. */
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the browser, the person's answer included, milliseconds. Default 30,000. Time in which the page is hidden does not count. */
  readonly timeoutMs?: number | undefined;
  /** Longest wait for a hidden page to come back, milliseconds. Default 120,000. */
  readonly hiddenTimeoutMs?: number | undefined;
  /** Longest wait for the meter to run. Default 2,000. */
  readonly meterTimeoutMs?: number | undefined;
  /** How long a muted track may stay muted before the microphone counts as lost; time while the page is hidden does not count. Default 3,000. */
  readonly muteTimeoutMs?: number | undefined;
}

/**
 * Asks for the microphone and measures its level. Call it once the camera runs, and only for a challenge that needs sound:
 * iPhones have been seen to mute what was there before, and every question costs persons.
 *
 * Codes: `insecure-context`, `permissions-policy`, `unsupported-browser`, `in-app-browser`, `microphone-denied`, `microphone-absent`,
 * `microphone-failed` (no answer, no sound, no meter), `page-hidden`, `cancelled`; `playback-blocked` where the meter wants a tap: call this
 * again from the tap.
 */
export async function openMicrophone(options: OpenMicrophoneOptions): Promise<CaptureResult<Microphone>> {
  const { platform, signal, timeoutMs = 30_000, hiddenTimeoutMs = HIDDEN_MS, meterTimeoutMs = 2_000, muteTimeoutMs = 3_000 } = options;
  const missing = requirementsOf('microphone').find((requirement) => !requirement.isMet(platform));
  if (missing) return failure(missing.codeOn(platform), missing.remedy);
  if (signal?.aborted) return cancelled('opening the microphone');

  const asked = await within(request(platform), { platform, signal, timeoutMs, hidden: { platform, timeoutMs: hiddenTimeoutMs }, discard: stopTracks });
  if (asked.kind === 'aborted') return cancelled('opening the microphone');
  if (asked.kind === 'timeout') return ranOut(platform, 'microphone-failed', `getUserMedia gave no answer within ${timeoutMs} ms`);
  if (asked.kind === 'error') return describeRefusal(asked.error, 'microphone', platform);

  const stream = asked.value;
  const fail = <T>(reason: CaptureResult<T>): CaptureResult<T> => {
    stopTracks(stream);
    return reason;
  };
  const [track] = stream.getAudioTracks();
  if (!track || track.readyState === 'ended') return fail(failure('microphone-failed', 'the stream has no live audio track'));
  const meter = await createLevelMeter({ platform, stream, signal, timeoutMs: meterTimeoutMs }).catch((error: unknown) => failure('microphone-failed', describeError(error)));
  if (!meter.ok) return fail(meter);

  const { onLost, onMuteChange, release } = watchTrack(track, { platform, muteTimeoutMs, code: 'microphone-failed' });
  return success({
    track,
    onLost,
    onMuteChange,
    level() {
      const level = meter.value.level();
      return track.muted || track.readyState === 'ended' ? undefined : level;
    },
    settings() {
      const { sampleRate, channelCount, echoCancellation, noiseSuppression, autoGainControl } = track.getSettings();
      const told = Object.entries({ sampleRate, channelCount, echoCancellation, noiseSuppression, autoGainControl });
      return Object.fromEntries(told.filter(([, value]) => value !== undefined));
    },
    join: (picture) => platform.createStream([...picture.getVideoTracks(), track]),
    stop() {
      release();
      meter.value.stop();
      stopTracks(stream);
    },
  });
}

/** Whatever the browser does to the sound by itself is kept: with the prompt voice speaking, echo must go. */
async function request(platform: MediaPlatform): Promise<MediaStream> {
  const devices = platform.mediaDevices();
  if (!devices) throw new Error('mediaDevices has gone');
  return devices.getUserMedia({ audio: true, video: false });
}
