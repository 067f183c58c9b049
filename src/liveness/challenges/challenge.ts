import type { Tracking } from '../instructions/guide.js';
import { runSilent, type SilentChallenge } from './silent.js';

/** What the server may ask for while the recorder runs. */
export type LivenessChallenge = SilentChallenge;

/** How far a running challenge has come. */
export interface ChallengeProgress {
  /** 0–1, never decreasing within one run. */
  readonly fraction: number;
  readonly finished: boolean;
}

/** One attempt at a challenge, from the recorder's start to its end or interruption. */
export interface ChallengeRun {
  /** Longest time the challenge itself can take once a good face is there, milliseconds. */
  readonly durationMs: number;
  /** Time of the first good face, when the challenge's clock started; `undefined` before. */
  readonly startedAt: number | undefined;
  push(time: number, tracking: Tracking): ChallengeProgress;
}

/** Begins an attempt. */
export function runChallenge(challenge: LivenessChallenge): ChallengeRun {
  return runSilent(challenge);
}
