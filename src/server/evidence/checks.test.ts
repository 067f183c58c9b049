import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../options.js';
import { EVIDENCE_CODES, checkEvidence } from './checks.js';
import type { EvidenceFacts, Inspection } from './inspect.js';

const SOUND: EvidenceFacts = { readable: true, bytes: 500_000, mediaType: 'video/webm', codec: 'vp8', width: 640, height: 480, durationMs: 3000, frames: 90 };

describe('checkEvidence', () => {
  it.each<[string, Inspection, keyof typeof EVIDENCE_CODES | undefined]>([
    ['sound', SOUND, undefined],
    ['just long enough', { ...SOUND, durationMs: 2000 }, undefined],
    ['a millisecond short', { ...SOUND, durationMs: 1999 }, 'tooShort'],
    ['as long as it may be', { ...SOUND, durationMs: 30_000 }, undefined],
    ['longer', { ...SOUND, durationMs: 30_001 }, 'undecodable'],
    ['270 × 480', { ...SOUND, width: 270, height: 480 }, undefined],
    ['480 × 270', { ...SOUND, width: 480, height: 270 }, undefined],
    ['269 × 480', { ...SOUND, width: 269, height: 480 }, 'tooSmall'],
    ['479 × 270', { ...SOUND, width: 479, height: 270 }, 'tooSmall'],
    ['as large as it may be', { ...SOUND, bytes: 8_388_608 }, undefined],
    ['a byte over', { ...SOUND, bytes: 8_388_609 }, 'overSize'],
    ['over the size and unreadable', { readable: false, bytes: 8_388_609, reason: 'undecodable' }, 'overSize'],
    ['empty', { readable: false, bytes: 0, reason: 'empty' }, 'empty'],
    ['unreadable', { readable: false, bytes: 5, reason: 'undecodable' }, 'undecodable'],
  ])('%s', (_name, inspection, expected) => {
    expect(checkEvidence(inspection, DEFAULT_LIMITS)).toEqual(expected && EVIDENCE_CODES[expected]);
  });

  it('answers with the codes of the vendor documents', () => {
    const text = Object.fromEntries(Object.entries(EVIDENCE_CODES).map(([name, { system, table, code }]) => [name, `${system}/${table}/${code}`]));
    expect(text).toEqual({
      tooShort: 'faceid-wechat/liveness-silent/1303',
      tooSmall: 'faceid-sdk/result/-5015',
      overSize: 'faceid-sdk/result/400601',
      empty: 'faceid-sdk/result/66664001',
      undecodable: 'faceid-sdk/result/66660016',
      spliced: 'faceid-sdk/result/-15003',
      badPicture: 'faceid-sdk/result/66660045',
      replayed: 'faceid-sdk/result/400604',
    });
  });
});
