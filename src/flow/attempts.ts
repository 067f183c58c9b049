import { type ActiveEvidence, bitrateAfter, type Recording, startEvidence } from '../capture/index.js';
import { type CaptureFailure, type CaptureResult, failure } from '../capture/result.js';
import type { MediaPlatform } from '../platform/port.js';
import type { SessionLimits } from '../transport/protocol.js';
import { loadAssetModule } from './asset-module.js';
import type { LiveSources } from './live-sources.js';

/** Options of {@link createAttempts}. */
export interface AttemptsOptions {
  readonly platform: MediaPlatform;
  /** See `VerifyOptions.assetBase`. */
  readonly assetBase: string;
  readonly sources: Pick<LiveSources, 'camera' | 'preview' | 'microphone'>;
  readonly limits: Pick<SessionLimits, 'maxBytes' | 'maxDurationMs'>;
  /** What the backend takes, which is tried first. Absent: anything. */
  readonly containers?: readonly string[] | undefined;
  /** A recorder has started, or another one in the place of one that gives nothing: what was before is in no recording. */
  readonly onStart: () => void;
  /** It is known to give bytes. */
  readonly onBytes: () => void;
  /** The recording ended by itself, or failed when it was ended, and another may be begun. */
  readonly onBroken: (reason: CaptureFailure) => void;
  /** Nothing records here. */
  readonly onFailed: (reason: CaptureFailure) => void;
}

/** What was recorded. */
export interface AttemptResult {
  readonly recording: Recording;
  /** How it came to be, for the manifest: `recorder-rejected:video/mp4`, `evidence:jpeg-burst`. */
  readonly fallbacks: readonly string[];
}

/** The recordings of a run, one at a time: the person who leaves the picture is recorded anew. */
export interface Attempts {
  /** Starts one, unless one is on. */
  begin(): void;
  /** Forgets the one that is on. */
  drop(): void;
  /**
   * Ends the one that is on. `undefined` while none is known to give bytes, and after the first call; resolves with `undefined` where
   * there is none after all, which {@link AttemptsOptions} has told.
   */
  collect(): Promise<AttemptResult | undefined> | undefined;
}

/** A recording that breaks off more often is not going to get through. */
const BREAKS = 3;
/** Most pictures of a burst: ten a second for the longest recording. */
const BURST_FRAMES = 300;

/** Records on the highest rung that works, and remembers what did not: a later recording does not try it again. */
export function createAttempts({ platform, assetBase, sources, limits, containers, onStart, onBytes, onBroken, onFailed }: AttemptsOptions): Attempts {
  let current: { readonly abort: AbortController; active?: ActiveEvidence; collecting?: true } | undefined;
  let mediaType: string | undefined;
  let from: 'recording' | 'jpeg-burst' = 'recording';
  let bitsPerSecond: number | undefined;
  const broken: string[] = [];
  let breaks = 0;

  function drop(): void {
    current?.abort.abort();
    current?.active?.abort();
    current = undefined;
  }

  async function begin(): Promise<void> {
    const mine: NonNullable<typeof current> = { abort: new AbortController() };
    current = mine;
    const { camera, preview, microphone } = sources;
    const started = await startEvidence({
      platform,
      stream: microphone?.join(camera.stream) ?? camera.stream,
      video: preview.video,
      signal: mine.abort.signal,
      maxBytes: limits.maxBytes,
      maxDurationMs: limits.maxDurationMs,
      maxFrames: BURST_FRAMES,
      async loadBurst() {
        const loaded = await loadAssetModule('jpeg-burst', { assetBase, platform, signal: mine.abort.signal });
        if (!loaded.ok) throw new Error(loaded.detail);
        return loaded.value;
      },
      containers,
      from,
      exclude: broken,
      bitsPerSecond,
      mediaType,
      onStart() {
        if (current === mine) onStart();
      },
    });
    if (current !== mine) {
      if (started.ok) started.value.abort();
      return;
    }
    if (!started.ok) {
      current = undefined;
      return onFailed(started);
    }
    const active = (mine.active = started.value);
    if (active.rung === 'recording') mediaType = active.requestedType;
    else from = 'jpeg-burst';
    void active.ended.then((ended) => {
      if (current === mine && !mine.collecting) breakOff(active, ended);
    });
    onBytes();
  }

  function breakOff(active: ActiveEvidence, ended: CaptureResult<Recording>): void {
    current = undefined;
    // A stop() that threw has stopped nothing.
    active.abort();
    breaks += 1;
    const reason = ended.ok ? failure('recorder-failed', `the recording ended by itself: ${ended.value.endedBy}`) : ended;
    if (breaks > BREAKS) return onFailed(reason);
    if (!ended.ok) {
      broken.push(active.requestedType);
      mediaType = undefined;
    } else if (ended.value.endedBy === 'size-limit') bitsPerSecond = bitrateAfter(ended.value, active.bitsPerSecond);
    onBroken(reason);
  }

  return {
    begin() {
      if (!current) void begin();
    },
    drop,
    collect() {
      const mine = current;
      if (!mine?.active || mine.collecting) return undefined;
      mine.collecting = true;
      const { rejectedTypes, rung } = mine.active;
      const fallbacks = [...new Set([...broken, ...rejectedTypes])].map((type) => `recorder-rejected:${type}`);
      if (rung !== 'recording') fallbacks.push(`evidence:${rung}`);
      const { active } = mine;
      return active.stop().then((stopped) => {
        if (stopped.ok) return { recording: stopped.value, fallbacks };
        if (current === mine) breakOff(active, stopped);
        return undefined;
      });
    },
  };
}
