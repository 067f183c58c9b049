import { existsSync, readdirSync } from 'node:fs';

/** Source files under `src/` that can be imported from the package, each as one entry of `exports`. */
export const ENTRIES = [
  'index.ts',
  'codes/index.ts',
  'codes/all.ts',
  'capture/index.ts',
  'detector/index.ts',
  'element/index.ts',
  'element/define.ts',
  'flow/index.ts',
  'liveness/index.ts',
  'risk/index.ts',
  'risk/payloads/index.ts',
  'server/index.ts',
  'transport/index.ts',
  ...filesIn('codes/prompts'),
  ...filesIn('element/words'),
].filter((entry) => existsSync(new URL(`../src/${entry}`, import.meta.url)));

function filesIn(folder) {
  if (!existsSync(new URL(`../src/${folder}/`, import.meta.url))) return [];
  return readdirSync(new URL(`../src/${folder}/`, import.meta.url))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`);
}
