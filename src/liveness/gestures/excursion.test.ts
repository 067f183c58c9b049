import { describe, expect, it } from 'vitest';
import { createExcursion, type ExcursionOptions } from './excursion.js';

const options: ExcursionOptions = { enter: 10, leave: 7, minimumMs: 200, maximumMs: 2000, restMs: 1000 };

/** Feeds `value(time)` every 20 ms; the distance is that from rest. */
function watch(value: (time: number) => number, until: number, changes: Partial<ExcursionOptions> = {}) {
  const excursion = createExcursion({ ...options, ...changes });
  const found: [number, number][] = [];
  for (let time = 0; time <= until; time += 20) {
    const start = excursion.push(time, value(time), value(time) - excursion.rest);
    if (start !== undefined) found.push([start, time]);
  }
  return { found, rest: excursion.rest };
}

const pulse = (from: number, to: number, height: number) => (time: number) => (time >= from && time < to ? height : 0);

describe('createExcursion', () => {
  it('reports a pulse with its start and end', () => {
    expect(watch(pulse(1000, 1500, 12), 3000).found).toEqual([[1000, 1500]]);
  });

  it('holds its limits: too low, too short, too long', () => {
    expect(watch(pulse(1000, 1500, 9.9), 3000).found).toEqual([]);
    expect(watch(pulse(1000, 1180, 12), 3000).found).toEqual([]);
    expect(watch(pulse(1000, 1200, 12), 3000).found).toEqual([[1000, 1200]]);
    expect(watch(pulse(1000, 3100, 12), 6000).found).toEqual([]);
  });

  it('does not take one frame for a long excursion, however far apart they are', () => {
    const sampled = (minimumFrames: number, high: readonly number[]) => {
      const excursion = createExcursion({ ...options, minimumFrames });
      return [0, 333, 667, 1000, 1333, 1667].map((time) => excursion.push(time, high.includes(time) ? 12 : 0, high.includes(time) ? 12 : 0)).filter((start) => start !== undefined);
    };
    expect([sampled(1, [667]), sampled(2, [667]), sampled(2, [667, 1000])]).toEqual([[667], [], [667]]);
  });

  it('does not cut one excursion in two where it trembles between the limits', () => {
    expect(watch((time) => (time >= 1000 && time < 1500 ? (time % 40 ? 8 : 12) : 0), 3000).found).toEqual([[1000, 1500]]);
  });

  it('takes a long stay for a new posture', () => {
    expect(watch((time) => (time >= 1000 ? 12 : 0), 6000).rest).toBeCloseTo(12, 6);
  });

  it('keeps its rest during an excursion and follows slow drift', () => {
    expect(watch(pulse(1000, 2500, 12), 2400).rest).toBe(0);
    const drift = watch((time) => time / 1000, 60_000);
    expect(drift.found).toEqual([]);
    expect(drift.rest).toBeCloseTo(59, 0);
  });

  it('is not held to an odd first value', () => {
    expect(watch((time) => (time === 0 ? 9 : 0), 1000).rest).toBeLessThan(0.5);
  });

  it('drops what was under way when told to', () => {
    const excursion = createExcursion(options);
    for (const time of [0, 20, 40]) excursion.push(time, 0, 0);
    excursion.push(60, 12, 12);
    excursion.abandon();
    expect(excursion.push(600, 0, 0)).toBeUndefined();
  });

  it('tells when the excursion under way began', () => {
    const excursion = createExcursion(options);
    for (const time of [0, 20, 40]) excursion.push(time, 0, 0);
    expect(excursion.start).toBeUndefined();
    excursion.push(60, 12, 12);
    excursion.push(80, 12, 12);
    expect(excursion.start).toBe(60);
    excursion.push(100, 0, 0);
    expect(excursion.start).toBeUndefined();
  });
});
