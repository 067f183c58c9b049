import { describe, expect, it } from 'vitest';
import { bundleForPage, gzippedBytes } from './page-bundle.js';

const LIBRARIES = ['@fingerprintjs/fingerprintjs', '@fingerprintjs/botd'];

describe('bytes of facefront/risk, minified and gzipped', () => {
  it('without FingerprintJS and BotD: 8 KB; what is loaded with an open camera: 2 KB more', async () => {
    const chunks = await bundleForPage({ input: 'src/risk/index.ts', external: LIBRARIES, minify: true });
    const capture = chunks.filter(({ isEntry, exports }) => !isEntry && exports.includes('cameraFrames'));
    expect(capture).toHaveLength(1);
    expect(gzippedBytes(chunks.filter((chunk) => !capture.includes(chunk)))).toBeLessThanOrEqual(8_192);
    expect(gzippedBytes(capture)).toBeLessThanOrEqual(2_048);
  });

  it('importing it loads neither library', async () => {
    const chunks = await bundleForPage({ input: 'src/risk/index.ts', minify: true });
    const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
    const reached = new Set<string>();
    const reach = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      byName.get(name)?.imports.forEach(reach);
    };
    reach('entry.js');
    const modules = [...reached].flatMap((name) => byName.get(name)?.moduleIds ?? []);
    expect(modules.length).toBeGreaterThan(20);
    for (const library of LIBRARIES) expect(modules.filter((id) => id.includes(library))).toEqual([]);
    // What the manifest says of facts and signals is for people, and not part of any page.
    expect(chunks.map(({ code }) => code).join()).not.toContain('personalData');
  });
});
