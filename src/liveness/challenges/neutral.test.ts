import { describe, expect, it } from 'vitest';
import { createNeutralMeter } from './neutral.js';

const FACE = { x: 1.9, yaw: 3, pitch: -4, eyeOpenness: 0.28, mouthOpenness: 0.02 };

/** Pushes until the face is known. @returns it, and when */
function measure(faceAt: (time: number) => typeof FACE | undefined, interval = 40) {
  const meter = createNeutralMeter();
  for (let time = 0; time < 20_000; time += interval) {
    const face = meter.push(time, faceAt(time));
    if (face) return { face, at: time, fraction: meter.fraction };
  }
  return undefined;
}

describe('createNeutralMeter', () => {
  it.each([16, 40, 100, 333])('knows the face after a second of good frames, one every %i ms', (interval) => {
    const known = measure(() => FACE, interval);
    expect(known?.face).toEqual(FACE);
    expect(known?.fraction).toBe(1);
    expect(known?.at).toBeGreaterThanOrEqual(1000);
    expect(known?.at).toBeLessThan(1000 + 2 * interval);
  });

  it('is not moved by a blink, a word or a slip of the mesh', () => {
    const known = measure((time) => (time > 300 && time < 550 ? { x: 2, yaw: 40, pitch: 30, eyeOpenness: 0.05, mouthOpenness: 0.5 } : FACE));
    expect(known?.face).toEqual(FACE);
  });

  it('counts good frames only, and no gap between them as more than 400 ms', () => {
    expect(measure((time) => (time % 400 < 200 ? FACE : undefined))?.at).toBeLessThan(2500);
    expect(measure((time) => (time % 2000 === 0 ? FACE : undefined))?.at).toBeGreaterThanOrEqual(6000);
    expect(measure(() => undefined)).toBeUndefined();
  });
});
