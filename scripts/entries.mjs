import { readdirSync } from 'node:fs';

/**
 * Source files under `src/` that are built as they stand: the entries of `exports`, and the file that the server's inspector
 * starts as a thread.
 */
export const ENTRIES = [
  'index.ts',
  'codes/index.ts',
  'codes/core.ts',
  'codes/all.ts',
  'capture/index.ts',
  'capture/jpeg-burst.ts',
  'capture/microphone.ts',
  'capture/mp4.ts',
  'capture/system-camera.ts',
  'channels/index.ts',
  'detector/index.ts',
  'element/index.ts',
  'element/define.ts',
  'flow/index.ts',
  'liveness/index.ts',
  'risk/index.ts',
  'risk/payloads/index.ts',
  'server/index.ts',
  'server/vendors/index.ts',
  'server/evidence/inspect-worker.ts',
  'transport/index.ts',
  'platform/miniprogram-request.ts',
  ...namesIn('codes/prompts').filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => `codes/prompts/${name}`),
  ...namesIn('codes/tables').filter((name) => !name.includes('.')).map((name) => `codes/tables/${name}/index.ts`),
  ...namesIn('element/words').filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => `element/words/${name}`),
];

function namesIn(folder) {
  return readdirSync(new URL(`../src/${folder}/`, import.meta.url));
}
