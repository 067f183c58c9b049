/** Looks for what has expired, again and again, without keeping the process alive. */
export interface Sweeper {
  /** Begins, unless it has begun. Some runtimes allow no timer before the first request comes: call it again then. */
  start(): void;
  stop(): void;
}

/** @param sweep What it rejects with is left for the next time. */
export function createSweeper(sweep: () => Promise<void>, intervalMs: number): Sweeper {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const next = (): void => {
    if (stopped) return;
    timer = setTimeout(() => void sweep().catch(() => undefined).then(next), intervalMs);
    // Browsers' timers, which some runtimes have, cannot tell.
    (timer as { unref?: () => void }).unref?.();
  };
  return {
    start() {
      if (timer !== undefined) return;
      try {
        next();
      } catch {
        // Refused at this moment; the caller comes again.
      }
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
