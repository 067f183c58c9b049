import { AUTOMATED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'One of BotD\'s detectors fires, or the browser says itself that a driver controls it.',
  limits: 'Accessibility and test tools drive browsers too. A driver with a patched browser is not seen.',
};

/** A script drives the browser. */
export const automatedBrowser: Rule = {
  weight: 0.9,
  tags: AUTOMATED,
  sentence: 'A script drives the browser.',
  fires(fact) {
    const found = fact('automation');
    return found?.bot === true || found?.webdriver === true;
  },
};
