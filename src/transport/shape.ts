/** One field that is wrong and the rule it breaks. */
export interface FieldError {
  /** Path in the body, such as `manifest.video.parts[3].digest`; `body` for the whole. */
  readonly field: string;
  /** The rule, as a sentence about the field: `must be an integer from 0 to 63`. */
  readonly rule: string;
}

/** Where {@link Shape}s write what they find. */
interface Findings {
  readonly errors: FieldError[];
  readonly unknownFields: UnknownFields;
}

/** What to do with a field that the shape does not name. */
export type UnknownFields = 'refuse' | 'ignore';

/** Describes what a value of type `T` looks like on the wire; made by the functions of this file, used by {@link check}. */
export interface Shape<T> {
  (value: unknown, field: string, findings: Findings): void;
  readonly describes?: T;
  readonly optional?: boolean;
}

/** The value with its type, or everything that is wrong with it. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly FieldError[] };

/** A body can break thousands of rules at once; nobody reads more than these. */
const MAX_ERRORS = 50;

/** Holds a value that came over the wire against a shape. Never throws, and names every field that is wrong, up to 50. */
export function check<T>(shape: Shape<T>, value: unknown, unknownFields: UnknownFields): Checked<T> {
  const errors: FieldError[] = [];
  shape(value, '', { errors, unknownFields });
  return errors.length === 0 ? { ok: true, value: value as T } : { ok: false, errors };
}

/** An object with these fields. */
export function record<T extends object>(fields: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  const known = Object.entries(fields) as [string, Shape<unknown>][];
  return (value, field, findings) => {
    if (!isObject(value)) return report(findings, field, 'must be an object');
    for (const [name, shape] of known) {
      const own = has(value, name) ? value[name] : undefined;
      if (own !== undefined || shape.optional !== true) shape(own, join(field, name), findings);
    }
    if (findings.unknownFields === 'refuse') {
      for (const name of Object.keys(value)) if (!has(fields, name)) report(findings, join(field, name), 'is not a field of this protocol');
    }
  };
}

/** The field may be absent. */
export function optional<T>(shape: Shape<T>): Shape<T> {
  return Object.assign(((value, field, findings) => shape(value, field, findings)) as Shape<T>, { optional: true });
}

/** An array; `max` is the most items it may hold. */
export function list<T>(item: Shape<T>, { min = 0, max }: { readonly min?: number; readonly max: number }): Shape<readonly T[]> {
  return (value, field, findings) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) return report(findings, field, `must be an array of ${min} to ${max} items`);
    for (let index = 0; index < value.length && findings.errors.length < MAX_ERRORS; index++) item(value[index], `${field}[${index}]`, findings);
  };
}

/** An object whose keys are free. */
export function dictionary<T>(item: Shape<T>, { max }: { readonly max: number }): Shape<Readonly<Record<string, T>>> {
  return (value, field, findings) => {
    if (!isObject(value) || Object.keys(value).length > max) return report(findings, field, `must be an object of at most ${max} fields`);
    for (const [name, own] of Object.entries(value)) item(own, join(field, name), findings);
  };
}

/** Text of `min` (default 1) to `max` characters. `pattern` holds for the whole of it; `rule` then says in words what it is. */
export function text<T extends string = string>({ min = 1, max, pattern, rule }: { readonly min?: number; readonly max: number; readonly pattern?: RegExp; readonly rule?: string }): Shape<T> {
  return (value, field, findings) => {
    // Half of a surrogate pair is no character, and has no place in UTF-8 or in a canonical form.
    if (typeof value !== 'string' || value.length < min || value.length > max || /\p{Cs}/u.test(value) || pattern?.test(value) === false) report(findings, field, rule ?? `must be a text of ${min} to ${max} characters`);
  };
}

/** A finite number from `min` to `max`. */
export function numeric({ min, max }: { readonly min: number; readonly max: number }): Shape<number> {
  return (value, field, findings) => {
    if (typeof value !== 'number' || !(value >= min && value <= max)) report(findings, field, `must be a number from ${min} to ${max}`);
  };
}

/** An integer from `min` to `max`. */
export function integer({ min = 0, max = Number.MAX_SAFE_INTEGER }: { readonly min?: number; readonly max?: number } = {}): Shape<number> {
  return (value, field, findings) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) report(findings, field, `must be an integer from ${min} to ${max}`);
  };
}

/** True or false. */
export const flag: Shape<boolean> = (value, field, findings) => {
  if (typeof value !== 'boolean') report(findings, field, 'must be true or false');
};

/** One of these values. */
export function oneOf<T extends string | number | boolean>(...values: readonly T[]): Shape<T> {
  return (value, field, findings) => {
    if (!values.includes(value as T)) report(findings, field, `must be ${values.map((each) => JSON.stringify(each)).join(' or ')}`);
  };
}

/** Anything JSON can hold. */
export const anything: Shape<unknown> = () => undefined;

/** 32 bytes as 64 lower-case hexadecimal digits. */
export const sha256Hex: Shape<string> = text({ max: 64, pattern: /^[0-9a-f]{64}$/, rule: 'must be 64 lower-case hexadecimal digits' });

/** A moment as ISO 8601 with date, time and zone. */
export const moment: Shape<string> = (value, field, findings) => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(value) || Number.isNaN(Date.parse(value))) {
    report(findings, field, 'must be an ISO 8601 date and time with zone');
  }
};

/** A shape chosen by looking at the value, for unions. */
export function union<T>(choose: (value: Readonly<Record<string, unknown>>) => Shape<T> | undefined, rule: string): Shape<T> {
  return (value, field, findings) => {
    const shape = isObject(value) ? choose(value) : undefined;
    if (shape) shape(value, field, findings);
    else report(findings, field, rule);
  };
}

/** True for `{…}`, false for arrays and null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Object.hasOwn` is missing before iOS 15.4. */
function has(object: object, name: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, name);
}

function join(field: string, name: string): string {
  // Names come from the sender; a long one must not fill the answer or a log, nor half a character spoil it.
  const short = (name.length > 64 ? `${name.slice(0, 64)}…` : name).replace(/\p{Cs}/gu, '\ufffd');
  return field === '' ? short : `${field}.${short}`;
}

function report(findings: Findings, field: string, rule: string): void {
  if (findings.errors.length < MAX_ERRORS) findings.errors.push({ field: field === '' ? 'body' : field, rule });
}
