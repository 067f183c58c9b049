import { LIPS_MOVE, SEEN_SHARE, SPOKEN_SHARE } from '../../src/liveness/challenges/digits.js';
import { CLOSED_UNSEEN, SHUT } from '../../src/liveness/challenges/eyes.js';
import { NOISY_LEVEL, SYLLABLE_MS } from '../../src/liveness/challenges/voice.js';
import type { ChallengeRecord, DigitsRecord } from '../../src/liveness/index.js';
import { say, showValue, type Language } from './words.js';

/** A try whose challenge was not met. */
export interface Try {
  /** When it ended, milliseconds. */
  readonly time: number;
  /** The vendor's code for it, where there is one. */
  readonly code: string | undefined;
  /** What had been measured by then. */
  readonly record: ChallengeRecord;
  /** `rest`: the person's own; `limit`: less counted as shut; `value`: in the middle of the last second. */
  readonly eyes: { readonly rest: number; readonly limit: number; readonly value: number };
}

/** The value that decided it, and its limit; none for an action, whose instruction says it. */
export function decided({ code, record, eyes }: Try, language: Language): string[] {
  if (record.type === 'action') return [];
  if (code === '-1493') {
    const places = { value: showValue('eyeOpenness', eyes.value), threshold: showValue('eyeOpenness', eyes.limit) };
    return [eyes.rest >= CLOSED_UNSEEN ? say(language, 'eyesShut', { ...places, share: Math.round(100 * (1 - SHUT.enter)), rest: showValue('eyeOpenness', eyes.rest) }) : say(language, 'eyesUnseen', places)];
  }
  return record.type === 'digits' ? [readAloud(code, record, language)] : [];
}

function readAloud(code: string | undefined, { digits, noiseFloor, speechLevel }: DigitsRecord, language: Language): string {
  const total = digits.length;
  const least = (share: number) => ({ least: Math.ceil(share * total), total });
  const list = (values: readonly string[]): string => values.join(language === 'zh' ? '、' : ', ');
  if (code === '1109') return say(language, 'lips', { values: list(digits.map(({ mouthRange }) => showValue('mouthOpenness', mouthRange))), threshold: LIPS_MOVE, ...least(SEEN_SHARE) });
  if (code === '-5013') return say(language, 'noisy', { value: showValue('soundLevel', noiseFloor), threshold: NOISY_LEVEL });
  return say(language, 'voice', {
    values: list(digits.map(({ voicedMs }) => String(Math.round(voicedMs)))),
    threshold: SYLLABLE_MS,
    ...least(SPOKEN_SHARE),
    peak: showValue('soundLevel', Math.max(...digits.map(({ peakLevel }) => peakLevel))),
    level: showValue('soundLevel', speechLevel),
  });
}
