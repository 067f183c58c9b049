/** The numbers of a {@link Circuit}. */
export interface CircuitOptions {
  /** Failures in a row, over all calls of one client, after which nothing is sent for a while. Default 10. */
  readonly failures?: number;
  /** Milliseconds of that while. Default 5,000. */
  readonly pauseMs?: number;
}

/** Keeps parallel calls, each with retries of its own, from hammering a backend that is down. */
export interface Circuit {
  /** Milliseconds until something may be sent; 0 is now. After a pause one caller gets the 0, and the others wait for how it fares. */
  waitMs(now: number): number;
  /** How an attempt ended: `down` is no answer or 5xx. */
  record(outcome: 'up' | 'down', now: number): void;
}

/** A circuit that is closed: everything passes. */
export function createCircuit({ failures = 10, pauseMs = 5000 }: CircuitOptions = {}): Circuit {
  let inARow = 0;
  let openUntil = -Infinity;
  return {
    waitMs(now) {
      if (inARow < failures) return 0;
      if (now < openUntil) return openUntil - now;
      openUntil = now + pauseMs;
      return 0;
    },
    record(outcome, now) {
      inARow = outcome === 'up' ? 0 : inARow + 1;
      if (inARow >= failures) openUntil = now + pauseMs;
    },
  };
}
