import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { createDetector, SupportedModels } from '@tensorflow-models/face-landmarks-detection';
import { beforeAll, describe, expect, it } from 'vitest';
import { observeVideo } from '../../scripts/trace/observe-video.js';
import { ffmpegPath, VIDEOS } from '../../scripts/media.js';
import { measureFace } from '../../src/detector/tfjs/measures.js';
import type { FaceMeasures } from '../../src/liveness/index.js';
import { builtModel } from './built-model.js';

const [WIDTH, HEIGHT] = [480, 360];
const FRAMES_PER_SECOND = 5;
/** Of cap12: a mouth that opens twice and a head that turns both ways. */
const SECONDS = 24;

/** The package that the detector's pipeline stands in for, on the same models and frames. */
describe('the worker against @tensorflow-models/face-landmarks-detection', () => {
  const pairs: { readonly ours: FaceMeasures; readonly theirs: FaceMeasures }[] = [];

  beforeAll(async () => {
    setWasmPaths(`${join(process.cwd(), 'node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`);
    await tf.setBackend('wasm');
    const reference = await createDetector(SupportedModels.MediaPipeFaceMesh, {
      runtime: 'tfjs',
      refineLandmarks: false,
      maxFaces: 1,
      detectorModelUrl: await builtModel('dist/assets/face-detector'),
      landmarkModelUrl: await builtModel('dist/assets/face-mesh'),
    });
    const { observations } = await observeVideo({ video: VIDEOS.cap12, framesPerSecond: FRAMES_PER_SECOND, seconds: SECONDS });
    const size = WIDTH * HEIGHT * 3;
    const { stdout } = await promisify(execFile)(
      ffmpegPath(),
      ['-loglevel', 'error', '-t', String(SECONDS), '-i', VIDEOS.cap12, '-vf', `fps=${FRAMES_PER_SECOND},scale=${WIDTH}:${HEIGHT}`, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
      { encoding: 'buffer', maxBuffer: 1 << 28 },
    );
    for (const [index, observation] of observations.entries()) {
      const image = tf.tensor3d(new Uint8Array(stdout.subarray(index * size, (index + 1) * size)), [HEIGHT, WIDTH, 3], 'int32');
      const [face] = await reference.estimateFaces(image);
      image.dispose();
      const ours = observation.faces[0]?.measures;
      expect(Boolean(ours)).toBe(Boolean(face));
      if (ours && face) pairs.push({ ours, theirs: measureFace(face.keypoints) });
    }
  });

  it('compares enough frames', () => expect(pairs.length).toBe(SECONDS * FRAMES_PER_SECOND));

  it.each([
    ['yaw', 2],
    ['pitch', 2],
    ['roll', 1.5],
    ['leftEyeOpenness', 0.03],
    ['rightEyeOpenness', 0.03],
    ['mouthOpenness', 0.03],
  ] as const)('%s differs by %d at most', (measure, most) => {
    const worst = Math.max(...pairs.map(({ ours, theirs }) => Math.abs(ours[measure] - theirs[measure])));
    process.stdout.write(`${measure}: worst difference ${worst.toFixed(3)}\n`);
    expect(worst).toBeLessThan(most);
  });
});
