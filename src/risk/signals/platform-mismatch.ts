import { type Rule, type SignalAbout, TAMPERED } from './rule.js';

/** What `navigator.platform` begins with, by what the user agent claims. The first claim that is there counts. */
const PLATFORMS: readonly (readonly [claim: RegExp, platform: RegExp])[] = [
  [/Windows NT/, /^Win/],
  [/iP(hone|ad|od)/, /^iP/],
  // Some telephones say Android, those of Huawei and the like nothing at all.
  [/Android|Harmony/, /^(Linux|Android|$)/],
  // An iPad that asks for desktop pages says MacIntel as well.
  [/Macintosh/, /^Mac/],
];

export const about: SignalAbout = {
  fires: 'The platform is not the one the user agent claims.',
  limits: 'Developer tools that imitate a telephone, and privacy extensions.',
};

/** Platform and user agent disagree. */
export const platformMismatch: Rule = {
  weight: 0.5,
  tags: TAMPERED,
  sentence: 'User agent and platform disagree.',
  fires(fact) {
    const userAgent = fact('userAgent') ?? '';
    const platform = fact('hardware')?.platform;
    return platform !== undefined && PLATFORMS.find(([claim]) => claim.test(userAgent))?.[1].test(platform) === false;
  },
};
