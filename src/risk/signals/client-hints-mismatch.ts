import { type Rule, type SignalAbout, TAMPERED } from './rule.js';

/** How the user agent writes the hints' platform, where it is not the same word. */
const WORDS: Readonly<Record<string, string>> = { macOS: 'Mac OS', 'Chrome OS': 'CrOS', 'Chromium OS': 'CrOS' };

export const about: SignalAbout = {
  fires: 'The client hints name another platform or another version of Chromium than the user agent does.',
  limits: 'Only Chromium. Developer tools set both.',
};

/** Client hints and user agent disagree. */
export const clientHintsMismatch: Rule = {
  weight: 0.7,
  tags: TAMPERED,
  sentence: 'User agent and client hints disagree.',
  fires(fact) {
    const userAgent = fact('userAgent');
    const hints = fact('clientHints');
    if (!hints || !userAgent) return false;
    const hinted = hints.brands?.find(({ brand }) => brand === 'Chromium')?.version;
    const claimed = /Chrom(?:e|ium)\/(\d+)/.exec(userAgent)?.[1];
    return (hinted && hinted !== claimed) || !userAgent.includes(WORDS[hints.platform] ?? hints.platform ?? '');
  },
};
