import { type ChallengeKinds, leastMsOf, type LivenessChallenge } from '../liveness/challenges/challenge.js';
import type { CaptureSession } from '../transport/protocol.js';

type Timed = Pick<CaptureSession, 'challenge'> & { readonly limits: Pick<CaptureSession['limits'], 'minDurationMs' | 'maxDurationMs'> };

/**
 * A recording starts with its first frame, which may be later than the recorder's start event, and ends with its last one; without this
 * a server that measures the file could find it short of the minimum: busy machines have been seen to lose 0.7 s. As much as the
 * server forgives where it compares the two clocks.
 */
const START_MARGIN_MS = 1000;

/** From the end of the challenge to that of the file: the recorder writes what it still has. */
const END_MARGIN_MS = 1000;

/** A session's challenge, and how long a recording of it may be. */
export interface RecordingTime {
  /** With a shortest recording that a server finds long enough: it holds the video against the challenge's minimum and the session's. */
  readonly challenge: LivenessChallenge;
  /** Longest time from the recorder's start to the end of the challenge, milliseconds. */
  readonly maximumMs: number;
}

/** For the engine. */
export function recordingTime({ challenge, limits }: Timed): RecordingTime {
  return { challenge: { ...challenge, minimumMs: Math.max(challenge.minimumMs, limits.minDurationMs) + START_MARGIN_MS }, maximumMs: limits.maxDurationMs - END_MARGIN_MS };
}

/** Whether the challenge can be met in a recording as short as the limits want it. */
export function isRecordable(session: Timed, kinds: ChallengeKinds): boolean {
  const { challenge, maximumMs } = recordingTime(session);
  return leastMsOf(challenge, kinds) <= maximumMs;
}
