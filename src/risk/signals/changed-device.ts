import { type Rule, type SignalAbout, TAMPERED } from './rule.js';

/** One parameter has a new value after an update or with a new graphics card; two at once are another device, five over time a habit. */
const AT_ONCE = 2;
const OVER_TIME = 5;

export const about: SignalAbout = {
  fires: 'Two or more of the three remembered parameters have a value they did not have before, or five such values were seen since the first visit.',
  limits: 'A profile moved to a new computer; drivers that tell their version, after five updates. What only goes to and fro, such as two graphics processors of a laptop, counts once. Processors and memory are not counted: Brave makes them up anew each time. Whoever empties the storage is not seen.',
};

/** The same browser on another device. */
export const changedDevice: Rule = {
  weight: 0.4,
  tags: TAMPERED,
  sentence: 'The parameters of the device keep changing.',
  fires(fact) {
    const { changed = [], changes = 0 } = fact('installation') ?? {};
    return changed.length >= AT_ONCE || changes >= OVER_TIME;
  },
};
