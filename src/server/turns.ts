/** Waits for its turn, does the work and lets the next one in. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Turns for work that holds much memory: so many at once, the others in the order in which they came.
 *
 * @param atOnce at least 1
 */
export function createTurns(atOnce: number): TakeTurn {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
