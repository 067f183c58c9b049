import { Worker } from 'node:worker_threads';
import { createWorkerInspector } from '../src/server/index.js';
import type { EvidenceInspector, WorkerInspectorOptions } from '../src/server/index.js';

/**
 * The inspector of a server that runs from its TypeScript sources: Node's workers do not inherit tsx's loader, so the thread
 * loads it first. A server built on the package needs none of this.
 */
export function createSourceInspector(options: Omit<WorkerInspectorOptions, 'startThread'> = {}): EvidenceInspector {
  const entry = new URL('../src/server/evidence/inspect-worker.ts', import.meta.url).href;
  const program = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(entry)}); });`;
  return createWorkerInspector({ ...options, startThread: (threadOptions) => new Worker(program, { ...threadOptions, eval: true, execArgv: [] }) });
}
