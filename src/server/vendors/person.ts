import type { FieldError } from '../../transport/shape.js';

/** Weights and check characters of ISO 7064 MOD 11-2, as GB 11643-1999 uses them. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** An identity number as vendors take it: trimmed, its last letter upper-case (several refuse `x`). */
export function normalizeIdNumber(idNumber: string): string {
  return idNumber.trim().toUpperCase();
}

/** A day begins in China before it does in UTC, and clocks differ. */
const SLACK_MS = 86_400_000;

/** Whether a normalised text is a resident identity number of 18 characters: a date that was, and the right check character. */
export function isIdNumber(text: string): boolean {
  return isIdNumberAt(text, Date.now());
}

/**
 * {@link isIdNumber} as of a moment. Apart from it, so that a list of numbers can be filtered by it as it is.
 *
 * @param now milliseconds since 1970; a birth more than a day later is none
 */
export function isIdNumberAt(text: string, now: number): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false;
  const [year, month, day] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)];
  const born = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // Date takes 31 February for 3 March.
  if (Number.isNaN(born.getTime()) || born.getUTCDate() !== Number(day) || Number(year) < 1850 || born.getTime() > now + SLACK_MS) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return text[17] === CHECKS[sum % 11];
}

/** A mainland-China mobile: 11 digits. */
export function isMobile(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text);
}

/** What a vendor is told of a person. */
export interface Person {
  readonly name?: string | undefined;
  readonly idNumber?: string | undefined;
  readonly mobile?: string | undefined;
}

/** Which of the fields have to be there. */
export type PersonFields = { readonly [Field in keyof Person]-?: 'required' | 'optional' | 'unused' };

/** The person, trimmed and normalised, or every field that is wrong. No rule quotes a value. */
export function checkPerson(person: Person, fields: PersonFields): { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = [];
  const checked: Record<string, string> = {};
  const take = (field: keyof Person, normalize: (text: string) => string, holds: (text: string) => boolean, rule: string): void => {
    const given: unknown = person[field];
    if (fields[field] === 'unused') return;
    if (given === undefined && fields[field] === 'optional') return;
    const text = typeof given === 'string' ? normalize(given) : '';
    if (holds(text)) checked[field] = text;
    else errors.push({ field, rule: given === undefined ? 'is required' : rule });
  };
  take('name', (text) => text.trim(), (text) => text.length >= 1 && text.length <= 32, 'must be a text of 1 to 32 characters');
  take('idNumber', normalizeIdNumber, isIdNumber, 'must be an identity number of 18 characters with its right check character');
  take('mobile', (text) => text.trim(), isMobile, 'must be a mainland-China mobile of 11 digits');
  return errors.length > 0 ? { ok: false, errors } : { ok: true, person: checked };
}
