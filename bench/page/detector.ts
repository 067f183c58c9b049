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

/** Milliseconds per frame of two ways of looking at the same frames, in turn. */
export interface Pairs {
  readonly ours: number[];
  readonly theirs: number[];
}

const WARM_UP_FRAMES = 20;

/**
 * Two passes, each with one peer: next to Human, which keeps its thread and the caches hot for a multiple of our time, a bare
 * execution would look faster than it is.
 *
 * @param frames the images @param limit how many to time
 */
export async function timeDetectors(frames: AsyncIterable<ImageData>, limit: number): Promise<{ readonly human: Pairs; readonly mesh: Pairs }> {
  const images: ImageData[] = [];
  for await (const image of frames) {
    if (images.push(image) >= limit + WARM_UP_FRAMES) break;
  }
  const detector = createTfjsDetector({ workerUrl: '/dist/worker/detector.js', assetBase: '/dist/assets' });
  await new Promise<void>((resolve, reject) => {
    detector.load({ onStage: (stage) => stage === 'mesh' && resolve(), onFailure: ({ detail }) => reject(new Error(detail)) }).catch(reject);
  });
  let clock = 0;
  const ours = async (image: ImageData): Promise<number> => {
    await detector.detect(await createImageBitmap(image), (clock += 40));
    return detector.lastFrameMs;
  };
  const runMesh = await loadMesh();
  const mesh = await pass(images, ours, () => timed(runMesh));
  const human = await loadHuman();
  const theirs = async (image: ImageData): Promise<number> => {
    const bitmap = await createImageBitmap(image);
    const elapsed = await timed(async () => {
      const { face, error } = await human.detect(bitmap);
      if (error || face.length === 0) throw new Error(`Human saw no face: ${String(error)}`);
    });
    bitmap.close();
    return elapsed;
  };
  const result = { mesh, human: await pass(images, ours, theirs) };
  detector.dispose();
  return result;
}

async function pass(images: readonly ImageData[], a: (image: ImageData) => Promise<number>, b: (image: ImageData) => Promise<number>): Promise<Pairs> {
  const pairs: Pairs = { ours: [], theirs: [] };
  for (const image of images) {
    pairs.ours.push(await a(image));
    pairs.theirs.push(await b(image));
  }
  return { ours: pairs.ours.slice(WARM_UP_FRAMES), theirs: pairs.theirs.slice(WARM_UP_FRAMES) };
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
