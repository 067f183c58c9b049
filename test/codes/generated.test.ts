import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codesAsJson, codesAsMarkdown } from '../../scripts/codes-document.js';
import { LOCALES, list, promptFor } from '../../src/codes/all.js';

describe('what is generated from the catalogue', () => {
  it('docs/codes.md is up to date (tsx scripts/generate-codes.ts writes it)', () => {
    expect(readFileSync('docs/codes.md', 'utf8')).toBe(codesAsMarkdown());
  });

  it.runIf(existsSync('dist/codes.json'))('dist/codes.json is the catalogue', () => {
    expect(JSON.parse(readFileSync('dist/codes.json', 'utf8'))).toEqual(codesAsJson());
  });

  it('codes.json has every code with its sentence in every locale, under the documented names', () => {
    const documents = codesAsJson();
    expect(documents).toHaveLength(list().length);
    const names = new Set(documents.flatMap((document) => Object.keys(document)));
    expect([...names].sort()).toEqual(
      ['advice', 'audience', 'billed', 'code', 'legacy', 'meaning', 'prompt', 'remedy', 'sameAs', 'source', 'system', 'table', 'title'],
    );
    for (const document of documents) {
      expect(Object.keys(document.prompt)).toEqual([...LOCALES]);
      for (const locale of LOCALES) expect(document.prompt[locale]).toBe(promptFor(document, locale));
    }
  });
});
