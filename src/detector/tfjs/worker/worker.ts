/** The worker's entry: a classic script (module workers need Safari 15 and Firefox 114). */
import { memory } from '@tensorflow/tfjs-core';
import type { DetectorFailure } from '../../port.js';
import type { WorkerRequest, WorkerResponse } from '../messages.js';
import { AssetError } from './fetch-asset.js';
import { loadModels } from './load.js';
import { createPipeline, type Pipeline } from './pipeline.js';
import { createFrameReader } from './frame-reader.js';

let pipeline: Pipeline | undefined;

const answer = (response: WorkerResponse): void => postMessage(response);

addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  switch (data.type) {
    case 'load':
      load(data.assetBase, data.stallMs).catch((error: unknown) => answer({ type: 'failure', failure: describe(error) }));
      return;
    case 'detect':
      detect(data).then(answer, (error: unknown) => answer({ type: 'frame-failed', id: data.id, detail: String(error) }));
      return;
    case 'inspect': {
      const { numTensors, numBytes } = memory();
      answer({ type: 'inspection', id: data.id, inspection: { tensors: numTensors, bytes: numBytes } });
    }
  }
});

async function load(assetBase: string, stallMs: number): Promise<void> {
  // The first run of a graph compiles and allocates; a blank frame pays for it so that the person's first one does not.
  const blank = new ImageData(192, 192);
  await loadModels({
    assetBase,
    stallMs,
    onProgress: (progress) => answer({ type: 'progress', progress }),
    async onFaceDetector(detector) {
      const loaded = createPipeline(detector);
      await loaded.observe(blank, 0);
      pipeline = loaded;
      answer({ type: 'stage', stage: 'face' });
    },
    async onMesh(mesh) {
      const reader = createFrameReader();
      const { width } = reader.take(blank);
      await mesh.look(reader, { centreX: width / 2, centreY: width / 2, side: width, rotation: 0 });
      pipeline?.useMesh(mesh);
      answer({ type: 'stage', stage: 'mesh' });
    },
  });
}

async function detect({ id, frame, time }: Extract<WorkerRequest, { type: 'detect' }>): Promise<WorkerResponse> {
  if (pipeline === undefined) throw new Error('no model is loaded yet');
  const began = performance.now();
  const observation = await pipeline.observe(frame, time);
  return { type: 'observation', id, observation, elapsedMs: performance.now() - began };
}

function describe(error: unknown): DetectorFailure {
  if (error instanceof AssetError) return error.failure;
  return { code: 'detector-unavailable', detail: error instanceof Error ? error.message : JSON.stringify(error) };
}
