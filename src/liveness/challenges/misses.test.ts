import { describe, expect, it } from 'vitest';
import { CLIENT_CODES } from '../../codes/client-codes.js';
import { lookup, promptFor, promptText } from '../../codes/all.js';
import { CHALLENGE_TYPES } from './challenge.js';
import { codesOfLoss, codesOfMiss, type ChallengeMiss } from './misses.js';

const REFERENCES: Readonly<Record<ChallengeMiss, string | undefined>> = {
  blinkMissed: 'faceid-wechat/liveness-action/1207',
  blinkPosed: 'faceid-sdk/result/-15502',
  eyesShut: 'faceid-sdk/result/-1493',
  mouthMissed: 'faceid-wechat/liveness-action/1209',
  firstMissed: 'faceid-wechat/liveness-action/1208',
  laterMissed: undefined,
  tooLate: 'wechat-native/verify-ret/90107',
  noSound: 'faceid-sdk/result/-5007',
  noVoice: 'faceid-wechat/liveness-digits/1101',
  voiceQuiet: 'faceid-wechat/liveness-digits/1106',
  partlyRead: 'faceid-wechat/liveness-digits/1103',
  tooNoisy: 'faceid-sdk/result/-5013',
  lipsStill: 'faceid-wechat/liveness-digits/1109',
};

describe('codes of a challenge that was not met', () => {
  it.each(Object.entries(REFERENCES) as [ChallengeMiss, string | undefined][])('%s → %s, which the catalogue has', (miss, expected) => {
    const { code, reference } = codesOfMiss(miss);
    expect(CLIENT_CODES).toContain(code);
    expect(reference && [reference.system, reference.table, reference.code].join('/')).toBe(expected);
    if (reference) expect(lookup(reference.system, reference.table, reference.code).known).toBe(true);
  });
});

describe('codes of a challenge that was broken off', () => {
  it('name a face that left in the words of the challenge’s own table', () => {
    for (const type of CHALLENGE_TYPES) {
      const { code, reference } = codesOfLoss(type, 'face-lost');
      expect(code).toBe('face-lost');
      expect(reference === undefined).toBe(type === 'silent');
      if (reference) expect(lookup(reference.system, reference.table, reference.code).known).toBe(true);
    }
  });

  it.each([
    ['face-too-far', 'silent', 'faceid-sdk/result/-5005'],
    ['face-too-close', 'light', 'faceid-sdk/result/-5005'],
    ['face-too-far', 'action', 'faceid-wechat/liveness-action/1205'],
    ['face-too-close', 'action', 'faceid-wechat/liveness-action/1203'],
    ['too-dark', 'action', 'faceid-wechat/liveness-action/1201'],
    ['too-bright', 'action', 'faceid-wechat/liveness-action/1202'],
    ['face-off-centre', 'silent', 'faceid-sdk/result/-1422'],
    ['face-off-centre', 'action', 'faceid-sdk/result/-1422'],
    ['face-not-frontal', 'digits', 'faceid-sdk/result/-15501'],
  ] as const)('%s in a challenge of type %s → %s, which the catalogue has', (code, type, expected) => {
    const { reference } = codesOfLoss(type, code);
    expect(reference && [reference.system, reference.table, reference.code].join('/')).toBe(expected);
    if (reference) expect(lookup(reference.system, reference.table, reference.code).known).toBe(true);
  });

  it.each([
    ['action', 'moveLeft', 'faceid-wechat/liveness-action/1204'],
    ['action', 'moveRight', 'faceid-wechat/liveness-action/1206'],
    ['action', 'moveUp', 'faceid-sdk/result/-1422'],
    ['silent', 'moveLeft', 'faceid-sdk/result/-1422'],
    ['digits', 'moveRight', 'faceid-sdk/result/-1422'],
  ] as const)('name the side in a challenge of type %s: who had to %s → %s', (type, remedy, expected) => {
    const { code, reference = { system: '', table: '', code: '' } } = codesOfLoss(type, 'face-off-centre', remedy);
    expect(code).toBe('face-off-centre');
    expect(Object.values(reference).join('/')).toBe(expected);
    expect(lookup(reference.system, reference.table, reference.code).known).toBe(true);
    // What the vendor's code tells the person is what the guidance told them.
    if (reference.table === 'liveness-action') expect(promptFor(reference)).toBe(promptText(`instruction.${remedy}`));
  });

  it('leave every other reason alone', () => {
    for (const type of CHALLENGE_TYPES) for (const code of ['faces-multiple', 'recorder-failed'] as const) expect(codesOfLoss(type, code)).toEqual({ code });
  });
});
