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
  const { state, speaksDigits } = scene;
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
    case 'recording': {
      const { challenge } = state;
      // While there are digits to be repeated, a sentence between two of them would be in the way.
      if (speaksDigits && challenge.type === 'digits' && challenge.digit !== undefined) return { text: challenge.digit, occasion: challenge.index };
    }
  }
  return { text: [message, hint].filter(Boolean).join(' ') };
}
