import type { Fact } from './fact.js';
import type { FactId, FactValue } from './facts/index.js';
import type { Signal } from './signals/rule.js';

/** The facts that were asked for, by id, whatever became of them. */
export type Facts = { readonly [Id in FactId]?: Fact<FactValue<Id>> };

/** Everything one run found. Plain JSON; a type and not an interface, so that it is assignable to a record of anything. */
export type RiskReport = {
  /**
   * `complete` · `deadline` some facts were cut off · `aborted` the caller's signal ended it · `refused` there was no consent, so
   * nothing ran · `withdrawn` consent was withdrawn during the run, so nothing is kept.
   */
  readonly outcome: 'complete' | 'deadline' | 'aborted' | 'refused' | 'withdrawn';
  readonly facts: Facts;
  /** What the facts suggest, strongest first. A hint for the server; the client never acts on one. */
  readonly signals: readonly Signal[];
  /** Of the fingerprint, where there is one. */
  readonly visitorId?: string;
  readonly timings: {
    /** ISO 8601, the client's clock. */
    readonly startedAt: string;
    readonly totalMs: number;
    readonly deadlineMs: number;
  };
  /** Which privacy manifest describes the facts; see {@link MANIFEST_VERSION}. */
  readonly manifestVersion: string;
};
