import type { FaceMeasures, Observation } from '../observation.js';
import { createExcursion, type Excursion, type ExcursionOptions } from './excursion.js';

/** Gestures seen in the mesh's measures. Left and right are the person's own. */
export const GESTURE_TYPES = ['blink', 'mouthOpen', 'turnLeft', 'turnRight', 'nod'] as const;

/** See {@link GESTURE_TYPES}. */
export type GestureType = (typeof GESTURE_TYPES)[number];

/** A gesture that has ended. Times are those of the observations, milliseconds. */
export interface Gesture {
  readonly type: GestureType;
  readonly start: number;
  readonly end: number;
}

/**
 * Limits against the person's own resting face, found on two real people (see the trace tests). Measured there: eyes that
 * close fall to 0.53–0.69 of their recent opening within two frames while a laugh narrows them to 0.75; a mouth held open
 * gains 0.45–0.6, one that talks passes 0.35 for less than 250 ms, a laugh gains 0.27; a clear turn moves yaw by 12–18°.
 */
export const gestureLimits = {
  /** Share of the recent opening that is gone. `restMs` is short: a squint or a laugh moves the level along, a blink is too fast to. */
  blink: { enter: 0.28, leave: 0.18, minimumMs: 0, maximumMs: 4000, restMs: 400 },
  /** Gap between the lips over the mouth's width. */
  mouthOpen: { enter: 0.35, leave: 0.28, minimumMs: 300, maximumMs: 10_000, restMs: 3000 },
  /** Degrees of yaw. */
  turnLeft: { enter: 10, leave: 7, minimumMs: 200, maximumMs: 5000, restMs: 3000 },
  /** Degrees of yaw, the other way. */
  turnRight: { enter: 10, leave: 7, minimumMs: 200, maximumMs: 5000, restMs: 3000 },
  /** Degrees of pitch, chin down and back up; a longer stay is somebody looking down. */
  nod: { enter: 8, leave: 5, minimumMs: 120, maximumMs: 2000, restMs: 2000 },
} as const satisfies Readonly<Record<GestureType, ExcursionOptions>>;

/** A laugh opens the mouth and pushes the lids up: that share of the mouth's opening is asked of a blink on top. */
const LAUGH_ALLOWANCE = 0.3;

/**
 * Degrees. A turn leaves the camera's axis as well as the resting pose: somebody who sways back from one side to face the
 * camera has not turned to the other. The angle to the camera may be this much smaller than the angle to the resting pose.
 */
const FACING_ALLOWANCE = 2;

/** A face not measured for so long, milliseconds, has not been followed: what was under way is dropped. */
const LOST_MS = 500;

/** Follows the largest face. */
export interface GestureTracker {
  /** Gestures that ended with this observation, usually none. Observations without measures are passed over. */
  push(observation: Observation): readonly Gesture[];
}

const NONE: readonly Gesture[] = [];

/** Thresholds are relative to a running resting face, so narrow eyes, glasses and a tilted phone need no setting. */
export function createGestureTracker(): GestureTracker {
  const watch = Object.fromEntries(GESTURE_TYPES.map((type) => [type, createExcursion(gestureLimits[type])])) as Record<GestureType, Excursion>;
  let lastTime = -Infinity;

  return {
    push(observation) {
      const measures = observation?.faces?.[0]?.measures;
      const { time } = observation ?? { time: NaN };
      if (!measures || !isMeasured(measures) || !(time >= lastTime)) return NONE;
      if (time - lastTime > LOST_MS) for (const type of GESTURE_TYPES) watch[type].abandon();
      lastTime = time;
      const { yaw } = measures;
      const { blink, mouthOpen, turnLeft, turnRight, nod } = watch;
      const openness = (measures.leftEyeOpenness + measures.rightEyeOpenness) / 2;
      const mouthGain = measures.mouthOpenness - mouthOpen.rest;
      const narrowed = 1 - openness / blink.rest - Math.max(0, LAUGH_ALLOWANCE * mouthGain || 0);
      let ended: Gesture[] | undefined;
      function note(type: GestureType, value: number, distance: number): void {
        const start = watch[type].push(time, value, distance);
        if (start !== undefined) (ended ??= []).push({ type, start, end: time });
      }
      note('blink', openness, narrowed);
      note('mouthOpen', measures.mouthOpenness, mouthGain);
      note('turnLeft', yaw, Math.min(yaw - turnLeft.rest, yaw + FACING_ALLOWANCE));
      note('turnRight', yaw, Math.min(turnRight.rest - yaw, FACING_ALLOWANCE - yaw));
      note('nod', measures.pitch, nod.rest - measures.pitch);
      return ended ?? NONE;
    },
  };
}

function isMeasured({ yaw, pitch, leftEyeOpenness, rightEyeOpenness, mouthOpenness }: FaceMeasures): boolean {
  return Number.isFinite(yaw + pitch + leftEyeOpenness + rightEyeOpenness + mouthOpenness);
}
