import { describe, expect, it } from 'vitest';
import { drive, driveTo, failureOf } from './drive.fixture.js';
import { play } from './challenges/person.fixture.js';
import { createEngine } from './create-engine.js';
import type { EngineEvent } from './engine.js';

describe('a challenge that is not met', () => {
  const DIGITS = { type: 'digits', digits: '42', digitMs: 600, minimumMs: 0 } as const;
  const missesOf = (events: readonly EngineEvent[]) => events.filter(({ type }) => type === 'missed');
  /** Guided, recorded and challenged until the state that comes of it. */
  function attempt(run: ReturnType<typeof drive>) {
    run.show({}, 10_000, true);
    expect(run.output.state).toBe('ready');
    expect(run.notify('recordingStarted')).toMatchObject({ state: 'capturing', progress: 0 });
    return run.show({}, 10_000, true);
  }

  it('may be tried twice more, each time with a recording of its own; then its last code is that of the run', () => {
    const run = drive({ challenge: DIGITS });
    for (const count of [1, 2, 3]) {
      expect(attempt(run).state).toBe(count < 3 ? 'guiding' : 'failed');
      expect(missesOf(run.events).at(-1)).toMatchObject({ count, code: 'sound-absent', reference: { code: '-5007' } });
    }
    expect(failureOf(run.output)).toMatchObject({ code: 'sound-absent', reference: { table: 'result', code: '-5007' }, state: 'capturing', summary: { misses: 3, interruptions: 0 } });
    expect(run.events.filter(({ type }) => type === 'challengeStarted')).toHaveLength(3);
    expect(run.events.some(({ type }) => type === 'interrupted')).toBe(false);
  });

  it('is told, long enough to be read, before the next try', () => {
    const run = drive({ challenge: DIGITS });
    attempt(run);
    const missedAt = run.time;
    expect(run.output.missed).toEqual({ code: 'sound-absent', reference: { system: 'faceid-sdk', table: 'result', code: '-5007' } });
    run.show({}, 2400);
    expect([run.output.state, run.output.missed?.code]).toEqual(['guiding', 'sound-absent']);
    expect(run.show({}, 200).missed).toBeUndefined();
    run.show({}, 2000, true);
    expect(run.output.state).toBe('ready');
    expect(run.time - missedAt).toBeGreaterThanOrEqual(2500 + 700);
    expect(run.output).not.toHaveProperty('missed');
  });

  it.each([0, 1, 5])('is over after %i further tries', (retries) => {
    const run = drive({ challenge: DIGITS, retries });
    for (let tries = 0; run.output.state !== 'failed'; tries++) {
      expect(tries).toBeLessThanOrEqual(retries);
      attempt(run);
    }
    expect(missesOf(run.events)).toHaveLength(retries + 1);
  });

  it('does not count a face that leaves, nor the other way round', () => {
    const run = drive({ challenge: DIGITS, retries: 1, interruptions: 1 });
    run.show({}, 10_000, true);
    run.notify('recordingStarted');
    run.show({ faces: 0 }, 1000, true);
    expect(run.output).toMatchObject({ state: 'guiding' });
    expect(run.output.missed).toBeUndefined();
    attempt(run);
    expect(run.engine.summary()).toMatchObject({ misses: 1, interruptions: 1 });
    expect(run.output.state).toBe('guiding');
    expect(attempt(run).state).toBe('failed');
  });

  it('is what ends a run whose time is over, rather than a face that was there all the time', () => {
    const guided = drive({ challenge: DIGITS, timing: { guidingMs: 2000 } });
    attempt(guided);
    guided.wait(2100);
    expect(failureOf(guided.output)).toMatchObject({ code: 'sound-absent', state: 'guiding' });
    const whole = drive({ challenge: DIGITS, retries: 1000, timing: { totalMs: 20_000 } });
    while (whole.output.state !== 'failed') {
      whole.show({}, 10_000, true);
      whole.notify('recordingStarted');
    }
    expect(failureOf(whole.output)).toMatchObject({ code: 'sound-absent' });
    expect(whole.engine.summary().activeMs).toBeLessThan(20_100);
  });

  it('leaves the reasons of the guidance and of the recorder alone', () => {
    const far = drive({ challenge: DIGITS });
    attempt(far);
    far.show({ size: 0.2 }, 61_000, true);
    expect(failureOf(far.output)).toEqual(expect.objectContaining({ code: 'face-too-far', state: 'guiding' }));
    const broken = drive({ challenge: DIGITS });
    attempt(broken);
    broken.show({}, 10_000, true);
    expect(failureOf(broken.wait(40_100))).toMatchObject({ code: 'recorder-failed', state: 'ready' });
  });

  it.each([-1, NaN, 'twice'])('is refused with %s tries', (retries) => {
    expect(() => createEngine({ retries: retries as number })).toThrow(/^retries: must be/);
  });
});

describe('the longest recording', () => {
  const ACTIONS = { type: 'action', actions: ['blink', 'nod', 'turnLeft', 'turnRight', 'openMouth', 'nod', 'blink', 'nod'], deadlineMs: 15_000, minimumMs: 2000 } as const;

  it('ends a sequence of actions that takes longer, as one that took too long: the action could still have come', () => {
    const run = driveTo('capturing', { challenge: ACTIONS, maximumMs: 12_000, retries: 0 });
    const began = run.time;
    run.show({}, 200_000, true);
    expect(failureOf(run.output)).toMatchObject({ code: 'guidance-timeout', reference: { table: 'verify-ret', code: '90107' } });
    expect(run.time - began).toBeGreaterThanOrEqual(12_000);
    expect(run.time - began).toBeLessThanOrEqual(12_100);
  });

  it('bounds every try, also where no frames come any more', () => {
    const run = drive({ challenge: ACTIONS, maximumMs: 12_000, timing: { blindMs: 100_000 } });
    for (let tries = 0; run.output.state !== 'failed'; tries++) {
      run.show({}, 10_000, true);
      run.notify('recordingStarted');
      const began = run.time;
      run.show({}, 2000);
      while (run.output.state === 'capturing') run.wait(100);
      expect(run.time - began).toBeLessThanOrEqual(12_100);
      expect(tries).toBeLessThan(3);
    }
    expect(failureOf(run.output)?.code).toBe('guidance-timeout');
  });

  it('leaves an action that did not come in its own time its name', () => {
    const run = driveTo('capturing', { challenge: { ...ACTIONS, deadlineMs: 8000 }, maximumMs: 12_000, retries: 0 });
    run.show({}, 200_000, true);
    expect(failureOf(run.output)).toMatchObject({ code: 'action-missed', reference: { table: 'liveness-action', code: '1207' } });
  });

  it('does not blame an action that has just come on', () => {
    const { events, output } = play({ ...ACTIONS, minimumMs: 0 }, { reactionMs: 1000 }, { maximumMs: 10_000 });
    expect(events.filter(({ type }) => type === 'action').length).toBeGreaterThan(1);
    expect(failureOf(output)).toMatchObject({ code: 'guidance-timeout', state: 'capturing' });
  });

  it('is what a run that is over in the middle of it took too long for, unless a miss before says more', () => {
    const first = driveTo('capturing', { challenge: ACTIONS, timing: { totalMs: 10_000 } });
    first.show({}, 20_000, true);
    expect(failureOf(first.output)).toMatchObject({ code: 'guidance-timeout', reference: { code: '90107' } });
    const again = driveTo('capturing', { challenge: { ...ACTIONS, deadlineMs: 2000 }, timing: { totalMs: 10_000 } });
    again.show({}, 20_000, true);
    again.show({}, 10_000, true);
    again.notify('recordingStarted');
    again.show({}, 20_000, true);
    expect(failureOf(again.output)).toMatchObject({ code: 'action-missed', reference: { code: '1207' } });
  });

  it('is the face’s to answer for where the light waits for it', () => {
    const colours = Array.from({ length: 4 }, () => ({ r: 255, g: 255, b: 255, ms: 1000 }));
    const run = driveTo('capturing', { challenge: { type: 'light', colours, minimumMs: 0 }, maximumMs: 5000 });
    while (run.output.state === 'capturing') {
      run.show({}, 200);
      run.show({ faces: 0 }, 320, true);
    }
    expect(failureOf(run.output)).toMatchObject({ code: 'face-lost', reference: { code: '66660025' } });
    expect(run.engine.summary().stateMs.capturing).toBeLessThanOrEqual(5100);
  });

  it.each([
    [{ type: 'digits', digits: '12345678', digitMs: 3000, minimumMs: 0 }, 25_250],
    [{ type: 'light', colours: Array.from({ length: 10 }, () => ({ r: 0, g: 0, b: 0, ms: 2000 })), minimumMs: 0 }, 20_500],
    [ACTIONS, 9000],
    [{ type: 'silent', minimumMs: 9001 }, 9001],
  ] as const)('is refused where the challenge cannot be met in it: %j', (challenge, least) => {
    expect(() => createEngine({ challenge, maximumMs: least - 1 })).toThrow(`maximumMs: must be ${least} milliseconds or more`);
    expect(() => createEngine({ challenge, maximumMs: least })).not.toThrow();
  });
});

describe('a face that does not stay where it was', () => {
  it.each([
    ['goes far away', 'silent', { size: 0.2 }, 'faceid-sdk/result/-5005'],
    ['comes much too close', 'silent', { size: 1.4 }, 'faceid-sdk/result/-5005'],
    ['goes far away', 'action', { size: 0.2 }, 'faceid-wechat/liveness-action/1205'],
    ['comes much too close', 'action', { size: 1.4 }, 'faceid-wechat/liveness-action/1203'],
    ['goes to the edge', 'silent', { offsetX: 0.7 }, 'faceid-sdk/result/-1422'],
    // The frame is not mirrored: its right is the person's left.
    ['goes to the right of the frame', 'action', { offsetX: 0.7 }, 'faceid-wechat/liveness-action/1206'],
    ['goes to the left of the frame', 'action', { offsetX: -0.7 }, 'faceid-wechat/liveness-action/1204'],
    ['goes to the bottom', 'action', { offsetY: 0.9 }, 'faceid-sdk/result/-1422'],
    ['turns away', 'silent', { measures: { yaw: 60 } }, 'faceid-sdk/result/-15501'],
    ['is in the dark', 'action', { quality: { brightness: 5 } }, 'faceid-wechat/liveness-action/1201'],
    ['leaves', 'action', { faces: 0 }, 'faceid-wechat/liveness-action/1210'],
  ] as const)('but %s, ends the run in the vendor’s word for it: %s', (_, type, scene, expected) => {
    const challenge = type === 'silent' ? { type, minimumMs: 2000 } : { type, actions: ['blink'] as const, minimumMs: 2000 };
    const run = driveTo('capturing', { challenge, interruptions: 0 });
    run.show({}, 500);
    run.show(scene, 1000, true);
    const { reference } = failureOf(run.output) ?? {};
    expect(reference && `${reference.system}/${reference.table}/${reference.code}`).toBe(expected);
  });
});
