import { describe, expect, it } from 'vitest';
import { observe } from '../observation.fixture.js';
import type { ObservedFace } from '../observation.js';
import { faceSize } from './distance.js';
import { ovalFor } from './oval.js';
import { readPose } from './pose.js';
import { offset } from './position.js';
import { presenceOf } from './presence.js';
import type { Readings } from './rule.js';
import { createMotionMeter } from './stillness.js';

const VGA = { width: 640, height: 480 };

describe('ovalFor', () => {
  it.each([
    [640, 480, 0.8],
    [1280, 720, 0.8],
    [360, 288, 0.8],
    [480, 640, (0.7 * 1.35 * 480) / 640],
    [1080, 1920, (0.7 * 1.35 * 1080) / 1920],
  ])('in %i×%i takes %f of the height, keeps its shape and stays in the middle', (width, height, share) => {
    const oval = ovalFor({ width, height });
    expect(oval.height).toBeCloseTo(share, 10);
    expect((oval.height * height) / (oval.width * width)).toBeCloseTo(1.35, 10);
    expect(oval.x + oval.width / 2).toBeCloseTo(0.5, 10);
    expect(oval.y + oval.height / 2).toBeCloseTo(0.5, 10);
    expect(oval.width).toBeLessThanOrEqual(0.71);
  });

  it.each([[0, 0], [NaN, 480], [640, 0], [-1, 5], [Infinity, 3]])('survives a frame of %f×%f', (width, height) => {
    expect(ovalFor({ width, height })).toEqual(ovalFor({ width: 1, height: 1 }));
  });
});

describe('faceSize', () => {
  it('is 1 for a face that fills the oval and halves with the distance doubled', () => {
    const oval = ovalFor(VGA);
    expect(faceSize(oval, oval)).toBe(1);
    expect(faceSize({ ...oval, width: oval.width / 2, height: oval.height / 2 }, oval)).toBe(0.5);
  });
});

describe('offset', () => {
  it('is signed, in lengths of the oval', () => {
    expect(offset(0.4, 0.2, 0.3, 0.4)).toBeCloseTo(0, 10);
    expect(offset(0.5, 0.2, 0.3, 0.4)).toBeCloseTo(0.25, 10);
    expect(offset(0.3, 0.2, 0.3, 0.4)).toBeCloseTo(-0.25, 10);
  });

  it('adds what the frame cuts off', () => {
    expect(offset(0.7, 0.4, 0.3, 0.4)).toBeCloseTo(1 + 0.25, 10);
    expect(offset(-0.1, 0.4, 0.3, 0.4)).toBeCloseTo(-1 - 0.25, 10);
  });
});

describe('presenceOf', () => {
  const [face] = observe(0).faces as [ObservedFace];
  const sized = (size: number): ObservedFace => ({ ...face, box: { x: 0, y: 0, width: size, height: size } });

  it('finds the largest and compares the second with it, in any order', () => {
    for (const faces of [[sized(0.4), sized(0.1)], [sized(0.1), sized(0.4)]]) {
      const { largest, count, secondFace } = presenceOf(faces);
      expect(largest?.box.width).toBe(0.4);
      expect(count).toBe(2);
      expect(secondFace).toBeCloseTo(0.25, 10);
    }
  });

  it.each([
    ['no box', { ...face, box: undefined }],
    ['NaN', { ...face, box: { x: NaN, y: 0, width: 1, height: 1 } }],
    ['no area', { ...face, box: { x: 0, y: 0, width: 0, height: 1 } }],
    ['negative', { ...face, box: { x: 0, y: 0, width: -1, height: 1 } }],
    ['immense', { ...face, box: { x: 0, y: 0, width: 1e300, height: 1 } }],
    ['null', null],
  ])('passes over a face with %s', (_, broken) => {
    expect(presenceOf([broken as ObservedFace]).count).toBe(0);
  });

  it('does not walk through thousands', () => {
    expect(presenceOf(new Array<ObservedFace>(100_000).fill(face)).count).toBe(16);
  });
});

describe('readPose', () => {
  const read = (face: ObservedFace): Readings => {
    const readings = {} as Readings;
    readPose(face, VGA, readings);
    return readings;
  };

  it('takes the mesh where there is one', () => {
    expect(read(observe(0, { measures: { yaw: 12, pitch: -3, roll: 4 } }).faces[0] as ObservedFace)).toEqual({ yaw: 12, pitch: -3, roll: 4 });
  });

  it('estimates yaw and roll from the keypoints, never pitch', () => {
    for (const yaw of [-30, 0, 20]) {
      const readings = read(observe(0, { measures: false, keypointYaw: yaw }).faces[0] as ObservedFace);
      expect(readings.yaw).toBeCloseTo(yaw, 6);
      expect(readings.roll).toBeCloseTo(0, 6);
      expect(readings.pitch).toBeNaN();
    }
  });

  it('reads a head that leans to its left as positive roll, without mistaking it for a turn', () => {
    const keypoints = { leftEye: { x: 0.6, y: 0.5 }, rightEye: { x: 0.5, y: 0.4 }, noseTip: { x: 0.55 - 0.05 * 0.75, y: 0.45 + 0.05 / 0.75 }, mouth: { x: 0.5, y: 0.6 } };
    const face = observe(0, { measures: false }).faces[0] as ObservedFace;
    const readings = read({ ...face, keypoints });
    expect(readings.roll).toBeCloseTo((Math.atan2(48, 64) * 180) / Math.PI, 6);
    expect(readings.yaw).toBeCloseTo(0, 6);
  });

  it.each([
    ['no keypoints', { keypoints: undefined }],
    ['eyes in one point', { keypoints: { leftEye: { x: 0.5, y: 0.5 }, rightEye: { x: 0.5, y: 0.5 }, noseTip: { x: 0.5, y: 0.6 }, mouth: { x: 0.5, y: 0.7 } } }],
    ['measures out of range', { measures: { yaw: Infinity, pitch: 1e9, roll: NaN } }],
  ])('knows nothing of a face with %s', (_, changes) => {
    const face = observe(0, { measures: false }).faces[0] as ObservedFace;
    expect(read({ ...face, ...changes } as ObservedFace)).toEqual({ yaw: NaN, pitch: NaN, roll: NaN });
  });
});

describe('motion meter', () => {
  /** A face 200 px high that moves to the right at `speed` face heights a second, seen every `interval` ms for 2 s. */
  function speedSeen(speed: number, interval: number, jitter = 0): number {
    const meter = createMotionMeter();
    let seen = NaN;
    for (let time = 0; time <= 2000; time += interval) {
      seen = meter.push(time, 100 + (speed * 200 * time) / 1000 + jitter * (Math.round(time / interval) % 2 ? 1 : -1), 100, 200);
    }
    return seen;
  }

  it.each([16, 33, 100, 333])('measures an even motion the same at %i ms a frame', (interval) => {
    expect(speedSeen(0.8, interval)).toBeCloseTo(0.8, 2);
    expect(speedSeen(0, interval)).toBe(0);
  });

  it('remembers a movement for a moment, so that shaking is not stillness at its turning points', () => {
    const meter = createMotionMeter();
    const seen = Array.from({ length: 60 }, (_, index) => meter.push(index * 33, 100 + 30 * Math.sin(index * 0.033 * 4 * Math.PI), 100, 200));
    expect(Math.min(...seen.slice(20))).toBeGreaterThan(0.35);
    let calm = NaN;
    for (let time = 2000; time <= 3000; time += 33) calm = meter.push(time, 100, 100, 200);
    expect(calm).toBeLessThan(0.35);
  });

  it('forgets half a face’s leap within a second', () => {
    const meter = createMotionMeter();
    for (let time = 0; time <= 500; time += 33) meter.push(time, 0, 0, 200);
    let seen = NaN;
    for (let time = 533; time <= 1533; time += 20) seen = meter.push(time, 100, 0, 200);
    expect(seen).toBeLessThan(0.35);
  });

  it('sees an approach as motion', () => {
    const meter = createMotionMeter();
    let seen = NaN;
    for (let time = 0; time <= 1000; time += 40) seen = meter.push(time, 100, 100, 200 * Math.exp(time / 1000));
    expect(seen).toBeCloseTo(1, 1);
  });

  it('does not take a pixel of jitter for motion', () => {
    expect(speedSeen(0, 33, 1)).toBeLessThan(0.05);
  });

  it('knows nothing of the first frame, after a reset and after a long gap; keeps its word within one instant', () => {
    const meter = createMotionMeter();
    expect(meter.push(0, 0, 0, 100)).toBeNaN();
    const speed = meter.push(40, 10, 0, 100);
    expect(speed).toBeGreaterThan(0);
    expect(meter.push(40, 500, 0, 100)).toBe(speed);
    expect(meter.push(4000, 10, 0, 100)).toBeNaN();
    meter.reset();
    expect(meter.push(4040, 10, 0, 100)).toBeNaN();
  });
});
