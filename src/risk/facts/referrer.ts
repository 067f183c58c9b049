import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

export const about: FactAbout = {
  purpose: "Fill the vendor's Referer: where the person came from.",
  value: 'Address of the page before, without query and fragment, which may hold tokens.',
  personalData: 'activity',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** `document.referrer` up to its path. */
export const referrer: Collector<string> = {
  group: 'browser',
  read: ({ host }) => host.page.document.referrer.replace(/[?#].*$/, '') || undefined,
};
