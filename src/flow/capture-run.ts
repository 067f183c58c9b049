import type { BestFrame } from '../capture/best-frame.js';
import { closeFrame } from '../capture/frame-grabber.js';
import { type ActiveRecording, type Camera, type Preview, type Recording, startFrameLoop, startRecording } from '../capture/index.js';
import type { DetectorFrame } from '../detector/port.js';
import { type ChallengeRecord, type ChallengeView, createEngine, type EngineOptions, type EngineOutput, ovalFor, recordSince } from '../liveness/index.js';
import type { Microphone } from '../capture/microphone.js';
import type { MediaPlatform } from '../platform/port.js';
import type { CaptureSession, TimelineEntry } from '../transport/protocol.js';
import type { DetectorLoader } from './detector-loader.js';
import type { Ending } from './outcome.js';
import type { FlowState } from './state.js';
import { createTimeline } from './timeline.js';

/** A phase as the run knows it; the flow adds the detector and the connection. */
export type Phase = FlowState extends infer State ? (State extends FlowState ? Omit<State, 'detector' | 'connection'> : never) : never;

/** What {@link runCapture} works with. */
export interface CaptureRunOptions {
  readonly platform: MediaPlatform;
  readonly camera: Camera;
  readonly preview: Preview;
  /** Where the challenge is spoken. */
  readonly microphone: Microphone | undefined;
  /** See `VerifyOptions.isSpeaking`. */
  readonly isSpeaking: () => boolean;
  readonly loader: DetectorLoader;
  readonly session: Pick<CaptureSession, 'challenge' | 'limits'>;
  readonly engine: Pick<EngineOptions, 'profile' | 'thresholds' | 'timing'>;
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
  /** See `ActiveRecording.rejectedTypes`. */
  readonly rejectedTypes: readonly string[];
  /** Absent where no frame was good enough, or none could be encoded. */
  readonly bestFrame?: BestFrame;
}

/**
 * A recording starts with its first frame, which may be later than the recorder's start event; without this a server that
 * measures the file could find it short of the minimum: a loaded phone has been seen to lose the first 0.4 s.
 */
const RECORDING_MARGIN_MS = 600;
/** Deadlines are looked at, and the next colour comes on, this often when no frame comes. */
const TICK_MS = 50;
/** A worker that fails on one frame may have met a bad frame; on this many in a row it is the worker. */
const BAD_FRAMES = 3;
/** Until a model is there nothing can be guided; the download has its own stall timer, this bounds it as a whole. */
const LOADING_MS = 120_000;

interface Attempt {
  readonly abort: AbortController;
  /** On the engine's clock. */
  startedAt: number;
  active?: ActiveRecording;
}

/** Guides the person and records them: frames → detector → engine → recorder. Ends with the evidence or a reason; stops nothing it did not start. */
export function runCapture(options: CaptureRunOptions): Promise<Captured | Ending> {
  const { platform, camera, preview, microphone, isSpeaking, loader, session, signal, emit } = options;
  const { type: challengeType } = session.challenge;
  const minimumMs = session.challenge.minimumMs + RECORDING_MARGIN_MS;
  const engine = createEngine({ ...options.engine, challenge: { ...session.challenge, minimumMs } });
  const timeline = createTimeline();

  return new Promise((resolve) => {
    let settled = false;
    let attempt: Attempt | undefined;
    let badFrames = 0;
    let speaking = false;
    let mediaType: string | undefined;
    let recorderEnding: Ending | undefined;
    let view: ChallengeView | undefined;
    // The engine's clock is that of the frames; between frames it goes on by the wall.
    let lastTime = 0;
    let lastWall = platform.now();
    const cleanups: (() => void)[] = [];

    const engineNow = (): number => lastTime + (platform.now() - lastWall);
    const settle = (outcome: Captured | Ending): void => {
      if (settled) return;
      settled = true;
      for (const cleanup of cleanups) cleanup();
      if (!outcome.ok) dropAttempt();
      resolve(outcome);
    };
    const end = ({ code, detail }: Pick<Ending, 'code' | 'detail'>): void => settle({ ok: false, code, detail, summary: engine.summary() });

    function dropAttempt(): void {
      attempt?.abort.abort();
      attempt?.active?.abort();
      attempt = undefined;
    }

    function apply(output: EngineOutput): void {
      if (settled) return;
      timeline.add(output.events);
      const oval = ovalFor(preview);
      const { instruction, progress } = output;
      switch (output.state) {
        case 'guiding':
          dropAttempt();
          emit({ phase: 'guidance', instruction, progress, oval, challengeType });
          return;
        case 'suspended':
          dropAttempt();
          emit({ phase: 'paused' });
          return;
        case 'ready':
          emit({ phase: 'guidance', instruction, progress, oval, challengeType });
          if (!attempt) record();
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

    async function record(): Promise<void> {
      const mine: Attempt = { abort: new AbortController(), startedAt: 0 };
      attempt = mine;
      const started = await startRecording({
        platform,
        stream: microphone?.join(camera.stream) ?? camera.stream,
        signal: mine.abort.signal,
        maxBytes: session.limits.maxBytes,
        maxDurationMs: session.limits.maxDurationMs,
        ...(mediaType !== undefined && { mediaType }),
        onStart() {
          if (attempt !== mine) return;
          mine.startedAt = engineNow();
          apply(engine.notify({ type: 'recordingStarted', time: mine.startedAt }));
        },
      });
      if (attempt !== mine || settled) {
        if (started.ok) started.value.abort();
        return;
      }
      if (!started.ok) {
        recorderEnding = started;
        apply(engine.notify({ type: 'recordingFailed', time: engineNow() }));
        return;
      }
      mine.active = started.value;
      mediaType = started.value.mediaType;
      apply(engine.tick(engineNow()));
    }

    /** Called as soon as the engine is done, and again when the recorder's first bytes come later than that. */
    let finishing = false;
    async function finish(record: ChallengeRecord): Promise<void> {
      const active = attempt?.active;
      if (!active || !attempt || finishing) return;
      finishing = true;
      const { startedAt } = attempt;
      // A recorder that had to change its type began anew after the challenge's clock had started.
      const missing = minimumMs - (platform.now() - active.startedAt);
      if (missing > 0) await new Promise<void>((enough) => platform.setTimeout(enough, missing));
      const stopped = await active.stop();
      if (stopped.ok) settle({ ok: true, recording: stopped.value, timeline: timeline.since(startedAt), record: recordSince(record, startedAt), rejectedTypes: active.rejectedTypes });
      else end(stopped);
    }

    async function onFrame(frame: DetectorFrame, time: number): Promise<void> {
      lastTime = Math.max(lastTime, time);
      lastWall = platform.now();
      if (loader.state.stage === undefined) {
        closeFrame(frame);
        return;
      }
      try {
        const observation = await loader.detector.detect(frame, time);
        badFrames = 0;
        // The level is of all the time since the frame before.
        const level = microphone?.level();
        const spoke = speaking;
        speaking = isSpeaking();
        const soundLevel = spoke || speaking ? undefined : level;
        if (!settled) apply(engine.push(soundLevel === undefined ? observation : { ...observation, soundLevel }));
      } catch (error) {
        badFrames++;
        if (loader.failure) end(loader.failure);
        else if (badFrames >= BAD_FRAMES) end({ code: 'detector-crashed', detail: error instanceof Error ? error.message : String(error) });
      }
    }

    function tick(): void {
      if (settled) return;
      if (loader.state.stage !== undefined) apply(engine.tick(engineNow()));
      else if (platform.now() - began > LOADING_MS) end({ code: 'model-timeout', detail: `no model after ${LOADING_MS} ms` });
      if (!settled) timer = platform.setTimeout(tick, TICK_MS);
    }

    const suspendIf = (gone: boolean): void => {
      if (!settled) apply(engine.notify({ type: gone ? 'suspend' : 'resume', time: engineNow() }));
    };

    const began = platform.now();
    let timer = platform.setTimeout(tick, TICK_MS);
    cleanups.push(() => platform.clearTimeout(timer));
    const onAbort = (): void => end({ code: 'cancelled', detail: 'during guidance' });
    signal.addEventListener('abort', onAbort, { once: true });
    cleanups.push(() => signal.removeEventListener('abort', onAbort));
    cleanups.push(platform.onVisibilityChange((visible) => suspendIf(!visible)));
    cleanups.push(camera.onMuteChange(suspendIf));
    cleanups.push(
      loader.listen(() => {
        if (loader.failure) end(loader.failure);
      }),
    );
    emit({ phase: 'loading', oval: ovalFor(preview) });
    const loop = startFrameLoop({
      platform,
      video: preview.video,
      onFrame,
      onError: (error) => end({ code: 'internal', detail: String(error) }),
      onStall: end,
    });
    cleanups.push(() => loop.stop());
    // Last: it may answer at once, and everything above must be there to be taken back.
    if (microphone) cleanups.push(microphone.onLost(end));
    cleanups.push(camera.onLost(end));
    if (signal.aborted) onAbort();
    if (loader.failure) end(loader.failure);
  });
}
