import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

/** The time zone, told in two ways that agree in an honest browser. */
export interface TimeZoneValue {
  /** IANA name, such as `Asia/Shanghai`. */
  readonly name: string;
  /** Minutes east of UTC by the clock (`Date`). */
  readonly dateOffset: number;
  /** Minutes east of UTC by the named zone (`Intl`); absent where the browser's way of writing dates cannot be read. */
  readonly zoneOffset?: number;
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
    // `11/21/2026, 21:23:54`. American English is the one language that every browser has.
    const [month = NaN, day, year = NaN, ...time] = (now.toLocaleString('en-US', { timeZone: name, hourCycle: 'h23' }).match(/\d+/g) ?? []).map(Number);
    const minutes = Math.round((Date.UTC(year, month - 1, day, ...time) - now.getTime()) / 60_000);
    // No negative zero, which JSON does not have.
    return { name, dateOffset: 0 - now.getTimezoneOffset(), ...(minutes === minutes && { zoneOffset: 0 + minutes }) };
  },
};
