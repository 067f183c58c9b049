import type { Entry, KnownEntry } from './entry.js';
import { DEFAULT_LOCALE, fallbackChain } from './locale.js';
import type { Checked, CheckedReference, CodeOf, System, TableOf, TextOr } from './names.js';
import { checkLocale, checkTables } from './parse.js';
import type { Locale, PromptId } from './prompt-ids.js';
import zhCN from './prompts/zh-CN.js';
import { createRegistry } from './registry.js';
import type { Table } from './table.js';
import { quotable } from './unknown.js';

/** Sentences of the integrator's own, by prompt id or by `system/table/code`. They win over every locale's. */
export type PromptOverrides = Readonly<Partial<Record<PromptId, string>>> & Readonly<Record<string, string | undefined>>;

/** What every return code means and what to tell the person. None of it throws on a code, whatever is given as one. */
export interface Catalogue {
  /** The entry of a code, or an unknown entry that keeps what was given. Codes are text: the number 2 is not `'02'`. */
  lookup<const S extends TextOr<System>, const T extends TextOr<TableOf<S>>, const C extends TextOr<CodeOf<S, T>>>(
    system: S & Checked<S, System>,
    table: T & Checked<T, TableOf<S>>,
    code: C & Checked<C, CodeOf<S, T>>,
  ): Entry;
  /** Every loaded table's entry for a bare number, in the order the tables were added. Which one it is, only the caller can know. */
  candidates(code: string): readonly KnownEntry[];
  /** The entries of the loaded tables: all, a system's, or a table's. */
  list<const S extends TextOr<System>, const T extends TextOr<TableOf<S>>>(
    system?: S & Checked<S, System>,
    table?: T & Checked<T, TableOf<S>>,
  ): readonly KnownEntry[];
  /**
   * The sentence for the person, never empty. Unknown codes get a safe general one. `locale` is BCP 47; what is not loaded falls
   * back along the tag's chain to `zh-CN`.
   */
  promptFor<const S extends TextOr<System>, const T extends TextOr<TableOf<S>>, const C extends TextOr<CodeOf<S, T>>>(
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

/** A catalogue that begins with these tables, zh-CN, and whatever other locales are given. */
export function createCatalogue(tables: readonly Table[], moreLocales: readonly Locale[] = []): Catalogue {
  const registry = createRegistry(tables);
  const locales = new Map<string, Locale>();
  const addLocale = (locale: Locale): void => void locales.set(locale.locale.toLowerCase(), locale);
  [zhCN, ...moreLocales].forEach(addLocale);

  /** The first sentence found: the integrator's own, then along the locale's chain, in each by the most particular key. */
  const sentence = (keys: readonly string[], locale: unknown, overrides: unknown): string => {
    const chain = fallbackChain(locale).map((tag) => locales.get(tag)?.prompts);
    for (const prompts of [overrides, ...chain] as (Record<string, unknown> | null | undefined)[]) {
      for (const key of keys) {
        const text = prompts?.[key];
        if (typeof text === 'string' && text.trim()) return text;
      }
    }
    return zhCN.prompts.unknown;
  };

  return {
    lookup: registry.find,
    candidates: (code) => registry.select().flatMap((entries) => entries.get(code) ?? []),
    list: (system, table) => registry.select(system, table).flatMap((entries) => [...entries.values()]),
    promptFor(reference: unknown, locale: unknown, overrides?: unknown) {
      const { system, table, code } = (reference ?? {}) as Record<string, unknown>;
      const entry = registry.find(system, table, code);
      const text = sentence([`${entry.system}/${entry.table}/${entry.code}`, entry.promptId], locale, overrides);
      return text.replace('{code}', () => quotable(entry.code));
    },
    promptText: (id, locale, overrides) => sentence([id], locale, overrides),
    resolveLocale: (tag) => fallbackChain(tag).map((name) => locales.get(name)?.locale).find(Boolean) ?? DEFAULT_LOCALE,
    addTables: registry.add,
    addLocale,
    parseTables(json) {
      const checked = checkTables(json);
      registry.add(checked);
      return checked;
    },
    parseLocale(json) {
      const locale = checkLocale(json);
      addLocale(locale);
      return locale;
    },
  };
}
