import type { Observation } from '../../liveness/observation.js';
import type { DetectorFailure, DetectorFrame, DetectorProgress, DetectorStage } from '../port.js';

/** What the page tells the worker. */
export type WorkerRequest =
  | { readonly type: 'load'; readonly assetBase: string; readonly stallMs: number }
  | { readonly type: 'detect'; readonly id: number; readonly frame: DetectorFrame; readonly time: number }
  | { readonly type: 'inspect'; readonly id: number };

/** What the worker tells the page. */
export type WorkerResponse =
  | { readonly type: 'progress'; readonly progress: DetectorProgress }
  | { readonly type: 'stage'; readonly stage: DetectorStage }
  | { readonly type: 'failure'; readonly failure: DetectorFailure }
  | { readonly type: 'observation'; readonly id: number; readonly observation: Observation; readonly elapsedMs: number }
  | { readonly type: 'frame-failed'; readonly id: number; readonly detail: string }
  | { readonly type: 'inspection'; readonly id: number; readonly inspection: WorkerInspection };

/** Memory held by the worker, for leak tests. */
export interface WorkerInspection {
  readonly tensors: number;
  readonly bytes: number;
}
