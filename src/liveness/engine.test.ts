import { describe, expect, it } from 'vitest';
import { drive, driveTo, failureOf } from './drive.fixture.js';
import { createEngine } from './create-engine.js';
import type { EngineOptions } from './engine.js';
import { observe } from './observation.fixture.js';

describe('a good face', () => {
  it('is guided, recorded for the time asked, and done', () => {
    const run = drive();
    run.show({}, 5000, true);
    expect(run.output.state).toBe('ready');
    expect(run.notify('recordingStarted').state).toBe('capturing');
    const started = run.time;
    run.show({}, 5000, true);
    expect(run.output).toMatchObject({ state: 'done', progress: 1, instruction: { id: 'holdStill' } });
    expect(run.time - started).toBeGreaterThanOrEqual(2000);
    expect(run.time - started).toBeLessThan(2100);
    expect(run.events.filter(({ type }) => type === 'state').map((event) => event.type === 'state' && event.to)).toEqual(['ready', 'capturing', 'done']);
    expect(run.events.filter(({ type }) => type === 'challengeStarted')).toHaveLength(1);
  });

  it('must hold for the steady time before the recorder is asked for', () => {
    const run = drive({ timing: { dwellMs: 0, confirmMs: 0 } });
    run.show({}, 680);
    expect(run.output.state).toBe('guiding');
    expect(run.output.progress).toBeGreaterThan(0.8);
    run.show({ quality: { brightness: 10 } }, 120);
    expect(run.output.progress).toBe(0);
    run.show({}, 680);
    expect(run.output.state).toBe('guiding');
    expect(run.show({}, 200).state).toBe('ready');
  });

  it('is only ready while the text says so', () => {
    const run = drive({ timing: { dwellMs: 3000 } });
    run.show({ size: 0.2 }, 40);
    run.show({}, 2800);
    expect(run.output).toMatchObject({ state: 'guiding', progress: 1, instruction: { id: 'noFace' } });
    expect(run.show({}, 400).state).toBe('ready');
  });

  it('is not steady while nothing is seen of it', () => {
    const run = drive();
    run.show({}, 400);
    run.wait(5000);
    expect(run.show({}, 40)).toMatchObject({ state: 'guiding', progress: 0 });
    expect(run.show({}, 800, true).state).toBe('ready');
  });

  it('waits for the mesh, or not', () => {
    expect(drive().show({ measures: false }, 3000).state).toBe('guiding');
    expect(drive({ readyOn: 'face' }).show({ measures: false }, 3000, true).state).toBe('ready');
  });

  it('starts the challenge’s clock at the first good face, not with the recorder', () => {
    const run = driveTo('capturing');
    run.show({ faces: 0 }, 360);
    const seen = run.time;
    run.show({}, 5000, true);
    expect(run.output.state).toBe('done');
    expect(run.time - seen).toBeGreaterThanOrEqual(2000);
  });

  it('is done at 3 frames a second with every fifth lost', () => {
    const engine = createEngine();
    let state: string = 'guiding';
    for (let frame = 0; frame < 40 && state !== 'done'; frame++) {
      const time = frame * 333;
      ({ state } = frame % 5 === 4 ? engine.tick(time) : engine.push(observe(time)));
      if (state === 'ready') ({ state } = engine.notify({ type: 'recordingStarted', time }));
    }
    expect(state).toBe('done');
    expect(engine.summary().interruptions).toBe(0);
  });
});

describe('a capture', () => {
  it('survives gaps of 400 ms', () => {
    const run = driveTo('capturing');
    for (let gap = 0; gap < 4; gap++) {
      run.show({}, 200);
      run.show({ faces: 0 }, 400);
    }
    expect(run.show({}, 2000, true).state).toBe('done');
    expect(run.engine.summary().interruptions).toBe(0);
  });

  it.each([
    ['the face leaves', { faces: 0 }, 'face-lost'],
    ['a second face comes', { faces: 2 }, 'faces-multiple'],
    ['the face goes far away', { size: 0.2 }, 'face-too-far'],
    ['the face comes much too close', { size: 1.4 }, 'face-too-close'],
    ['the face goes to the edge', { offsetX: 0.7 }, 'face-off-centre'],
    ['the head turns away', { measures: { yaw: 60 } }, 'face-not-frontal'],
    ['the lens is covered', { quality: { brightness: 5 } }, 'too-dark'],
  ] as const)('is interrupted when %s', (_, scene, code) => {
    const run = driveTo('capturing');
    run.show({}, 500);
    run.show(scene, 1000, true);
    expect(run.output.state).toBe('guiding');
    expect(run.events.filter(({ type }) => type === 'interrupted')).toMatchObject([{ code, count: 1 }]);
    expect(run.show({}, 5000, true).state, 'and can be tried again').toBe('ready');
  });

  it.each([
    ['a little out of place', { size: 0.4 }],
    ['a little dark', { quality: { brightness: 40 } }],
    ['a little blurred', { quality: { sharpness: 5 } }],
    ['without its mesh', { measures: false }],
  ] as const)('goes on with a face that is %s for a while', (_, scene) => {
    const run = driveTo('capturing');
    run.show({}, 500);
    run.show(scene, 1000);
    run.show({}, 2000, true);
    expect(run.output.state).toBe('done');
  });

  it('says face-lost of a face that leaves while the text still speaks of something else, at any frame rate', () => {
    for (const interval of [40, 333]) {
      const run = drive({}, interval);
      run.show({}, 5000, true);
      run.notify('recordingStarted');
      run.show({}, 700);
      run.show({ quality: { sharpness: 5 } }, 1000);
      run.show({ faces: 0 }, 2000, true);
      expect(run.events.filter(({ type }) => type === 'interrupted')).toMatchObject([{ code: 'face-lost' }]);
    }
  });

  it('tells blindness from a lost face: no frames at all are waited for longer', () => {
    const run = driveTo('capturing');
    run.show({}, 500);
    expect(run.wait(1400).state).toBe('capturing');
    expect(run.wait(200).state).toBe('guiding');
    expect(run.events.find(({ type }) => type === 'interrupted')).toMatchObject({ code: 'face-lost' });
  });

  it('fails when it is interrupted once too often, with the reason of the last', () => {
    const run = driveTo('capturing', { interruptions: 1 });
    run.show({ faces: 0 }, 1000, true);
    expect(run.output.state).toBe('guiding');
    run.show({}, 5000, true);
    run.notify('recordingStarted');
    run.show({ faces: 2 }, 1000, true);
    expect(failureOf(run.output)).toMatchObject({ code: 'faces-multiple', state: 'capturing', summary: { interruptions: 2 } });
  });

  it('fails with the recorder', () => {
    expect(failureOf(driveTo('capturing').notify('recordingFailed'))?.code).toBe('recorder-failed');
    expect(failureOf(driveTo('ready').notify('recordingFailed'))?.code).toBe('recorder-failed');
  });
});

describe('deadlines', () => {
  it.each([
    [{ faces: 0 }, 'face-absent'],
    [{ faces: 2 }, 'faces-multiple'],
    [{ size: 0.2 }, 'face-too-far'],
    [{ size: 1.3 }, 'face-too-close'],
    [{ offsetY: 0.4 }, 'face-off-centre'],
    [{ measures: { yaw: 40 } }, 'face-not-frontal'],
    [{ quality: { brightness: 10 } }, 'too-dark'],
    [{ quality: { brightness: 250 } }, 'too-bright'],
    [{ quality: { sharpness: 2 } }, 'too-blurred'],
    [{ measures: false }, 'guidance-timeout'],
  ] as const)('guiding ends after a minute with what stood in the way: %j → %s', (scene, code) => {
    const run = drive();
    run.show(scene, 59_900);
    expect(run.output.state).toBe('guiding');
    expect(failureOf(run.show(scene, 200))).toMatchObject({ code, state: 'guiding' });
  });

  it('guiding ends with not-still for somebody who walks about', () => {
    const run = drive({ timing: { guidingMs: 5000 } });
    for (let step = 0; step < 140; step++) run.show({ offsetX: 0.19 * Math.sin(step) }, 40);
    expect(failureOf(run.output)?.code).toBe('not-still');
  });

  it('names what took most of the time, not what came last', () => {
    const run = drive();
    run.show({ size: 0.2 }, 40_000);
    run.show({ faces: 0 }, 21_000);
    expect(failureOf(run.output)?.code).toBe('face-too-far');
    expect(run.engine.summary().obstacles.map(({ code }) => code)).toEqual(['face-too-far', 'face-absent']);
  });

  it('does not blame the person for a trifle', () => {
    const run = drive();
    run.show({ faces: 0 }, 2000);
    run.show({ measures: false }, 60_000);
    expect(run.engine.summary().obstacles[0]?.code).toBe('face-absent');
    expect(failureOf(run.output)?.code).toBe('guidance-timeout');
  });

  it('does not blame the person for time in which nothing was seen', () => {
    const run = drive();
    for (let glimpse = 0; glimpse < 5; glimpse++) {
      run.show({ size: 0.2 }, 40);
      run.wait(10_000);
    }
    expect(run.engine.summary().obstacles).toMatchObject([{ code: 'face-too-far' }]);
    expect(run.engine.summary().obstacles[0]?.ms).toBeLessThan(5000);
  });

  it('blames nobody when no frames came', () => {
    expect(failureOf(drive().wait(60_000))?.code).toBe('guidance-timeout');
  });

  it.each([
    ['capturing', 'recordingStarted', 'another recorder starts', { state: 'capturing', progress: 0 }],
    ['failed', 'recordingFailed', 'there is no other', { state: 'failed', failure: { code: 'recorder-failed', state: 'done' } }],
  ] as const)('done becomes %s where the recorder proves to have given nothing and %s: %s', (_state, type, _what, expected) => {
    const run = driveTo('capturing');
    expect(run.show({}, 3000, true).state).toBe('done');
    expect(run.wait(200_000).state).toBe('done');
    run.notify(type);
    expect(run.output).toMatchObject(expected);
    expect(run.events.filter((event) => event.type === 'interrupted')).toMatchObject(type === 'recordingStarted' ? [{ code: 'recorder-empty' }] : []);
    if (type === 'recordingStarted') expect(run.show({}, 3000, true).state).toBe('done');
  });

  it('ready ends with recorder-failed', () => {
    const run = driveTo('ready');
    run.show({}, 39_900);
    expect(run.output.state).toBe('ready');
    expect(failureOf(run.wait(200))).toMatchObject({ code: 'recorder-failed', state: 'ready' });
  });

  it('capturing ends with face-lost when it neither finishes nor breaks', () => {
    const run = driveTo('capturing');
    // Tolerable all the time, good never: the challenge cannot start.
    run.show({ size: 0.4 }, 6900);
    expect(run.output.state).toBe('capturing');
    expect(failureOf(run.show({ size: 0.4 }, 200))).toMatchObject({ code: 'face-lost', state: 'capturing' });
  });

  it('the run as a whole ends, however it swings between states', () => {
    const run = drive({ interruptions: 1000 });
    while (run.output.state !== 'failed' && run.time < 400_000) {
      run.show({}, 5000, true);
      run.notify('recordingStarted');
      run.show({ faces: 0 }, 1000, true);
    }
    expect(run.output.state).toBe('failed');
    expect(run.engine.summary().activeMs).toBeLessThan(180_100);
  });
});

describe('a hidden page', () => {
  it('stops the clock of the run', () => {
    const run = drive({ timing: { totalMs: 60_000 } });
    run.show({ size: 0.2 }, 50_000);
    expect(run.notify('suspend').state).toBe('suspended');
    run.wait(50_000);
    expect(run.notify('resume').state).toBe('guiding');
    expect(run.show({ size: 0.2 }, 9800).state).toBe('guiding');
    expect(run.show({ size: 0.2 }, 400).state).toBe('failed');
  });

  it('ends the run with page-hidden after a minute, all stays together', () => {
    const run = drive();
    for (const stay of [30_000, 29_000]) {
      run.notify('suspend');
      run.wait(stay);
      run.notify('resume');
      run.show({ size: 0.2 }, 1000);
    }
    run.notify('suspend');
    expect(run.wait(900).state).toBe('suspended');
    expect(failureOf(run.wait(200))).toMatchObject({ code: 'page-hidden', state: 'suspended' });
  });

  it('breaks a capture off without counting it against the person', () => {
    const run = driveTo('capturing', { interruptions: 0 });
    run.show({}, 1000);
    run.notify('suspend');
    expect(run.events.at(-2)).toMatchObject({ type: 'interrupted', code: 'page-hidden', count: 0 });
    run.wait(1000);
    expect(run.notify('resume').state).toBe('guiding');
    run.show({}, 5000, true);
    run.notify('recordingStarted');
    expect(run.show({}, 5000, true).state).toBe('done');
  });

  it('comes back to a new look: the face from before bridges no gap', () => {
    const run = drive();
    run.show({}, 400);
    run.notify('suspend');
    run.wait(1000);
    run.notify('resume');
    run.show({ faces: 0 }, 80);
    expect(run.engine.summary().obstacles[0]?.code).toBe('face-absent');
  });

  it('ignores frames that still come in', () => {
    const run = drive();
    run.notify('suspend');
    expect(run.show({}, 3000).state).toBe('suspended');
    expect(run.output.instruction.id).toBe('noFace');
  });
});

describe('a camera that has gone', () => {
  it('is said to be why the capture was broken off, and why the run ended', () => {
    const run = driveTo('capturing');
    run.show({}, 1000);
    expect(run.notify('suspend', 'camera-lost').state).toBe('suspended');
    expect(run.events.at(-2)).toMatchObject({ type: 'interrupted', code: 'camera-lost', count: 0 });
    expect(failureOf(run.wait(60_100))).toMatchObject({ code: 'camera-lost', state: 'suspended' });
  });
});

describe('a recorder that starts anew', () => {
  it('begins the challenge anew: what came before is in no recording', () => {
    const run = driveTo('capturing', { challenge: { type: 'silent', minimumMs: 3000 } });
    run.show({}, 2500);
    expect(run.notify('recordingStarted')).toMatchObject({ state: 'capturing', progress: 0 });
    expect(run.events).toContainEqual(expect.objectContaining({ type: 'interrupted', code: 'recorder-empty', count: 0 }));
    expect(run.show({}, 2500).state).toBe('capturing');
    expect(run.show({}, 1000).state).toBe('done');
    expect(run.events.filter(({ type }) => type === 'challengeStarted')).toHaveLength(2);
  });
});

describe('the account', () => {
  it('adds up to the run', () => {
    const run = driveTo('capturing');
    run.show({}, 500);
    run.notify('suspend');
    run.wait(2000);
    run.notify('resume');
    run.show({ size: 0.2 }, 2000);
    const { activeMs, stateMs, obstacles } = run.engine.summary();
    expect(activeMs).toBe(stateMs.guiding + stateMs.ready + stateMs.capturing);
    expect(activeMs + stateMs.suspended).toBe(run.time);
    expect(stateMs.suspended).toBe(2000);
    expect(obstacles[0]).toMatchObject({ code: 'face-too-far', ms: 2000 });
  });

  it('lists instructions as events, the same as the outputs', () => {
    const run = drive();
    run.show({ size: 0.2 }, 2000);
    run.show({ size: 0.2, quality: { brightness: 10 } }, 1000);
    run.show({ quality: { brightness: 10 } }, 1000);
    expect(run.events.flatMap((event) => (event.type === 'instruction' ? event.id : []))).toEqual(['noFace', 'moveCloser', 'moreLight']);
  });
});

describe('createEngine', () => {
  it.each([
    [{ timing: { dwellMs: -1 } }, /^timing\.dwellMs: must be/],
    [{ timing: { gapMs: NaN } }, /^timing\.gapMs: must be/],
    [{ timing: { typo: 5 } }, /^timing\.typo: unknown/],
    [{ challenge: { type: 'silent', minimumMs: Infinity } }, /^challenge\.minimumMs: must be/],
    [{ interruptions: -1 }, /^interruptions: must be/],
    [{ thresholds: { yaw: { good: 1, bad: 1 } } }, /^thresholds\.yaw: must be/],
  ])('refuses %j', (options, message) => {
    expect(() => createEngine(options as EngineOptions)).toThrow(TypeError);
    expect(() => createEngine(options as EngineOptions)).toThrow(message);
  });
});
