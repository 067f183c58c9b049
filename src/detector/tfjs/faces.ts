import type { NormalizedBox, NormalizedPoint, ObservedFace } from '../../liveness/observation.js';
import { type Landmark, measureFace } from './measures.js';
import { enclose, type Region, regionAround } from './region.js';

/** Pixels of the frame that was searched. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** The part of `@tensorflow-models/face-detection`'s internal `Detection` that is read here; fractions of the frame. */
export interface ShortRangeDetection {
  readonly score?: readonly number[];
  readonly locationData: {
    readonly relativeBoundingBox?: { readonly xMin: number; readonly yMin: number; readonly width: number; readonly height: number };
    /** Right eye, left eye, nose tip, mouth, right ear, left ear (BlazeFace's order). */
    readonly relativeKeypoints?: readonly Landmark[];
  };
}

/** Right eye, left eye, nose tip and mouth in the mesh: the outer and inner corner of an eye, the lips. */
const MESH_KEYPOINTS = { rightEye: [33, 133], leftEye: [362, 263], noseTip: [1, 1], mouth: [13, 14] } as const;

/**
 * From the short-range detector's box (brow to chin) to what the mesh encloses (hairline to chin), as fractions of the
 * box: measured side by side on 1,000 frames of two people, ±6 %.
 */
const GROWTH = { width: 0.84, height: 1.08, up: 0.07 } as const;

/** A face of the short-range detector, its box grown by {@link GROWTH}, so that distance means the same in both stages. */
export function faceFromDetection(detection: ShortRangeDetection): ObservedFace {
  const { relativeBoundingBox: box = { xMin: 0, yMin: 0, width: 0, height: 0 }, relativeKeypoints: points = [] } = detection.locationData;
  const point = (index: number): NormalizedPoint => ({ x: points[index]?.x ?? 0, y: points[index]?.y ?? 0 });
  const width = box.width * GROWTH.width;
  const height = box.height * GROWTH.height;
  return {
    box: {
      x: box.xMin + (box.width - width) / 2,
      y: box.yMin + (box.height - height) / 2 - box.height * GROWTH.up,
      width,
      height,
    },
    score: detection.score?.[0] ?? 0,
    keypoints: { rightEye: point(0), leftEye: point(1), noseTip: point(2), mouth: point(3) },
  };
}

/** What the mesh looks at first where the short-range detector has found a face. */
export function regionOfDetection({ locationData }: ShortRangeDetection, { width, height }: FrameSize): Region {
  const { relativeBoundingBox: box = { xMin: 0, yMin: 0, width: 0, height: 0 }, relativeKeypoints: points = [] } = locationData;
  const point = (index: number): Landmark => ({ x: (points[index]?.x ?? 0) * width, y: (points[index]?.y ?? 0) * height });
  const bounds = { left: box.xMin * width, top: box.yMin * height, right: (box.xMin + box.width) * width, bottom: (box.yMin + box.height) * height };
  return regionAround(bounds, point(0), point(1));
}

/** A detection in a frame that was fitted into a square and centred there, as fractions of the frame itself. */
export function unboxed({ score, locationData }: ShortRangeDetection, { width, height }: FrameSize): ShortRangeDetection {
  const long = Math.max(width, height);
  const x = (value: number): number => (value * long - (long - width) / 2) / width;
  const y = (value: number): number => (value * long - (long - height) / 2) / height;
  const { relativeBoundingBox: box, relativeKeypoints: points } = locationData;
  return {
    ...(score && { score }),
    locationData: {
      ...(box && { relativeBoundingBox: { xMin: x(box.xMin), yMin: y(box.yMin), width: (box.width * long) / width, height: (box.height * long) / height } }),
      ...(points && { relativeKeypoints: points.map((point) => ({ x: x(point.x), y: y(point.y) })) }),
    },
  };
}

/** The face the mesh tracks. @param landmarks 468 points in pixels. @param score of the detection that it started from. */
export function faceFromMesh(landmarks: readonly Landmark[], frame: FrameSize, score: number): ObservedFace {
  const midpoint = ([a, b]: readonly [number, number]): NormalizedPoint => ({
    x: ((landmarks[a]?.x ?? 0) + (landmarks[b]?.x ?? 0)) / 2 / frame.width,
    y: ((landmarks[a]?.y ?? 0) + (landmarks[b]?.y ?? 0)) / 2 / frame.height,
  });
  const { left, top, right, bottom } = enclose(landmarks);
  return {
    box: { x: left / frame.width, y: top / frame.height, width: (right - left) / frame.width, height: (bottom - top) / frame.height },
    score,
    keypoints: {
      rightEye: midpoint(MESH_KEYPOINTS.rightEye),
      leftEye: midpoint(MESH_KEYPOINTS.leftEye),
      noseTip: midpoint(MESH_KEYPOINTS.noseTip),
      mouth: midpoint(MESH_KEYPOINTS.mouth),
    },
    measures: measureFace(landmarks),
  };
}

/** Whether two boxes are the same face: intersection over the smaller box above one half. */
export function overlaps(a: NormalizedBox, b: NormalizedBox): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return false;
  return width * height > 0.5 * Math.min(a.width * a.height, b.width * b.height);
}
