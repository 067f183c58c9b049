import type { Locale } from './prompt-ids.js';
import type { Table } from './table.js';

/** Longest sentence taken from a fetched locale, in UTF-16 units. */
const LONGEST_SENTENCE = 500;

function check(holds: boolean, field: string, rule: string): asserts holds {
  if (!holds) throw new TypeError(`${field} must be ${rule}`);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** A locale from JSON, copied field by field. Sentences may be missing; those that are there must be text. */
export function checkLocale(json: unknown): Locale {
  check(isRecord(json), 'locale file', 'an object with locale and prompts');
  const { locale, prompts } = json;
  check(isText(locale) && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(locale), 'locale', 'a BCP 47 tag such as zh-HK');
  check(isRecord(prompts), 'prompts', 'an object of sentences by prompt id');
  const copy: Record<string, string> = Object.create(null);
  for (const [id, sentence] of Object.entries(prompts)) {
    check(isText(sentence) && sentence.length <= LONGEST_SENTENCE, `prompts[${JSON.stringify(id)}]`, `a sentence of 1–${LONGEST_SENTENCE} characters`);
    copy[id] = sentence;
  }
  return { locale, prompts: copy };
}

/** Tables from JSON. */
export function checkTables(json: unknown): readonly Table[] {
  check(Array.isArray(json), 'tables', 'an array');
  // Array.from, because forEach passes over the holes of a sparse array.
  Array.from<unknown>(json).forEach((table, index) => {
    const at = `tables[${index}]`;
    check(isRecord(table), at, 'an object');
    for (const field of ['system', 'table', 'source']) check(isText(table[field]), `${at}.${field}`, 'text');
    const { columns, rows } = table;
    check(Array.isArray(columns) && Array.from<unknown>(columns).every(isText) && columns[0] === 'code', `${at}.columns`, 'names of columns, code first');
    check(Array.isArray(rows), `${at}.rows`, 'an array');
    Array.from<unknown>(rows).forEach((row, number) => {
      check(Array.isArray(row) && isText(row[0]) && Array.from<unknown>(row).every((cell) => typeof cell === 'string'), `${at}.rows[${number}]`, 'cells of text, the code first');
    });
  });
  return json as readonly Table[];
}
