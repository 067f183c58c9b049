import { type Rule, type SignalAbout, TAMPERED } from './rule.js';

/** One parameter changes with an update or a new graphics card; two at once are another device, five over time a habit. */
const AT_ONCE = 2;
const OVER_TIME = 5;

export const about: SignalAbout = {
  fires: 'Two or more of the three remembered parameters changed since the last visit, or five changes were seen since the first.',
  limits: 'A profile moved to a new computer. Processors and memory are not counted: Brave makes them up anew each time. Whoever empties the storage is not seen.',
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
