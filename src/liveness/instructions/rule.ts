import type { ClientCode } from '../../codes/client-codes.js';
import type { InstructionId, Metric } from './instruction.js';

/**
 * Three points on a metric's scale. A rule begins to hold beyond `bad` and stops holding once the value is back at `good`,
 * so a value that trembles around one threshold does not make the text flicker. Beyond `abort` a running challenge is
 * interrupted. `good < bad ≤ abort` is a ceiling, `good > bad ≥ abort` a floor.
 */
export interface Limit {
  readonly good: number;
  readonly bad: number;
  /** Absent where the condition never interrupts a running challenge. */
  readonly abort?: number;
}

/** One condition with the instruction that mends it and the code of a run that ends because of it. */
export interface Rule extends Limit {
  readonly id: InstructionId;
  readonly code: ClientCode;
  readonly metric: Metric;
}

/** The latest value of every metric; NaN where it is not known, and a rule over an unknown value does not hold. */
export type Readings = Record<Metric, number>;

/** The same limit on the negative side of a signed metric. */
export function mirrored({ good, bad, abort }: Limit): Limit {
  return abort === undefined ? { good: -good, bad: -bad } : { good: -good, bad: -bad, abort: -abort };
}
