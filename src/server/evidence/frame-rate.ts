import type { FieldError } from '../../transport/shape.js';
import type { EvidenceFacts } from './inspect.js';

/**
 * Fewest frames a second, all through. The slowest seen were five, of a Chromium on a machine with eight times the work that it can do;
 * a camera in a dark room gives seven, a burst ten. The guidance follows a face at three and no fewer: a recorder below that has seen
 * less than the detector did.
 */
export const LEAST_PER_SECOND = 3;

/** Longest milliseconds without a frame. That Chromium stumbled for 1,100; a client breaks a capture off after 1,500 in which it sees none. */
export const LONGEST_GAP_MS = 2000;

/** Whether a recording is a film and not a few pictures with times. */
export function checkFrameRate({ durationMs, frames, longestGapMs = 0 }: Pick<EvidenceFacts, 'durationMs' | 'frames' | 'longestGapMs'>): readonly FieldError[] {
  if (frames < Math.floor((durationMs * LEAST_PER_SECOND) / 1000)) return [{ field: 'manifest.video', rule: `must hold ${LEAST_PER_SECOND} frames a second or more; it has ${frames} in ${durationMs} ms` }];
  return longestGapMs > LONGEST_GAP_MS ? [{ field: 'manifest.video', rule: `must not be without a frame for more than ${LONGEST_GAP_MS} ms; it is for ${longestGapMs}` }] : [];
}

/** The longest time between two frames that follow each other, in the unit of the times, which may come in the order of decoding. */
export function longestGap(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted.reduce((longest, time, index) => Math.max(longest, time - (sorted[index - 1] ?? time)), 0);
}
