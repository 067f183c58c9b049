/**
 * `facefront/codes` on a backend: the same functions as in a page, over every system and every locale there is, because there
 * size does not matter and any code may come along.
 */
import { createCatalogue } from './catalogue.js';
import { ALL_LOCALES } from './all-locales.js';
import { ALL_TABLES } from './tables/index.js';

export const { lookup, candidates, list, promptFor, promptText, resolveLocale, addTables, addLocale, parseTables, parseLocale } =
  /* @__PURE__ */ createCatalogue(ALL_TABLES, ALL_LOCALES);

export * from './vocabulary.js';
export * from './interpret/index.js';
