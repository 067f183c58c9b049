import { claimsPhone } from './user-agent.js';
import { type Rule, type SignalAbout, TAMPERED } from './rule.js';

export const about: SignalAbout = {
  fires: 'The user agent is a telephone\'s and there is not one touch point.',
  limits: 'Android television sets and boxes.',
};

/** A telephone that cannot be touched. */
export const phoneWithoutTouch: Rule = {
  weight: 0.6,
  tags: TAMPERED,
  sentence: 'A telephone cannot be touched.',
  fires: (fact) => claimsPhone(fact('userAgent')) && fact('touch')?.maxTouchPoints === 0,
};
