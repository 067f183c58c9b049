import type { ClientCode } from '../../codes/client-codes.js';
import type { CodeReference } from '../../codes/entry.js';
import type { InstructionId } from '../instructions/instruction.js';
import type { ChallengeType } from './challenge.js';

/** Why a challenge was not met. */
export type ChallengeMiss = keyof typeof MISSES;

/**
 * The SDK's own code of each miss, and the vendor code that says the same. The vendor has none for a head movement other than
 * the first that was asked for.
 */
const MISSES = {
  blinkMissed: ['action-missed', 'faceid-wechat/liveness-action/1207'],
  /** The eyes closed, but the head turned or nodded with it. */
  blinkPosed: ['action-missed', 'faceid-sdk/result/-15502'],
  /** The eyes were shut and stayed so. */
  eyesShut: ['eyes-closed', 'faceid-sdk/result/-1493'],
  mouthMissed: ['action-missed', 'faceid-wechat/liveness-action/1209'],
  firstMissed: ['action-missed', 'faceid-wechat/liveness-action/1208'],
  laterMissed: ['action-missed', ''],
  /** The recording had to end while an action could still have come in its own time. */
  tooLate: ['guidance-timeout', 'wechat-native/verify-ret/90107'],
  /** The microphone gave nothing at all. */
  noSound: ['sound-absent', 'faceid-sdk/result/-5007'],
  /** Nobody spoke. */
  noVoice: ['voice-too-quiet', 'faceid-wechat/liveness-digits/1101'],
  voiceQuiet: ['voice-too-quiet', 'faceid-wechat/liveness-digits/1106'],
  /** Some of the digits were read as they should be, the others not at all. */
  partlyRead: ['voice-too-quiet', 'faceid-wechat/liveness-digits/1103'],
  /** The room is as loud as a voice. */
  tooNoisy: ['too-noisy', 'faceid-sdk/result/-5013'],
  lipsStill: ['mouth-still', 'faceid-wechat/liveness-digits/1109'],
} as const satisfies Readonly<Record<string, readonly [ClientCode, string]>>;

type Losses = { readonly [What in ClientCode | InstructionId]?: string };

/** What a vendor calls a face that did not stay where it was while it was recorded; where there is no word, the SDK's own code stands alone. */
const LOSSES: Losses = {
  'face-too-far': 'faceid-sdk/result/-5005',
  'face-too-close': 'faceid-sdk/result/-5005',
  'face-off-centre': 'faceid-sdk/result/-1422',
  'face-not-frontal': 'faceid-sdk/result/-15501',
};

/** What the vendor's table for a kind of challenge says of it; that goes before. A side is the person's own, as their mirror image shows it: too far right has to move left. */
const LOSSES_IN: Readonly<Record<ChallengeType, Losses>> = {
  silent: {},
  action: {
    'face-lost': 'faceid-wechat/liveness-action/1210',
    'face-too-far': 'faceid-wechat/liveness-action/1205',
    'face-too-close': 'faceid-wechat/liveness-action/1203',
    moveLeft: 'faceid-wechat/liveness-action/1204',
    moveRight: 'faceid-wechat/liveness-action/1206',
    'too-dark': 'faceid-wechat/liveness-action/1201',
    'too-bright': 'faceid-wechat/liveness-action/1202',
  },
  digits: { 'face-lost': 'faceid-wechat/liveness-digits/1102' },
  light: { 'face-lost': 'faceid-sdk/result/66660025' },
};

/** The codes of a run that fails. */
export interface FailureCodes {
  readonly code: ClientCode;
  /** The vendor's more exact word for it, whose prompt tells the person more; absent where there is none. */
  readonly reference?: CodeReference;
}

/** The most exact of them, with its namespace. */
export function referenceOf({ code, reference }: FailureCodes): CodeReference {
  return reference ?? { system: 'facefront', table: 'client', code };
}

/** Codes of a challenge that was not met. */
export function codesOfMiss(miss: ChallengeMiss): FailureCodes {
  const [code, path] = MISSES[miss];
  return withReference(code, path);
}

/**
 * Codes of a challenge that was broken off: what the vendor says of a face that left, or moved away.
 *
 * @param remedy what would have mended it; tells the side, which the code does not
 */
export function codesOfLoss(type: ChallengeType, code: ClientCode, remedy: InstructionId | ClientCode = code): FailureCodes {
  const own = LOSSES_IN[type];
  return withReference(code, own[remedy] ?? own[code] ?? LOSSES[code] ?? '');
}

function withReference(code: ClientCode, path: string): FailureCodes {
  const [system = '', table = '', number = ''] = path.split('/');
  return path ? { code, reference: { system, table, code: number } } : { code };
}
