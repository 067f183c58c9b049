import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../create-engine.js';
import { ACTION_IDS, type ActionChallenge, type ActionId, type ActionRecord } from './action.js';
import { play, type Played } from './person.fixture.js';

const ask = (...actions: readonly ActionId[]): ActionChallenge => ({ type: 'action', actions, minimumMs: 2000 });
const doneIn = ({ events }: Played) => events.flatMap((event) => (event.type === 'action' ? [event.id] : []));
const failureOf = ({ output }: Played) => (output.state === 'failed' ? output.failure : undefined);
const path = (played: Played) => Object.values(failureOf(played)?.reference ?? {}).join('/');
const recordOf = ({ output }: Played) => (output.state === 'done' ? (output.record as ActionRecord) : undefined);

describe('a person who does what is asked', () => {
  it.each(ACTION_IDS)('is done with %s', (id) => {
    const played = play(ask(id));
    expect(played.output.state).toBe('done');
    expect(doneIn(played)).toEqual([id]);
  });

  it('is done with any sequence, whatever the resting face and the camera are like', () => {
    const person = fc.record({
      yaw: fc.double({ min: -9, max: 9, noNaN: true }),
      pitch: fc.double({ min: -15, max: 15, noNaN: true }),
      mouthOpenness: fc.double({ min: 0, max: 0.15, noNaN: true }),
      eyes: fc.double({ min: 0.12, max: 0.4, noNaN: true }),
    });
    const sequence = fc.array(fc.constantFrom(...ACTION_IDS), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(person, sequence, fc.constantFrom(16, 33, 40, 66, 100), fc.integer({ min: 150, max: 2500 }), ({ eyes, ...rest }, actions, intervalMs, reactionMs) => {
        const played = play(ask(...actions), { rest: { ...rest, leftEyeOpenness: eyes, rightEyeOpenness: eyes }, reactionMs }, { intervalMs });
        expect(played.output.state).toBe('done');
        expect(doneIn(played)).toEqual(actions);
        const record = recordOf(played);
        expect(record?.wrong).toBe(0);
        expect(record?.actions.map(({ id }) => id)).toEqual(actions);
        for (const { asked, start, end } of record?.actions ?? []) {
          expect(start).toBeGreaterThanOrEqual(asked);
          expect(end).toBeGreaterThan(start);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is asked for one thing at a time, each for its dwell time, with a progress that never falls', () => {
    const { events, capture } = play(ask('blink', 'openMouth', 'nod', 'turnLeft', 'turnRight'));
    const told = events.filter((event) => event.type === 'instruction');
    for (let index = 1; index < told.length; index++) expect((told[index]?.time ?? 0) - (told[index - 1]?.time ?? 0)).toBeGreaterThanOrEqual(700);
    expect(told.map(({ id }) => id).filter((id) => (ACTION_IDS as readonly string[]).includes(id))).toEqual(['blink', 'openMouth', 'nod', 'turnLeft', 'turnRight']);
    const progress = capture.map(({ output }) => output.progress);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress[0]).toBe(0);
    expect(progress.at(-1)).toBe(1);
  });

  it('is shown the neutral face first: nothing is asked in the first second', () => {
    const { capture, events } = play(ask('blink'));
    const began = capture[0]?.time ?? 0;
    for (const { time, output } of capture) if (output.state === 'capturing' && time - began < 1000) expect(output).toMatchObject({ instruction: { id: 'holdStill' }, challenge: { index: 0, total: 1 } });
    expect(events.find((event) => event.type === 'instruction' && event.id === 'blink')?.time).toBeGreaterThanOrEqual(began + 1000);
  });

  it('has blinked once when an odd frame cuts the blink in two', () => {
    let from = Infinity;
    const played = play(ask('blink', 'blink'), {
      obey: () => undefined,
      scene({ time, output }) {
        if (output.instruction.id === 'blink') from = Math.min(from, time);
        const since = time - from;
        return since >= 400 && since < 640 && since !== 520 ? { measures: { leftEyeOpenness: 0.12, rightEyeOpenness: 0.12 } } : {};
      },
    });
    expect(doneIn(played)).toEqual(['blink']);
  });

  it('is asked back to the front after a turn that is held', () => {
    const { events } = play(ask('turnLeft', 'blink'), { scene: ({ output, since }) => (output.instruction.id === 'turnLeft' && since > 2000 ? { measures: { yaw: 25 } } : {}), obey: () => undefined }, { intervalMs: 40 });
    expect(events.flatMap((event) => (event.type === 'instruction' ? [event.id] : []))).toEqual(['holdStill', 'turnLeft', 'faceForward', 'blink']);
  });

  it('is told what it is measured by', () => {
    const { capture } = play(ask('turnRight'), { rest: { yaw: 4 } });
    const told = capture.find(({ output }) => output.instruction.id === 'turnRight')?.output.instruction;
    expect(told).toMatchObject({ metric: 'yaw', value: 4, threshold: -6, distance: -10 });
  });

  it('is done however far the head turns, as long as the face is seen', () => {
    expect(play(ask('turnLeft'), { obey: () => undefined, scene: ({ output }) => (output.instruction.id === 'turnLeft' ? { measures: { yaw: 70, roll: 30 }, offsetX: 0.4 } : {}) }).output.state).toBe('done');
  });

  it('is done with a turn as slow as the text says', () => {
    let from = 0;
    const slow = play(ask('turnLeft'), {
      obey: () => undefined,
      scene({ time, output }) {
        if (output.instruction.id === 'turnLeft') from ||= time;
        const turned = from ? (time - from) / 120 : 0;
        return { measures: { yaw: turned < 25 ? turned : Math.max(0, 50 - turned) } };
      },
    });
    expect(doneIn(slow)).toEqual(['turnLeft']);
  });

  it('is not told to hold steady while the head comes back from what was asked', () => {
    let turned = false;
    const played = play(ask('turnLeft', 'blink'), {
      scene({ time, output }) {
        turned ||= output.events.some(({ type }) => type === 'action');
        return turned && output.instruction.id !== 'blink' ? { offsetX: 0.15 * Math.sin(time / 50) } : {};
      },
    });
    expect(played.output.state).toBe('done');
    expect(played.events.flatMap((event) => (event.type === 'instruction' ? [event.id] : []))).not.toContain('holdSteady');
  });

  it('records for as long as the server wants even when all is done sooner', () => {
    const { output, events } = play({ ...ask('blink'), minimumMs: 6000 });
    const started = events.find(({ type }) => type === 'challengeStarted')?.time ?? NaN;
    expect(output.state).toBe('done');
    expect((events.at(-1)?.time ?? 0) - started).toBeGreaterThanOrEqual(6000);
  });
});

describe('what does not count', () => {
  it.each([
    ['blink', 'faceid-wechat/liveness-action/1207'],
    ['openMouth', 'faceid-wechat/liveness-action/1209'],
    ['nod', 'faceid-wechat/liveness-action/1208'],
    ['turnLeft', 'faceid-wechat/liveness-action/1208'],
    ['turnRight', 'faceid-wechat/liveness-action/1208'],
  ] as const)('nothing, where %s was asked for → %s', (id, reference) => {
    const played = play(ask(id), { obey: () => undefined });
    expect(failureOf(played)).toMatchObject({ state: 'capturing' });
    expect(path(played)).toBe(reference);
  });

  it('the second action of two, where the head was to move: the vendor has no word for it', () => {
    const played = play(ask('blink', 'nod'), { obey: (asked) => (asked === 'nod' ? undefined : asked) });
    expect(doneIn(played)).toEqual(['blink']);
    expect(failureOf(played)).toBeDefined();
    expect(failureOf(played)).not.toHaveProperty('reference');
  });

  it('eyes that close and stay closed', () => {
    const played = play({ ...ask('blink'), deadlineMs: 3000 }, { obey: () => undefined, scene: ({ output }) => (output.instruction.id === 'blink' ? { measures: { leftEyeOpenness: 0.1, rightEyeOpenness: 0.1 } } : {}) });
    expect(path(played)).toBe('faceid-sdk/result/-1493');
  });

  it('each action ends within its own deadline', () => {
    const played = play({ ...ask('blink'), deadlineMs: 2000 }, { obey: () => undefined });
    const asked = played.events.find((event) => event.type === 'instruction' && event.id === 'blink')?.time ?? NaN;
    expect((played.events.at(-1)?.time ?? 0) - asked).toBeGreaterThan(2000);
    expect((played.events.at(-1)?.time ?? 0) - asked).toBeLessThan(2200);
  });

  it('the deadline waits while something else has to be said', () => {
    const played = play({ ...ask('blink'), deadlineMs: 2000 }, { obey: () => undefined, scene: ({ since, output }) => (output.state === 'capturing' && since > 2000 && since < 5000 ? { size: 0.4 } : {}) });
    const asked = played.events.find((event) => event.type === 'instruction' && event.id === 'blink')?.time ?? NaN;
    expect(played.events.some((event) => event.type === 'instruction' && event.id === 'moveCloser')).toBe(true);
    expect((played.events.at(-1)?.time ?? 0) - asked).toBeGreaterThan(4000);
    expect(path(played)).toBe('faceid-wechat/liveness-action/1207');
  });

  it('another action: it is named, and the right one still counts', () => {
    const played = play(ask('turnLeft'), { obey: () => 'turnRight', scene: ({ since, output }) => (output.state === 'capturing' && since > 4000 && since < 4800 ? { measures: { yaw: 24 } } : {}) });
    expect(played.events.filter(({ type }) => type === 'wrongAction')).toMatchObject([{ asked: 'turnLeft', id: 'turnRight' }]);
    expect(played.capture.some(({ output }) => output.state === 'capturing' && output.challenge.type === 'action' && output.challenge.wrong === 'turnRight')).toBe(true);
    expect(doneIn(played)).toEqual(['turnLeft']);
    expect(recordOf(played)?.wrong).toBe(1);
  });

  it('any wrong order', () => {
    const pairs = fc.shuffledSubarray([...ACTION_IDS], { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(pairs, ([first, second]) => {
        if (!first || !second) return;
        const played = play({ ...ask(first, second), deadlineMs: 3000 }, { obey: (_, index) => (index === 0 ? second : first) });
        expect(played.output.state).toBe('failed');
        expect(doneIn(played)).toEqual([]);
      }),
    );
  });

  it('an action that was under way before it was asked for', () => {
    const early = play({ ...ask('openMouth'), deadlineMs: 3000 }, { obey: () => undefined, scene: ({ since, output }) => (output.state === 'capturing' && since > 1000 && since < 2500 ? { measures: { mouthOpenness: 0.6 } } : {}) });
    expect(early.output.state).toBe('failed');
  });

  it.each([
    ['less of them on the way down', 2000, 2300],
    ['less of them until the head is up', 2000, 2640],
    ['less of them once the head is down', 2080, 2400],
  ])('eyes of a head that nods: %s', (_, closed, open) => {
    const narrow = (since: number) => (since >= closed && since < open ? 0.18 : 0.3);
    const nodding = play(
      { ...ask('blink'), deadlineMs: 3000 },
      { obey: () => undefined, scene: ({ since, output }) => (output.state === 'capturing' ? { measures: { pitch: since > 2000 && since < 2600 ? -16 : 0, leftEyeOpenness: narrow(since), rightEyeOpenness: narrow(since) } } : {}) },
    );
    expect(doneIn(nodding)).toEqual([]);
  });

  it('a blink with a head that turns, and says so', () => {
    const turning = play(
      { ...ask('blink'), deadlineMs: 3000 },
      { obey: () => undefined, scene: ({ since, output }) => (output.state === 'capturing' && since > 2000 && since < 2800 ? { measures: { yaw: 20, ...(since > 2080 && since < 2250 && { leftEyeOpenness: 0.15, rightEyeOpenness: 0.15 }) } } : {}) },
    );
    expect(doneIn(turning)).toEqual([]);
    expect(path(turning)).toBe('faceid-sdk/result/-15502');
  });

  it('but a blink of a head that is held a little lower than before does', () => {
    const lowered = play(ask('blink'), { rest: {}, scene: ({ since, output }) => (output.state === 'capturing' && since > 1000 ? { measures: { pitch: -9 } } : {}) });
    expect(doneIn(lowered)).toEqual(['blink']);
  });

  it('a blink while somebody else is in the picture too', () => {
    const both = play({ ...ask('blink'), deadlineMs: 3000 }, { obey: () => undefined, scene: ({ since, output }) => (output.state === 'capturing' && since > 2000 && since < 2300 ? { faces: 2, measures: { leftEyeOpenness: since < 2200 ? 0.1 : 0.3, rightEyeOpenness: since < 2200 ? 0.1 : 0.3 } } : {}) });
    expect(both.events.some(({ type }) => type === 'interrupted')).toBe(false);
    expect(doneIn(both)).toEqual([]);
  });

  it('eyes that were wide open and relax', () => {
    const wide = (since: number) => (since > 1800 && since < 3000 ? 0.44 : 0.3);
    const relaxed = play({ ...ask('blink'), deadlineMs: 3000 }, { obey: () => undefined, scene: ({ since, output }) => (output.state === 'capturing' ? { measures: { leftEyeOpenness: wide(since), rightEyeOpenness: wide(since) } } : {}) });
    expect(doneIn(relaxed)).toEqual([]);
  });

  it('a blink while something else is asked for is no mistake', () => {
    const played = play(ask('openMouth'), { reactionMs: 1500, scene: ({ since, output }) => (output.state === 'capturing' && since > 1700 && since < 1850 ? { measures: { leftEyeOpenness: 0.1, rightEyeOpenness: 0.1 } } : {}) });
    expect(played.output.state).toBe('done');
    expect(recordOf(played)?.wrong).toBe(0);
  });
});

describe('an interrupted sequence', () => {
  it('begins again from the first action', () => {
    let gone = 0;
    const played = play(ask('blink', 'nod'), {
      scene({ time, output }) {
        const away = output.state === 'capturing' && output.challenge.type === 'action' && output.challenge.index === 1 && gone < 20;
        if (away || (gone > 0 && gone < 20 && time > 0)) {
          gone++;
          return { faces: 0 };
        }
        return {};
      },
    });
    expect(played.events.filter(({ type }) => type === 'interrupted')).toMatchObject([{ code: 'face-lost', count: 1 }]);
    expect(doneIn(played)).toEqual(['blink', 'blink', 'nod']);
    expect(recordOf(played)?.actions.map(({ id }) => id)).toEqual(['blink', 'nod']);
  });

  it('that is interrupted once too often fails with the vendor’s word for a face that left', () => {
    const played = play(ask('blink'), { scene: ({ since, output }) => (output.state === 'capturing' && since > 500 ? { faces: 0 } : {}) }, { interruptions: 0 });
    expect(failureOf(played)?.code).toBe('face-lost');
    expect(path(played)).toBe('faceid-wechat/liveness-action/1210');
  });
});

describe('an action challenge', () => {
  it.each([
    [{ actions: [] }, /^challenge\.actions: must be/],
    [{ actions: ['wink'] }, /^challenge\.actions: must be/],
    [{ actions: 'blink' }, /^challenge\.actions: must be/],
    [{ actions: Array.from({ length: 9 }, () => 'nod') }, /^challenge\.actions: must be/],
    [{ deadlineMs: 10 }, /^challenge\.deadlineMs: must be/],
    [{ minimumMs: -1 }, /^challenge\.minimumMs: must be/],
  ])('is refused with %j', (change, message) => {
    expect(() => createEngine({ challenge: { ...ask('blink'), ...change } as ActionChallenge })).toThrow(message);
  });

  it('is refused where there is no mesh', () => {
    expect(() => createEngine({ challenge: ask('blink'), readyOn: 'face' })).toThrow(/^readyOn: must be "mesh"/);
  });
});
