import type { RiskHost } from '../platform/risk-port.js';

/** Longest stretch of work without giving the page a turn, milliseconds: half a frame at 60 Hz. */
export const SLICE_MS = 8;

/**
 * Cuts work into slices: the function returned resolves at once while the current slice lasts, and in a new task once it is used
 * up. Work that cannot be cut should come right after it.
 */
export function createSlices(host: Pick<RiskHost, 'now' | 'nextTask'>, sliceMs = SLICE_MS): () => Promise<void> {
  let startedAt = host.now();
  return async () => {
    if (host.now() - startedAt < sliceMs) return;
    await host.nextTask();
    startedAt = host.now();
  };
}
