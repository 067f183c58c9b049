import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

/** The time zone, told in two ways that agree in an honest browser. */
export interface TimeZoneValue {
  /** IANA name, such as `Asia/Shanghai`. */
  readonly name: string;
  /** Minutes east of UTC by the clock (`Date`). */
  readonly dateOffset: number;
  /** Minutes east of UTC by the named zone (`Intl`). */
  readonly zoneOffset: number;
}

export const about: FactAbout = {
  purpose: 'See a time zone that was changed by hand, and let the server compare it with the address.',
  value: "The zone's name and its offset, once by Date and once by Intl.",
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 2 ms.',
};

/** The time zone of the page. */
export const timeZone: Collector<TimeZoneValue> = {
  group: 'browser',
  read({ host }) {
    const now = new Date(host.wallClock());
    const name = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    // `sv` writes `2026-11-21 21:23:54`, which Date reads as UTC once it has a T and a Z.
    const local = now.toLocaleString('sv', { timeZone: name }).replace(' ', 'T');
    const minutes = Math.round((Date.parse(`${local}Z`) - now.getTime()) / 60_000);
    // No negative zero, which JSON does not have.
    return { name, dateOffset: 0 - now.getTimezoneOffset(), zoneOffset: 0 + minutes };
  },
};
