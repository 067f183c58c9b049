import type { CodeDocument } from '../../scripts/codes-document.js';

/** What the page asks of the catalogue. */
export interface Query {
  /** Numbers or words, all of which must be there. */
  readonly text: string;
  /** Empty for every system. */
  readonly system: string;
}

/** The codes, ready to be searched. */
export interface SearchableCatalogue {
  readonly codes: readonly CodeDocument[];
  readonly systems: readonly string[];
  readonly locales: readonly string[];
  /** What matches: the very code first, then codes that begin so, then the rest in the catalogue's order. */
  search(query: Query): readonly CodeDocument[];
  /** The code a path names. */
  find(path: string): CodeDocument | undefined;
  /** Every code with the same number, in the catalogue's order. */
  sameNumber(code: CodeDocument): readonly CodeDocument[];
}

/** How a code is named in the address and on the page. */
export const pathOf = ({ system, table, code }: Pick<CodeDocument, 'system' | 'table' | 'code'>): string => `${system}/${table}/${code}`;

/** Makes `codes.json` searchable. Throws when it is not what it should be. */
export function openCatalogue(json: unknown): SearchableCatalogue {
  if (!Array.isArray(json) || json.length === 0) throw new TypeError('codes.json must be a list of codes');
  const codes = json as readonly CodeDocument[];
  const byPath = new Map(codes.map((code) => [pathOf(code), code]));
  const text = new Map(codes.map((code) => [code, searchText(code)]));

  return {
    codes,
    systems: [...new Set(codes.map((code) => code.system))],
    locales: Object.keys(codes[0]?.prompt ?? {}),
    search({ text: wanted, system }) {
      const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
      const found = codes.filter((code) => (!system || code.system === system) && words.every((word) => text.get(code)?.includes(word)));
      return words.length === 0 ? found : [...found].sort((a, b) => rank(a, words) - rank(b, words));
    },
    find: (path) => byPath.get(path),
    sameNumber: (code) => codes.filter((other) => other.code === code.code),
  };
}

function searchText({ title = '', meaning, advice = '', legacy = '', prompt, ...code }: CodeDocument): string {
  return [pathOf(code), title, meaning, advice, legacy, code.remedy, code.audience, ...Object.values(prompt)].join('\n').toLowerCase();
}

function rank({ code }: CodeDocument, words: readonly string[]): number {
  if (words.includes(code.toLowerCase())) return 0;
  return words.some((word) => code.toLowerCase().startsWith(word)) ? 1 : 2;
}
