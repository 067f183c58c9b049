import type { Thresholds } from './profiles.js';
import { mirrored, type Rule } from './rule.js';

/**
 * How far a face must move along one axis, in the oval's own length on that axis: from centre to centre, and further by
 * whatever part of the face the frame's edge cuts off.
 *
 * @param start left or top edge of the face, fraction of the frame
 * @param length width or height of the face
 * @param ovalStart left or top edge of the oval
 * @param ovalLength width or height of the oval
 * @returns positive where the face is too far right or down
 */
export function offset(start: number, length: number, ovalStart: number, ovalLength: number): number {
  const centres = start + length / 2 - ovalStart - ovalLength / 2;
  const cutAtStart = Math.max(0, -start);
  const cutAtEnd = Math.max(0, start + length - 1);
  return (centres + cutAtEnd - cutAtStart) / ovalLength;
}

/**
 * Off centre. The frame is not mirrored, so a face on its right is a person who stands too far to their own left and must
 * move to their right.
 */
export function position(thresholds: Thresholds): Rule[] {
  const code = 'face-off-centre';
  return [
    { id: 'moveRight', code, metric: 'offsetX', ...thresholds.offsetX },
    { id: 'moveLeft', code, metric: 'offsetX', ...mirrored(thresholds.offsetX) },
    { id: 'moveUp', code, metric: 'offsetY', ...thresholds.offsetY },
    { id: 'moveDown', code, metric: 'offsetY', ...mirrored(thresholds.offsetY) },
  ];
}
