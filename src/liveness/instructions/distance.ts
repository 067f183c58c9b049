import type { NormalizedBox } from '../observation.js';
import type { Thresholds } from './profiles.js';
import type { Rule } from './rule.js';

/**
 * The face against the oval: the square root of the ratio of areas. Using both sides halves what an open mouth (taller box)
 * or a turned head (narrower box) does to either alone.
 */
export function faceSize(box: NormalizedBox, oval: NormalizedBox): number {
  return Math.sqrt((box.width * box.height) / (oval.width * oval.height));
}

/** Too far or too close. */
export function distance(thresholds: Thresholds): Rule[] {
  return [
    { id: 'moveCloser', code: 'face-too-far', metric: 'faceSize', ...thresholds.faceSizeMinimum },
    { id: 'moveBack', code: 'face-too-close', metric: 'faceSize', ...thresholds.faceSizeMaximum },
  ];
}
