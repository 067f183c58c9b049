/**
 * Gives the CommonJS half its own declarations: the same text under `.d.cts`, with relative imports that end in `.cjs`, so
 * that TypeScript sees the module kind that `require` really gets.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const RELATIVE_IMPORT = /(from\s+|import\()(['"])(\.{1,2}\/[^'"]*)\.js\2/g;

for (const name of await readdir('dist/esm', { recursive: true })) {
  if (!name.endsWith('.d.ts')) continue;
  const text = await readFile(join('dist/esm', name), 'utf8');
  const target = join('dist/cjs', name.replace(/\.d\.ts$/, '.d.cts'));
  // A module of types only has no JavaScript, so rollup may have made no folder for it.
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text.replace(RELATIVE_IMPORT, '$1$2$3.cjs$2'));
}
