import type { EngineNotice } from '../engine.js';
import type { Observation } from '../observation.js';

/**
 * What an engine was told besides observations: the recorder's answer, the page leaving and coming back, and `tick`: time passed
 * without a frame. It moves the engine's clock, whether or not anything came of it.
 */
export interface TraceMark extends Omit<EngineNotice, 'type'> {
  readonly type: EngineNotice['type'] | 'tick';
}

/** Everything that an engine was told, in order: what it said of it can be found again. */
export type TraceEntry = Observation | TraceMark;

// By name, so that a new notice does not compile without a line of its own.
const KINDS: Readonly<Record<TraceMark['type'], true>> = { recordingStarted: true, recordingFailed: true, recordingBroken: true, suspend: true, resume: true, tick: true };

/** Kinds of {@link TraceMark}. */
export const TRACE_MARKS = Object.keys(KINDS) as readonly TraceMark['type'][];

/** Whether an entry is no observation. */
export function isMark(entry: TraceEntry): entry is TraceMark {
  return typeof entry === 'object' && entry !== null && 'type' in entry;
}
