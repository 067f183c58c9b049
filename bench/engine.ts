import { readFileSync } from 'node:fs';
import { createEngine, createGestureTracker, decodeTrace } from '../src/liveness/index.js';
import type { Observation } from '../src/liveness/index.js';
import { type Measurement, quantile } from './measurement.js';

/** Runs over the trace before and while measuring. */
const WARM_UP = 5;
const ROUNDS = 20;

/** The longest sequence that can be asked for, each with all the time there is: what is captured is measured, not how it ends. */
const ACTIONS = { type: 'action', actions: ['nod', 'turnLeft', 'turnRight', 'openMouth', 'nod', 'turnLeft', 'turnRight', 'openMouth'], deadlineMs: 15_000, minimumMs: 0 } as const;

/** What the engine costs per observation: a real minute at 25 frames a second, guided with the gestures followed, and in an action challenge. */
export async function benchEngine(): Promise<readonly Measurement[]> {
  const { observations } = decodeTrace(readFileSync(new URL('../test/vectors/traces/franck.jsonl', import.meta.url), 'utf8'));
  return [...rows('guiding', guiding(observations)), ...rows('capturing actions', capturing(observations))];
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

/** The engine follows the gestures itself here. A face that leaves, and an action that does not come, begin the capture again. */
function capturing(observations: readonly Observation[]): readonly number[] {
  const costs: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const engine = createEngine({ challenge: ACTIONS, interruptions: Infinity, retries: Infinity, timing: { guidingMs: 1e9, totalMs: 1e9 } });
    let { state } = engine.tick(observations[0]?.time ?? 0);
    for (const observation of observations) {
      const wasCapturing = state === 'capturing';
      const started = performance.now();
      ({ state } = engine.push(observation));
      const cost = performance.now() - started;
      if (wasCapturing && round >= WARM_UP) costs.push(cost);
      if (state === 'ready') ({ state } = engine.notify({ type: 'recordingStarted', time: observation.time }));
      if (state === 'done' || state === 'failed') break;
    }
  }
  return costs;
}
