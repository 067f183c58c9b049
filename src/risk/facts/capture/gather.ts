import type { CollectContext } from '../../fact.js';

/** Options of {@link gather}. */
export interface GatherOptions<T> {
  readonly context: Pick<CollectContext, 'host' | 'signal'>;
  /** Enough of them. */
  readonly count: number;
  /** Longest wait for that many, milliseconds. */
  readonly ms: number;
  /** Begins to hand over samples, and gives what ends it. */
  readonly start: (push: (sample: T) => void) => () => void;
}

/** Collects samples that come by themselves, until there are enough, the time is over or nobody waits any more. Never rejects, and begins nothing where nobody waits. */
export function gather<T>({ context: { host, signal }, count, ms, start }: GatherOptions<T>): Promise<readonly T[]> {
  return new Promise((resolve) => {
    const samples: T[] = [];
    if (signal.aborted) return resolve(samples);
    const end = (): void => {
      stop();
      host.clearTimeout(timer);
      resolve(samples);
    };
    const timer = host.setTimeout(end, ms);
    // Never taken off again: the signal is this reading's own, and a second end changes nothing.
    signal.addEventListener('abort', end);
    const stop = start((sample) => {
      samples.push(sample);
      if (samples.length === count) end();
    });
  });
}
