import type { Entry, KnownEntry } from './entry.js';
import { DEFAULT_LOCALE, fallbackChain } from './locale.js';
import type { Checked, CheckedReference, CodeOf, Name, System, TableOf } from './names.js';
import { checkLocale, checkTables } from './parse.js';
import type { Locale, PromptId } from './prompt-ids.js';
import type { Table } from './table.js';
import { expandTable } from './table.js';
import { quotable, unknownEntry } from './unknown.js';

/** Sentences of the integrator's own, by prompt id or by `system/table/code`. They win over every locale's. */
export type PromptOverrides = Readonly<Partial<Record<PromptId, string>>> & Readonly<Record<string, string | undefined>>;

/** What every return code means and what to tell the person. None of it throws on a code, whatever is given as one. */
export interface Catalogue {
  /** The entry of a code, or an unknown entry that keeps what was given. Codes are text: the number 2 is not `'02'`. */
  lookup<const S extends Name<System>, const T extends Name<TableOf<S>>, const C extends Name<CodeOf<S, T>>>(
    system: S & Checked<S, System>,
    table: T & Checked<T, TableOf<S>>,
    code: C & Checked<C, CodeOf<S, T>>,
  ): Entry;
  /** Every loaded table's entry for a bare number, in the order the tables were added. Which one it is, only the caller can know. */
  candidates(code: string): readonly KnownEntry[];
  /** The entries of the loaded tables: all, a system's, or a table's. */
  list<const S extends Name<System>, const T extends Name<TableOf<S>>>(
    system?: S & Checked<S, System>,
    table?: T & Checked<T, TableOf<S>>,
  ): readonly KnownEntry[];
  /**
   * The sentence for the person, never empty. Unknown codes get a safe general one. `locale` is BCP 47; what is not loaded falls
   * back along the tag's chain to `zh-CN`.
   */
  promptFor<const S extends Name<System>, const T extends Name<TableOf<S>>, const C extends Name<CodeOf<S, T>>>(
    reference: CheckedReference<S, T, C>,
    locale?: string,
    overrides?: PromptOverrides,
  ): string;
  /** The sentence of a prompt id that is not tied to a code, such as `instruction.moveCloser`. */
  promptText(id: PromptId, locale?: string, overrides?: PromptOverrides): string;
  /** The loaded locale that answers for a tag: what to write in `lang` beside a prompt. */
  resolveLocale(tag: string): string;
  /** Adds tables. A table that is there already is replaced. */
  addTables(tables: readonly Table[]): void;
  /** Adds a locale. One that is there already is replaced. */
  addLocale(locale: Locale): void;
  /** Checks tables fetched as JSON and adds them. Throws a TypeError that names the field and the rule. */
  parseTables(json: unknown): readonly Table[];
  /** Checks a locale fetched as JSON and adds it. Throws a TypeError that names the field and the rule. */
  parseLocale(json: unknown): Locale;
}

/** A table, and its entries once somebody has asked for them. */
interface Shelf {
  readonly table: Table;
  entries?: Map<string, KnownEntry>;
}

/** A catalogue that begins with these tables and locales. One of the locales must be `zh-CN`. */
export function createCatalogue(initialTables: readonly Table[], initialLocales: readonly Locale[]): Catalogue {
  const shelves = new Map<unknown, Map<unknown, Shelf>>();
  const locales = new Map<string, Locale>();

  const addTables = (tables: readonly Table[]): void => {
    for (const table of tables) {
      const system = shelves.get(table.system) ?? new Map<unknown, Shelf>();
      shelves.set(table.system, system.set(table.table, { table }));
    }
  };
  const addLocale = (locale: Locale): void => void locales.set(locale.locale.toLowerCase(), locale);

  const entriesOf = (shelf: Shelf): Map<string, KnownEntry> => (shelf.entries ??= expandTable(shelf.table));

  const find = (system: unknown, table: unknown, code: unknown): KnownEntry | undefined => {
    const shelf = shelves.get(system)?.get(table);
    return shelf && entriesOf(shelf).get(code as string);
  };

  const select = (system?: unknown, table?: unknown): Shelf[] => {
    const systems = system === undefined ? [...shelves.values()] : [shelves.get(system)];
    return systems.flatMap((named) => [...(named?.values() ?? [])]).filter((shelf) => table === undefined || shelf.table.table === table);
  };

  const sentence = (keys: readonly string[], locale: unknown, overrides: unknown): string => {
    const chain = fallbackChain(locale).map((tag) => locales.get(tag)?.prompts);
    for (const prompts of [overrides, ...chain] as (Record<string, unknown> | null | undefined)[]) {
      for (const key of keys) {
        const text = prompts?.[key];
        if (typeof text === 'string' && text.trim()) return text;
      }
    }
    return sentence(['unknown'], DEFAULT_LOCALE, undefined);
  };

  addTables(initialTables);
  initialLocales.forEach(addLocale);

  return {
    lookup: (system, table, code) => find(system, table, code) ?? unknownEntry(system, table, code),
    candidates: (code) => select().flatMap((shelf) => entriesOf(shelf).get(code) ?? []),
    list: (system, table) => select(system, table).flatMap((shelf) => [...entriesOf(shelf).values()]),
    promptFor(reference: unknown, locale: unknown, overrides?: unknown) {
      const { system, table, code } = (reference ?? {}) as Record<string, unknown>;
      const entry: Entry = find(system, table, code) ?? unknownEntry(system, table, code);
      const text = sentence([`${entry.system}/${entry.table}/${entry.code}`, entry.promptId], locale, overrides);
      return text.replace('{code}', () => quotable(entry.code));
    },
    promptText: (id, locale, overrides) => sentence([id], locale, overrides),
    resolveLocale: (tag) => fallbackChain(tag).map((name) => locales.get(name)?.locale).find(Boolean) ?? DEFAULT_LOCALE,
    addTables,
    addLocale,
    parseTables(json) {
      const tables = checkTables(json);
      addTables(tables);
      return tables;
    },
    parseLocale(json) {
      const locale = checkLocale(json);
      addLocale(locale);
      return locale;
    },
  };
}
