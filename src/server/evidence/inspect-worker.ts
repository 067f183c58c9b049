import { parentPort } from 'node:worker_threads';
import type { Bytes } from '../../transport/chain.js';
import { inspectEvidence } from './inspect.js';

/* The far side of `createWorkerInspector`: bytes in, an inspection out, one at a time. */
parentPort?.on('message', async (bytes: Bytes) => {
  parentPort?.postMessage(await inspectEvidence(bytes));
});
parentPort?.postMessage('ready');
