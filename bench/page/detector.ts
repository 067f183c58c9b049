/** Runs in the browser: the same frames, one after the other, through three ways of looking at them. */
import { tensor4d } from '@tensorflow/tfjs-core';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { startBackend } from '../../src/detector/tfjs/worker/backend.js';
import { modelHandler } from '../../src/detector/tfjs/worker/model-handler.js';
import { createTfjsDetector } from '../../src/detector/index.js';

interface HumanLibrary {
  load(): Promise<void>;
  detect(input: ImageBitmap): Promise<{ face: unknown[]; error: unknown }>;
}

/** Milliseconds per frame. */
export interface DetectorTimes {
  readonly ours: number[];
  readonly human: number[];
  readonly mesh: number[];
}

const WARM_UP_FRAMES = 20;

/** @param frames the images @param limit how many to time */
export async function timeDetectors(frames: AsyncIterable<ImageData>, limit: number): Promise<DetectorTimes> {
  const ours = createTfjsDetector({ workerUrl: '/dist/worker/detector.js', assetBase: '/dist/assets' });
  await new Promise<void>((resolve, reject) => {
    ours.load({ onStage: (stage) => stage === 'mesh' && resolve(), onFailure: ({ detail }) => reject(new Error(detail)) }).catch(reject);
  });
  const human = await loadHuman();
  const runMesh = await loadMesh();
  const times: DetectorTimes = { ours: [], human: [], mesh: [] };
  let count = 0;
  for await (const image of frames) {
    if (times.ours.length >= limit) break;
    const [first, second] = await Promise.all([createImageBitmap(image), createImageBitmap(image)]);
    await ours.detect(first, count * 40);
    const a = ours.lastFrameMs;
    const b = await timed(async () => {
      const { face, error } = await human.detect(second);
      if (error || face.length === 0) throw new Error(`Human saw no face: ${String(error)}`);
    });
    const c = await timed(runMesh);
    second.close();
    if (count++ < WARM_UP_FRAMES) continue;
    times.ours.push(a);
    times.human.push(b);
    times.mesh.push(c);
  }
  ours.dispose();
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Human with everything off that we do not do, its cache off, on the same backend. */
async function loadHuman(): Promise<HumanLibrary> {
  const url = '/bench/node_modules/@vladmandic/human/dist/human.esm.js';
  const { Human } = (await import(url)) as { Human: new (config: object) => HumanLibrary };
  const human = new Human({
    backend: 'wasm',
    wasmPath: '/node_modules/@tensorflow/tfjs-backend-wasm/dist/',
    modelBasePath: '/bench/node_modules/@vladmandic/human/models/',
    cacheSensitivity: 0,
    debug: false,
    face: { enabled: true, detector: { maxDetected: 1, rotation: false }, mesh: { enabled: true }, iris: { enabled: false }, emotion: { enabled: false }, description: { enabled: false } },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    gesture: { enabled: false },
    segmentation: { enabled: false },
  });
  await human.load();
  return human;
}

/** Nothing but the mesh model's own execution and the reading of its output. */
async function loadMesh(): Promise<() => Promise<void>> {
  const bytes = async (url: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await (await fetch(url)).arrayBuffer());
  await startBackend(await bytes('/dist/assets/tfjs-backend-wasm-simd.wasm'));
  const model = await loadGraphModel(modelHandler(await bytes('/dist/assets/face-mesh.json'), await bytes('/dist/assets/face-mesh.bin')));
  const input = tensor4d(Float32Array.from({ length: 192 * 192 * 3 }, (_, index) => ((index * 7) % 255) / 255), [1, 192, 192, 3]);
  return async () => {
    const output = model.execute(input, ['output_mesh']);
    const [mesh] = Array.isArray(output) ? output : [output];
    await mesh?.data();
    mesh?.dispose();
  };
}
