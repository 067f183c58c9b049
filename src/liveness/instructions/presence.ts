import type { ObservedFace } from '../observation.js';
import type { Thresholds } from './profiles.js';
import type { Rule } from './rule.js';

/** Faces examined in one frame; the list is largest first, so the rest cannot change any answer. */
const MOST_FACES = 16;

/** Whether the face is a box of numbers with an area; anything else came from a broken source. */
function isUsable(face: ObservedFace | undefined): face is ObservedFace {
  const box = face?.box;
  return !!box && Number.isFinite(box.x) && Number.isFinite(box.y) && box.width > 0 && box.height > 0 && box.width < 10 && box.height < 10;
}

/** The usable faces of a frame. */
export interface Presence {
  readonly largest: ObservedFace | undefined;
  readonly count: number;
  /** Size of the second largest over the largest, 0 where there is none. */
  readonly secondFace: number;
}

/** Looks at the first {@link MOST_FACES} faces and trusts neither their order nor their numbers. */
export function presenceOf(faces: readonly ObservedFace[]): Presence {
  let largest: ObservedFace | undefined;
  let count = 0;
  let first = 0;
  let second = 0;
  for (let index = 0; index < faces.length && index < MOST_FACES; index++) {
    const face = faces[index];
    if (!isUsable(face)) continue;
    const area = face.box.width * face.box.height;
    count++;
    if (area > first) {
      second = first;
      first = area;
      largest = face;
    } else if (area > second) second = area;
  }
  return { largest, count, secondFace: first > 0 ? Math.sqrt(second / first) : 0 };
}

/** A frame without a face that is black or white: the light is the reason, and saying "no face" would not help. */
export function faceless(thresholds: Thresholds): Rule[] {
  return [
    { id: 'moreLight', code: 'too-dark', metric: 'frameBrightness', ...thresholds.frameBrightnessMinimum },
    { id: 'lessLight', code: 'too-bright', metric: 'frameBrightness', ...thresholds.frameBrightnessMaximum },
  ];
}

/** Nobody, or somebody else too. */
export function presence(thresholds: Thresholds): Rule[] {
  return [
    { id: 'noFace', code: 'face-absent', metric: 'faces', good: 1, bad: 0.5, abort: 0.5 },
    { id: 'multipleFaces', code: 'faces-multiple', metric: 'secondFace', ...thresholds.secondFace },
  ];
}
