import type { MediaPlatform } from '../platform/port.js';
import { within } from '../platform/deadline.js';
import { cancelled, type CaptureResult, describeError, failure, success } from './result.js';

/** Measures how loud a stream is, without an audio worklet: that would need a script of its own under a strict policy. */
export interface LevelMeter {
  /**
   * Root mean square of the samples since the call before, 0–1, so that no sound between two calls is lost; `undefined` while the
   * system holds the audio.
   */
  level(): number | undefined;
  /** Idempotent. */
  stop(): void;
}

/** Options of {@link createLevelMeter}. */
export interface LevelMeterOptions {
  readonly platform: Pick<MediaPlatform, 'setTimeout' | 'clearTimeout' | 'audioContext'>;
  /** With an audio track, which stays its owner's. */
  readonly stream: MediaStream;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the audio to run, milliseconds. */
  readonly timeoutMs: number;
}

/** The most that an analyser remembers: 0.68 s at 48 kHz. */
const SAMPLES = 32_768;

/** How often they are taken out where nobody asks: a detector may pause for longer than the analyser remembers. */
const DRAIN_MS = 200;

/**
 * Resolves once the audio runs. The context is made here and not before the microphone is open: one that is older than the
 * microphone keeps the rate of the loudspeaker, and Firefox and iPhones then give an error or silence.
 *
 * Codes: `unsupported-browser`, `playback-blocked` (the browser wants a tap first), `cancelled`. Rejects with what the
 * browser throws.
 */
export async function createLevelMeter({ platform, stream, signal, timeoutMs }: LevelMeterOptions): Promise<CaptureResult<LevelMeter>> {
  const Context = platform.audioContext();
  if (!Context) return failure('unsupported-browser', 'the browser has no AudioContext');
  const context = new Context();
  let stopped = false;
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    context.removeEventListener('statechange', wake);
    void context.close().catch(() => undefined);
  };
  // After a call iPhones leave the context interrupted.
  const wake = (): void => {
    if (context.state !== 'running' && !stopped) void context.resume().catch(() => undefined);
  };

  try {
    const running = await within(resume(context), { platform, signal, timeoutMs });
    if (running.kind !== 'value') {
      const { state } = context;
      stop();
      if (running.kind === 'aborted') return cancelled('starting the level meter');
      return failure('playback-blocked', running.kind === 'error' ? describeError(running.error) : `the audio was still ${state} after ${timeoutMs} ms`);
    }
    context.addEventListener('statechange', wake);
    const analyser = context.createAnalyser();
    analyser.fftSize = SAMPLES;
    const source = context.createMediaStreamSource(stream);
    source.connect(analyser);
    const samples = new Float32Array(SAMPLES);
    let heardUntil = context.currentTime;
    let squares = 0;
    let heard = 0;
    let latest = 0;
    const drain = (): void => {
      const now = context.currentTime;
      const fresh = Math.min(SAMPLES, Math.round((now - heardUntil) * context.sampleRate));
      if (fresh <= 0) return;
      heardUntil = now;
      analyser.getFloatTimeDomainData(samples);
      for (const sample of samples.subarray(SAMPLES - fresh)) squares += sample * sample;
      heard += fresh;
    };
    const drainAgain = (): void => {
      drain();
      timer = platform.setTimeout(drainAgain, DRAIN_MS);
    };
    let timer = platform.setTimeout(drainAgain, DRAIN_MS);
    return success({
      level() {
        if (stopped) return undefined;
        drain();
        // Asked twice within one block of samples, it is the same sound.
        if (heard > 0) latest = Math.min(1, Math.sqrt(squares / heard));
        squares = heard = 0;
        return context.state === 'running' ? latest : undefined;
      },
      stop() {
        platform.clearTimeout(timer);
        source.disconnect();
        stop();
      },
    });
  } catch (error) {
    stop();
    throw error;
  }
}

/** Chrome's promise stays pending until the tap comes, and Safari's resolves before the audio runs; the state tells. */
async function resume(context: AudioContext): Promise<void> {
  if (context.state === 'running') return;
  const running = new Promise<void>((resolve) => {
    const check = (): void => {
      if (context.state !== 'running') return;
      context.removeEventListener('statechange', check);
      resolve();
    };
    context.addEventListener('statechange', check);
  });
  await Promise.all([context.resume(), running]);
}
