import { readFileSync } from 'node:fs';
import { createEngine, createGestureTracker, decodeTrace } from '../src/liveness/index.js';
import { type Measurement, quantile } from './measurement.js';

/** Runs over the trace before and while measuring. */
const WARM_UP = 5;
const ROUNDS = 20;

/** What the engine costs per observation: a real minute at 25 frames a second through guide, engine and gestures. */
export async function benchEngine(): Promise<readonly Measurement[]> {
  const { observations } = decodeTrace(readFileSync(new URL('../test/vectors/traces/franck.jsonl', import.meta.url), 'utf8'));
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
  return [
    { name: 'engine: ms an observation (median)', value: quantile(costs, 0.5), goal: 0.05 },
    { name: 'engine: ms an observation (p99)', value: quantile(costs, 0.99), goal: 0.05 },
  ];
}
