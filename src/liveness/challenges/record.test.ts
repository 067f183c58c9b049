import { describe, expect, it } from 'vitest';
import type { ChallengeRecord } from './challenge.js';
import { recordSince } from './record.js';

describe('recordSince', () => {
  it.each<[ChallengeRecord, ChallengeRecord]>([
    [{ type: 'silent' }, { type: 'silent' }],
    [
      { type: 'action', actions: [{ id: 'nod', asked: 4900.4, start: 5100.6, end: 6000 }], wrong: 1 },
      { type: 'action', actions: [{ id: 'nod', asked: -100, start: 101, end: 1000 }], wrong: 1 },
    ],
    [
      { type: 'digits', noiseFloor: 0.00123456, speechLevel: 0.01, digits: [{ start: 6000.2, end: 7200.2, peakLevel: 0.123456, voicedMs: 319.99, mouthRange: 0.33333333 }] },
      { type: 'digits', noiseFloor: 0.0012, speechLevel: 0.01, digits: [{ start: 1000, end: 2200, peakLevel: 0.1235, voicedMs: 320, mouthRange: 0.3333 }] },
    ],
    [
      { type: 'light', baseline: 110.00001, colours: [{ start: 6000, end: 6400, brightness: 150.123456, response: 40.123446, samples: 7 }], pauses: 2 },
      { type: 'light', baseline: 110, colours: [{ start: 1000, end: 1400, brightness: 150.1235, response: 40.1234, samples: 7 }], pauses: 2 },
    ],
  ])('counts %j from the start of the recording', (record, expected) => {
    expect(recordSince(record, 5000)).toEqual(expected);
  });
});
