import type { GraphModel } from '@tensorflow/tfjs-converter';
import { type Tensor, tensor4d } from '@tensorflow/tfjs-core';
import type { Landmark } from '../measures.js';
import { enclose, projectLandmarks, type Region, regionAround } from '../region.js';
import type { FrameReader } from './frame-reader.js';

/** Input of the face mesh model, pixels. */
const SIDE = 192;
/** Below this the model itself says that it does not look at a face (MediaPipe's threshold). */
const PRESENCE = 0.5;
/** Outer corners of the right and left eye. */
const [RIGHT_EYE, LEFT_EYE] = [33, 263] as const;

/** A face that is followed from frame to frame. */
export interface MeshFace {
  /** 468 points in pixels of the frame. */
  readonly landmarks: readonly Landmark[];
  /** Where to look in the next frame. */
  readonly next: Region;
}

/** Looks for the 468 points of a face. */
export interface Mesh {
  /** @returns `undefined` where the region shows no face */
  look(frame: FrameReader, region: Region): Promise<MeshFace | undefined>;
}

/**
 * The face mesh, following one face by its own landmarks, as MediaPipe's `face_landmark_front_cpu` graph does. Not through
 * `@tensorflow-models/face-landmarks-detection`: that turns the whole frame into a tensor first, which takes longer than the
 * model; `test/detector/reference.test.ts` holds this to its results.
 */
export function createMesh(model: GraphModel): Mesh {
  const values = new Float32Array(SIDE * SIDE * 3);
  return {
    async look(frame, region) {
      const { data } = frame.square(region, SIDE);
      for (let from = 0, to = 0; to < values.length; from += 4) {
        values[to++] = (data[from] ?? 0) / 255;
        values[to++] = (data[from + 1] ?? 0) / 255;
        values[to++] = (data[from + 2] ?? 0) / 255;
      }
      const input = tensor4d(values, [1, SIDE, SIDE, 3], 'float32');
      const outputs = model.execute(input, ['output_faceflag', 'output_mesh']) as Tensor[];
      try {
        const [presence, points] = await Promise.all(outputs.map((output) => output.data()));
        if (presence === undefined || points === undefined || (presence[0] ?? 0) < PRESENCE) return undefined;
        const landmarks = projectLandmarks(points, SIDE, region);
        const [rightEye, leftEye] = [landmarks[RIGHT_EYE], landmarks[LEFT_EYE]];
        if (rightEye === undefined || leftEye === undefined) return undefined;
        return { landmarks, next: regionAround(enclose(landmarks), rightEye, leftEye) };
      } finally {
        for (const output of outputs) output.dispose();
        input.dispose();
      }
    },
  };
}
