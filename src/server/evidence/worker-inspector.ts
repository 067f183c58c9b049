import type { Worker, WorkerOptions } from 'node:worker_threads';
import type { Bytes } from '../../transport/chain.js';
import type { EvidenceInspector, Inspection } from './inspect.js';

/** Options of {@link createWorkerInspector}. */
export interface WorkerInspectorOptions {
  /** Milliseconds for one recording; one that takes longer is `undecodable`. Default 2,000; a usual one takes some milliseconds. */
  readonly timeoutMs?: number;
  /** Memory of the worker, MiB; a recording that needs more is `undecodable`. Default 192. */
  readonly memoryMb?: number;
  /** Starts a thread that runs `inspect-worker` with these options. Default the file beside this one. */
  readonly startThread?: (options: WorkerOptions) => Worker | Promise<Worker>;
}

/**
 * The worker did not start: no `node:worker_threads`, or a bundle without its file. The handler then decides `review`.
 * Give `createHandler` an `inspect` of your own; `inspectEvidence` reads in the same thread, which a hostile file can hang.
 */
export class InspectorUnavailableError extends Error {
  override readonly name = 'InspectorUnavailableError';
}

/** The worker's file stands beside this one under every extension of a build. */
const WORKER_FILE = /worker-inspector(\.[cm]?js)$/;

/**
 * An inspector that reads recordings in a worker thread, one after the other. Evidence is a stranger's file: one that
 * exhausts time or memory costs its own inspection and the worker, which is then started anew, and nothing else.
 *
 * @returns An inspector that rejects with {@link InspectorUnavailableError} if the worker cannot be started.
 */
export function createWorkerInspector(options: WorkerInspectorOptions = {}): EvidenceInspector {
  const { timeoutMs = 2000 } = options;
  let worker: Promise<Worker> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const inspect = async (bytes: Bytes): Promise<Inspection> => {
    const forget = (): void => {
      worker = undefined;
    };
    worker ??= startWorker(options, forget);
    const running = await worker.catch((error: unknown) => {
      forget();
      throw error;
    });
    const inspection = await ask(running, bytes, timeoutMs);
    if (inspection !== undefined) return inspection;
    await running.terminate();
    return { readable: false, bytes: bytes.length, reason: 'undecodable' };
  };

  return (bytes) => {
    const result = turn.then(() => inspect(bytes));
    turn = result.catch(() => undefined);
    return result;
  };
}

async function startWorker({ memoryMb = 192, startThread = startBesideThis }: WorkerInspectorOptions, onExit: () => void): Promise<Worker> {
  const unavailable = (cause: unknown): InspectorUnavailableError => new InspectorUnavailableError('the worker that reads recordings did not start', { cause });
  let running: Worker;
  try {
    running = await startThread({ resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
  } catch (error) {
    throw unavailable(error);
  }
  return new Promise((resolve, reject) => {
    // Later errors end in 'exit' too, but 'error' without a listener would end the process.
    running.on('error', (error) => reject(unavailable(error)));
    running.once('exit', (code) => {
      onExit();
      reject(unavailable(code));
    });
    running.once('message', () => {
      running.unref();
      resolve(running);
    });
  });
}

async function startBesideThis(options: WorkerOptions): Promise<Worker> {
  const { Worker } = await import('node:worker_threads');
  return new Worker(new URL(import.meta.url.replace(WORKER_FILE, 'inspect-worker$1')), options);
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
