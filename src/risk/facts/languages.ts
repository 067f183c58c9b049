import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';
import { pick } from './pick.js';

/** The languages of the browser, BCP 47. */
export interface LanguagesValue {
  readonly language: string;
  readonly languages: readonly string[];
}

export const about: FactAbout = {
  purpose: 'See a language that was changed by hand, and let the server compare it with the address.',
  value: "The browser's language and the person's list of languages.",
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** `navigator.language` and `navigator.languages`. */
export const languages: Collector<LanguagesValue> = {
  group: 'browser',
  read: ({ host }) => pick(host.page.navigator, 'language', 'languages'),
};
