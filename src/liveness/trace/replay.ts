import type { ClientCode } from '../../codes/client-codes.js';
import type { CodeReference } from '../../codes/entry.js';
import type { RunSummary } from '../account.js';
import type { ChallengeRecord } from '../challenges/challenge.js';
import { createEngine } from '../create-engine.js';
import type { EngineEvent, EngineOptions } from '../engine.js';
import { createGestureTracker, type GestureType } from '../gestures/tracker.js';
import { createGuide } from '../instructions/guide.js';
import type { InstructionId } from '../instructions/instruction.js';
import type { Observation } from '../observation.js';
import { timingWith } from '../timing.js';
import { createFeed } from './feed.js';
import { isMark, type TraceEntry } from './mark.js';

/** A stretch of the trace, seconds of the observations' clock. */
interface Segment {
  readonly start: number;
  readonly end: number;
}

/** How the run went, or would have gone with an ideal recorder where the trace has none. */
export interface ReplayOutcome {
  /** `unfinished` where the trace ends before the run does. */
  readonly state: 'done' | 'failed' | 'unfinished';
  /** Seconds of the observations' clock at which the run ended, or the trace. */
  readonly at: number;
  /** Where it failed, why. */
  readonly code?: ClientCode;
  /** The vendor's more exact word for it, where there is one. */
  readonly reference?: CodeReference;
  /** Where it is done, what the challenge measured. */
  readonly record?: ChallengeRecord;
  readonly summary: RunSummary;
  /** Everything the engine reported, in order. Their times are milliseconds of the observations' clock. */
  readonly events: readonly EngineEvent[];
}

/** Everything the engine makes of a trace. */
export interface ReplayResult {
  readonly frames: number;
  /** Frames with at least one face. */
  readonly faceFrames: number;
  /** In order of their start. */
  readonly events: readonly (Segment & { readonly type: GestureType })[];
  /** What the person would have read, without gaps or overlaps, over the whole trace. */
  readonly instructions: readonly (Segment & { readonly id: InstructionId })[];
  readonly outcome: ReplayOutcome;
}

/**
 * Runs observations through the engine, as live ones would be, and lists what came of it. The same observations and options
 * always give the same result. Instructions go on to the end of the trace; the outcome is that of a run that begins with the
 * first observation and whose recorder answers at once, unless the trace tells what it did.
 *
 * A trace file holds rounded numbers: to compare a live run with its file, replay what {@link decodeTrace} gives back.
 */
export function replayTrace(entries: readonly TraceEntry[], options: EngineOptions = {}): ReplayResult {
  const observations = entries.filter((entry): entry is Observation => !isMark(entry));
  const guide = createGuide({ ...options, timing: timingWith(options.timing) });
  const gestures = createGestureTracker();
  const events: (Segment & { type: GestureType })[] = [];
  const instructions: { id: InstructionId; start: number; end: number }[] = [];
  let faceFrames = 0;
  for (const observation of observations) {
    const { time, faces } = observation;
    if (faces.length > 0) faceFrames++;
    for (const { type, start, end } of gestures.push(observation)) events.push({ type, start: start / 1000, end: end / 1000 });
    guide.push(observation, time);
    const { id } = guide.shown(time);
    const last = instructions[instructions.length - 1];
    if (last) last.end = time / 1000;
    if (last?.id !== id) instructions.push({ id, start: time / 1000, end: time / 1000 });
  }
  events.sort((a, b) => a.start - b.start);
  return { frames: observations.length, faceFrames, events, instructions, outcome: replayRun(entries, options) };
}

function replayRun(entries: readonly TraceEntry[], options: EngineOptions): ReplayOutcome {
  const engine = createEngine(options);
  const feed = createFeed(engine, entries);
  const events: EngineEvent[] = [];
  let at = 0;
  for (const entry of entries) {
    at = entry.time / 1000;
    const { output, events: brought, over } = feed(entry);
    events.push(...brought);
    if (!over) continue;
    if (output.state === 'done') return { state: 'done', at, record: output.record, summary: engine.summary(), events };
    if (output.state === 'failed') {
      const { code, reference, summary } = output.failure;
      return { state: 'failed', at, code, ...(reference && { reference }), summary, events };
    }
  }
  return { state: 'unfinished', at, summary: engine.summary(), events };
}
