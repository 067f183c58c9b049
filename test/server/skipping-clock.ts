import { vi } from 'vitest';
import type { Platform } from '../../src/platform/port.js';

/** A clock that stands still while anything is being done, and skips to the next timer when nothing is. */
export interface SkippingClock {
  readonly platform: Pick<Platform, 'now' | 'setTimeout' | 'clearTimeout' | 'randomUUID'>;
  /** The clock stands still until this has settled. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Lets time pass until this has settled. */
  run<T>(work: Promise<T>): Promise<T>;
}

/** Waits of seconds cost nothing, and a busy machine makes no timeout. Digests count as work; whatever else does is told by `during`. */
export function createSkippingClock(): SkippingClock {
  let time = 0;
  const timers = new Map<object, { readonly at: number; readonly callback: () => void }>();
  const atWork = new Set<Promise<void>>();
  const during = <T>(work: Promise<T>): Promise<T> => {
    const settled: Promise<void> = work.then(() => undefined, () => undefined).finally(() => atWork.delete(settled));
    atWork.add(settled);
    return work;
  };
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  const spy = vi.spyOn(crypto.subtle, 'digest').mockImplementation((algorithm, data) => during(digest(algorithm, data)));
  /** What has been done is taken note of, by whatever waited for it. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

  return {
    platform: {
      now: () => time,
      setTimeout(callback, ms) {
        const handle = {};
        timers.set(handle, { at: time + Math.max(0, ms), callback });
        return handle as never;
      },
      clearTimeout: (handle) => void timers.delete(handle as never),
      randomUUID: () => crypto.randomUUID(),
    },
    during,
    async run(work) {
      let ended = false;
      void work.then(() => (ended = true), () => (ended = true));
      for (;;) {
        await settle();
        if (ended) break;
        if (atWork.size > 0) {
          await Promise.race(atWork);
          continue;
        }
        const [next] = [...timers].sort(([, a], [, b]) => a.at - b.at);
        if (next === undefined) throw new Error('nothing is being done, and nothing is waited for');
        const [handle, { at, callback }] = next;
        timers.delete(handle);
        time = Math.max(time, at);
        callback();
      }
      spy.mockRestore();
      return work;
    },
  };
}
