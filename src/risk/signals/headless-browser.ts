import { AUTOMATED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'The user agent, the version the browser tells beside it, or the client hints name a headless browser.',
  limits: 'A headless browser that changes all three is only seen through the other signals. What BotD calls headless_chrome is often just driven; see automated-browser.',
};

/** The browser has no window. */
export const headlessBrowser: Rule = {
  weight: 0.9,
  tags: [...AUTOMATED, 'juhe-antirush/risk-type/2062'],
  sentence: 'The browser has no window.',
  fires: (fact) =>
    /Headless/.test(JSON.stringify([fact('userAgent'), fact('clientHints')?.brands])) ||
    // The same detector finds Electron, which says so in its user agent as well.
    (fact('automation')?.detections.includes('detectAppVersion') && !fact('userAgent')?.includes('Electron')),
};
