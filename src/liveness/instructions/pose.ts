import type { ObservedFace } from '../observation.js';
import type { FrameSize } from './oval.js';
import type { Thresholds } from './profiles.js';
import { mirrored, type Readings, type Rule } from './rule.js';

/**
 * How far the nose tip stands out from the eyes' plane, in distances between the eyes. Fitted against the mesh's yaw on two
 * people: correlation 0.99, mean error 1°.
 */
const NOSE_DEPTH = 0.7;

const DEGREES = 180 / Math.PI;

/**
 * Writes yaw, pitch and roll into `readings`: from the mesh where it measured the face, else yaw and roll from the eyes and
 * the nose tip (pitch cannot be told from four points without knowing the person), else unknown.
 */
export function readPose(face: ObservedFace, frame: FrameSize, readings: Readings): void {
  const { measures, keypoints } = face;
  readings.pitch = NaN;
  if (measures) {
    readings.yaw = bounded(measures.yaw);
    readings.pitch = bounded(measures.pitch);
    readings.roll = bounded(measures.roll);
    return;
  }
  readings.yaw = readings.roll = NaN;
  if (!keypoints?.leftEye || !keypoints.rightEye || !keypoints.noseTip) return;
  const { leftEye, rightEye, noseTip } = keypoints;
  const x = (leftEye.x - rightEye.x) * frame.width;
  const y = (leftEye.y - rightEye.y) * frame.height;
  const eyes = x * x + y * y;
  if (!(eyes > 0)) return;
  const noseX = (noseTip.x - (leftEye.x + rightEye.x) / 2) * frame.width;
  const noseY = (noseTip.y - (leftEye.y + rightEye.y) / 2) * frame.height;
  readings.yaw = Math.atan((noseX * x + noseY * y) / eyes / NOSE_DEPTH) * DEGREES;
  readings.roll = Math.atan2(y, x) * DEGREES;
}

function bounded(degrees: number): number {
  return Math.abs(degrees) <= 180 ? degrees : NaN;
}

/** Turned, tilted or leaning. */
export function pose(thresholds: Thresholds): Rule[] {
  return (['yaw', 'pitch', 'roll'] as const).flatMap((metric) =>
    [thresholds[metric], mirrored(thresholds[metric])].map((limit): Rule => ({ id: 'faceForward', code: 'face-not-frontal', metric, ...limit })),
  );
}
