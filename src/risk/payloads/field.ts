import { hasFormat, type IdFormat } from './account-id.js';
import type { Fault, Report } from './error.js';

/** How a field is checked. Made by the functions of this file. */
export interface Field<T> {
  readonly check: (value: unknown, path: string, context: CheckContext) => void;
  /** Whether an empty text, which forms send for nothing, is as good as none. It is of the wrong type where no text is taken. */
  readonly text?: true;
  /** What to call it when it is not there; absent for fields that may be left out. */
  readonly missing?: Fault;
  /** Only a server can know it, or may say it. */
  readonly serverOnly?: true;
  readonly describes?: T;
}

/** The fields of an object by name. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What a set of fields looks like; each may be absent, as completeness is checked at run time. */
export type FieldsOf<F extends Fields> = { readonly [Name in keyof F]?: F[Name] extends Field<infer T> ? T : never };

/** Who is building, and where errors go. */
export interface CheckContext {
  readonly report: Report;
  /** `client`: a part of the whole, in which nothing is missed and server-only fields are refused. `server`: the whole. */
  readonly side: 'client' | 'server';
}

/** The rule that a client breaks with a field of the server's. */
export const SERVER_ONLY = 'is filled by the server only';

/** Checks an object against its fields: types, values, what is missing and what nobody knows. */
export function checkFields(value: Readonly<Record<string, unknown>>, fields: Fields, path: string, context: CheckContext): void {
  for (const [name, field] of Object.entries(fields)) {
    const own = Object.prototype.hasOwnProperty.call(value, name) ? value[name] : undefined;
    const where = `${path}.${name}`;
    // Not null: JSON would carry it to the vendor, who takes it for a value of the wrong type.
    const isEmpty = own === undefined || (own === '' && field.text === true);
    if (field.serverOnly === true && context.side === 'client') {
      if (own !== undefined) context.report('unknown', where, SERVER_ONLY);
    } else if (!isEmpty) {
      field.check(own, where, context);
    } else if (field.missing !== undefined && context.side === 'server') {
      context.report(field.missing, where, 'is required');
    }
  }
  for (const name of Object.keys(value)) {
    if (!Object.prototype.hasOwnProperty.call(fields, name)) context.report('unknown', `${path}.${name.slice(0, 64)}`, 'is not a field of this request');
  }
}

/** Any text. */
export const text: Field<string> = {
  text: true,
  check(value, path, { report }) {
    if (typeof value !== 'string') report('type', path, 'must be a text');
  },
};

/** A text of one of these formats; `fault` where it is not. */
export function formatted(fault: Fault, rule: string, ...formats: readonly IdFormat[]): Field<string> {
  return {
    text: true,
    check(value, path, { report }) {
      if (typeof value !== 'string') report('type', path, 'must be a text');
      else if (!hasFormat(value, ...formats)) report(fault, path, `must be ${rule}`);
    },
  };
}

/** An integer, of these values where any are given. */
export function integer(...values: readonly number[]): Field<number> {
  return {
    check(value, path, { report }) {
      if (!Number.isInteger(value)) report('type', path, 'must be an integer');
      else if (values.length > 0 ? !values.includes(value as number) : (value as number) < 0) report('range', path, values.length > 0 ? `must be ${values.join(', ')}` : 'must not be negative');
    },
  };
}

/** An integer or the same as text: the vendor's document calls these fields texts, and its sample writes numbers. */
export function numeral(...values: readonly number[]): Field<number | string> {
  const { check } = integer(...values);
  return { check: (value, path, context) => check(typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value, path, context) };
}

/** Any text or integer: the vendor's document calls these ids texts, and its sample writes numbers. */
export const label: Field<string | number> = {
  text: true,
  check(value, path, { report }) {
    if (typeof value !== 'string' && !Number.isInteger(value)) report('type', path, 'must be a text or an integer');
  },
};

/** An object with these fields. */
export function object<F extends Fields>(fields: F): Field<FieldsOf<F>> {
  return {
    check(value, path, context) {
      if (isObject(value)) checkFields(value, fields, path, context);
      else context.report('type', path, 'must be an object');
    },
  };
}

/** An array of these. */
export function list<T>(item: Field<T>): Field<readonly T[]> {
  return {
    check(value, path, context) {
      if (!Array.isArray(value)) context.report('type', path, 'must be an array');
      else value.forEach((each, index) => item.check(each, `${path}[${index}]`, context));
    },
  };
}

/** The field has to be there. */
export function required<T>(field: Field<T>, missing: Fault = 'missing'): Field<T> {
  return { ...field, missing };
}

/** The field is the server's to fill. */
export function serverOnly<T>(field: Field<T>): Field<T> {
  return { ...field, serverOnly: true };
}

/** True for `{…}`, false for arrays and null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
