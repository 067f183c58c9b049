import {
  createGestureTracker,
  type ChallengeRecord,
  type EngineEvent,
  type EngineFailure,
  type EngineOptions,
  type EngineOutput,
  type EngineState,
  type GestureType,
  type Instruction,
  type InstructionId,
  type Limit,
  type LivenessChallenge,
  METRICS,
  type Metric,
  type Observation,
  type RunSummary,
  type TraceEntry,
  type TraceMark,
} from '../../src/liveness/index.js';
import { createEngineOf } from '../../src/liveness/engine.js';
import { gestureMeasures } from '../../src/liveness/gestures/tracker.js';
import { createGuide } from '../../src/liveness/instructions/guide.js';
import { thresholdsWith, type Thresholds } from '../../src/liveness/instructions/profiles.js';
import { mirrored } from '../../src/liveness/instructions/rule.js';
import { timingWith } from '../../src/liveness/timing.js';
import { createFeed } from '../../src/liveness/trace/feed.js';
import { isMark } from '../../src/liveness/trace/mark.js';
import type { Try } from './decided.js';
import { watchChallenge, withLips, type Limits } from './watch.js';

/** What a trace is run with. Without a profile: by the shape of the frame, as in a page. */
export type RunOptions = EngineOptions & { readonly challenge: LivenessChallenge };

/** One observation and what the engine made of it. */
export interface Frame {
  /** Milliseconds, as in the trace. */
  readonly time: number;
  /** Measured values; NaN where unknown. */
  readonly values: Readonly<Record<Metric, number>>;
  /** What a challenge that runs holds them against, besides what its instruction says. */
  readonly limits?: Limits;
  /** Absent after the run has ended. */
  readonly shown?: { readonly state: EngineState; readonly instruction: Instruction; readonly progress: number };
}

/** A stretch of time in which something did not change. Milliseconds. */
export interface Stretch<Kind extends string> {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
}

/** Everything the page draws. */
export interface Run {
  readonly frames: readonly Frame[];
  readonly challenge: LivenessChallenge;
  readonly states: readonly Stretch<EngineState>[];
  readonly instructions: readonly Stretch<InstructionId>[];
  /** Over the whole trace, whatever was asked for. */
  readonly gestures: readonly Stretch<GestureType>[];
  /** What the engine reported besides states and instructions. */
  readonly events: readonly EngineEvent[];
  /** What was measured in those whose challenge was not met, in order. */
  readonly tries: readonly Try[];
  /** What happened besides what was seen: the page left, the recorder broke. Milliseconds. */
  readonly marks: readonly TraceMark[];
  /** When the run ended, or the trace. Milliseconds. */
  readonly end: number;
  readonly result: { readonly state: 'done'; readonly record: ChallengeRecord } | { readonly state: 'failed'; readonly failure: EngineFailure } | { readonly state: 'unfinished' };
  readonly summary: RunSummary;
  /** Limits of the metrics that rules look at, of the profile in force at the first frame. */
  readonly limits: Readonly<Partial<Record<Metric, readonly Limit[]>>>;
}

/** The end of a try, in which its eyes are looked at, milliseconds. */
const LAST_MS = 1000;

/** Runs a trace through the engine as a page did, or would with an ideal recorder where the trace has none, and keeps what it said at every frame. */
export function runTrace(entries: readonly TraceEntry[], options: RunOptions): Run {
  const { challenge, profile, thresholds, timing } = options;
  const watch = watchChallenge(options);
  const engine = createEngineOf(watch.kinds, options);
  const guide = createGuide({ ...options, timing: timingWith(timing) });
  const tracker = createGestureTracker();
  const feed = createFeed(engine, entries);
  const frames: Frame[] = [];
  /** Besides the frames: what a mark has changed. */
  const shown: Pick<Frame, 'time' | 'shown'>[] = [];
  const marks: TraceMark[] = [];
  const gestures: Stretch<GestureType>[] = [];
  const events: EngineEvent[] = [];
  const tries: Try[] = [];
  let last: EngineOutput | undefined;
  let over = false;
  let end = entries[entries.length - 1]?.time ?? 0;

  function tell(entry: TraceEntry): Frame['shown'] {
    if (over) return undefined;
    const before = last?.state ?? 'guiding';
    const fed = feed(entry);
    events.push(...fed.events);
    if (!isMark(entry)) watch.push(entry, engine.summary().activeMs, before);
    for (const event of fed.events) if (event.type === 'missed') tries.push(tryOf(event.time, event.reference?.code));
    last = fed.output;
    ({ over } = fed);
    if (over) end = entry.time;
    const { state, instruction, progress } = last;
    return { state, instruction, progress };
  }

  function tryOf(time: number, code: string | undefined): Try {
    const opened = frames.filter((frame) => frame.time > time - LAST_MS).map(({ values }) => values.eyeOpenness);
    const { eyeOpenness: limit = NaN } = watch.limits();
    return { time, code, record: watch.record() ?? { type: 'silent' }, eyes: { rest: watch.restingEyes, limit, value: opened.sort((a, b) => a - b)[opened.length >> 1] ?? NaN } };
  }

  for (const entry of entries) {
    const { time } = entry;
    if (isMark(entry)) {
      if (!over && entry.type !== 'tick') marks.push(entry);
      shown.push({ time, ...definite(tell(entry)) });
      continue;
    }
    const observation = entry;
    const { soundLevel } = observation;
    guide.push(observation, time);
    const measures = gestureMeasures(observation.faces[0]);
    const values = { ...guide.readings, eyeOpenness: measures?.eyeOpenness ?? NaN, mouthOpenness: measures?.mouthOpenness ?? NaN, soundLevel: soundLevel ?? NaN };
    for (const { type, start, end: ended } of tracker.push(observation)) gestures.push({ kind: type, start, end: ended });
    const told = definite(tell(observation));
    const frame = { time, values, ...told, ...(told.shown?.state === 'capturing' && { limits: watch.limits() }) };
    frames.push(frame);
    shown.push(frame);
  }
  const result: Run['result'] = last?.state === 'done' || last?.state === 'failed' ? last : { state: 'unfinished' };
  return {
    frames: withLips(frames, [...tries.map(({ record }) => record), ...(result.state === 'done' ? [result.record] : [])]),
    challenge,
    states: stretches(shown, end, ({ shown }) => shown?.state),
    instructions: stretches(shown, end, ({ shown }) => shown?.instruction.id),
    gestures: gestures.sort((a, b) => a.start - b.start),
    events: events.filter(({ type }) => type !== 'state' && type !== 'instruction'),
    tries,
    marks,
    end,
    result,
    summary: engine.summary(),
    limits: limitsOf(thresholdsWith(profile ?? (isPortrait(entries.find((entry): entry is Observation => !isMark(entry))) ? 'phone' : 'desktop'), thresholds)),
  };
}

const isPortrait = (observation: Observation | undefined): boolean => !!observation && observation.frame.height > observation.frame.width;

const definite = (shown: Frame['shown']): Pick<Frame, 'shown'> => (shown ? { shown } : {});

function stretches<Kind extends string>(frames: readonly Pick<Frame, 'time' | 'shown'>[], end: number, kindOf: (frame: Pick<Frame, 'shown'>) => Kind | undefined): Stretch<Kind>[] {
  const found: { kind: Kind; start: number; end: number }[] = [];
  for (const frame of frames) {
    const kind = kindOf(frame);
    if (kind === undefined) continue;
    const before = found[found.length - 1];
    if (before) before.end = frame.time;
    if (before?.kind !== kind) found.push({ kind, start: frame.time, end });
  }
  return found;
}

function limitsOf(thresholds: Thresholds): Partial<Record<Metric, readonly Limit[]>> {
  const both = (limit: Limit): readonly Limit[] => [limit, mirrored(limit)];
  const { secondFace, faceSizeMinimum, faceSizeMaximum, offsetX, offsetY, yaw, pitch, roll, brightnessMinimum, brightnessMaximum, contrastMinimum, motion, sharpnessMinimum } = thresholds;
  return {
    secondFace: [secondFace],
    faceSize: [faceSizeMinimum, faceSizeMaximum],
    offsetX: both(offsetX),
    offsetY: both(offsetY),
    yaw: both(yaw),
    pitch: both(pitch),
    roll: both(roll),
    brightness: [brightnessMinimum, brightnessMaximum],
    contrast: [contrastMinimum],
    frameBrightness: [thresholds.frameBrightnessMinimum, thresholds.frameBrightnessMaximum],
    motion: [motion],
    sharpness: [sharpnessMinimum],
  };
}

/** The metrics that the trace has values of, in the order in which they matter. */
export function measuredMetrics({ frames }: Run): readonly Metric[] {
  return METRICS.filter((metric) => metric !== 'faces' && frames.some(({ values }) => Number.isFinite(values[metric]) && values[metric] !== 0));
}
