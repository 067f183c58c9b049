import { AUTOMATED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'The user agent or the client hints name a headless browser, or BotD does.',
  limits: 'A headless browser with another user agent is only seen through the other signals.',
};

/** The browser has no window. */
export const headlessBrowser: Rule = {
  weight: 0.9,
  tags: [...AUTOMATED, 'juhe-antirush/risk-type/2062'],
  sentence: 'The browser has no window.',
  fires: (fact) =>
    fact('automation')?.kind === 'headless_chrome' ||
    fact('userAgent')?.includes('Headless') === true ||
    fact('clientHints')?.brands.some(({ brand }) => brand.includes('Headless')) === true,
};
