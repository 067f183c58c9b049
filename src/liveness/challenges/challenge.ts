import type { Tracking } from '../instructions/guide.js';
import type { Asked, InstructionId } from '../instructions/instruction.js';
import type { Observation } from '../observation.js';
import { checkAction, followAction, type ActionChallenge, type ActionId, type ActionRecord, type ActionView } from './action.js';
import { checkDigits, followDigits, type DigitsChallenge, type DigitsRecord, type DigitsView } from './digits.js';
import { checkLight, followLight, type LightChallenge, type LightRecord, type LightView } from './light.js';
import type { ChallengeMiss } from './misses.js';
import { followSilent, type SilentChallenge, type SilentRecord, type SilentView } from './silent.js';

/** Kinds of challenge, from the one that asks least of the person. */
export const CHALLENGE_TYPES = ['silent', 'action', 'digits', 'light'] as const;

/** See {@link CHALLENGE_TYPES}. */
export type ChallengeType = (typeof CHALLENGE_TYPES)[number];

/** What the server may ask for while the recorder runs. Plain JSON: this is also its form on the wire. */
export type LivenessChallenge = SilentChallenge | ActionChallenge | DigitsChallenge | LightChallenge;

/** What a view shows of a running challenge besides the instruction. */
export type ChallengeView = SilentView | ActionView | DigitsView | LightView;

/**
 * What was measured, for the evidence. Times are milliseconds of the observations' clock, like those of events. Plain JSON, and
 * nothing in it is a judgement: that is the server's.
 */
export type ChallengeRecord = SilentRecord | ActionRecord | DigitsRecord | LightRecord;

/** Something that happened in a running challenge. */
export type ChallengeEvent =
  /** An action that was asked for was done; `index` counts the actions asked for from 0. */
  | { readonly type: 'action'; readonly index: number; readonly id: ActionId; readonly start: number; readonly end: number }
  /** Another action was done instead; it does not count. */
  | { readonly type: 'wrongAction'; readonly asked: ActionId; readonly id: ActionId; readonly start: number; readonly end: number }
  /** A digit or a colour came on, counted from 0; the output that brings the event is the first whose view holds it. */
  | { readonly type: 'shown'; readonly index: number }
  /** The face left while a colour was on: the screen is plain until it is back, then the colour begins again. */
  | { readonly type: 'paused'; readonly index: number };

/** One frame as a running challenge sees it. */
export interface ChallengeFrame {
  readonly observation: Observation;
  readonly tracking: Tracking;
  /** The instruction on the screen. */
  readonly shown: InstructionId;
}

/** How far a running challenge has come. */
export interface ChallengeProgress {
  /** 0–1, never decreasing within one run. */
  readonly fraction: number;
  readonly finished: boolean;
  /** Why the challenge cannot be met any more. */
  readonly miss?: ChallengeMiss;
}

/** What differs between the kinds of challenge. */
export interface ChallengeCourse {
  /** Longest time it can take, milliseconds. */
  readonly durationMs: number;
  /** Shortest time it can take, milliseconds. */
  readonly leastMs: number;
  /** What is missing if the time is up now; absent where that is not the person's doing. */
  readonly missing?: ChallengeMiss | undefined;
  readonly asked: Asked;
  readonly view: ChallengeView;
  /**
   * Called from the first good face on.
   *
   * @param time milliseconds, never decreasing
   * @param frame absent where time passed without one
   * @returns how much of it is done, 0–1, or why it never will be
   */
  follow(time: number, frame?: ChallengeFrame): number | ChallengeMiss;
  record(): ChallengeRecord;
}

/** One attempt at a challenge, from the recorder's start to its end or interruption. */
export interface ChallengeRun {
  /** Longest time the challenge itself can take once a good face is there, milliseconds. */
  readonly durationMs: number;
  /** See {@link ChallengeCourse.missing}. */
  readonly missing: ChallengeMiss | undefined;
  /** Time of the first good face, when the challenge's clock started; `undefined` before. */
  readonly startedAt: number | undefined;
  /** For the guide, with the next frame. */
  readonly asked: Asked;
  readonly view: ChallengeView;
  /** See {@link ChallengeCourse.follow}. */
  push(time: number, frame?: ChallengeFrame): ChallengeProgress;
  record(): ChallengeRecord;
}

/**
 * Begins an attempt. It is finished when all that was asked for is done, the shortest recording the server takes has passed, and
 * the face is still there. Losing it on the way is the engine's business.
 *
 * @param maximumMs longest that the attempt may take, milliseconds. Default: as long as it can take
 */
export function runChallenge(challenge: LivenessChallenge, emit: (event: ChallengeEvent) => void, maximumMs?: number): ChallengeRun {
  const { minimumMs } = challenge;
  const course = courseOf(challenge, emit, maximumMs);
  let startedAt: number | undefined;
  let fraction = 0;
  return {
    durationMs: Math.max(minimumMs, course.durationMs),
    get missing() {
      return startedAt === undefined ? undefined : course.missing;
    },
    get startedAt() {
      return startedAt;
    },
    get asked() {
      return course.asked;
    },
    get view() {
      return course.view;
    },
    push(time, frame) {
      if (frame?.tracking === 'good') startedAt ??= time;
      if (startedAt === undefined) return { fraction, finished: false };
      const done = course.follow(time, frame);
      if (typeof done === 'string') return { fraction, finished: false, miss: done };
      const elapsed = minimumMs > 0 ? Math.min(1, (time - startedAt) / minimumMs) : 1;
      fraction = Math.max(fraction, Math.min(done, elapsed));
      return { fraction, finished: fraction >= 1 && frame !== undefined && frame.tracking !== 'lost' };
    },
    record: () => course.record(),
  };
}

/** Longest time a challenge can take once a good face is there, milliseconds: what a recorder must have room for. */
export function challengeDurationMs(challenge: LivenessChallenge): number {
  return runChallenge(challenge, () => undefined).durationMs;
}

/** Shortest time in which a challenge can be met, milliseconds: less is no room for it. */
export function challengeLeastMs(challenge: LivenessChallenge): number {
  return Math.max(challenge.minimumMs, courseOf(challenge, () => undefined).leastMs);
}

function courseOf(challenge: LivenessChallenge, emit: (event: ChallengeEvent) => void, maximumMs?: number): ChallengeCourse {
  switch (challenge.type) {
    case 'silent':
      return followSilent();
    case 'action':
      return followAction(challenge, emit);
    case 'digits':
      return followDigits(challenge, emit, maximumMs);
    case 'light':
      return followLight(challenge, emit);
  }
}

/** @throws TypeError naming the field that is out of range */
export function checkChallenge(challenge: LivenessChallenge): void {
  if (!(challenge.minimumMs >= 0 && challenge.minimumMs < Infinity)) throw new TypeError('challenge.minimumMs: must be a finite number of milliseconds, 0 or more');
  switch (challenge.type) {
    case 'silent':
      return;
    case 'action':
      return checkAction(challenge);
    case 'digits':
      return checkDigits(challenge);
    case 'light':
      return checkLight(challenge);
    default:
      throw new TypeError(`challenge.type: must be one of ${CHALLENGE_TYPES.join(', ')}`);
  }
}
