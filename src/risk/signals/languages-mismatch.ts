import { type Rule, type SignalAbout, TAMPERED } from './rule.js';

export const about: SignalAbout = {
  fires: 'The browser\'s language is not the first of the person\'s list, or there is no list.',
  limits: 'Some in-app browsers give only one of the two.',
};

/** The two ways of telling the language disagree. */
export const languagesMismatch: Rule = {
  weight: 0.2,
  tags: TAMPERED,
  sentence: 'Language and list of languages disagree.',
  fires(fact) {
    const { language, languages } = fact('languages') ?? {};
    // Older Safari writes zh-cn in the one and zh-CN in the other.
    return language?.toLowerCase() !== languages?.[0]?.toLowerCase();
  },
};
