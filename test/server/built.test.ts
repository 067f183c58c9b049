import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { EvidenceInspector } from '../../src/server/index.js';
import { recording } from './recordings.js';

/* The worker is found by its place beside the module that starts it: only the built package can show that it is there. */

interface Built {
  createWorkerInspector(options?: { readonly timeoutMs?: number }): EvidenceInspector;
}

describe.each<[string, () => Promise<Built>]>([
  ['import', () => import(new URL('../../dist/esm/server/index.js', import.meta.url).href) as Promise<Built>],
  ['require', async () => createRequire(import.meta.url)('../../dist/cjs/server/index.cjs') as Built],
])('the built server by %s', (_name, load) => {
  it('reads recordings in its worker', async () => {
    const { createWorkerInspector } = await load();
    const inspect = createWorkerInspector();
    expect(await inspect(await recording())).toMatchObject({ readable: true, codec: 'vp8', frames: 72 });
    // In this thread it would never return.
    expect(await inspect((await recording()).fill(0, 3000))).toMatchObject({ readable: false, reason: 'undecodable' });
  });
});
