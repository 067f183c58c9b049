import { checkAction, followAction } from './action.js';
import { checkDigits, followDigits } from './digits.js';
import { checkLight, followLight } from './light.js';
import type { ChallengeKinds } from './challenge.js';

/** The kinds that ask the person for something, fetched where a session has one of them: `assets/challenges.js`. */
export const ASKED_KINDS = {
  action: { check: checkAction, follow: followAction },
  digits: { check: checkDigits, follow: followDigits },
  light: { check: checkLight, follow: followLight },
} as const satisfies ChallengeKinds;
