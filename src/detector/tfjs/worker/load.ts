import { createDetector, SupportedModels } from '@tensorflow-models/face-detection';
import type { MediaPipeFaceDetectorTfjs } from '@tensorflow-models/face-detection/dist/tfjs/detector.js';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import manifest from 'virtual:asset-manifest';
import type { DetectorProgress } from '../../port.js';
import { startBackend, wasmName } from './backend.js';
import { AssetError, fetchAsset } from './fetch-asset.js';
import { createMesh, type Mesh } from './mesh.js';
import { modelHandler } from './model-handler.js';

/** Options of {@link loadModels}. */
export interface LoadModelsOptions {
  /** Address that the asset names are appended to; ends with a slash. */
  readonly assetBase: string;
  /** See `FetchAssetOptions.stallMs`. */
  readonly stallMs: number;
  readonly onProgress: (progress: DetectorProgress) => void;
  /** The face detector has run once and can take frames. */
  readonly onFaceDetector: (detector: MediaPipeFaceDetectorTfjs) => Promise<void>;
  /** The mesh has run once and can take frames. */
  readonly onMesh: (mesh: Mesh) => Promise<void>;
}

/**
 * Loads wasm and both models. The face detector comes first and alone, so that guidance starts while the mesh, five times
 * its size, is still on its way.
 *
 * @throws AssetError when a file does not arrive as it was built.
 */
export async function loadModels(options: LoadModelsOptions): Promise<void> {
  const wasm = await wasmName();
  const names = [wasm, 'face-detector.json', 'face-detector.bin', 'face-mesh.json', 'face-mesh.bin'];
  const totalBytes = names.reduce((sum, name) => sum + expectation(name).bytes, 0);
  const loaded = new Map<string, number>();

  const get = (name: string): Promise<Uint8Array<ArrayBuffer>> =>
    fetchAsset({
      url: options.assetBase + name,
      expectation: expectation(name),
      stallMs: options.stallMs,
      onBytes(bytes) {
        loaded.set(name, bytes);
        const loadedBytes = [...loaded.values()].reduce((sum, value) => sum + value, 0);
        options.onProgress({ asset: name, loadedBytes, totalBytes });
      },
    });

  const [wasmBytes, detectorJson, detectorWeights] = await Promise.all([get(wasm), get('face-detector.json'), get('face-detector.bin')]);
  const meshFiles = Promise.all([get('face-mesh.json'), get('face-mesh.bin')]);
  // Awaited further down; until then a failure must not count as unhandled.
  meshFiles.catch(() => undefined);
  await startBackend(wasmBytes);
  await options.onFaceDetector(
    // The public type hides `detectFaces`, the only way to a detection's score.
    (await createDetector(SupportedModels.MediaPipeFaceDetector, {
      runtime: 'tfjs',
      modelType: 'short',
      maxFaces: 3,
      detectorModelUrl: modelHandler(detectorJson, detectorWeights),
    })) as MediaPipeFaceDetectorTfjs,
  );
  const [meshJson, meshWeights] = await meshFiles;
  await options.onMesh(createMesh(await loadGraphModel(modelHandler(meshJson, meshWeights))));
}

function expectation(name: string): { readonly bytes: number; readonly sha256: string } {
  const entry = manifest[name];
  if (entry === undefined) throw new AssetError({ code: 'model-missing', detail: `${name} is not in the asset manifest` });
  return entry;
}
