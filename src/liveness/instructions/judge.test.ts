import { describe, expect, it } from 'vitest';
import { METRICS, type InstructionId, type Metric } from './instruction.js';
import { createJudge } from './judge.js';
import { profiles, thresholdsWith, type Thresholds } from './profiles.js';
import type { Limit, Readings } from './rule.js';

const thresholds = profiles.desktop;

/** Every rule: the metric, the side on which it holds, and what it must say. */
const EXPECTED: readonly [Metric, keyof Thresholds, 1 | -1, InstructionId, string][] = [
  ['frameBrightness', 'frameBrightnessMinimum', 1, 'moreLight', 'too-dark'],
  ['frameBrightness', 'frameBrightnessMaximum', 1, 'lessLight', 'too-bright'],
  ['secondFace', 'secondFace', 1, 'multipleFaces', 'faces-multiple'],
  ['faceSize', 'faceSizeMinimum', 1, 'moveCloser', 'face-too-far'],
  ['faceSize', 'faceSizeMaximum', 1, 'moveBack', 'face-too-close'],
  ['offsetX', 'offsetX', 1, 'moveRight', 'face-off-centre'],
  ['offsetX', 'offsetX', -1, 'moveLeft', 'face-off-centre'],
  ['offsetY', 'offsetY', 1, 'moveUp', 'face-off-centre'],
  ['offsetY', 'offsetY', -1, 'moveDown', 'face-off-centre'],
  ['yaw', 'yaw', 1, 'faceForward', 'face-not-frontal'],
  ['yaw', 'yaw', -1, 'faceForward', 'face-not-frontal'],
  ['pitch', 'pitch', 1, 'faceForward', 'face-not-frontal'],
  ['pitch', 'pitch', -1, 'faceForward', 'face-not-frontal'],
  ['roll', 'roll', 1, 'faceForward', 'face-not-frontal'],
  ['roll', 'roll', -1, 'faceForward', 'face-not-frontal'],
  ['brightness', 'brightnessMinimum', 1, 'moreLight', 'too-dark'],
  ['brightness', 'brightnessMaximum', 1, 'lessLight', 'too-bright'],
  ['contrast', 'contrastMinimum', 1, 'moreLight', 'too-dark'],
  ['motion', 'motion', 1, 'holdSteady', 'not-still'],
  ['sharpness', 'sharpnessMinimum', 1, 'holdSteady', 'too-blurred'],
];

/** One good face; only what a test changes is wrong. */
function readings(changes: Partial<Readings> = {}): Readings {
  const good = { faces: 1, secondFace: 0, faceSize: 0.8, offsetX: 0, offsetY: 0, yaw: 0, pitch: 0, roll: 0, brightness: 120, contrast: 35, motion: 0, sharpness: 200 };
  return { ...good, frameBrightness: NaN, eyeOpenness: NaN, mouthOpenness: NaN, soundLevel: NaN, ...changes };
}

describe.each(EXPECTED)('rule %s of %s × %i', (metric, name, sign, id, code) => {
  const limit: Limit = thresholds[name];
  const { good, bad, abort } = { good: limit.good * sign, bad: limit.bad * sign, abort: limit.abort === undefined ? undefined : limit.abort * sign };
  const beyond = bad + (bad - good) / 100;
  const between = (good + bad) / 2;
  const at = (judge: ReturnType<typeof createJudge>, value: number) => ({ ...judge.judge(readings({ [metric]: value })) });

  it('says nothing at good, between, and exactly at bad', () => {
    for (const value of [good, between, bad]) expect(at(createJudge(thresholds), value)).toEqual({ rule: undefined, abort: false });
  });

  it(`says ${id} beyond bad, with its code`, () => {
    expect(at(createJudge(thresholds), beyond).rule).toMatchObject({ id, code, metric });
  });

  it('goes on between the thresholds once it holds, and stops at good', () => {
    const judge = createJudge(thresholds);
    expect(at(judge, beyond).rule?.id).toBe(id);
    expect(at(judge, between).rule?.id).toBe(id);
    expect(at(judge, good).rule).toBeUndefined();
    expect(at(judge, between).rule).toBeUndefined();
  });

  it('aborts beyond the abort point only', () => {
    if (abort === undefined) {
      expect(at(createJudge(thresholds), bad + 1000 * (bad - good)).abort).toBe(false);
    } else {
      expect(at(createJudge(thresholds), abort).abort).toBe(false);
      expect(at(createJudge(thresholds), abort + (bad - good) / 100).abort).toBe(true);
    }
  });

  it('does not hold for an unknown value', () => {
    const judge = createJudge(thresholds);
    at(judge, beyond);
    expect(at(judge, NaN).rule).toBeUndefined();
  });
});

describe('priority', () => {
  const wrong: [Metric, number, InstructionId][] = [
    ['secondFace', 0.9, 'multipleFaces'],
    ['faceSize', 0.2, 'moveCloser'],
    ['offsetX', 0.4, 'moveRight'],
    ['yaw', 30, 'faceForward'],
    ['brightness', 10, 'moreLight'],
    ['sharpness', 1, 'holdSteady'],
  ];

  it('goes from presence to stillness, one family at a time', () => {
    for (let first = 0; first < wrong.length; first++) {
      const changes = Object.fromEntries(wrong.slice(first).map(([metric, value]) => [metric, value]));
      expect(createJudge(thresholds).judge(readings(changes)).rule?.id).toBe(wrong[first]?.[2]);
    }
  });

  it('lets the worst of a family speak', () => {
    expect(createJudge(thresholds).judge(readings({ offsetX: 0.3, offsetY: -0.45 })).rule?.id).toBe('moveDown');
    expect(createJudge(thresholds).judge(readings({ offsetX: 0.45, offsetY: -0.3 })).rule?.id).toBe('moveRight');
  });

  it('says no face, unless the frame is black or white', () => {
    const none = Object.fromEntries(METRICS.map((metric) => [metric, NaN])) as Readings;
    const say = (frameBrightness: number) => createJudge(thresholds).judge({ ...none, faces: 0, frameBrightness }).rule?.id;
    expect(say(NaN)).toBe('noFace');
    expect(say(120)).toBe('noFace');
    expect(say(10)).toBe('moreLight');
    expect(say(253)).toBe('lessLight');
  });

  it('keeps the hysteresis of families that were not asked', () => {
    const judge = createJudge(thresholds);
    judge.judge(readings({ faceSize: 0.2, yaw: 30 }));
    expect(judge.judge(readings({ yaw: 17 })).rule?.id).toBe('faceForward');
  });
});

describe('thresholdsWith', () => {
  it('replaces one limit as a whole', () => {
    expect(thresholdsWith('phone', { yaw: { good: 5, bad: 8 } })).toEqual({ ...profiles.phone, yaw: { good: 5, bad: 8 } });
  });

  it('names the profile and the limit that are wrong', () => {
    expect(() => thresholdsWith('kiosk' as never)).toThrow(/^profile: must be one of phone, desktop/);
    expect(() => thresholdsWith('phone', { nose: { good: 1, bad: 2 } } as never)).toThrow(new RegExp('^thresholds\\.nose: unknown'));
    expect(() => thresholdsWith('phone', { yaw: { good: 5, bad: 5 } })).toThrow(/^thresholds\.yaw: must be numbers/);
    expect(() => thresholdsWith('phone', { yaw: { good: NaN, bad: 5 } })).toThrow(TypeError);
    expect(() => thresholdsWith('phone', { yaw: { good: 5, bad: 8, abort: 7 } })).toThrow(TypeError);
  });

  it.each(Object.entries(profiles))('%s has limits in order', (_, profile) => {
    for (const limit of Object.values(profile) as Limit[]) {
      const direction = Math.sign(limit.bad - limit.good);
      expect(direction).not.toBe(0);
      if (limit.abort !== undefined) expect((limit.abort - limit.bad) * direction).toBeGreaterThanOrEqual(0);
    }
  });
});
