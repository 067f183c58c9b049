import type { Worker } from 'node:worker_threads';
import type { Bytes } from '../../transport/chain.js';
import { inspectEvidence } from './inspect.js';
import type { EvidenceInspector, Inspection } from './inspect.js';

/** Options of {@link createWorkerInspector}. */
export interface WorkerInspectorOptions {
  /** Milliseconds for one recording; one that takes longer is `undecodable`. Default 5,000. */
  readonly timeoutMs?: number;
  /** Memory of the worker, MiB; a recording that needs more is `undecodable`. Default 192. */
  readonly memoryMb?: number;
  /** Node's flags for the worker. Default those of this process. */
  readonly execArgv?: readonly string[];
}

/** The worker's file stands beside this one under every extension: `.js`, `.cjs`, `.ts`. */
const workerUrl = (): URL => new URL(import.meta.url.replace(/worker-inspector(\.[cm]?[jt]s)/, 'inspect-worker$1'));

/**
 * An inspector that reads recordings in a worker thread, one after the other. Evidence is a stranger's file: one that
 * exhausts time or memory costs its own inspection and the worker, which is then started anew, and nothing else.
 * Where the worker cannot be started (a runtime without `node:worker_threads`, a bundle without its file), recordings
 * are read in this thread.
 */
export function createWorkerInspector(options: WorkerInspectorOptions = {}): EvidenceInspector {
  const { timeoutMs = 5000 } = options;
  let worker: Promise<Worker | undefined> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const inspect = async (bytes: Bytes): Promise<Inspection> => {
    const running = await (worker ??= startWorker(options, () => (worker = undefined)));
    if (running === undefined) return inspectEvidence(bytes);
    const inspection = await ask(running, bytes, timeoutMs);
    if (inspection !== undefined) return inspection;
    await running.terminate();
    return { readable: false, bytes: bytes.length, reason: 'undecodable' };
  };

  return (bytes) => {
    const result = turn.then(() => inspect(bytes));
    turn = result;
    return result;
  };
}

/** `undefined` if no worker can be had. */
async function startWorker({ memoryMb = 192, execArgv }: WorkerInspectorOptions, onExit: () => void): Promise<Worker | undefined> {
  let running: Worker;
  try {
    const threads = await import('node:worker_threads');
    running = new threads.Worker(workerUrl(), { resourceLimits: { maxOldGenerationSizeMb: memoryMb }, ...(execArgv && { execArgv: [...execArgv] }) });
  } catch {
    return undefined;
  }
  return new Promise((resolve) => {
    // 'error' without a listener would end the process, later ones too.
    running.on('error', () => resolve(undefined));
    running.once('exit', () => resolve(undefined));
    running.once('message', () => {
      running.once('exit', onExit);
      running.unref();
      resolve(running);
    });
  });
}

/** `undefined` if the worker died of the question or took too long over it. */
function ask(running: Worker, bytes: Bytes, timeoutMs: number): Promise<Inspection | undefined> {
  return new Promise((resolve) => {
    const end = (inspection?: Inspection): void => {
      clearTimeout(timer);
      running.off('message', end);
      running.off('exit', died);
      running.unref();
      resolve(inspection);
    };
    const died = (): void => end();
    const timer = setTimeout(died, timeoutMs);
    running.ref();
    running.on('message', end);
    running.on('exit', died);
    running.postMessage(bytes);
  });
}
