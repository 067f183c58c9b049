import type { ChallengeCourse, ChallengeKind, ChallengeKinds } from '../../src/liveness/challenges/challenge.js';
import { LAG_MS, LIPS_MOVE } from '../../src/liveness/challenges/digits.js';
import { CLOSED_UNSEEN, createEyesWatch, SHUT } from '../../src/liveness/challenges/eyes.js';
import { CHALLENGE_KINDS } from '../../src/liveness/challenges/kinds.js';
import { createExcursion } from '../../src/liveness/gestures/excursion.js';
import type { ChallengeRecord, EngineState, Metric, Observation } from '../../src/liveness/index.js';
import { createGuide } from '../../src/liveness/instructions/guide.js';
import { timingWith } from '../../src/liveness/timing.js';
import type { Frame, RunOptions } from './run.js';

/** Limits that are the person's own, or the room's, and change with time. */
export type Limits = Readonly<Partial<Record<Metric, number>>>;

/** What the engine keeps to itself where a challenge is not met. */
export interface ChallengeWatch {
  /** To create the engine with. */
  readonly kinds: ChallengeKinds;
  /** What the attempt that runs, or ran last, has measured. */
  record(): ChallengeRecord | undefined;
  /**
   * Called with every observation, after the engine.
   *
   * @param active milliseconds of the run without its hidden time
   * @param state of the engine before it
   */
  push(observation: Observation, active: number, state: EngineState): void;
  /** What the challenge holds the values against now. */
  limits(): Limits;
  /** How open the eyes are at rest; NaN where they were not seen. */
  readonly restingEyes: number;
}

/** Looks at what the engine looks at, in the same order, and remembers it. */
export function watchChallenge(options: RunOptions): ChallengeWatch {
  const guide = createGuide({ ...options, timing: timingWith(options.timing) });
  const level = createExcursion(SHUT);
  const eyes = createEyesWatch(level);
  let course: ChallengeCourse | undefined;

  const watched = ([type, kind]: [string, ChallengeKind]): [string, ChallengeKind] => [type, { ...kind, follow: (...asked) => (course = kind.follow(...asked)) }];
  return {
    kinds: Object.fromEntries(Object.entries(CHALLENGE_KINDS as unknown as Record<string, ChallengeKind>).map(watched)),
    record: () => course?.record(),
    push(observation, active, state) {
      if (state !== 'guiding' && state !== 'capturing') return;
      const guidance = guide.push(observation, active, state === 'capturing' ? course?.asked : undefined);
      if (guidance?.tracking === 'good') eyes.push(active, observation);
    },
    limits() {
      const record = course?.record();
      return {
        ...(options.challenge.type !== 'action' && !options.eyesMayBeShut && { eyeOpenness: Math.max(CLOSED_UNSEEN, level.rest * (1 - SHUT.enter) || 0) }),
        ...(record?.type === 'digits' && { soundLevel: record.speechLevel }),
      };
    },
    get restingEyes() {
      return level.rest;
    },
  };
}

/** The frames with what the lips had to reach while each digit was listened to: so much more than their narrowest. */
export function withLips(frames: readonly Frame[], records: readonly ChallengeRecord[]): readonly Frame[] {
  const digits = records.flatMap((record) => (record.type === 'digits' ? record.digits : []));
  const asked = new Map<Frame, number>();
  for (const { start, end } of digits) {
    const heard = frames.filter(({ time }) => time > start + LAG_MS && time <= end + LAG_MS);
    const narrowest = Math.min(...heard.map(({ values }) => values.mouthOpenness).filter(Number.isFinite));
    if (Number.isFinite(narrowest)) for (const frame of heard) asked.set(frame, narrowest + LIPS_MOVE);
  }
  return frames.map((frame) => (asked.has(frame) ? { ...frame, limits: { ...frame.limits, mouthOpenness: asked.get(frame) as number } } : frame));
}
