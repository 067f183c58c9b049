import type { ALL_TABLES } from './tables/index.js';

type AnyTable = (typeof ALL_TABLES)[number];
type TableNamed<S, T> = Extract<AnyTable, { system: S; table: T }>;
type Split<Cell extends string> = Cell extends `${infer Code}/${infer Rest}` ? Code | Split<Rest> : Cell;

/** Every system of the catalogue, whether or not its tables are loaded. */
export type System = AnyTable['system'];

/** The tables of a system. */
export type TableOf<S extends string> = string extends S ? string : Extract<AnyTable, { system: S }>['table'];

/** The codes of a table. */
export type CodeOf<S extends string, T extends string> = string extends S | T ? string : Split<TableNamed<S, T>['rows'][number][0]>;

/**
 * Offers the known names while typing, and takes text from elsewhere: for a type parameter that {@link Checked} then holds to
 * account.
 */
export type TextOr<Known extends string> = Known | (string & {});

/**
 * Text known only at run time passes; text written in the source must be one of `Known`, so that a misspelt system, table or code
 * is a compile error.
 */
export type Checked<Given extends string, Known extends string> = string extends Given ? Given : Given extends Known ? Given : Known;

/** A reference whose literal parts must be in the catalogue. */
export interface CheckedReference<S extends string, T extends string, C extends string> {
  readonly system: S & Checked<S, System>;
  readonly table: T & Checked<T, TableOf<S>>;
  readonly code: C & Checked<C, CodeOf<S, T>>;
}
