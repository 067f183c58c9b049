import { io } from '@tensorflow/tfjs-core';

interface GraphModelFile {
  readonly format: string;
  readonly signature: object;
  readonly modelTopology: object;
  readonly weightsManifest: readonly [{ readonly weights: io.WeightsManifestEntry[] }];
}

/** A tfjs graph model from bytes already fetched and checked. */
export function modelHandler(json: Uint8Array<ArrayBuffer>, weights: Uint8Array<ArrayBuffer>): io.IOHandler {
  const file = JSON.parse(new TextDecoder().decode(json)) as GraphModelFile;
  return io.fromMemory({
    format: file.format,
    signature: file.signature,
    modelTopology: file.modelTopology,
    weightSpecs: file.weightsManifest[0].weights,
    weightData: weights.buffer,
  });
}
