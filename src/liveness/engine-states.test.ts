import { describe, expect, it } from 'vitest';
import { CLIENT_CODES } from '../codes/client-codes.js';
import { DEADLINE_CODES, ENGINE_INPUTS, ENGINE_STATES, TRANSITIONS, type EngineInput, type EngineState } from './engine-states.js';
import { createEngine } from './create-engine.js';
import type { Engine, EngineNotice } from './engine.js';
import { observe, observeNobody } from './observation.fixture.js';

/** An engine and the time it has reached. */
interface Run {
  readonly engine: Engine;
  time: number;
}

const frames = (run: Run, ms: number, nobody = false): EngineState => {
  let state: EngineState = run.engine.tick(run.time).state;
  for (const end = run.time + ms; run.time < end; ) {
    run.time += 40;
    ({ state } = run.engine.push(nobody ? observeNobody(run.time) : observe(run.time)));
  }
  return state;
};
const notice = (type: EngineNotice['type']) => (run: Run) => run.engine.notify({ type, time: run.time }).state;

/** Brings a fresh engine into each state through its public calls. */
const REACH: Record<EngineState, (run: Run) => void> = {
  guiding: (run) => void run.engine.tick(0),
  ready: (run) => void frames(run, 800),
  capturing: (run) => (REACH.ready(run), void notice('recordingStarted')(run)),
  suspended: (run) => (REACH.guiding(run), void notice('suspend')(run)),
  done: (run) => (REACH.capturing(run), void frames(run, 2200)),
  failed: (run) => (REACH.ready(run), void notice('recordingFailed')(run)),
};

/** Two digits that nobody reads, and no sound at all, which is waited for; for the final states a challenge that can be met, for they must be reached. */
const CHALLENGES = { digits: { type: 'digits', digits: '42', digitMs: 600, minimumMs: 0 }, silent: { type: 'silent', minimumMs: 2000 } } as const;

/** Makes each input happen; `lost` and `exhausted` differ in the interruptions the engine allows. */
const HAPPEN: Record<EngineInput, (run: Run) => EngineState> = {
  steady: (run) => frames(run, 800),
  finished: (run) => frames(run, 2200),
  missed: (run) => frames(run, 7500),
  lost: (run) => frames(run, 600, true),
  exhausted: (run) => frames(run, 600, true),
  deadline: (run) => run.engine.tick((run.time += 200_000)).state,
  recordingStarted: notice('recordingStarted'),
  recordingFailed: notice('recordingFailed'),
  recordingBroken: notice('recordingBroken'),
  suspend: notice('suspend'),
  resume: notice('resume'),
};

/**
 * What becomes of each state, cell by cell, written out by hand: the code's own table may be wrong. `-` changes nothing. Seconds of a
 * good face are `steady` on the way, so in `guiding` they lead to `ready` whatever they are meant to be.
 */
const EXPECTED: Readonly<Record<EngineState, Readonly<Record<EngineInput, EngineState | '-'>>>> = {
  guiding: { steady: 'ready', finished: 'ready', missed: 'ready', lost: '-', exhausted: '-', deadline: 'failed', recordingStarted: '-', recordingFailed: '-', recordingBroken: '-', suspend: 'suspended', resume: '-' },
  ready: { steady: '-', finished: '-', missed: '-', lost: '-', exhausted: '-', deadline: 'failed', recordingStarted: 'capturing', recordingFailed: 'failed', recordingBroken: '-', suspend: 'suspended', resume: '-' },
  capturing: { steady: '-', finished: 'done', missed: 'guiding', lost: 'guiding', exhausted: 'failed', deadline: 'failed', recordingStarted: 'capturing', recordingFailed: 'failed', recordingBroken: 'guiding', suspend: 'suspended', resume: '-' },
  suspended: { steady: '-', finished: '-', missed: '-', lost: '-', exhausted: '-', deadline: 'failed', recordingStarted: '-', recordingFailed: '-', recordingBroken: '-', suspend: '-', resume: 'guiding' },
  done: { steady: '-', finished: '-', missed: '-', lost: '-', exhausted: '-', deadline: '-', recordingStarted: 'capturing', recordingFailed: 'failed', recordingBroken: 'guiding', suspend: '-', resume: '-' },
  failed: { steady: '-', finished: '-', missed: '-', lost: '-', exhausted: '-', deadline: '-', recordingStarted: '-', recordingFailed: '-', recordingBroken: '-', suspend: '-', resume: '-' },
};

describe.each(ENGINE_STATES)('%s', (state) => {
  it.each(ENGINE_INPUTS)('× %s goes where it should', (input) => {
    const challenge = input === 'missed' && state !== 'done' ? CHALLENGES.digits : CHALLENGES.silent;
    const run: Run = { engine: createEngine({ challenge, interruptions: input === 'exhausted' ? 0 : 3 }), time: 0 };
    REACH[state](run);
    expect(run.engine.tick(run.time).state).toBe(state);
    const expected = EXPECTED[state][input];
    expect(HAPPEN[input](run)).toBe(expected === '-' ? state : expected);
  });
});

describe('the last try', () => {
  it('of a challenge that is missed is exhausted, wherever another one would have been guided anew', () => {
    for (const retries of [0, 1]) {
      const run: Run = { engine: createEngine({ challenge: CHALLENGES.digits, retries }), time: 0 };
      REACH.capturing(run);
      expect(HAPPEN.missed(run)).toBe(retries === 0 ? 'failed' : 'guiding');
    }
  });
});

describe('the table', () => {
  it('gives every state but the final ones a deadline with a code', () => {
    for (const state of ENGINE_STATES) {
      const final = state === 'done' || state === 'failed';
      expect(TRANSITIONS[state].deadline).toBe(final ? undefined : 'failed');
      if (!final) expect(CLIENT_CODES).toContain(DEADLINE_CODES[state]);
    }
  });
});
