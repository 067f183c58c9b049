/**
 * What every return code means, and what to tell the person: the same functions as `index.ts`, over every system and every
 * locale there is. For backends, where size does not matter and any code may come along.
 */
import { createCatalogue } from './catalogue.js';
import { ALL_LOCALES } from './all-locales.js';
import { ALL_TABLES } from './tables/index.js';

export const { lookup, candidates, list, promptFor, promptText, resolveLocale, addTables, addLocale, parseTables, parseLocale } =
  /* @__PURE__ */ createCatalogue(ALL_TABLES, ALL_LOCALES);

export * from './vocabulary.js';
