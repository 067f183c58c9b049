import { tensor3d } from '@tensorflow/tfjs-core';
import type { MediaPipeFaceDetectorTfjs } from '@tensorflow-models/face-detection/dist/tfjs/detector.js';
import type { Observation, ObservedFace } from '../../../liveness/observation.js';
import type { DetectorFrame } from '../../port.js';
import { faceFromDetection, faceFromMesh, type FrameSize, overlaps, regionOfDetection, type ShortRangeDetection, unboxed } from '../faces.js';
import { measureQuality } from '../quality.js';
import type { Region } from '../region.js';
import { createFrameReader } from './frame-reader.js';
import type { Mesh } from './mesh.js';

/**
 * While one face is tracked by the mesh, the face detector looks for others only on every sixth frame: a second person
 * is noticed within 200 ms at 30 frames a second, and a frame costs one model instead of two.
 */
const FRAMES_BETWEEN_SEARCHES = 6;

/** Input of the short-range model, pixels. */
const SEARCH_SIDE = 128;

/** Turns frames into observations; owns what is remembered from frame to frame. */
export interface Pipeline {
  /** From now on the largest face is measured too. */
  useMesh(mesh: Mesh): void;
  observe(frame: DetectorFrame, time: number): Promise<Observation>;
}

interface Found {
  readonly face: ObservedFace;
  readonly region: Region;
}

/** @param detector the short-range face detector. */
export function createPipeline(detector: MediaPipeFaceDetectorTfjs): Pipeline {
  const reader = createFrameReader();
  let mesh: Mesh | undefined;
  let tracked: Region | undefined;
  let score = 1;
  let others: readonly ObservedFace[] = [];
  let framesSinceSearch = 0;

  /** Every face, largest first. */
  async function search(size: FrameSize): Promise<readonly Found[]> {
    framesSinceSearch = 0;
    const { data } = reader.thumbnail(SEARCH_SIDE);
    const values = new Float32Array(SEARCH_SIDE * SEARCH_SIDE * 3);
    for (let from = 0, to = 0; to < values.length; from += 4) {
      values[to++] = data[from] ?? 0;
      values[to++] = data[from + 1] ?? 0;
      values[to++] = data[from + 2] ?? 0;
    }
    const image = tensor3d(values, [SEARCH_SIDE, SEARCH_SIDE, 3], 'float32');
    try {
      const detections: readonly ShortRangeDetection[] = await detector.detectFaces(image, false);
      return detections
        .map((detection) => unboxed(detection, size))
        .map((detection) => ({ face: faceFromDetection(detection), region: regionOfDetection(detection, size) }))
        .sort((a, b) => b.face.box.width * b.face.box.height - a.face.box.width * a.face.box.height);
    } finally {
      image.dispose();
    }
  }

  async function measure(size: FrameSize, region: Region): Promise<ObservedFace | undefined> {
    const seen = await mesh?.look(reader, region);
    tracked = seen?.next;
    return seen && faceFromMesh(seen.landmarks, size, score);
  }

  /** Follows the face of the last frame; `undefined` where there was none or it is gone. */
  async function follow(size: FrameSize): Promise<readonly ObservedFace[] | undefined> {
    if (tracked === undefined) return undefined;
    const face = await measure(size, tracked);
    if (face === undefined) return undefined;
    if (++framesSinceSearch >= FRAMES_BETWEEN_SEARCHES) {
      const found = (await search(size)).map((candidate) => candidate.face);
      others = found.filter((other) => !overlaps(other.box, face.box));
      score = found.find((other) => overlaps(other.box, face.box))?.score ?? score;
      // Someone nearer came in: choose again on the next frame instead of following the face behind.
      if ((others[0]?.box.width ?? 0) > face.box.width) tracked = undefined;
    }
    return [face, ...others];
  }

  async function look(size: FrameSize): Promise<readonly ObservedFace[]> {
    const followed = await follow(size);
    if (followed) return followed;
    const found = await search(size);
    const [largest] = found;
    others = found.slice(1).map(({ face }) => face);
    if (!largest) return [];
    score = largest.face.score;
    return [(mesh && (await measure(size, largest.region))) ?? largest.face, ...others];
  }

  return {
    useMesh(loaded) {
      mesh = loaded;
    },
    async observe(frame, time) {
      const size = reader.take(frame);
      const faces = await look(size);
      return { time, frame: size, faces, quality: measureQuality(reader.part(faces[0]?.box)) };
    },
  };
}
