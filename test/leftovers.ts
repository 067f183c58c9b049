import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';

/* Set up before each file: a temporary folder of its own, in which nothing that it makes may outlive it. Faces would be among it. */

const ours = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.startsWith('facefront-'));

const folder = mkdtempSync(join(tmpdir(), 'facefront-file-'));
process.env['TMPDIR'] = folder;

afterAll(() => {
  const left = ours(folder);
  rmSync(folder, { recursive: true, force: true });
  expect(left, 'left in the temporary folder').toEqual([]);
});
