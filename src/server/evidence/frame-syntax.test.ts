import { describe, expect, it } from 'vitest';
import { isFrameSyntax } from './frame-syntax.js';

/** avcC with lengths of 4 bytes. */
const AVCC = Uint8Array.of(1, 0x42, 0, 0x1e, 0xff);
/** hvcC with lengths of 2 bytes at byte 21. */
const HVCC = Object.assign(new Uint8Array(23), { 21: 0b1111_1101 });

describe('isFrameSyntax', () => {
  it.each<[string, string, readonly number[], Uint8Array | undefined, boolean]>([
    // First partition of 2 bytes: tag = 2 << 5.
    ['a VP8 key frame', 'vp8', [0x40, 0, 0, 0x9d, 0x01, 0x2a, 0, 1, 0, 1, 9, 9], undefined, true],
    ['without its start code', 'vp8', [0x40, 0, 0, 0, 0x01, 0x2a, 0, 1, 0, 1, 9, 9], undefined, false],
    ['with a partition that does not fit', 'vp8', [0x60, 0, 0, 0x9d, 0x01, 0x2a, 0, 1, 0, 1, 9, 9], undefined, false],
    ['a VP8 delta frame', 'vp8', [0x41, 0, 0, 9, 9], undefined, true],
    ['cut short', 'vp8', [0x41, 0, 0, 9], undefined, false],
    ['nothing', 'vp8', [], undefined, false],
    ['a VP9 frame', 'vp9', [0x82], undefined, true],
    ['with another marker', 'vp9', [0x42], undefined, false],
    ['an AV1 unit', 'av1', [0x12, 0], undefined, true],
    ['with its forbidden bit', 'av1', [0x92, 0], undefined, false],
    ['two AVC units', 'avc', [0, 0, 0, 2, 0x65, 9, 0, 0, 0, 1, 0x41], AVCC, true],
    ['that end early', 'avc', [0, 0, 0, 2, 0x65], AVCC, false],
    ['zeros', 'avc', [0, 0, 0, 0, 0, 0, 0, 0], AVCC, false],
    ['with the forbidden bit', 'avc', [0, 0, 0, 1, 0xe5], AVCC, false],
    ['AVC without a configuration, which tells no lengths', 'avc', [9], undefined, true],
    ['HEVC units with short lengths', 'hevc', [0, 2, 0x26, 1, 0, 1, 0x02], HVCC, true],
    ['HEVC units that end early', 'hevc', [0, 3, 0x26, 1], HVCC, false],
    ['a codec without a rule here', 'prores', [0], undefined, true],
  ])('%s', (_name, codec, frame, description, expected) => {
    expect(isFrameSyntax(codec, Uint8Array.from(frame), description)).toBe(expected);
  });
});
