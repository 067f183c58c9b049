import type { ClientCode } from '../../codes/client-codes.js';
import type { CodeReference } from '../../codes/entry.js';
import type { ChallengeType } from './challenge.js';

/** Why a challenge was not met. */
export type ChallengeMiss = keyof typeof MISSES;

/**
 * The SDK's own code of each miss, and the vendor code that says the same. The vendor has none for a head movement other than
 * the first that was asked for.
 */
const MISSES = {
  blinkMissed: ['action-missed', 'faceid-wechat/liveness-action/1207'],
  /** The eyes were shut and stayed so. */
  eyesShut: ['eyes-closed', 'faceid-sdk/result/-1493'],
  mouthMissed: ['action-missed', 'faceid-wechat/liveness-action/1209'],
  firstMissed: ['action-missed', 'faceid-wechat/liveness-action/1208'],
  laterMissed: ['action-missed', ''],
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

/** What a vendor calls a face that left during a challenge; `face-lost` itself stands for it in a silent one. */
const FACE_LEFT: Readonly<Record<ChallengeType, string>> = {
  silent: '',
  action: 'faceid-wechat/liveness-action/1210',
  digits: 'faceid-wechat/liveness-digits/1102',
  light: 'faceid-sdk/result/66660025',
};

/** The codes of a run that fails. */
export interface FailureCodes {
  readonly code: ClientCode;
  /** The vendor's more exact word for it, whose prompt tells the person more; absent where there is none. */
  readonly reference?: CodeReference;
}

/** Codes of a challenge that was not met. */
export function codesOfMiss(miss: ChallengeMiss): FailureCodes {
  const [code, path] = MISSES[miss];
  return withReference(code, path);
}

/** Codes of a challenge that was broken off: of a face that left, what the vendor says of it. */
export function codesOfLoss(type: ChallengeType, code: ClientCode): FailureCodes {
  return withReference(code, code === 'face-lost' ? FACE_LEFT[type] : '');
}

function withReference(code: ClientCode, path: string): FailureCodes {
  const [system = '', table = '', number = ''] = path.split('/');
  return path ? { code, reference: { system, table, code: number } } : { code };
}
