import type { FaceMeasures } from '../../liveness/observation.js';

/** A mesh landmark in pixels of the frame; `z` grows away from the camera, in the scale of `x`. */
export interface Landmark {
  readonly x: number;
  readonly y: number;
  readonly z?: number;
}

/**
 * Indexes into MediaPipe's face mesh of 468 points (mesh_map.jpg of tfjs-models/face-landmarks-detection). Left and right
 * are the person's own.
 */
const MESH = {
  forehead: 10,
  chin: 152,
  rightEyeOuter: 33,
  rightEyeInner: 133,
  leftEyeOuter: 263,
  leftEyeInner: 362,
  rightCheek: 234,
  leftCheek: 454,
  upperLip: 13,
  lowerLip: 14,
  mouthRight: 78,
  mouthLeft: 308,
  /** Upper and lower lid, three pairs each: one noisy point cannot close an eye. */
  rightLids: [[159, 145], [158, 153], [160, 144]],
  leftLids: [[386, 374], [385, 380], [387, 373]],
} as const;

const DEGREES = 180 / Math.PI;

/** Pose, eyes and mouth from the mesh. @param landmarks the 468 points in order. */
export function measureFace(landmarks: readonly Landmark[]): FaceMeasures {
  const at = (index: number): Landmark => landmarks[index] ?? { x: 0, y: 0 };
  const distance = (a: number, b: number): number => {
    const from = at(a);
    const to = at(b);
    return Math.hypot(to.x - from.x, to.y - from.y, depth(to) - depth(from));
  };
  const openness = (lids: readonly (readonly [number, number])[], outer: number, inner: number): number =>
    lids.reduce((sum, [upper, lower]) => sum + distance(upper, lower), 0) / lids.length / Math.max(distance(outer, inner), 1e-6);

  const rightCheek = at(MESH.rightCheek);
  const leftCheek = at(MESH.leftCheek);
  const rightEye = at(MESH.rightEyeOuter);
  const leftEye = at(MESH.leftEyeOuter);
  const forehead = at(MESH.forehead);
  const chin = at(MESH.chin);
  // The face's height is measured along its own axis, so that a head that leans is not read as one that nods.
  const height = Math.hypot(chin.x - forehead.x, chin.y - forehead.y);
  const width = Math.hypot(leftCheek.x - rightCheek.x, leftCheek.y - rightCheek.y);
  return {
    yaw: Math.atan2(depth(leftCheek) - depth(rightCheek), Math.max(width, 1e-6)) * DEGREES,
    pitch: Math.atan2(depth(forehead) - depth(chin), Math.max(height, 1e-6)) * DEGREES,
    roll: Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x) * DEGREES,
    leftEyeOpenness: openness(MESH.leftLids, MESH.leftEyeOuter, MESH.leftEyeInner),
    rightEyeOpenness: openness(MESH.rightLids, MESH.rightEyeOuter, MESH.rightEyeInner),
    mouthOpenness: distance(MESH.upperLip, MESH.lowerLip) / Math.max(distance(MESH.mouthRight, MESH.mouthLeft), 1e-6),
  };
}

function depth(landmark: Landmark): number {
  return landmark.z ?? 0;
}
