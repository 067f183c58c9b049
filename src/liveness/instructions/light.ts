import type { Thresholds } from './profiles.js';
import type { Rule } from './rule.js';

/**
 * Too dark, too bright, or without contrast (haze, glare on the lens, a face lit from behind): more light from the front is
 * the remedy for the last as well.
 */
export function light(thresholds: Thresholds): Rule[] {
  return [
    { id: 'moreLight', code: 'too-dark', metric: 'brightness', ...thresholds.brightnessMinimum },
    { id: 'lessLight', code: 'too-bright', metric: 'brightness', ...thresholds.brightnessMaximum },
    { id: 'moreLight', code: 'too-dark', metric: 'contrast', ...thresholds.contrastMinimum },
  ];
}
