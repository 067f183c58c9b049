/**
 * Writes what a page fetches rather than imports: `dist/assets/locales/<locale>.json` for every locale, and
 * `dist/assets/face-verify.css` for browsers without constructed style sheets.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { css } from '../src/element/styles.js';

const OUTPUT = join('dist', 'assets', 'locales');

async function load(folder: string, name: string): Promise<Record<string, unknown> | undefined> {
  const names = await readdir(folder);
  if (!names.includes(name)) return undefined;
  return ((await import(`../${folder}/${name}`)) as { default: Record<string, unknown> }).default;
}

await mkdir(OUTPUT, { recursive: true });
for (const file of await readdir('src/codes/prompts')) {
  if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
  const locale = basename(file, '.ts');
  const prompts = await load('src/codes/prompts', file);
  const words = await load('src/element/words', file);
  await writeFile(join(OUTPUT, `${locale}.json`), JSON.stringify({ ...prompts, ...(words && { words }) }));
}
await writeFile(join('dist', 'assets', 'face-verify.css'), css);
