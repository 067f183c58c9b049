import { type Rule, type SignalAbout, TAMPERED } from './rule.js';

export const about: SignalAbout = {
  fires: 'Date and Intl are not in the same time zone.',
  limits: 'Browsers that hide the zone from one of the two only; systems with old zone rules.',
};

/** The clock and the named zone disagree. */
export const timeZoneMismatch: Rule = {
  weight: 0.4,
  tags: TAMPERED,
  sentence: 'Clock and time zone disagree.',
  fires(fact) {
    const { dateOffset, zoneOffset } = fact('timeZone') ?? {};
    return Number.isFinite(dateOffset) && Number.isFinite(zoneOffset) && dateOffset !== zoneOffset;
  },
};
