/**
 * Writes what is generated from the code catalogue: `dist/codes.json` for backends in other languages, `dist/assets/codes/*.json`
 * for pages that want another system's tables (`parseTables`), and `docs/codes.md`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { ALL_TABLES } from '../src/codes/tables/index.js';
import { codesAsJson, codesAsMarkdown } from './codes-document.js';

mkdirSync('dist/assets/codes', { recursive: true });
mkdirSync('docs', { recursive: true });
writeFileSync('dist/codes.json', `${JSON.stringify(codesAsJson())}\n`);
for (const system of new Set(ALL_TABLES.map((table) => table.system))) {
  writeFileSync(`dist/assets/codes/${system}.json`, `${JSON.stringify(ALL_TABLES.filter((table) => table.system === system))}\n`);
}
writeFileSync('docs/codes.md', codesAsMarkdown());
