import { BETWEEN_ACTIONS_MS, shortestActionMs } from '../../liveness/challenges/action.js';
import type { ActionId } from '../../liveness/challenges/action.js';
import { DIGIT_MS, LAG_MS, ROOM_MS } from '../../liveness/challenges/digits.js';
import { BASELINE_MS, PLAIN_MS } from '../../liveness/challenges/light.js';
import { NEUTRAL_MS } from '../../liveness/challenges/neutral.js';
import { SYSTEM_CAMERA } from '../../transport/protocol.js';
import type { Challenge, Manifest, TimelineEntry } from '../../transport/protocol.js';
import type { FieldError } from '../../transport/shape.js';
import { ROUNDING_MS, checkRecord } from './record.js';

/** An entry and where it stands. */
export interface Moment extends TimelineEntry {
  readonly index: number;
}

/** The times that a timeline gives to what was asked for, in its order. */
export interface Asked {
  /** What was done or shown; `end` of something shown is when the next came on. */
  readonly moments: readonly { readonly start: number; readonly end: number }[];
  readonly errors: readonly FieldError[];
}

/**
 * Most milliseconds by which a client's clocks may differ. Frames are timed when the camera took them, the recorder when it was
 * told to start and stop.
 */
export const CLOCK_SLACK_MS = 500;

const field = (index: number, name: 'at' | 'event'): string => `manifest.timeline[${index}].${name}`;
const TIMELINE = 'manifest.timeline';

/**
 * Whether a timeline is possible in itself: in order, within the recording, the challenge met in one piece, as long as was
 * asked, with all that the server asked for in the server's order, each no sooner and no shorter than the client's own engine
 * lets it be. Says nothing of the video.
 */
export function checkTimeline({ timeline, fallbacks, video, record }: Manifest, challenge: Challenge): readonly FieldError[] {
  const entries = timeline.map((entry, index): Moment => ({ ...entry, index }));
  const errors: FieldError[] = [];
  entries.forEach(({ at, index }) => {
    if (at < (timeline[index - 1]?.at ?? at)) errors.push({ field: field(index, 'at'), rule: 'must not be before the entry in front of it' });
    if (at > video.durationMs + CLOCK_SLACK_MS) errors.push({ field: field(index, 'at'), rule: 'must lie within the recording' });
  });
  if (fallbacks.includes(SYSTEM_CAMERA)) {
    // Nobody watched: there is nothing to be said of what happened when.
    if (challenge.type !== 'silent') errors.push({ field: 'manifest.fallbacks', rule: `must not hold ${SYSTEM_CAMERA} where the challenge is ${challenge.type}` });
    return errors;
  }

  const done = findLast(entries, 'state:done');
  if (done === undefined) return [...errors, { field: TIMELINE, rule: 'must hold state:done' }];
  const started = findLast(entries.slice(0, done.index), 'challenge:started');
  if (started === undefined) return [...errors, { field: TIMELINE, rule: 'must hold challenge:started before state:done' }];
  if (started.at < 0) errors.push({ field: field(started.index, 'at'), rule: 'must lie within the recording' });
  if (done.at - started.at < challenge.minimumMs - ROUNDING_MS) errors.push({ field: field(done.index, 'at'), rule: `must be ${challenge.minimumMs} ms or more after challenge:started` });

  const course = entries.slice(started.index + 1, done.index);
  for (const { event, index } of course) {
    if (/^(state|interrupted|missed):/.test(event)) errors.push({ field: field(index, 'event'), rule: 'must not come between challenge:started and state:done' });
  }
  const asked = findAsked(challenge, { started, course, done });
  errors.push(...asked.errors);
  if (record !== undefined) errors.push(...checkRecord(record, challenge, asked.errors.length === 0 ? asked.moments : undefined));
  return errors;
}

/** The run that counts: its beginning, what came in it, its end. */
interface Course {
  readonly started: Moment;
  readonly course: readonly Moment[];
  readonly done: Moment;
}

function findAsked(challenge: Challenge, run: Course): Asked {
  switch (challenge.type) {
    case 'silent':
      return { moments: [], errors: [] };
    case 'action':
      return findActions(challenge.actions, run);
    case 'digits':
      return findShown({ times: Array.from(challenge.digits, () => challenge.digitMs ?? DIGIT_MS), beforeMs: ROOM_MS, pauseMs: 0, afterMs: LAG_MS }, run);
    case 'light':
      return findShown({ times: challenge.colours.map(({ ms }) => ms), beforeMs: BASELINE_MS, pauseMs: PLAIN_MS, afterMs: 0 }, run);
  }
}

/** What is wrong with a moment that comes sooner behind another than it can. */
function tooSoon({ at, index }: Moment, behind: Pick<Moment, 'at' | 'event'>, ms: number): readonly FieldError[] {
  return at - behind.at < ms - ROUNDING_MS ? [{ field: field(index, 'at'), rule: `must be ${ms} ms or more after ${behind.event}` }] : [];
}

/** Each action that was asked for begins and ends before the next begins. Others, `wrong-action`, do not count. */
function findActions(actions: readonly ActionId[], { started, course }: Course): Asked {
  const wanted = actions.flatMap((id) => [`action:${id}:start`, `action:${id}:end`]);
  const found = course.filter(({ event }) => event.startsWith('action:'));
  const errors: FieldError[] = [];
  found.forEach((moment, position) => {
    const { event, index } = moment;
    const expected = wanted[position];
    if (event !== expected) errors.push({ field: field(index, 'event'), rule: expected === undefined ? 'must not be there: all that was asked for is done' : `must be ${expected}` });
    else if (position % 2 === 1) errors.push(...tooSoon(moment, found[position - 1] ?? moment, shortestActionMs(actions[(position - 1) / 2] as ActionId)));
    else errors.push(...tooSoon(moment, found[position - 1] ?? started, position === 0 ? NEUTRAL_MS : BETWEEN_ACTIONS_MS));
  });
  for (const missing of wanted.slice(found.length)) errors.push({ field: TIMELINE, rule: `must hold ${missing} between challenge:started and state:done` });
  return { moments: actions.map((_, position) => ({ start: found[2 * position]?.at ?? 0, end: found[2 * position + 1]?.at ?? 0 })), errors };
}

/** What is shown one after the other, times in milliseconds. */
interface Sequence {
  /** How long each was to be on. */
  readonly times: readonly number[];
  /** From the challenge's start to the first. */
  readonly beforeMs: number;
  /** From a pause to what is shown again. */
  readonly pauseMs: number;
  /** From the last one's end to the end of the run. */
  readonly afterMs: number;
}

/** Each was on for its time before the next came, or the end. What was broken off (`paused`) was shown again, all of its time. */
function findShown({ times, beforeMs, pauseMs, afterMs }: Sequence, { started, course, done }: Course): Asked {
  const errors: FieldError[] = [];
  const moments: { start: number; end: number }[] = [];
  /** What is on, or was before it was broken off. */
  let current = -1;
  /** When it came on; `undefined` while nothing is on. */
  let since: Moment | undefined;
  let paused: Moment | undefined;
  const end = (moment: Moment, extraMs = 0): void => {
    const ms = times[current];
    if (ms === undefined || since === undefined) return;
    errors.push(...tooSoon(moment, since, ms + extraMs));
    moments[current] = { start: since.at, end: moment.at };
  };
  for (const moment of course) {
    const { event, index } = moment;
    const [, kind, number] = /^(shown|paused):(\d{1,3})$/.exec(event) ?? [];
    if (kind === undefined) continue;
    const expected = kind === 'shown' && since !== undefined ? current + 1 : Math.max(0, current);
    if (Number(number) !== expected || expected >= times.length || (kind === 'paused' && since === undefined)) {
      errors.push({ field: field(index, 'event'), rule: expected < times.length ? `must be shown:${expected}` : 'must not be there: all that was asked for is done' });
      return { moments, errors };
    }
    if (kind === 'shown') {
      if (paused) errors.push(...tooSoon(moment, paused, pauseMs));
      else if (since === undefined) errors.push(...tooSoon(moment, started, beforeMs));
      end(moment);
      current = expected;
    }
    [since, paused] = kind === 'shown' ? [moment, undefined] : [undefined, moment];
  }
  if (current < times.length - 1 || since === undefined) errors.push({ field: TIMELINE, rule: `must hold shown:${since === undefined ? Math.max(0, current) : current + 1} between challenge:started and state:done` });
  else end(done, afterMs);
  return { moments, errors };
}

function findLast(entries: readonly Moment[], event: string): Moment | undefined {
  return entries.filter((entry) => entry.event === event).pop();
}
