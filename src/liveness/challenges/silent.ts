import type { ChallengeCourse, ChallengeKinds } from './challenge.js';

/** Look at the camera. */
export interface SilentChallenge {
  readonly type: 'silent';
  /** Shortest recording the server takes, milliseconds from the first good face. */
  readonly minimumMs: number;
}

/** Nothing to show. */
export interface SilentView {
  readonly type: 'silent';
}

/** Nothing was measured. */
export interface SilentRecord {
  readonly type: 'silent';
}

const SILENT = { type: 'silent' } as const;

/** Nothing is asked but to stay. */
function followSilent(): ChallengeCourse {
  return { durationMs: 0, leastMs: 0, asked: { relaxed: [] }, view: SILENT, follow: () => 1, record: () => SILENT };
}

/** The kind that every run can fall back to. */
export const SILENT_KIND = { silent: { check: () => undefined, follow: followSilent } } as const satisfies ChallengeKinds;
