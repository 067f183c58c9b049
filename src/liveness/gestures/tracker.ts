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

/**
 * Share of the neutral opening by which a blink may fall short of `gestureLimits.blink.enter` against the neutral eyes while it
 * is fast enough against the recent ones: the opening differs by that much with the head's pitch. Without the neutral eyes in
 * the comparison, somebody who opens them wide and relaxes would have blinked.
 */
const BLINK_ALLOWANCE = 0.12;

/** A face not measured for so long, milliseconds, has not been followed: what was under way is dropped. */
const LOST_MS = 500;

/** The measures that gestures are found by, in the units of {@link FaceMeasures}; `eyeOpenness` is the mean of both eyes. */
export interface GestureMeasures {
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
  /**
   * Tells the person's own face at rest. The head is measured against that from now on, so that a slow turn is one too; a
   * posture kept longer than a gesture may last becomes the new rest. Eyes and mouth are measured against both the neutral
   * face and the running level, because talk, a laugh and a squint move the latter.
   */
  hold(neutral: GestureMeasures): void;
}

const NONE: readonly Gesture[] = [];

/** Thresholds are relative to a running resting face, so narrow eyes, glasses and a tilted phone need no setting. */
export function createGestureTracker(): GestureTracker {
  const watch = Object.fromEntries(GESTURE_TYPES.map((type) => [type, createExcursion(gestureLimits[type])])) as Record<GestureType, Excursion>;
  let lastTime = -Infinity;
  let neutralEyes = 0;
  let neutralMouth = 0;

  return {
    push(observation, time = observation?.time) {
      const measures = gestureMeasures(observation?.faces?.[0]?.measures);
      if (!measures || time === undefined || !(time >= lastTime)) return NONE;
      if (time - lastTime > LOST_MS) for (const type of GESTURE_TYPES) watch[type].abandon();
      lastTime = time;
      const { yaw, pitch, eyeOpenness, mouthOpenness } = measures;
      const { blink, mouthOpen, turnLeft, turnRight, nod } = watch;
      const mouthGain = mouthOpenness - Math.max(mouthOpen.rest, neutralMouth);
      const narrowed = narrowing(eyeOpenness, blink.rest, neutralEyes) - Math.max(0, LAUGH_ALLOWANCE * mouthGain || 0);
      let ended: Gesture[] | undefined;
      function note(type: GestureType, value: number, distance: number): void {
        const start = watch[type].push(time, value, distance);
        if (start !== undefined) (ended ??= []).push({ type, start, end: time });
      }
      note('blink', eyeOpenness, narrowed);
      note('mouthOpen', mouthOpenness, mouthGain);
      note('turnLeft', yaw, Math.min(yaw - turnLeft.rest, yaw + FACING_ALLOWANCE));
      note('turnRight', yaw, Math.min(turnRight.rest - yaw, FACING_ALLOWANCE - yaw));
      note('nod', pitch, nod.rest - pitch);
      return ended ?? NONE;
    },
    startOf: (type) => watch[type].start,
    hold(neutral) {
      neutralEyes = neutral.eyeOpenness;
      neutralMouth = neutral.mouthOpenness;
      watch.turnLeft.hold(neutral.yaw);
      watch.turnRight.hold(neutral.yaw);
      watch.nod.hold(neutral.pitch);
    },
  };
}

/** Share of the opening that is gone: of the recent one and, where it is known, of the neutral one too. */
function narrowing(openness: number, recent: number, neutral: number): number {
  const fromRecent = 1 - openness / recent;
  return neutral > 0 ? Math.min(fromRecent, 1 - openness / neutral + BLINK_ALLOWANCE) : fromRecent;
}

/** @returns `undefined` where a number is missing */
export function gestureMeasures(measures: FaceMeasures | undefined): GestureMeasures | undefined {
  if (!measures) return undefined;
  const { yaw, pitch, leftEyeOpenness, rightEyeOpenness, mouthOpenness } = measures;
  const eyeOpenness = (leftEyeOpenness + rightEyeOpenness) / 2;
  return Number.isFinite(yaw + pitch + eyeOpenness + mouthOpenness) ? { yaw, pitch, eyeOpenness, mouthOpenness } : undefined;
}
