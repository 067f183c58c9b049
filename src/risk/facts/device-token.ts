import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

export const about: FactAbout = {
  purpose: "Fill the vendor's DeviceToken where the integrator has the vendor's own device fingerprint on the page.",
  value: 'The token that the integrator\'s own function gives, opaque to this SDK.',
  personalData: 'identifier',
  platforms: EVERYWHERE,
  cost: "The vendor's: often 2–3 s the first time, so it should be asked for before the run.",
};

/** The token of the integrator's device fingerprint; missing where the caller gave no source of one. */
export const deviceToken: Collector<string> = {
  group: 'identity',
  budgetMs: 1_400,
  async read({ deviceToken: source, signal }) {
    const token = await source?.(signal);
    return (typeof token === 'string' && token) || undefined;
  },
};
