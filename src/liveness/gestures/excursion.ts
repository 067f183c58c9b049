/** How a signal leaves its resting level and comes back. Amounts are in the signal's own unit, times in milliseconds. */
export interface ExcursionOptions {
  /** Distance from the resting level at which the excursion begins. */
  readonly enter: number;
  /** Distance at which it ends; smaller than `enter`, so that jitter does not cut one excursion in two. */
  readonly leave: number;
  /** A shorter excursion is noise or talk. */
  readonly minimumMs: number;
  /** Seen in fewer frames it is noise or talk too: at three frames a second any one frame spans the shortest. Default 1. */
  readonly minimumFrames?: number;
  /** A longer one is a new posture: it is dropped and the resting level learnt anew. */
  readonly maximumMs: number;
  /** Time constant of the resting level. Short follows expressions, long follows only posture. */
  readonly restMs: number;
}

/** Share of the usual learning while a value is between `leave` and `enter`: it may be the first frame of an excursion. */
const CAUTION = 0.25;

/** Watches one signal of one face. */
export interface Excursion {
  /** The running resting level; NaN before the first value. It stands still while an excursion lasts. */
  readonly rest: number;
  /** When the excursion under way began; `undefined` while at rest. */
  readonly start: number | undefined;
  /**
   * @param distance how far the value is from rest, positive in the direction watched
   * @returns the start of the excursion that ended with this value, else `undefined`
   */
  push(time: number, value: number, distance: number): number | undefined;
  /** Drops an excursion under way; the resting level stays. */
  abandon(): void;
}

/**
 * The resting level is a plain mean at first and an exponential one once its time constant has passed, so the person's own
 * neutral face is known after a few frames and one odd first frame does not stick.
 */
export function createExcursion({ enter, leave, minimumMs, minimumFrames = 1, maximumMs, restMs }: ExcursionOptions): Excursion {
  let rest = NaN;
  let learntMs = 0;
  let lastTime = 0;
  let start: number | undefined;
  let frames = 0;
  return {
    get rest() {
      return rest;
    },
    get start() {
      return start;
    },
    push(time, value, distance) {
      const elapsed = time - lastTime;
      lastTime = time;
      if (Number.isNaN(rest)) {
        rest = value;
        return undefined;
      }
      if (start === undefined) {
        if (distance >= enter) {
          start = time;
          frames = 1;
        } else {
          learntMs = Math.min(restMs, learntMs + elapsed);
          const weight = Math.min(1, Math.max(1 - Math.exp(-elapsed / restMs), elapsed / (learntMs || 1)));
          rest += (value - rest) * weight * (distance >= leave ? CAUTION : 1);
        }
        return undefined;
      }
      if (time - start > maximumMs) {
        start = undefined;
        rest = value;
        return undefined;
      }
      if (distance >= leave) {
        frames++;
        return undefined;
      }
      const began = start;
      start = undefined;
      return time - began >= minimumMs && frames >= minimumFrames ? began : undefined;
    },
    abandon() {
      start = undefined;
    },
  };
}
