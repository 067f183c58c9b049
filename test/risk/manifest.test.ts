import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { signalsPage } from '../../scripts/generate-privacy-manifest.js';
import { COLLECTORS } from '../../src/risk/facts/index.js';
import { privacyManifest } from '../../src/risk/manifest.js';
import { RULES } from '../../src/risk/signals/index.js';

const manifest = privacyManifest();

describe('the privacy manifest', () => {
  it('has every fact and every signal, each with all that has to be said of it', () => {
    expect(manifest.facts.map(({ id }) => id).sort()).toEqual(Object.keys(COLLECTORS).sort());
    expect(manifest.signals.map(({ id }) => id)).toEqual(Object.keys(RULES));
    for (const { id, purpose, value, cost, platforms, budgetMs } of manifest.facts) {
      for (const sentence of [purpose, value, cost]) expect(sentence, id).toMatch(/^[A-Z0-9].*\.$/s);
      expect(platforms.length, id).toBeGreaterThan(0);
      expect(budgetMs, id).toBeLessThan(1_500);
    }
    for (const { id, fires, limits } of manifest.signals) for (const sentence of [fires, limits]) expect(sentence, id).toMatch(/^[A-Z0-9].*\.$/s);
  });

  it('has another version when it says something else', async () => {
    const digest = createHash('sha256').update(JSON.stringify({ ...manifest, version: '' })).digest('hex');
    const recorded: unknown = JSON.parse(await readFile(new URL('../vectors/risk/manifest-version.json', import.meta.url), 'utf8'));
    // Where this fails: raise MANIFEST_VERSION, and write the new version and digest into the file.
    expect({ version: manifest.version, sha256: digest }).toEqual(recorded);
  });

  it('docs/signals.md says the same', async () => {
    expect(await readFile(new URL('../../docs/signals.md', import.meta.url), 'utf8')).toBe(signalsPage(manifest));
  });
});
