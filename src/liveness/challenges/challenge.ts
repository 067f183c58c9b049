import type { Tracking } from '../instructions/guide.js';
import type { Asked, InstructionId } from '../instructions/instruction.js';
import type { Observation } from '../observation.js';
import type { ActionChallenge, ActionId, ActionRecord, ActionView } from './action.js';
import type { DigitsChallenge, DigitsRecord, DigitsView } from './digits.js';
import type { LightChallenge, LightRecord, LightView } from './light.js';
import type { ChallengeMiss } from './misses.js';
import type { SilentChallenge, SilentRecord, SilentView } from './silent.js';

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
  /** Whether the person has yet to do what only they can: if the time is up now, they took too long. */
  readonly awaiting?: boolean;
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

/** How challenges of one type are checked and followed. */
export interface ChallengeKind<Challenge extends LivenessChallenge = LivenessChallenge> {
  /** @throws TypeError naming the field that is out of range */
  readonly check: (challenge: Challenge) => void;
  /** @param maximumMs longest that the attempt may take, milliseconds */
  readonly follow: (challenge: Challenge, emit: (event: ChallengeEvent) => void, maximumMs?: number) => ChallengeCourse;
}

/** The kinds of challenge that can be run. Most runs are of one type: what the others need stays where it is until it is asked for. */
export type ChallengeKinds = { readonly [Type in ChallengeType]?: ChallengeKind<Extract<LivenessChallenge, { readonly type: Type }>> };

/** One attempt at a challenge, from the recorder's start to its end or interruption. */
export interface ChallengeRun {
  /** Longest time the challenge itself can take once a good face is there, milliseconds. */
  readonly durationMs: number;
  /** See {@link ChallengeCourse.awaiting}. */
  readonly awaiting: boolean | undefined;
  /** Time of the first good face, when the challenge's clock started; `undefined` before. */
  readonly startedAt: number | undefined;
  /** For the guide, with the next frame. */
  readonly asked: Asked;
  readonly view: ChallengeView;
  /** See {@link ChallengeCourse.follow}. */
  push(time: number, frame?: ChallengeFrame): ChallengeProgress;
  record(): ChallengeRecord;
}

/** Options of {@link runChallenge}. */
export interface RunChallengeOptions {
  readonly kinds: ChallengeKinds;
  readonly emit: (event: ChallengeEvent) => void;
  /** Longest that the attempt may take, milliseconds. Default: as long as it can take. */
  readonly maximumMs?: number;
}

/**
 * Begins an attempt. It is finished when all that was asked for is done, the shortest recording the server takes has passed, and
 * the face is still there. Losing it on the way is the engine's business.
 */
export function runChallenge(challenge: LivenessChallenge, { kinds, emit, maximumMs }: RunChallengeOptions): ChallengeRun {
  const { minimumMs } = challenge;
  const course = kindOf(challenge, kinds).follow(challenge, emit, maximumMs);
  let startedAt: number | undefined;
  let fraction = 0;
  return {
    durationMs: Math.max(minimumMs, course.durationMs),
    get awaiting() {
      return course.awaiting;
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

/**
 * Shortest time in which a challenge can be met, milliseconds: less is no room for it.
 *
 * @throws TypeError naming the field of the challenge that is out of range
 */
export function leastMsOf(challenge: LivenessChallenge, kinds: ChallengeKinds): number {
  return Math.max(challenge.minimumMs, kindOf(challenge, kinds).follow(challenge, () => undefined).leastMs);
}

/** @throws TypeError naming the field that is out of range */
export function checkChallenge(challenge: LivenessChallenge, kinds: ChallengeKinds): void {
  if (!(challenge.minimumMs >= 0 && challenge.minimumMs < Infinity)) throw new TypeError('challenge.minimumMs: must be a finite number of milliseconds, 0 or more');
  kindOf(challenge, kinds).check(challenge);
}

function kindOf({ type }: LivenessChallenge, kinds: ChallengeKinds): ChallengeKind {
  // Whoever looks a kind up by a challenge's type hands it challenges of that type.
  const kind = kinds[type] as ChallengeKind | undefined;
  if (!kind) throw new TypeError(`challenge.type: must be one of ${Object.keys(kinds).join(', ')}`);
  return kind;
}
