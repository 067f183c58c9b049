import { readFileSync } from 'node:fs';
import { createEngine, createGestureTracker, decodeTrace } from '../src/liveness/index.js';
import type { LivenessChallenge, Observation } from '../src/liveness/index.js';
import { type Measurement, quantile } from './measurement.js';

/** Runs over the trace before and while measuring. */
const WARM_UP = 5;
const ROUNDS = 20;

/** The longest sequences that can be asked for, with all the time there is: what is captured is measured, not how it ends. */
const ACTIONS: LivenessChallenge = { type: 'action', actions: ['nod', 'turnLeft', 'turnRight', 'openMouth', 'nod', 'turnLeft', 'turnRight', 'openMouth'], deadlineMs: 15_000, minimumMs: 0 };
const DIGITS: LivenessChallenge = { type: 'digits', digits: '48213796', digitMs: 3000, minimumMs: 0 };
const LIGHT: LivenessChallenge = { type: 'light', colours: Array.from({ length: 16 }, (_, index) => ({ r: 255 * (index % 2), g: 40, b: 255, ms: 5000 })), minimumMs: 0 };

/** A voice for a video that has none: 300 ms of every second, over the noise of a room. */
const voiced = (observation: Observation): Observation => ({ ...observation, soundLevel: observation.time % 1000 < 300 ? 0.08 : 0.002 });

/** What the engine costs per observation: a real minute at 25 frames a second, guided with the gestures followed, and in each challenge that does more than wait. */
export async function benchEngine(): Promise<readonly Measurement[]> {
  const { observations } = decodeTrace(readFileSync(new URL('../test/vectors/traces/franck.jsonl', import.meta.url), 'utf8'));
  return [
    ...rows('guiding', guiding(observations)),
    ...rows('capturing actions', capturing(observations, ACTIONS)),
    ...rows('capturing digits', capturing(observations.map(voiced), DIGITS)),
    ...rows('capturing light', capturing(observations, LIGHT)),
  ];
}

function rows(what: string, costs: readonly number[]): readonly Measurement[] {
  return [
    { name: `engine: ms an observation, ${what} (median of ${costs.length})`, value: quantile(costs, 0.5), goal: 0.05 },
    { name: `engine: ms an observation, ${what} (p99)`, value: quantile(costs, 0.99), goal: 0.05 },
  ];
}

function guiding(observations: readonly Observation[]): readonly number[] {
  const costs: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    // Never steady enough to finish, so that every observation is judged.
    const engine = createEngine({ timing: { steadyMs: 1e9, guidingMs: 1e9, totalMs: 1e9 } });
    const gestures = createGestureTracker();
    for (const observation of observations) {
      const started = performance.now();
      engine.push(observation);
      gestures.push(observation);
      if (round >= WARM_UP) costs.push(performance.now() - started);
    }
  }
  return costs;
}

/** The engine follows the gestures itself here. A face that leaves, and what is not done, begin the capture again; what is done, the run. */
function capturing(observations: readonly Observation[], challenge: LivenessChallenge): readonly number[] {
  const costs: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const begin = () => createEngine({ challenge, interruptions: Infinity, retries: Infinity, timing: { guidingMs: 1e9, totalMs: 1e9 } });
    let engine = begin();
    let { state } = engine.tick(observations[0]?.time ?? 0);
    for (const observation of observations) {
      const wasCapturing = state === 'capturing';
      const started = performance.now();
      ({ state } = engine.push(observation));
      const cost = performance.now() - started;
      if (wasCapturing && round >= WARM_UP) costs.push(cost);
      if (state === 'ready') ({ state } = engine.notify({ type: 'recordingStarted', time: observation.time }));
      if (state === 'done') engine = begin();
    }
  }
  return costs;
}
