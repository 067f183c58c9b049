import type { Observation, ObservedFace } from '../observation.js';
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
  mouthOpen: { enter: 0.35, leave: 0.28, minimumMs: 300, minimumFrames: 2, maximumMs: 10_000, restMs: 3000 },
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

/**
 * How much less than its `enter` a movement may be against the neutral face, when it is all of it against the running level: the
 * eyes' opening differs with the head's pitch by the first, a posture shifts by the second. Without the neutral face in the
 * comparison, somebody who opens their eyes wide and relaxes would have blinked, and one who comes back from a slow drift turned.
 *
 * The mouth is the other way about: it opens by as much against either. The running level follows lips that part slowly, the
 * neutral face does not; but that may have been measured on lips pressed together, so it is asked for so much more.
 */
const NEUTRAL_ALLOWANCE = { eyes: 0.12, degrees: 2, mouth: 0.1 } as const;

/**
 * Degrees of yaw that are no turn of the head when the face has moved sideways by its own width: who sways from side to side shows
 * 14° over 0.6 widths, who turns as far moves by less than 0.1.
 */
const SWAY = 15;

/**
 * A face not measured for so long, milliseconds, has not been followed: what was under way is dropped. A phone that detects three
 * times a second and loses every fifth frame leaves 670.
 */
const LOST_MS = 800;

/** What gestures are found by, in the units of {@link FaceMeasures}; `eyeOpenness` is the mean of both eyes. */
export interface GestureMeasures {
  /** Where the face is from left to right, in its own widths. */
  readonly x: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly eyeOpenness: number;
  readonly mouthOpenness: number;
}

/** Follows the largest face. */
export interface GestureTracker {
  /**
   * Gestures that ended with this observation, usually none. Observations without measures are passed over.
   *
   * @param time milliseconds, where the caller has a better clock than the observation's own
   */
  push(observation: Observation, time?: number): readonly Gesture[];
  /** When the gesture under way began, milliseconds; `undefined` where there is none. It may still prove too short or too long. */
  startOf(type: GestureType): number | undefined;
  /** Tells the person's own face at rest: from now on the eyes and the head must leave that as well as the running level, the mouth one of them. */
  compareWith(neutral: GestureMeasures): void;
}

const NONE: readonly Gesture[] = [];

/** Thresholds are relative to a running resting face, so narrow eyes, glasses and a tilted phone need no setting. */
export function createGestureTracker(): GestureTracker {
  const watch = Object.fromEntries(GESTURE_TYPES.map((type) => [type, createExcursion(gestureLimits[type])])) as Record<GestureType, Excursion>;
  let lastTime = -Infinity;
  let neutral: GestureMeasures | undefined;

  return {
    push(observation, time = observation?.time) {
      const measures = gestureMeasures(observation?.faces?.[0]);
      if (!measures || time === undefined || !(time >= lastTime)) return NONE;
      if (time - lastTime > LOST_MS) for (const type of GESTURE_TYPES) watch[type].abandon();
      lastTime = time;
      const { x, yaw, pitch, eyeOpenness, mouthOpenness } = measures;
      const { blink, mouthOpen, turnLeft, turnRight, nod } = watch;
      const { eyes, degrees, mouth } = NEUTRAL_ALLOWANCE;
      const mouthGain = mouthOpenness - mouthOpen.rest;
      const narrowed = Math.min(1 - eyeOpenness / blink.rest, neutral ? 1 - eyeOpenness / neutral.eyeOpenness + eyes : Infinity);
      let ended: Gesture[] | undefined;
      function note(type: GestureType, value: number, distance: number): void {
        const start = watch[type].push(time as number, value, distance);
        if (start !== undefined) (ended ??= []).push({ type, start, end: time as number });
      }
      note('blink', eyeOpenness, narrowed - Math.max(0, LAUGH_ALLOWANCE * mouthGain || 0));
      note('mouthOpen', mouthOpenness, neutral ? Math.max(mouthGain, mouthOpenness - neutral.mouthOpenness - mouth) : mouthGain);
      const fromNeutral = neutral ? yaw - neutral.yaw : 0;
      const spare = neutral ? degrees - SWAY * Math.abs(x - neutral.x) : Infinity;
      note('turnLeft', yaw, Math.min(yaw - turnLeft.rest, yaw + FACING_ALLOWANCE, fromNeutral + spare));
      note('turnRight', yaw, Math.min(turnRight.rest - yaw, FACING_ALLOWANCE - yaw, spare - fromNeutral));
      note('nod', pitch, Math.min(nod.rest - pitch, neutral ? neutral.pitch - pitch + degrees : Infinity));
      return ended ?? NONE;
    },
    startOf: (type) => watch[type].start,
    compareWith(face) {
      neutral = face;
    },
  };
}

/** @returns `undefined` where a number is missing */
export function gestureMeasures(face: ObservedFace | undefined): GestureMeasures | undefined {
  if (!face?.measures || !face.box) return undefined;
  const { yaw, pitch, leftEyeOpenness, rightEyeOpenness, mouthOpenness } = face.measures;
  const eyeOpenness = (leftEyeOpenness + rightEyeOpenness) / 2;
  const x = face.box.x / face.box.width + 0.5;
  return Number.isFinite(x + yaw + pitch + eyeOpenness + mouthOpenness) ? { x, yaw, pitch, eyeOpenness, mouthOpenness } : undefined;
}
