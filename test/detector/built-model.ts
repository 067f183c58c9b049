import { readFile } from 'node:fs/promises';
import type { io } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

interface ModelFile {
  readonly format: string;
  readonly signature: object;
  readonly modelTopology: object;
  readonly weightsManifest: readonly [{ readonly weights: io.WeightsManifestEntry[] }];
}

/** A graph model from disk. @param path without `.json` and `.bin` */
export async function builtModel(path: string): Promise<io.IOHandler> {
  const file = JSON.parse(await readFile(`${path}.json`, 'utf8')) as ModelFile;
  const weights = await readFile(`${path}.bin`);
  return tf.io.fromMemory({
    format: file.format,
    signature: file.signature,
    modelTopology: file.modelTopology,
    weightSpecs: file.weightsManifest[0].weights,
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength) as ArrayBuffer,
  });
}
