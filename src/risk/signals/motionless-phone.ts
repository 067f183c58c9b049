import { claimsPhone } from './user-agent.js';
import { type Rule, type SignalAbout, VIRTUAL } from './rule.js';

/** (m/s²)²: less than the noise of any sensor. Chromium rounds it away, to 0.1 m/s²: a telephone on a table may have none. */
const STILL = 1e-6;
/** m/s². What rounding keeps is the earth's pull, but cheap sensors are wrong by some percent. */
const GRAVITY = 9.8;
const TOLERANCE = 1;

export const about: SignalAbout = {
  fires: 'A telephone\'s acceleration does not vary at all while a face is captured, and is not that of the earth: all zero, mostly.',
  limits: 'A broken sensor. An emulator with a constant gravity looks like a telephone on a table and is not seen: browsers round the noise away.',
};

/** The telephone has no noise. */
export const motionlessPhone: Rule = {
  weight: 0.3,
  tags: VIRTUAL,
  sentence: 'The telephone has neither weight nor tremor.',
  fires(fact) {
    const { gravity = GRAVITY, variance = STILL } = fact('motion') ?? {};
    return variance < STILL && Math.abs(gravity - GRAVITY) > TOLERANCE && claimsPhone(fact('userAgent'));
  },
};
