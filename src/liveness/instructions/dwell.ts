import type { Instruction } from './instruction.js';

/** How long a text stays. */
export interface DwellOptions {
  /** Milliseconds a text stays at least: shorter and it cannot be read. */
  readonly dwellMs: number;
  /** Milliseconds for which the text must have been untrue before another takes its place, so that one odd frame is not heard. */
  readonly confirmMs: number;
}

/** Decides which instruction is on the screen. */
export interface Dwell {
  /**
   * @param candidate what the frame at hand calls for
   * @param time milliseconds, never decreasing
   * @returns what to show: the candidate, or the instruction shown before
   */
  show(candidate: Instruction, time: number): Instruction;
}

/**
 * The first candidate is shown at once. Afterwards the text changes only when it has stood for `dwellMs` and has been untrue
 * for `confirmMs`, moments of truth shorter than that not counted: a fault that comes and goes with every other frame is a
 * fault, and must be named. Two frames with the same instruction keep the text and refresh its numbers.
 */
export function createDwell({ dwellMs, confirmMs }: DwellOptions): Dwell {
  let shown: Instruction | undefined;
  let shownSince = 0;
  let trueSince: number | undefined;
  let untrueSince: number | undefined;
  return {
    show(candidate, time) {
      if (candidate.id === shown?.id) {
        shown = candidate;
        trueSince ??= time;
        if (time - trueSince >= confirmMs) untrueSince = undefined;
        return shown;
      }
      trueSince = undefined;
      untrueSince ??= time;
      if (!shown || (time - shownSince >= dwellMs && time - untrueSince >= confirmMs)) {
        shown = candidate;
        shownSince = time;
        untrueSince = undefined;
      }
      return shown;
    },
  };
}
