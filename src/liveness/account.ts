import type { ClientCode } from '../codes/client-codes.js';
import { ENGINE_STATES, type EngineState } from './engine-states.js';

/** Where the time of a run went: the answer to "why did this person fail". Milliseconds. */
export interface RunSummary {
  /** The run without its hidden time. */
  readonly activeMs: number;
  readonly stateMs: Readonly<Record<EngineState, number>>;
  /** What stood in the way while guiding, longest first. */
  readonly obstacles: readonly { readonly code: ClientCode; readonly ms: number }[];
  /** Captures that were broken off because the face was lost. */
  readonly interruptions: number;
  /** Captures whose challenge was not met. */
  readonly misses: number;
}

/** Longest time one observation may account for: when observations stop, nothing is known of the person. */
const LONGEST_SHARE = 1000;

/** Adds up a run's time. */
export interface Account {
  readonly stateMs: Readonly<Record<EngineState, number>>;
  spend(state: EngineState, ms: number): void;
  hinder(code: ClientCode, ms: number): void;
  /** Longest first. */
  obstacles(): { code: ClientCode; ms: number }[];
  /** The longest, if it took a quarter of the guiding or more; less would blame the person for a trifle. */
  dominant(): ClientCode | undefined;
}

/** An empty account. */
export function createAccount(): Account {
  const stateMs = Object.fromEntries(ENGINE_STATES.map((state) => [state, 0])) as Record<EngineState, number>;
  const hindered = new Map<ClientCode, number>();
  const obstacles = () => [...hindered].map(([code, ms]) => ({ code, ms })).sort((a, b) => b.ms - a.ms);
  return {
    stateMs,
    obstacles,
    dominant() {
      const [longest] = obstacles();
      return longest && longest.ms * 4 >= stateMs.guiding ? longest.code : undefined;
    },
    spend(state, ms) {
      stateMs[state] += ms;
    },
    hinder(code, ms) {
      hindered.set(code, (hindered.get(code) ?? 0) + Math.min(ms, LONGEST_SHARE));
    },
  };
}
