import { createGestureTracker, gestureLimits, gestureMeasures, type Gesture, type GestureMeasures, type GestureType } from '../gestures/tracker.js';
import { instruct, type Asked, type Metric } from '../instructions/instruction.js';
import type { ChallengeCourse, ChallengeEvent, ChallengeFrame } from './challenge.js';
import type { ChallengeMiss } from './misses.js';
import { createNeutralMeter, NEUTRAL_MS } from './neutral.js';

/** What can be asked for; also the ids of the instructions that ask for it. Left and right are the person's own. */
export const ACTION_IDS = ['blink', 'openMouth', 'nod', 'turnLeft', 'turnRight'] as const;

/** See {@link ACTION_IDS}. */
export type ActionId = (typeof ACTION_IDS)[number];

/** Do these, one after the other. */
export interface ActionChallenge {
  readonly type: 'action';
  /** In order, 1–8 of them; the same one may come twice. */
  readonly actions: readonly ActionId[];
  /** Time for each, milliseconds while its instruction is on the screen, 1000–15000. Default 8000. */
  readonly deadlineMs?: number;
  /** Shortest recording the server takes, milliseconds from the first good face. */
  readonly minimumMs: number;
}

/** Where the person is in the sequence. */
export interface ActionView {
  readonly type: 'action';
  /** Of the action that is next, from 0; `total` when all are done. */
  readonly index: number;
  readonly total: number;
  /** Absent before the neutral face is known and when all are done. */
  readonly action?: ActionId;
  /** Another action that was done instead of this one. It did not count, and the person should be told (prompt `doAction`). */
  readonly wrong?: ActionId;
}

/** When each action was asked for, began and ended. */
export interface ActionRecord {
  readonly type: 'action';
  readonly actions: readonly { readonly id: ActionId; readonly asked: number; readonly start: number; readonly end: number }[];
  /** Other actions that were done meanwhile. */
  readonly wrong: number;
}

const DEADLINE_MS = 8000;
const MOST_ACTIONS = 8;

/** From the end of one action to the earliest start of the next, milliseconds: an odd frame in a blink does not make two of it. */
export const BETWEEN_ACTIONS_MS = 100;

/** Longest wait, per action, for its text: whatever was on the screen stays for its dwell time. */
const TEXT_MS = 1500;

/** What the quickest takes for one action: its text, and the movement. */
const LEAST_MS = 1000;

/** Share of the progress that the neutral face is. */
const NEUTRAL_SHARE = 0.1;

interface Kind {
  readonly gesture: GestureType;
  readonly metric: Exclude<keyof GestureMeasures, 'x'>;
  /** Which way the metric goes from its neutral value. */
  readonly sign: 1 | -1;
  /** Rules the action breaks by itself: the angle it changes, where the face is meanwhile, its speed and blur. */
  readonly relaxed: readonly Metric[];
  /** What to say once the gesture has lasted long enough and only has to end; without it the same as before. */
  readonly release?: 'faceForward' | 'holdStill';
  readonly miss?: ChallengeMiss;
}

const TURNING = ['yaw', 'roll', 'offsetX', 'motion', 'sharpness'] as const;
const NODDING = ['pitch', 'offsetY', 'motion', 'sharpness'] as const;

const KINDS: Readonly<Record<ActionId, Kind>> = {
  blink: { gesture: 'blink', metric: 'eyeOpenness', sign: -1, relaxed: [], miss: 'blinkMissed' },
  openMouth: { gesture: 'mouthOpen', metric: 'mouthOpenness', sign: 1, relaxed: NODDING, release: 'holdStill', miss: 'mouthMissed' },
  nod: { gesture: 'nod', metric: 'pitch', sign: -1, relaxed: NODDING, release: 'faceForward' },
  turnLeft: { gesture: 'turnLeft', metric: 'yaw', sign: 1, relaxed: TURNING, release: 'faceForward' },
  turnRight: { gesture: 'turnRight', metric: 'yaw', sign: -1, relaxed: TURNING, release: 'faceForward' },
};

/** Shortest time, milliseconds, that an action lasts to count. A blink may be seen in a single frame, whose length is 0 on a clock that stands still meanwhile. */
export function shortestActionMs(id: ActionId): number {
  return gestureLimits[KINDS[id].gesture].minimumMs;
}

const POSES: readonly GestureType[] = ['turnLeft', 'turnRight', 'nod'];

/** A head that moves shows less of the eyes, which is no blink; one that has stayed where it went for so long can blink there. */
const POSE_MS = 300;

const actionOf = (gesture: GestureType): ActionId => (gesture === 'mouthOpen' ? 'openMouth' : gesture);

/**
 * The neutral face is measured first; each action is then asked for by its instruction and must begin while that is on the
 * screen. It counts when it ends: eyes open again, head back to the front.
 */
export function followAction({ actions, deadlineMs = DEADLINE_MS }: ActionChallenge, emit: (event: ChallengeEvent) => void): ChallengeCourse {
  const total = actions.length;
  const tracker = createGestureTracker();
  const meter = createNeutralMeter();
  const done: ActionRecord['actions'][number][] = [];
  let neutral: GestureMeasures | undefined;
  let asked: Asked = { relaxed: [] };
  /** Of the action that was done last: until the next text is on, the head may still be coming back. */
  let lingering: readonly Metric[] = [];
  let wrong: ActionId | undefined;
  let wrongs = 0;
  /** The eyes closed while the head moved. */
  let posedBlink = false;
  /** When the instruction came on, and how long it has stood. */
  let shownAt: number | undefined;
  let shownMs = 0;
  let last = 0;
  /** Until when no further action counts. */
  let restingUntil = -Infinity;
  /** When the head last came back from a turn or a nod. */
  let posedUntil = -Infinity;

  function judge({ type, start, end }: Gesture, id: ActionId): boolean {
    const wanted = KINDS[id].gesture;
    if (shownAt === undefined || start < shownAt) return false;
    if (type !== wanted) {
      // Nobody can keep from blinking, and one movement of the head takes other measures along.
      if (type === 'blink' || tracker.startOf(wanted) !== undefined) return false;
      wrong = actionOf(type);
      wrongs++;
      emit({ type: 'wrongAction', asked: id, id: wrong, start, end });
      return false;
    }
    if (type === 'blink' && (start <= posedUntil || POSES.some((pose) => start - (tracker.startOf(pose) ?? -Infinity) < POSE_MS))) {
      posedBlink = true;
      return false;
    }
    emit({ type: 'action', index: done.length, id, start, end });
    done.push({ id, asked: shownAt, start, end });
    lingering = KINDS[id].relaxed;
    restingUntil = end + BETWEEN_ACTIONS_MS;
    wrong = shownAt = undefined;
    shownMs = 0;
    posedBlink = false;
    return true;
  }

  /** @returns whether the gesture has lasted long enough and only has to end */
  function ask(id: ActionId, measures: GestureMeasures | undefined, time: number, rest: GestureMeasures): boolean {
    const { gesture, metric, sign, relaxed, release } = KINDS[id];
    const { enter, minimumMs } = gestureLimits[gesture];
    const start = tracker.startOf(gesture);
    const reached = start !== undefined && shownAt !== undefined && start >= shownAt && time - start >= minimumMs;
    const value = measures?.[metric] ?? NaN;
    // The eyes are measured by the share that is gone, everything else by the difference.
    const threshold = rest[metric] + sign * enter * (id === 'blink' ? rest.eyeOpenness : 1);
    const instruction = reached && release ? release === 'faceForward' && instruct(release, metric, value, rest[metric]) : instruct(id, metric, value, threshold);
    asked = { relaxed: shownAt === undefined ? [...lingering, ...relaxed] : relaxed, ...(instruction && { instruction }) };
    return reached;
  }

  function missOf(id: ActionId): ChallengeMiss {
    if (id === 'blink' && tracker.startOf('blink') !== undefined) return 'eyesShut';
    if (id === 'blink' && posedBlink) return 'blinkPosed';
    return KINDS[id].miss ?? (done.length === 0 ? 'firstMissed' : 'laterMissed');
  }

  function follow(time: number, frame?: ChallengeFrame): number | ChallengeMiss {
    if (!frame) return 0;
    const { observation, tracking, shown } = frame;
    const measures = gestureMeasures(observation.faces[0]);
    const gestures = tracking === 'lost' ? [] : tracker.push(observation, time);
    const elapsed = time - last;
    last = time;
    if (!neutral) {
      neutral = meter.push(time, tracking === 'good' ? measures : undefined);
      if (!neutral) return NEUTRAL_SHARE * meter.fraction;
      tracker.compareWith(neutral);
    }
    const current = actions[done.length];
    if (current === undefined) return 1;
    if (shownAt !== undefined && shown === (asked.instruction?.id ?? 'holdStill')) shownMs += elapsed;
    if (shown === current && time >= restingUntil) shownAt ??= time;
    for (const { type, end } of gestures) if (POSES.includes(type)) posedUntil = end;
    gestures.some((gesture) => judge(gesture, current));
    const next = actions[done.length];
    if (next === undefined) {
      asked = { relaxed: asked.relaxed };
      return 1;
    }
    if (shownMs > deadlineMs) return missOf(next);
    const reached = ask(next, measures, time, neutral);
    return NEUTRAL_SHARE + ((1 - NEUTRAL_SHARE) * (done.length + (reached ? 0.5 : 0))) / total;
  }

  return {
    leastMs: NEUTRAL_MS + total * LEAST_MS,
    get awaiting() {
      return !!neutral && done.length < total;
    },
    durationMs: 2 * NEUTRAL_MS + total * (deadlineMs + TEXT_MS),
    get asked() {
      return asked;
    },
    get view(): ActionView {
      const action = neutral && actions[done.length];
      return { type: 'action', index: done.length, total, ...(action && { action }), ...(wrong && { wrong }) };
    },
    follow,
    record: () => ({ type: 'action', actions: done, wrong: wrongs }),
  };
}

/** @throws TypeError naming the field that is out of range */
export function checkAction({ actions, deadlineMs = DEADLINE_MS }: ActionChallenge): void {
  const known = Array.isArray(actions) && actions.length >= 1 && actions.length <= MOST_ACTIONS && actions.every((id) => ACTION_IDS.includes(id));
  if (!known) throw new TypeError(`challenge.actions: must be a list of 1–${MOST_ACTIONS} of ${ACTION_IDS.join(', ')}`);
  if (!(deadlineMs >= 1000 && deadlineMs <= 15_000)) throw new TypeError('challenge.deadlineMs: must be milliseconds, 1000–15000');
}
