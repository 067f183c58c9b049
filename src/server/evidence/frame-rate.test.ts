import { describe, expect, it } from 'vitest';
import { checkFrameRate, longestGap } from './frame-rate.js';

describe('checkFrameRate', () => {
  it.each<[string, Parameters<typeof checkFrameRate>[0], boolean]>([
    ['a usual recording', { durationMs: 3000, frames: 90, longestGapMs: 34 }, true],
    ['five a second, every fifth lost', { durationMs: 2000, frames: 8, longestGapMs: 400 }, true],
    ['three a second', { durationMs: 2000, frames: 6, longestGapMs: 334 }, true],
    ['fewer', { durationMs: 2000, frames: 5, longestGapMs: 400 }, false],
    ['two pictures', { durationMs: 2000, frames: 2, longestGapMs: 1000 }, false],
    ['a recorder that stood still for two seconds', { durationMs: 6000, frames: 90, longestGapMs: 2000 }, true],
    ['enough frames, but all at once', { durationMs: 20_000, frames: 90, longestGapMs: 18_000 }, false],
    ['from an inspector that does not look at gaps', { durationMs: 2000, frames: 50 }, true],
  ])('%s', (_name, facts, expected) => {
    expect(checkFrameRate(facts).map(({ field }) => field)).toEqual(expected ? [] : ['manifest.video']);
  });
});

describe('longestGap', () => {
  it('is between neighbours in time, in whatever order they come', () => {
    expect(longestGap([0, 40, 1000, 80, 120])).toBe(880);
    expect(longestGap([0])).toBe(0);
    expect(longestGap([])).toBe(0);
  });
});
