/**
 * Gives the CommonJS half its own declarations: the same text under `.d.cts`, with relative imports that end in `.cjs`, so
 * that TypeScript sees the module kind that `require` really gets.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const RELATIVE_IMPORT = /(from\s+|import\()(['"])(\.{1,2}\/[^'"]*)\.js\2/g;

for (const name of await readdir('dist/esm', { recursive: true })) {
  if (!name.endsWith('.d.ts')) continue;
  const text = await readFile(join('dist/esm', name), 'utf8');
  const target = join('dist/cjs', name.replace(/\.d\.ts$/, '.d.cts'));
  await writeFile(target, text.replace(RELATIVE_IMPORT, '$1$2$3.cjs$2')).catch((error: NodeJS.ErrnoException) => {
    // A module of types only has no JavaScript, so rollup made no folder for it.
    if (error.code !== 'ENOENT') throw error;
  });
}
