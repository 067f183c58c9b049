import { type Rule, type SignalAbout, VIRTUAL } from './rule.js';

/** (m/s²)²: the noise of a sensor on a table is some ten times that, a hand a thousand times. */
const STILL = 1e-6;

export const about: SignalAbout = {
  fires: 'The acceleration does not vary at all while a face is captured: not even a sensor\'s noise.',
  limits: 'Sensors that round coarsely. A telephone in a stand has noise and does not fire.',
};

/** The telephone has no noise. */
export const motionlessPhone: Rule = {
  weight: 0.3,
  tags: VIRTUAL,
  sentence: 'The telephone does not even tremble.',
  fires: (fact) => (fact('motion')?.variance ?? STILL) < STILL,
};
