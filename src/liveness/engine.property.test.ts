import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENT_CODES } from '../codes/client-codes.js';
import { ENGINE_STATES } from './engine-states.js';
import type { LivenessChallenge } from './challenges/challenge.js';
import { createEngine } from './create-engine.js';
import type { EngineNotice, EngineOptions } from './engine.js';
import { INSTRUCTION_IDS, METRICS } from './instructions/instruction.js';
import { observe, observeNobody } from './observation.fixture.js';
import type { Observation } from './observation.js';

/** Times short enough that a random run meets them all. */
const timing = { dwellMs: 300, confirmMs: 60, gapMs: 200, blindMs: 500, steadyMs: 200, guidingMs: 3000, readyMs: 500, captureSlackMs: 1000, missedMs: 300, suspendMs: 2000, totalMs: 8000 };
const options: EngineOptions = { timing, interruptions: 2 };
const CHALLENGES: readonly LivenessChallenge[] = [
  { type: 'silent', minimumMs: 500 },
  { type: 'action', actions: ['blink', 'turnLeft'], deadlineMs: 1000, minimumMs: 500 },
  { type: 'digits', digits: '42', digitMs: 600, minimumMs: 500 },
  { type: 'light', colours: [{ r: 255, g: 0, b: 0, ms: 250 }, { r: 0, g: 0, b: 255, ms: 300 }], minimumMs: 500 },
];
const LONGEST = timing.totalMs + timing.suspendMs;

const odd = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0, -1, 1e308, undefined, null, 'x'));
const number = fc.oneof({ weight: 4, arbitrary: fc.double({ min: -2, max: 2, noNaN: true }) }, { weight: 1, arbitrary: odd });
const point = fc.record({ x: number, y: number });
const oddFace = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(null, undefined, 7, {}) },
  {
    weight: 6,
    arbitrary: fc.record(
      {
        box: fc.record({ x: number, y: number, width: number, height: number }),
        score: number,
        keypoints: fc.record({ leftEye: point, rightEye: point, noseTip: point, mouth: point }, { requiredKeys: [] }),
        measures: fc.record({ yaw: odd, pitch: odd, roll: odd, leftEyeOpenness: odd, rightEyeOpenness: odd, mouthOpenness: odd }),
      },
      { requiredKeys: ['box'] },
    ),
  },
);
/** What a broken source may hand over; `time` is set by the walk. */
const oddFrame = fc.oneof(
  fc.constantFrom({}, { frame: null }, { frame: { width: 640, height: 480 } }, { frame: { width: 0, height: 0 }, faces: [] }),
  fc.record(
    {
      frame: fc.record({ width: fc.oneof(fc.constantFrom(640, 480), odd), height: fc.oneof(fc.constantFrom(480, 640), odd) }),
      faces: fc.oneof(fc.array(oddFace, { maxLength: 4 }), odd),
      quality: fc.record({ brightness: odd, contrast: odd, sharpness: odd }),
      soundLevel: odd,
    },
    { requiredKeys: ['frame'] },
  ),
);
/** Scenes an honest source may show. */
const scene = fc.record(
  {
    size: fc.double({ min: 0.1, max: 1.6, noNaN: true }),
    offsetX: fc.double({ min: -1, max: 1, noNaN: true }),
    offsetY: fc.double({ min: -1, max: 1, noNaN: true }),
    faces: fc.constantFrom(0, 1, 1, 1, 2, 3000),
    quality: fc.record({ brightness: fc.double({ min: 0, max: 255, noNaN: true }) }),
    measures: fc.oneof(fc.constant<false>(false), fc.record({ yaw: fc.double({ min: -90, max: 90, noNaN: true }) }), fc.constantFrom({ leftEyeOpenness: 0.1, rightEyeOpenness: 0.1 }, { yaw: 20 }, { mouthOpenness: 0.5 })),
  },
  { requiredKeys: [] },
);

/** One frame of a step of kind `perform`. */
function performed(index: number): Observation {
  const moving = index % 20 < 10;
  const measures = moving ? { mouthOpenness: 0.5, ...(index < 20 ? { leftEyeOpenness: 0.1, rightEyeOpenness: 0.1 } : { yaw: 24 }) } : {};
  return { ...observe(0, { measures }), soundLevel: moving ? 0.1 : 0.001 };
}

type Step =
  | { readonly kind: 'good' | 'nobody' | 'tick'; readonly ms: number; readonly times: number }
  | { readonly kind: 'scene'; readonly ms: number; readonly times: number; readonly observation: Observation }
  | { readonly kind: 'odd'; readonly time: unknown; readonly observation: object }
  | { readonly kind: 'notice'; readonly ms: number; readonly type: EngineNotice['type'] }
  /** A good face until the recorder has started: without it few walks would get so far. */
  | { readonly kind: 'capture' }
  /** Closes the eyes, then turns, speaking all the while: what the challenges ask for, in and out of time. */
  | { readonly kind: 'perform' };

const ms = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 2000 }));
const times = fc.integer({ min: 1, max: 15 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('good', 'nobody', 'tick'), ms, times }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('scene'), ms, times, observation: scene.map((it) => observe(0, it as Parameters<typeof observe>[1])) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('odd'), time: odd, observation: oddFrame }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('capture', 'perform') }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('notice'), ms, type: fc.constantFrom('recordingStarted', 'recordingFailed', 'recordingBroken', 'suspend', 'resume') }) },
) as fc.Arbitrary<Step>;
const ordered: Step[] = [{ kind: 'capture' }, { kind: 'perform' }];
/** Half of the walks begin with a capture, and with what would finish it. */
const walk = fc.tuple(fc.boolean(), fc.nat({ max: 2 }), fc.array(step, { maxLength: 60 })).map(([begun, length, steps]) => (begun ? [...ordered.slice(0, length), ...steps] : steps));

/** Plays a walk, then the last kind of frame again and again until every deadline must have passed. */
function play(steps: readonly Step[], tail: 'good' | 'nobody' | 'tick', challenge: LivenessChallenge = { type: 'silent', minimumMs: 500 }, further: EngineOptions = {}) {
  const engine = createEngine({ ...options, challenge, ...further });
  const outputs: { time: number; output: ReturnType<typeof engine.tick>; recorder?: boolean }[] = [];
  // The engine sees odd times too; where they move its clock, the walk goes on from there.
  let time = 0;
  const one = (kind: 'good' | 'nobody' | 'tick' | 'scene', ahead: number, observation?: Observation) => {
    time += ahead;
    const output = kind === 'tick' ? engine.tick(time) : engine.push(kind === 'good' ? observe(time) : kind === 'nobody' || !observation ? observeNobody(time) : { ...observation, time });
    outputs.push({ time, output });
  };
  one('tick', 0);
  for (const it of steps) {
    if (it.kind === 'odd') {
      const output = engine.push({ ...it.observation, time: it.time } as Observation);
      if (typeof it.time === 'number' && Number.isFinite(it.time)) time = Math.max(time, it.time);
      outputs.push({ time, output });
    } else if (it.kind === 'notice') {
      time += it.ms;
      outputs.push({ time, output: engine.notify({ type: it.type, time }), recorder: it.type.startsWith('recording') });
    } else if (it.kind === 'capture') {
      for (let index = 0; index < 12; index++) one('good', 50);
      outputs.push({ time, output: engine.notify({ type: 'recordingStarted', time }), recorder: true });
      for (let index = 0; index < 30; index++) one('good', 50);
    } else if (it.kind === 'perform') {
      for (let index = 0; index < 40; index++) one('scene', 50, performed(index));
    } else for (let index = 0; index < it.times; index++) one(it.kind, it.ms, it.kind === 'scene' ? it.observation : undefined);
  }
  if (time < 1e12) for (let passed = 0; passed <= LONGEST + 200; passed += 100) one(tail, 100);
  return { engine, outputs };
}

const tail = fc.constantFrom('good', 'nobody', 'tick') as fc.Arbitrary<'good' | 'nobody' | 'tick'>;
const challenge = fc.constantFrom(...CHALLENGES);
const runs = { numRuns: 150 };

describe('any sequence of observations, ticks and notices', () => {
  it('gives exactly one known instruction and one known state at every step, and never throws', () => {
    fc.assert(
      fc.property(walk, tail, challenge, (steps, last, asked) => {
        for (const { output } of play(steps, last, asked).outputs) {
          expect(ENGINE_STATES).toContain(output.state);
          expect(INSTRUCTION_IDS).toContain(output.instruction.id);
          expect(METRICS).toContain(output.instruction.metric);
          expect(Number.isFinite(output.instruction.value)).toBe(true);
          expect(output.progress).toBeGreaterThanOrEqual(0);
          expect(output.progress).toBeLessThanOrEqual(1);
          if (output.state === 'capturing') expect(output.challenge.type).toBe(asked.type);
          if (output.state === 'done') expect(output.record.type).toBe(asked.type);
          if (output.state === 'failed') expect(CLIENT_CODES.filter((code) => code !== 'internal')).toContain(output.failure.code);
        }
      }),
      runs,
    );
  });

  it('ends within its deadline, for good', () => {
    fc.assert(
      fc.property(walk, tail, challenge, (steps, last, asked) => {
        const { outputs } = play(steps, last, asked);
        let final: string | undefined;
        let [before] = outputs;
        let spent = 0;
        for (const each of outputs) {
          const { output, recorder } = each;
          // Only a recorder that turns out to have given nothing takes a `done` back; no time is counted meanwhile.
          if (final === 'done' && recorder) final = output.state === 'done' ? final : undefined;
          else if (final) expect(output.state).toBe(final);
          if (!final) spent += each.time - (before?.time ?? 0);
          before = each;
          if (output.state === 'done' || output.state === 'failed') final = output.state;
          else expect(spent).toBeLessThan(LONGEST);
        }
        // At the end of all time a recorder can still take a `done` back, and no further time can be told from it.
        if ((before?.time ?? 0) < 1e12) expect(final).toBeDefined();
      }),
      runs,
    );
  });

  it('never changes the text faster than the dwell time, and never without an event', () => {
    fc.assert(
      fc.property(walk, tail, challenge, (steps, last, asked) => {
        let shown: string | undefined;
        let changedAt = -Infinity;
        for (const { time, output } of play(steps, last, asked).outputs) {
          const told = output.events.filter((event) => event.type === 'instruction');
          expect(told.map(({ id }) => id)).toEqual(output.instruction.id === shown ? [] : [output.instruction.id]);
          if (output.instruction.id === shown) continue;
          expect(time - changedAt).toBeGreaterThanOrEqual(timing.dwellMs);
          shown = output.instruction.id;
          changedAt = time;
        }
      }),
      runs,
    );
  });

  it('moves between states only as its events say, from each to the next', () => {
    fc.assert(
      fc.property(walk, tail, challenge, (steps, last, asked) => {
        let state = 'guiding';
        for (const { output } of play(steps, last, asked).outputs) {
          for (const event of output.events) {
            if (event.type !== 'state') continue;
            expect(event.from).toBe(state);
            state = event.to;
          }
          expect(output.state).toBe(state);
        }
      }),
      runs,
    );
  });

  it('never goes back within one capture, nor is done without all that was asked for', () => {
    fc.assert(
      fc.property(walk, tail, challenge, (steps, last, asked) => {
        let progress = 0;
        for (const { output } of play(steps, last, asked).outputs) {
          // A recording that begins anew is another capture.
          if (output.events.some(({ type }) => type === 'interrupted')) progress = 0;
          if (output.state === 'capturing') expect(output.progress).toBeGreaterThanOrEqual(progress);
          progress = output.state === 'capturing' ? output.progress : 0;
          if (output.state !== 'done') continue;
          const { record } = output;
          expect(JSON.parse(JSON.stringify(record))).toEqual(record);
          if (record.type === 'action') expect(record.actions.map(({ id }) => id)).toEqual(['blink', 'turnLeft']);
          if (record.type === 'digits') expect(record.digits).toHaveLength(2);
          if (record.type === 'light') expect(record.colours).toHaveLength(2);
        }
      }),
      runs,
    );
  });

  it('never records for longer than it may, nor tries more often', () => {
    fc.assert(
      fc.property(walk, tail, challenge, fc.integer({ min: 3000, max: 5000 }), fc.nat({ max: 3 }), (steps, last, asked, maximumMs, retries) => {
        const { outputs } = play(steps, last, asked, { maximumMs, retries });
        let began: number | undefined;
        let before = 0;
        let misses = 0;
        for (const { time, output } of outputs) {
          for (const event of output.events) {
            if (event.type === 'missed') expect(event.count).toBe(++misses);
            if (event.type === 'state') began = event.to === 'capturing' ? time : undefined;
          }
          // The recording goes on until the call that ends it, and no call came since the one before.
          if (began !== undefined) expect(before - began).toBeLessThan(maximumMs);
          before = time;
        }
        expect(misses).toBeLessThanOrEqual(retries + 1);
      }),
      runs,
    );
  });

  it('is decided by its inputs alone', () => {
    fc.assert(
      fc.property(walk, tail, challenge, (steps, last, asked) => {
        const [once, again] = [play(steps, last, asked), play(steps, last, asked)];
        expect(again.outputs).toEqual(once.outputs);
        expect(again.engine.summary()).toEqual(once.engine.summary());
      }),
      { numRuns: 50 },
    );
  });
});
