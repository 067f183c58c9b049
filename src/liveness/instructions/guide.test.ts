import { describe, expect, it } from 'vitest';
import { observe, observeNobody, type Scene } from '../observation.fixture.js';
import type { Observation } from '../observation.js';
import { defaultTiming } from '../timing.js';
import { createGuide, type GuideOptions } from './guide.js';
import type { InstructionId } from './instruction.js';

const FRAMES = [
  { width: 640, height: 480 },
  { width: 480, height: 640 },
  { width: 1280, height: 720 },
  { width: 1080, height: 1920 },
];

/** A second of the same scene at 25 frames a second. */
function lookAt(scene: Scene, options: GuideOptions = {}) {
  const guide = createGuide({ ...options, timing: defaultTiming });
  let guidance = guide.push(observe(0, scene), 0);
  for (let time = 40; time <= 1000; time += 40) guidance = guide.push(observe(time, scene), time);
  if (!guidance) throw new Error('the scene cannot be read');
  return guidance;
}

const SCENES: [InstructionId, Scene][] = [
  ['holdStill', {}],
  ['noFace', { faces: 0 }],
  ['multipleFaces', { faces: 2 }],
  ['multipleFaces', { faces: 3000 }],
  ['moveCloser', { size: 0.3 }],
  ['moveBack', { size: 1.2 }],
  ['moveRight', { offsetX: 0.3 }],
  ['moveLeft', { offsetX: -0.3 }],
  ['moveUp', { offsetY: 0.3, size: 0.7 }],
  ['moveDown', { offsetY: -0.3, size: 0.7 }],
  ['faceForward', { measures: { yaw: 25 } }],
  ['faceForward', { measures: { pitch: -30 } }],
  ['faceForward', { measures: { roll: 30 } }],
  ['faceForward', { measures: false, keypointYaw: 30 }],
  ['moreLight', { quality: { brightness: 30 } }],
  ['lessLight', { quality: { brightness: 230 } }],
  ['moreLight', { quality: { contrast: 5 } }],
  ['holdSteady', { quality: { sharpness: 10 } }],
  ['moreLight', { faces: 0, quality: { brightness: 5 } }],
];

describe.each(FRAMES)('in a frame of $width×$height', (frame) => {
  it.each(SCENES)('says %s to %j', (id, scene) => {
    expect(lookAt({ ...scene, frame }).instruction.id).toBe(id);
  });

  it('lets a background face be', () => {
    expect(lookAt({ frame, faces: 2, othersSize: 0.2 }).instruction.id).toBe('holdStill');
  });
});

describe('the instruction', () => {
  it('carries the metric, the value, the threshold and what is missing, signed', () => {
    const near = lookAt({ size: 1.25 }).instruction;
    expect(near).toMatchObject({ id: 'moveBack', metric: 'faceSize', threshold: 1 });
    expect(near.value).toBeCloseTo(1.25, 6);
    expect(near.distance).toBeCloseTo(-0.25, 6);
    const left = lookAt({ offsetX: -0.4 }).instruction;
    expect(left).toMatchObject({ id: 'moveLeft', metric: 'offsetX', threshold: -0.2 });
    expect(left.distance).toBeCloseTo(0.2, 6);
  });

  it('speaks of the person’s own left and right: a face on the right of the unmirrored frame is asked to move right', () => {
    const observation = observe(0, { offsetX: 0.4 });
    expect(observation.faces[0]?.box.x).toBeGreaterThan(0.4);
    expect(lookAt({ offsetX: 0.4 }).instruction.id).toBe('moveRight');
  });

  it('notices a moving face', () => {
    const guide = createGuide({ timing: defaultTiming });
    let id: string | undefined;
    // To and fro within the oval, twice a second.
    for (let time = 0; time < 3000; time += 33) id = guide.push(observe(time, { offsetX: 0.15 * Math.sin((time / 1000) * 4 * Math.PI) }), time)?.instruction.id;
    expect(id).toBe('holdSteady');
  });

  it('is noFace before the first frame, and keeps its dwell time then too', () => {
    const guide = createGuide({ timing: defaultTiming });
    expect(guide.shown(0).id).toBe('noFace');
    expect(guide.push(observe(100), 100)?.instruction.id).toBe('noFace');
    expect(guide.push(observe(699), 699)?.instruction.id).toBe('noFace');
    expect(guide.push(observe(700), 700)?.instruction.id).toBe('holdStill');
  });
});

describe('tracking', () => {
  it('is good only with the mesh, unless the face alone will do', () => {
    expect(lookAt({ measures: false }).tracking).toBe('tolerable');
    expect(lookAt({ measures: false }, { readyOn: 'face' }).tracking).toBe('good');
    expect(lookAt({}).tracking).toBe('good');
  });

  it('is tolerable a little out of place and lost far out', () => {
    expect(lookAt({ size: 0.4 }).tracking).toBe('tolerable');
    expect(lookAt({ size: 0.2 }).tracking).toBe('lost');
    expect(lookAt({ faces: 2 }).tracking).toBe('lost');
    expect(lookAt({ faces: 0 }).tracking).toBe('lost');
  });

  it('bridges a short gap with the last word and says noFace after it', () => {
    const guide = createGuide({ timing: { ...defaultTiming, dwellMs: 0, confirmMs: 0 } });
    guide.push(observe(0), 0);
    for (const time of [40, 200, 439]) expect(guide.push(observeNobody(time), time)).toMatchObject({ tracking: 'lost', code: undefined, instruction: { id: 'holdStill' } });
    expect(guide.push(observeNobody(440), 440)).toMatchObject({ tracking: 'lost', code: 'face-absent', instruction: { id: 'noFace' } });
  });
});

describe('profiles', () => {
  it('asks a phone for a larger face than a desk', () => {
    const scene = { size: 0.5 };
    expect(lookAt({ ...scene, frame: { width: 640, height: 480 } }).instruction.id).toBe('holdStill');
    expect(lookAt({ ...scene, frame: { width: 480, height: 640 } }).instruction.id).toBe('moveCloser');
    expect(lookAt({ ...scene, frame: { width: 480, height: 640 } }, { profile: 'desktop' }).instruction.id).toBe('holdStill');
  });

  it('takes single limits from the options', () => {
    expect(lookAt({ measures: { yaw: 10 } }, { thresholds: { yaw: { good: 5, bad: 8 } } }).instruction.id).toBe('faceForward');
  });

  it('follows a phone that is turned', () => {
    const guide = createGuide({ timing: { ...defaultTiming, dwellMs: 0, confirmMs: 0 } });
    expect(guide.push(observe(0, { size: 0.5, frame: { width: 640, height: 480 } }), 0)?.instruction.id).toBe('holdStill');
    expect(guide.push(observe(40, { size: 0.5, frame: { width: 480, height: 640 } }), 40)?.instruction.id).toBe('moveCloser');
  });
});

describe('odd observations', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['an empty frame', { ...observe(0), frame: { width: 0, height: 0 } }],
    ['a frame of NaN', { ...observe(0), frame: { width: NaN, height: 480 } }],
    ['no list of faces', { ...observe(0), faces: 7 }],
  ])('passes over %s', (_, observation) => {
    const guide = createGuide({ timing: defaultTiming });
    guide.push(observe(0), 0);
    expect(guide.push(observation as unknown as Observation, 40)).toBeUndefined();
    expect(guide.shown(40).id).toBe('holdStill');
  });

  it('treats numbers that are none as not known', () => {
    const quality = { brightness: NaN, contrast: Infinity, sharpness: -Infinity };
    expect(lookAt({ quality }).instruction.id).toBe('holdStill');
    expect(lookAt({ quality: false }).instruction.id).toBe('holdStill');
    expect(lookAt({ measures: { yaw: NaN, roll: Infinity } }).instruction.id).toBe('holdStill');
  });
});
