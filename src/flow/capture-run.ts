import type { BestFrame, BestFrameKeeper } from '../capture/best-frame.js';
import { closeFrame } from '../capture/frame-grabber.js';
import { createFrameClock } from '../capture/frame-clock.js';
import { type CameraSettings, type FrameLoop, type Preview, type Recording, startFrameLoop } from '../capture/index.js';
import type { DetectorFrame } from '../detector/port.js';
import { type ChallengeRecord, type ChallengeView, type EngineOptions, type EngineOutput, ovalFor, recordSince, referenceOf } from '../liveness/index.js';
import type { ChallengeKinds } from '../liveness/challenges/challenge.js';
import { createEngineOf } from '../liveness/engine.js';
import { within } from '../platform/deadline.js';
import type { MediaPlatform } from '../platform/port.js';
import type { CaptureSession, TimelineEntry } from '../transport/protocol.js';
import { loadAssetModule } from './asset-module.js';
import { createAttempts } from './attempts.js';
import type { DetectorLoader } from './detector-loader.js';
import type { LiveSources } from './live-sources.js';
import type { VerifyOptions } from './options.js';
import type { Ending } from './outcome.js';
import { createPauses } from './pauses.js';
import { recordingTime } from './recording-time.js';
import type { FlowState } from './state.js';
import { createTimeline } from './timeline.js';
import { traced } from './traced.js';

/** A phase as the run knows it; the flow adds the detector and the connection. */
export type Phase = FlowState extends infer State ? (State extends FlowState ? Omit<State, 'detector' | 'connection'> : never) : never;

/** What {@link runCapture} works with. */
export interface CaptureRunOptions {
  readonly platform: MediaPlatform;
  readonly sources: LiveSources;
  /** Called each time frames begin to be read, of the camera that the sources have then. */
  readonly onLook: () => void;
  /** See `VerifyOptions.assetBase`. */
  readonly assetBase: string;
  /** See `VerifyOptions.isSpeaking`. */
  readonly isSpeaking: () => boolean;
  /** See `VerifyOptions.onObservation`. */
  readonly onObservation?: VerifyOptions['onObservation'];
  readonly loader: DetectorLoader;
  readonly session: Pick<CaptureSession, 'challenge' | 'containers' | 'limits'>;
  /** With that of the session's challenge. */
  readonly kinds: ChallengeKinds;
  readonly engine: Pick<EngineOptions, 'profile' | 'thresholds' | 'timing' | 'retries' | 'eyesMayBeShut'>;
  readonly signal: AbortSignal;
  readonly emit: (phase: Phase) => void;
}

/** The evidence, before it is sent. */
export interface Captured {
  readonly ok: true;
  readonly recording: Recording;
  readonly timeline: readonly TimelineEntry[];
  /** What was measured of the challenge, on the timeline's clock. */
  readonly record: ChallengeRecord;
  /** The camera that the recording was made with. */
  readonly camera: CameraSettings;
  /** Pixels of its picture as shown. */
  readonly size: Pick<Preview, 'width' | 'height'>;
  /** What was not as it should be, in order; see `Manifest.fallbacks`. */
  readonly fallbacks: readonly string[];
  /** Absent where no frame was good enough, or none could be encoded. */
  readonly bestFrame?: BestFrame;
}

/** Deadlines are looked at, and the next digit comes on, this often when no frame comes. */
const TICK_MS = 50;
/** A worker that fails on one frame may have met a bad frame; on this many in a row it is the worker. */
const BAD_FRAMES = 3;
/** Longest wait for what a detector of the integrator's own sees in a frame; the SDK's gives up after half of it. */
const DETECT_MS = 10_000;
/** Until a model is there nothing can be guided; the download has its own stall timer, this bounds it as a whole. */
const LOADING_MS = 120_000;

/**
 * Guides the person and records them: frames → detector → engine → recorder. A page that is hidden, a camera that is lost and a
 * phone that is turned break the recording off; guidance goes on when all is there again. Ends with the evidence or a reason;
 * stops nothing it did not start.
 */
export function runCapture(options: CaptureRunOptions): Promise<Captured | Ending> {
  const { platform, sources, isSpeaking, loader, session, signal, emit } = options;
  const { type: challengeType } = session.challenge;
  const asked = { ...options.engine, ...recordingTime(session) };
  const engine = traced(createEngineOf(options.kinds, asked), asked, options.onObservation, platform);
  const timeline = createTimeline();

  return new Promise((resolve) => {
    let settled = false;
    let badFrames = 0;
    let detecting = false;
    let speaking = false;
    let recorderEnding: Ending | undefined;
    let view: ChallengeView | undefined;
    let capturing = false;
    let bestFrame: BestFrameKeeper | undefined;
    /** On the engine's clock. */
    let recordedSince = 0;
    // The engine's clock is that of the frames; between frames it goes on by the wall.
    let lastTime = 0;
    let lastWall = platform.now();
    /** While the person is looked at: stops it. */
    let unfollow: (() => void) | undefined;
    const clock = createFrameClock();
    const over = new AbortController();
    const cleanups: (() => void)[] = [() => bestFrame?.stop(), () => over.abort(), () => unfollow?.()];

    const engineNow = (): number => lastTime + (platform.now() - lastWall);
    const settle = (outcome: Captured | Ending): void => {
      if (settled) return;
      settled = true;
      for (const cleanup of cleanups) cleanup();
      if (!outcome.ok) attempts.drop();
      resolve(outcome);
    };
    const end = ({ code, detail }: Pick<Ending, 'code' | 'detail'>): void => settle({ ok: false, code, detail, summary: engine.summary() });

    /** Of what is needed only as long as the person is looked at. */
    const failed: typeof end = (reason) => {
      if (unfollow) end(reason);
    };

    const attempts = createAttempts({
      platform,
      assetBase: options.assetBase,
      sources,
      limits: session.limits,
      containers: session.containers,
      onStart() {
        recordedSince = engineNow();
        bestFrame?.reset();
        apply(engine.notify({ type: 'recordingStarted', time: recordedSince }));
      },
      onBytes: () => apply(engine.tick(engineNow())),
      onBroken: ({ code }) => apply(engine.notify({ type: 'recordingBroken', code, time: engineNow() })),
      onFailed(reason) {
        recorderEnding = reason;
        apply(engine.notify({ type: 'recordingFailed', time: engineNow(), code: reason.code }));
      },
    });
    const pauses = createPauses((notice) => {
      if (!settled) apply(engine.notify({ ...notice, time: engineNow() }));
    });

    function apply(output: EngineOutput): void {
      if (settled) return;
      timeline.add(output.events);
      capturing = output.state === 'capturing';
      const oval = ovalFor(sources.preview);
      const { instruction, progress } = output;
      switch (output.state) {
        case 'guiding':
          attempts.drop();
          if (loader.state.stage === undefined) emit({ phase: 'loading', oval });
          else emit({ phase: 'guidance', instruction, progress, oval, challengeType, ...(output.missed && { missed: referenceOf(output.missed) }) });
          return;
        case 'suspended':
          attempts.drop();
          // What the sources do to come back is told by themselves.
          if (!pauses.has('source')) emit({ phase: 'paused' });
          return;
        case 'ready':
          emit({ phase: 'guidance', instruction, progress, oval, challengeType });
          attempts.begin();
          return;
        case 'capturing':
          view = output.challenge;
          emit({ phase: 'recording', instruction, progress, oval, challenge: view });
          return;
        case 'done':
          if (view) emit({ phase: 'recording', instruction, progress: 1, oval, challenge: view });
          void finish(output.record);
          return;
        case 'failed': {
          const { code, reference, summary } = output.failure;
          // Nobody could have done better while the mesh was still downloading.
          if (code === 'guidance-timeout' && !reference && loader.state.stage !== 'mesh') settle({ ok: false, code: 'model-timeout', detail: 'the mesh had not arrived when guidance ran out of time', summary });
          else settle({ ...(recorderEnding ?? { ok: false, code, ...(reference && { reference }), detail: `the run failed in ${output.failure.state}` }), summary });
        }
      }
    }

    /** Called as soon as the engine is done, and again when the recorder's first bytes come later than that. */
    async function finish(record: ChallengeRecord): Promise<void> {
      const collecting = attempts.collect();
      if (!collecting) return;
      // The person is done: what goes away while the recorder still writes is needed no more, and says nothing of the recording.
      unfollow?.();
      const { width, height } = sources.preview;
      const camera = sources.camera.settings();
      const fallbacks = [...sources.fallbacks];
      const collected = await collecting;
      // Begun anew, or ended, by then.
      if (!collected) return settled ? undefined : follow();
      const { recording } = collected;
      const best = await bestFrame?.encode({ startedAt: recordedSince, maxBytes: session.limits.maxBytes - recording.bytes });
      settle({
        ok: true,
        recording,
        timeline: timeline.since(recordedSince),
        record: recordSince(record, recordedSince),
        camera,
        size: { width, height },
        fallbacks: [...fallbacks, ...collected.fallbacks, ...(bestFrame ? [] : ['best-frame:not-loaded'])],
        ...(best && { bestFrame: best }),
      });
    }

    async function onFrame(frame: DetectorFrame, time: number): Promise<void> {
      lastTime = Math.max(lastTime, time);
      lastWall = platform.now();
      // The first frame of a new camera may come before the detector has answered the last one of the old.
      if (loader.state.stage === undefined || detecting) {
        closeFrame(frame);
        return;
      }
      detecting = true;
      if (capturing) bestFrame?.snapshot(time);
      try {
        const seen = await within((async () => loader.detector.detect(frame, time))(), { platform, timeoutMs: DETECT_MS, signal: over.signal });
        if (seen.kind === 'error') throw seen.error;
        if (seen.kind === 'timeout') return failed({ code: 'detector-timeout', detail: `no answer to a frame for ${DETECT_MS} ms` });
        if (seen.kind === 'aborted') return;
        const observation = seen.value;
        if (!unfollow) return;
        badFrames = 0;
        bestFrame?.offer(observation);
        // The level is of all the time since the frame before.
        const level = sources.microphone?.level();
        const spoke = speaking;
        speaking = isSpeaking();
        const soundLevel = spoke || speaking ? undefined : level;
        if (!settled) apply(engine.push(soundLevel === undefined ? observation : { ...observation, soundLevel }));
      } catch (error) {
        badFrames++;
        if (loader.failure) failed(loader.failure);
        else if (badFrames >= BAD_FRAMES) failed({ code: 'detector-crashed', detail: error instanceof Error ? error.message : String(error) });
      } finally {
        detecting = false;
      }
    }

    function startLoop(): FrameLoop {
      options.onLook();
      return startFrameLoop({
        platform,
        video: sources.preview.video,
        videoFrames: loader.detector.takesVideoFrames,
        clock,
        onFrame,
        onError: (error) => end({ code: 'internal', detail: String(error) }),
        onStall: (reason) => sources.renew(reason),
      });
    }

    /** Frames, and whatever happens to their sources. */
    function follow(): void {
      let loop = startLoop();
      const onVisibility = (visible: boolean): void => pauses.set('hidden', !visible);
      const stops = [() => loop.stop(), platform.onVisibilityChange(onVisibility)];
      unfollow = () => {
        unfollow = undefined;
        for (const stop of stops) stop();
      };
      // They may answer at once, and everything above must be there to be taken back.
      stops.push(
        sources.watch({
          onGone({ code }) {
            loop.stop();
            pauses.set('source', true, code);
            pauses.set('muted', false);
          },
          onBack() {
            loop = startLoop();
            pauses.set('source', false);
          },
          onFailed: end,
          onResize: () => pauses.interrupt('not-still'),
          onMuteChange: (muted) => pauses.set('muted', muted, 'camera-lost'),
        }),
      );
      onVisibility(platform.isVisible());
    }

    function tick(): void {
      if (settled) return;
      if (loader.state.stage !== undefined) apply(engine.tick(engineNow()));
      else if (platform.now() - began > LOADING_MS) end({ code: 'model-timeout', detail: `no model after ${LOADING_MS} ms` });
      if (!settled) timer = platform.setTimeout(tick, TICK_MS);
    }

    const began = platform.now();
    let timer = platform.setTimeout(tick, TICK_MS);
    cleanups.push(() => platform.clearTimeout(timer));
    const onAbort = (): void => end({ code: 'cancelled', detail: 'during guidance' });
    signal.addEventListener('abort', onAbort, { once: true });
    cleanups.push(() => signal.removeEventListener('abort', onAbort));
    cleanups.push(
      loader.listen(() => {
        if (loader.failure) failed(loader.failure);
      }),
    );
    // Beside the guidance. Where it does not arrive, the video is the evidence without it.
    void loadAssetModule('best-frame', { assetBase: options.assetBase, platform, signal: over.signal }).then((loaded) => {
      if (loaded.ok && !settled) bestFrame = loaded.value.createBestFrame({ platform, video: sources.preview.video, limits: options.engine });
    });
    emit({ phase: 'loading', oval: ovalFor(sources.preview) });
    follow();
    if (signal.aborted) onAbort();
    if (loader.failure) end(loader.failure);
  });
}
