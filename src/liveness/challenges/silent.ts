import type { ChallengeRun } from './challenge.js';

/** Look at the camera. Structurally the wire protocol's challenge of the same type. */
export interface SilentChallenge {
  readonly type: 'silent';
  /** Milliseconds from the first good face to the end. */
  readonly minimumMs: number;
}

/** Done once a face has been tracked for the time asked and is still there. Losing it on the way is the engine's business. */
export function runSilent({ minimumMs }: SilentChallenge): ChallengeRun {
  let startedAt: number | undefined;
  return {
    durationMs: minimumMs,
    get startedAt() {
      return startedAt;
    },
    push(time, tracking) {
      if (tracking === 'good') startedAt ??= time;
      if (startedAt === undefined) return { fraction: 0, finished: false };
      const elapsed = time - startedAt;
      return { fraction: minimumMs > 0 ? Math.min(1, elapsed / minimumMs) : 1, finished: elapsed >= minimumMs && tracking !== 'lost' };
    },
  };
}
