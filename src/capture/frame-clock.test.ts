import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameClock } from './frame-clock.js';

describe('createFrameClock', () => {
  it('follows the media time', () => {
    const timeOf = createFrameClock();
    expect([timeOf(1, 9_000), timeOf(1.5, 9_400), timeOf(4, 9_500)]).toEqual([1_000, 1_500, 4_000]);
  });

  it('goes on by the wall where the media time stands still, starts anew or is missing for once', () => {
    const timeOf = createFrameClock();
    expect([timeOf(0, 100), timeOf(0, 133), timeOf(undefined, 166)]).toEqual([0, 33, 66]);
    expect([timeOf(9, 200), timeOf(0.01, 240)]).toEqual([9_000, 9_040]);
  });

  it('keeps to the wall once it began with it', () => {
    const timeOf = createFrameClock();
    expect([timeOf(undefined, 500), timeOf(7_000, 540)]).toEqual([500, 540]);
  });

  it('never goes back, whatever the browser says', () => {
    const frame = fc.tuple(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined }), fc.double({ min: 0, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(frame), (frames) => {
        const timeOf = createFrameClock();
        const times = frames.map(([mediaTime, wall]) => timeOf(mediaTime, wall));
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }),
    );
  });
});
