import type { NormalizedBox } from '../observation.js';

/** Height over width of the oval; a face from forehead to chin and ear to ear is about 1.25–1.4. */
const ASPECT = 1.35;

/** A frame's size in pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Where the face should be: the box around the upright oval, as fractions of the frame, centred. It takes 80 % of the
 * height of a landscape frame or 70 % of the width of a portrait one, whichever is smaller, so that the same relative size
 * means the same care on 640×480, 480×640 and 1280×720. The view draws this oval and the engine measures against it.
 *
 * @param frame pixels; only the ratio matters. Sizes that are not positive numbers give the oval of a square.
 */
export function ovalFor(frame: FrameSize): NormalizedBox {
  const ratio = frame.width / frame.height;
  const landscape = Number.isFinite(ratio) && ratio > 0 ? ratio : 1;
  const height = Math.min(0.8, 0.7 * ASPECT * landscape);
  const width = height / ASPECT / landscape;
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}
