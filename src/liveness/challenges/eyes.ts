import { createExcursion, type Excursion } from '../gestures/excursion.js';
import { gestureMeasures } from '../gestures/tracker.js';
import type { Observation } from '../observation.js';

/**
 * Closed where no rest level of open eyes is known: before the first frame of a face that is in its place, in the guidance mostly, and
 * as long as none was above this. What is above it counts as open until it closes against itself: eyes may be as narrow as 0.10, while
 * closed lids measured 0.13 and more on two real people, so lids that are shut from the beginning could only be found at the cost of
 * those whose open eyes look the same. Once a level is known it alone decides.
 */
export const CLOSED_UNSEEN = 0.08;

/**
 * Share of the person's own opening that is gone. Eyes that close fall to 0.53–0.69 of it, eyes that look down for two seconds to
 * 0.67–0.78, a laugh to 0.75: on two real people this holds for 0.36 s at the longest.
 */
export const SHUT = { enter: 0.35, leave: 0.3, minimumMs: 0, maximumMs: Infinity, restMs: 3000 } as const;

/** Shut for longer than this is no blink. */
const SHUT_MS = 1000;

/** Longest time that one frame may account for: enough for 3 frames a second, too little for a gap. */
const LONGEST_SHARE = 400;

/** Notices eyes that are shut and stay so. */
export interface EyesWatch {
  /**
   * @param observation of a face that is in its place: who looks down at the keyboard has not shut them
   * @returns whether they have been shut for too long since the last {@link EyesWatch.restart}; never where the mesh sees no eyes
   */
  push(time: number, observation: Observation): boolean;
  /** What was before does not count: a recording begins. */
  restart(): void;
}

/** The level is the person's own, as for a blink; it stands still while they are shut. */
export function createEyesWatch(shut: Excursion = createExcursion(SHUT)): EyesWatch {
  let last: number | undefined;
  let shutMs = 0;
  return {
    push(time, { faces }) {
      const eyes = gestureMeasures(faces[0])?.eyeOpenness;
      if (eyes === undefined) return false;
      shut.push(time, eyes, Math.max(eyes, shut.rest || 0) < CLOSED_UNSEEN ? 1 : 1 - eyes / shut.rest);
      shutMs = shut.start === undefined ? 0 : shutMs + Math.min(LONGEST_SHARE, time - (last ?? time));
      last = time;
      return shutMs > SHUT_MS;
    },
    restart() {
      shutMs = 0;
    },
  };
}
