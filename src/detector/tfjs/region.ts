import type { Landmark } from './measures.js';

/** A square turned with the head, in pixels of the frame: what the mesh model looks at. */
export interface Region {
  readonly centreX: number;
  readonly centreY: number;
  readonly side: number;
  /** Radians, clockwise, of the line from the right to the left eye. */
  readonly rotation: number;
}

/** A box in pixels of the frame. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The face and half its size around it, so that it is still inside in the next frame (MediaPipe's `face_landmarks_to_roi`). */
const MARGIN = 1.5;

/** The region around a face. The eyes give the turn; any two points on their line do. */
export function regionAround(box: PixelBox, rightEye: Landmark, leftEye: Landmark): Region {
  return {
    centreX: (box.left + box.right) / 2,
    centreY: (box.top + box.bottom) / 2,
    side: Math.max(box.right - box.left, box.bottom - box.top) * MARGIN,
    rotation: Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x),
  };
}

/**
 * The model's points, in a square of `size` pixels, as pixels of the frame. `z` keeps the scale of `x`.
 *
 * @param values x, y, z of each point in turn
 */
export function projectLandmarks(values: ArrayLike<number>, size: number, { centreX, centreY, side, rotation }: Region): Landmark[] {
  const scale = side / size;
  const cosine = Math.cos(rotation) * scale;
  const sine = Math.sin(rotation) * scale;
  const landmarks: Landmark[] = [];
  for (let index = 0; index + 2 < values.length; index += 3) {
    const x = (values[index] ?? 0) - size / 2;
    const y = (values[index + 1] ?? 0) - size / 2;
    landmarks.push({ x: centreX + cosine * x - sine * y, y: centreY + sine * x + cosine * y, z: (values[index + 2] ?? 0) * scale });
  }
  return landmarks;
}

/** The box that encloses points. */
export function enclose(landmarks: readonly Landmark[]): PixelBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of landmarks) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { left, top, right, bottom };
}
