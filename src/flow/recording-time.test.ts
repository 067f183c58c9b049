import { describe, expect, it } from 'vitest';
import { CHALLENGE_KINDS } from '../liveness/challenges/kinds.js';
import { isRecordable, recordingTime } from './recording-time.js';

const LIGHT = { type: 'light', colours: [{ r: 255, g: 40, b: 40, ms: 500 }], minimumMs: 0 } as const;

describe('the shortest recording', () => {
  it.each([
    ['the challenge’s', { ...LIGHT, minimumMs: 3_000 }, 2_000, 4_000],
    ['the session’s', LIGHT, 2_000, 3_000],
    ['nobody’s', LIGHT, 0, 1_000],
  ])('is %s where that is the longer one, and what the recorder loses at its start', (_whose, challenge, minDurationMs, minimumMs) => {
    expect(recordingTime({ challenge, limits: { minDurationMs, maxDurationMs: 10_000 } })).toEqual({ challenge: { ...challenge, minimumMs }, maximumMs: 9_000 });
  });

  it('must fit into the longest', () => {
    expect(isRecordable({ challenge: LIGHT, limits: { minDurationMs: 2_000, maxDurationMs: 3_500 } }, CHALLENGE_KINDS)).toBe(false);
    expect(isRecordable({ challenge: LIGHT, limits: { minDurationMs: 2_000, maxDurationMs: 4_000 } }, CHALLENGE_KINDS)).toBe(true);
  });
});
