import { promptText } from '../codes/core.js';
import type { Scene } from './scene.js';
import { reasonsOf, sentenceOf } from './sentence.js';

/** Something to say aloud. */
export interface Spoken {
  readonly text: string;
  /** Tells two digits that are the same from one another. */
  readonly occasion?: number;
}

/**
 * What is said aloud in a scene; nothing before consent, whose text is to be read, and nothing to somebody who has just called it
 * off.
 */
export function spokenOf(scene: Scene): Spoken | undefined {
  const { state, locale, prompts, speaksDigits } = scene;
  const { message, hint = '' } = sentenceOf(scene);
  switch (state?.phase) {
    case undefined:
    case 'consent':
      return undefined;
    case 'systemCamera':
      return { text: [message, hint, ...reasonsOf(scene)].filter(Boolean).join(' ') };
    case 'converting':
    case 'uploading':
      return { text: message };
    case 'ended':
      return state.result.status === 'cancelled' ? undefined : { text: message };
    case 'guidance':
      if (state.challengeType === 'digits' && state.instruction.id === 'holdStill' && !state.missed) return { text: toRead() };
      break;
    case 'recording': {
      const { challenge, instruction } = state;
      if (challenge.type !== 'digits') break;
      // From the first digit on the microphone is the person's: a sentence, a hint too, would drown what they read.
      if (challenge.index >= 0) return speaksDigits && challenge.digit !== undefined ? { text: challenge.digit, occasion: challenge.index } : undefined;
      if (instruction.id === 'holdStill') return { text: toRead() };
    }
  }
  return { text: [message, hint].filter(Boolean).join(' ') };

  // Said as early as can be, and once: when all is well the recording is about to start, and the sentence is longer than what it takes.
  function toRead(): string {
    return promptText('instruction.readDigits', locale, prompts);
  }
}
