import { ASKED_KINDS } from './asked-kinds.js';
import { leastMsOf, runChallenge, type ChallengeKinds, type LivenessChallenge } from './challenge.js';
import { SILENT_KIND } from './silent.js';

/** Every kind of challenge. */
export const CHALLENGE_KINDS = { ...SILENT_KIND, ...ASKED_KINDS } as const satisfies ChallengeKinds;

/** Longest time a challenge can take once a good face is there, milliseconds: what a recorder must have room for. */
export function challengeDurationMs(challenge: LivenessChallenge): number {
  return runChallenge(challenge, { kinds: CHALLENGE_KINDS, emit: () => undefined }).durationMs;
}

/** Shortest time in which a challenge can be met, milliseconds: less is no room for it. */
export function challengeLeastMs(challenge: LivenessChallenge): number {
  return leastMsOf(challenge, CHALLENGE_KINDS);
}
