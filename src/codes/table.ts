import type { Audience, BillingHint, CodeReference, KnownEntry, Remedy } from './entry.js';
import type { PromptId } from './prompt-ids.js';
import { defaultHandling } from './prompt-ids.js';

/**
 * What the cells of a row are. `code` may hold several codes separated by `/`, as the vendor groups them. `prompt` is a prompt id,
 * followed by a remedy and an audience where they are not the ones the prompt has by itself. `billed` is `yes`, or the day
 * (`YYYY-MM-DD`) from which the code is no longer charged. `sameAs` is `system/table/code`.
 */
export type Column = 'code' | 'title' | 'meaning' | 'advice' | 'prompt' | 'billed' | 'legacy' | 'sameAs';

/** One vendor table as it is written down: a header and rows of text, trailing empty cells left out. Plain data, also as JSON. */
export interface Table<System extends string = string, Name extends string = string, Codes extends string = string> {
  readonly system: System;
  readonly table: Name;
  /** See {@link KnownEntry.source}. */
  readonly source: string;
  /** The document has a 是否收费 column: a row without `billed` is documented as not charged. */
  readonly billing?: boolean;
  /** Begins with `code`. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly [Codes, ...string[]])[];
}

/** Keeps the names of a table's codes in its type, which is what makes a misspelt one a compile error. */
export function defineTable<const System extends string, const Name extends string, const Codes extends string>(
  table: Table<System, Name, Codes>,
): Table<System, Name, Codes> {
  return table;
}

/** Entries of a table by code, in the table's order. */
export function expandTable(table: Table): Map<string, KnownEntry> {
  const entries = new Map<string, KnownEntry>();
  for (const row of table.rows) {
    for (const code of row[0].split('/')) entries.set(code, toEntry(table, row, code));
  }
  return entries;
}

function toEntry({ system, table, source, billing, columns }: Table, row: readonly string[], code: string): KnownEntry {
  const cells: Partial<Record<Column, string>> = {};
  columns.forEach((column, index) => {
    const cell = row[index];
    if (cell) cells[column] = cell;
  });
  const [promptId = 'unknown', ...own] = (cells.prompt ?? 'unknown').split(' ') as [PromptId, Remedy?, Audience?];
  const standard = defaultHandling(promptId);
  return Object.freeze({
    known: true,
    system,
    table,
    code,
    ...(cells.title && { title: cells.title }),
    meaning: cells.meaning ?? '',
    ...(cells.advice && { advice: cells.advice }),
    ...(billing && { billed: toBilling(cells.billed) }),
    ...(cells.legacy && { legacy: cells.legacy }),
    ...(cells.sameAs && { sameAs: toReference(cells.sameAs) }),
    promptId,
    remedy: own[0] ?? standard[0],
    audience: own[1] ?? standard[1],
    source,
  });
}

function toBilling(cell?: string): BillingHint {
  return cell === undefined || cell === 'yes' ? { charged: cell === 'yes' } : { charged: false, chargedBefore: cell };
}

function toReference(path: string): CodeReference {
  const [system = '', table = '', code = ''] = path.split('/');
  return { system, table, code };
}
