import { tensor3d } from '@tensorflow/tfjs-core';
import type { MediaPipeFaceDetectorTfjs } from '@tensorflow-models/face-detection/dist/tfjs/detector.js';
import type { FaceLandmarksDetector } from '@tensorflow-models/face-landmarks-detection';
import type { Observation, ObservedFace } from '../../../liveness/observation.js';
import { faceFromDetection, faceFromMesh, overlaps } from '../faces.js';
import { measureQuality } from '../quality.js';

/**
 * While one face is tracked by the mesh, the face detector looks for others only on every sixth frame: a second person
 * is noticed within 200 ms at 30 frames a second, and a frame costs one model instead of two.
 */
const FRAMES_BETWEEN_FACE_SEARCHES = 6;

/** Turns frames into observations; owns what is remembered from frame to frame. */
export interface Pipeline {
  /** From now on the largest face is measured too. */
  useMesh(mesh: FaceLandmarksDetector): void;
  observe(pixels: ImageData, time: number): Promise<Observation>;
}

/** @param detector the short-range face detector. */
export function createPipeline(detector: MediaPipeFaceDetectorTfjs): Pipeline {
  let mesh: FaceLandmarksDetector | undefined;
  let others: readonly ObservedFace[] = [];
  let score = 1;
  let framesSinceSearch = FRAMES_BETWEEN_FACE_SEARCHES;

  async function find(image: ReturnType<typeof toTensor>): Promise<readonly ObservedFace[]> {
    framesSinceSearch = 0;
    const faces = (await detector.detectFaces(image, false)).map(faceFromDetection);
    return faces.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
  }

  async function track(image: ReturnType<typeof toTensor>): Promise<readonly ObservedFace[]> {
    if (mesh === undefined) return find(image);
    framesSinceSearch++;
    const tracked = (await mesh.estimateFaces(image))[0];
    if (tracked === undefined) {
      others = [];
      // The mesh has just looked with the same detector and found nothing that is a face.
      framesSinceSearch = FRAMES_BETWEEN_FACE_SEARCHES;
      return [];
    }
    const [height, width] = image.shape;
    let face = faceFromMesh(tracked.keypoints, { width, height }, score);
    if (framesSinceSearch >= FRAMES_BETWEEN_FACE_SEARCHES) {
      const found = await find(image);
      others = found.filter((other) => !overlaps(other.box, face.box));
      score = found.find((other) => overlaps(other.box, face.box))?.score ?? score;
      face = { ...face, score };
      // Someone nearer came in: let the mesh choose again instead of following the face behind.
      const nearest = others[0];
      if (nearest !== undefined && nearest.box.width > face.box.width) mesh.reset();
    }
    return [face, ...others];
  }

  return {
    useMesh(loaded) {
      mesh = loaded;
      framesSinceSearch = FRAMES_BETWEEN_FACE_SEARCHES;
    },
    async observe(pixels, time) {
      const image = toTensor(pixels);
      try {
        const faces = await track(image);
        return { time, frame: { width: pixels.width, height: pixels.height }, faces, quality: measureQuality(pixels, faces[0]?.box) };
      } finally {
        image.dispose();
      }
    },
  };
}

/** One pass from bytes to floats: tfjs's own `fromPixels` makes integers first and casts them in a second. */
function toTensor({ data, width, height }: ImageData) {
  const values = new Float32Array(width * height * 3);
  for (let from = 0, to = 0; to < values.length; from += 4) {
    values[to++] = data[from] ?? 0;
    values[to++] = data[from + 1] ?? 0;
    values[to++] = data[from + 2] ?? 0;
  }
  return tensor3d(values, [height, width, 3], 'float32');
}
