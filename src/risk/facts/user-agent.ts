import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

export const about: FactAbout = {
  purpose: "Fill the vendor's UserAgent, and compare it with what the browser says elsewhere.",
  value: 'The User-Agent text.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** `navigator.userAgent`. */
export const userAgent: Collector<string> = {
  group: 'browser',
  read: ({ host }) => host.page.navigator.userAgent,
};
