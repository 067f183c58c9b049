/** The catalogue as documents: one for programs, one for people. */
import type { BillingHint, CodeReference, KnownEntry } from '../src/codes/all.js';
import { CODE_PROMPTS, LOCALES, list, promptFor } from '../src/codes/all.js';

/** One code in `dist/codes.json`, for backends in other languages. `prompt` has a sentence for each of `LOCALES`. */
export interface CodeDocument extends CodeReference {
  readonly title?: string;
  readonly meaning: string;
  readonly advice?: string;
  readonly billed?: BillingHint;
  readonly legacy?: string;
  readonly sameAs?: CodeReference;
  readonly remedy: string;
  readonly audience: string;
  readonly source: string;
  readonly prompt: Readonly<Record<string, string>>;
}

/** Every code, in the catalogue's order. */
export function codesAsJson(): CodeDocument[] {
  return list().map((entry) => {
    const { system, table, code, title, meaning, advice, billed, legacy, sameAs, remedy, audience, source } = entry;
    const prompt = Object.fromEntries(LOCALES.map((locale) => [locale, promptFor(entry, locale)]));
    return {
      system,
      table,
      code,
      ...(title && { title }),
      meaning,
      ...(advice && { advice }),
      ...(billed && { billed }),
      ...(legacy && { legacy }),
      ...(sameAs && { sameAs }),
      remedy,
      audience,
      source,
      prompt,
    };
  });
}

const pathOf = ({ system, table, code }: CodeReference): string => `${system}/${table}/${code}`;
const cell = (text: string): string => text.replace(/\|/g, '\\|');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** `docs/codes.md`. */
export function codesAsMarkdown(): string {
  const entries = list();
  const tables = groupBy(entries, tableName);
  return [
    '# Return codes',
    '',
    '<!-- Written by scripts/generate-codes.ts from src/codes. Change it there. -->',
    '',
    `${entries.length} codes in ${tables.size} tables. A bare number means nothing: a code is named by its system, its table and its text.`,
    'The prompt is what the person in front of the camera reads; a remedy and an audience go with it. Prompts of all locales are in `codes.json`.',
    '',
    ...contents(tables),
    ...[...tables].flatMap(([name, codes]) => section(name, codes)),
    ...ambiguities(entries),
    ...promptList(),
  ].join('\n');
}

const tableName = ({ system, table }: CodeReference): string => `${system} / ${table}`;

function groupBy<Item>(items: readonly Item[], name: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(name(item), [...(groups.get(name(item)) ?? []), item]);
  return groups;
}

function contents(tables: ReadonlyMap<string, readonly KnownEntry[]>): string[] {
  const lines = [...tables].map(([name, codes]) => row([`[${name}](#${name.replace(' / ', '--')})`, String(codes.length), codes[0]?.source ?? '']));
  return [row(['Table', 'Codes', 'Source']), '|---|---|---|', ...lines, ''];
}

function section(name: string, codes: readonly KnownEntry[]): string[] {
  const columns = (['title', 'advice', 'legacy', 'billed', 'sameAs'] as const).filter((column) => codes.some((entry) => entry[column] !== undefined));
  const has = (column: (typeof columns)[number]): boolean => columns.includes(column);
  const pick = (column: (typeof columns)[number], text: string): string[] => (has(column) ? [text] : []);
  const header = ['Code', ...pick('title', 'Title'), 'Meaning', ...pick('advice', 'Advice'), 'Prompt', 'In English', 'Remedy', 'Audience', ...pick('billed', 'Charged'), ...pick('legacy', 'Legacy'), ...pick('sameAs', 'Same as')];
  const lines = codes.map((entry) =>
    row([
      `\`${entry.code}\``,
      ...pick('title', entry.title ?? ''),
      entry.meaning,
      ...pick('advice', entry.advice ?? ''),
      promptFor(entry, 'zh-CN'),
      promptFor(entry, 'en'),
      entry.remedy,
      entry.audience,
      ...pick('billed', entry.billed ? chargedText(entry.billed) : ''),
      ...pick('legacy', entry.legacy ?? ''),
      ...pick('sameAs', entry.sameAs ? `\`${pathOf(entry.sameAs)}\`` : ''),
    ]),
  );
  return [`## ${name}`, '', `Source: ${codes[0]?.source}`, '', row(header), `|${'---|'.repeat(header.length)}`, ...lines, ''];
}

function chargedText({ charged, chargedBefore }: BillingHint): string {
  return charged ? 'yes' : chargedBefore ? `until ${chargedBefore}` : 'no';
}

function ambiguities(entries: readonly KnownEntry[]): string[] {
  const shared = [...groupBy(entries, (entry) => entry.code)].filter(([, same]) => same.length > 1);
  const lines = shared.map(([code, same]) => row([`\`${code}\``, same.map((entry) => `${tableName(entry)}: ${entry.title ?? entry.meaning}`).join(' · ')]));
  return ['## Numbers with more than one meaning', '', row(['Code', 'Meanings']), '|---|---|', ...lines, ''];
}

function promptList(): string[] {
  const lines = Object.entries(CODE_PROMPTS).map(([id, handling]) => row([`\`${id}\``, ...handling.split(' ')]));
  return ['## Prompt ids', '', 'What an integrator can word differently, with the remedy and the audience each has by itself.', '', row(['Id', 'Remedy', 'Audience']), '|---|---|---|', ...lines, ''];
}
