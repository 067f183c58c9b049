import type { GestureMeasures } from '../gestures/tracker.js';

/** Frames of a steady face that are looked at, milliseconds in all. */
export const NEUTRAL_MS = 1000;

/** Longest time one frame may account for: enough for 3 frames a second, too little for a gap to count as a steady face. */
const LONGEST_SHARE = 400;

/** Frames kept: a second of them at any camera's rate. */
const MOST_FRAMES = 120;

/** Gathers the face at rest. */
export interface NeutralMeter {
  /** Share of {@link NEUTRAL_MS} that is gathered, 0–1. */
  readonly fraction: number;
  /**
   * @param measures of a frame in which all is well, else `undefined`
   * @returns the face at rest, once it is known
   */
  push(time: number, measures: GestureMeasures | undefined): GestureMeasures | undefined;
}

/** The median of every measure, so that a blink in between or a frame the mesh slipped on does not count. */
export function createNeutralMeter(): NeutralMeter {
  const seen: GestureMeasures[] = [];
  let gathered = 0;
  let last: number | undefined;
  return {
    get fraction() {
      return Math.min(1, gathered / NEUTRAL_MS);
    },
    push(time, measures) {
      if (!measures) return undefined;
      if (last !== undefined) gathered += Math.min(LONGEST_SHARE, time - last);
      last = time;
      if (seen.length < MOST_FRAMES) seen.push(measures);
      if (gathered < NEUTRAL_MS) return undefined;
      const middle = (measure: keyof GestureMeasures): number => median(seen.map((each) => each[measure]));
      return { x: middle('x'), yaw: middle('yaw'), pitch: middle('pitch'), eyeOpenness: middle('eyeOpenness'), mouthOpenness: middle('mouthOpenness') };
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
