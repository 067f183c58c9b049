import type { Entry } from './entry.js';

/** Beijing time, in which the vendor's documents date their changes. */
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;

/**
 * Whether the vendor's document says that a code was charged on a day: `YYYY-MM-DD` in Beijing time, or a moment. `undefined` where
 * no document says anything, or the date is none. A hint for reconciling, never a count: the bill is the vendor's.
 */
export function chargedOn(entry: Entry, date: string | Date): boolean | undefined {
  const day = toDay(date);
  if (!entry.known || !entry.billed || day === undefined) return undefined;
  const { charged, chargedBefore } = entry.billed;
  return charged || (chargedBefore !== undefined && day < chargedBefore);
}

function toDay(date: unknown): string | undefined {
  const moment = date instanceof Date ? date.getTime() + BEIJING_OFFSET_MS : typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date) : NaN;
  return Number.isFinite(moment) && Math.abs(moment) < 8.64e15 ? new Date(moment).toISOString().slice(0, 10) : undefined;
}
