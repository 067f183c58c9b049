import { expect, it, vi } from 'vitest';
import { readFrom } from './fact-context.fixture.js';
import { fingerprint } from './fingerprint.js';

const long = 'x'.repeat(1_001);

vi.mock('@fingerprintjs/fingerprintjs', () => ({
  hashComponents: (components: object) => Object.keys(components).join(),
  load: async () => ({ get: async () => ({ confidence: { score: 0.5 }, version: '5', components: { short: { value: 1, duration: 0 }, canvas: { value: long, duration: 0 } } }) }),
}));

it('a long component is given by its digest, and by an error where there is no WebCrypto', async () => {
  expect(await readFrom(fingerprint, {})).toMatchObject({ visitorId: 'short,canvas', components: { short: { value: 1 }, canvas: { sha256: expect.stringMatching(/^[\da-f]{64}$/) } } });
  vi.stubGlobal('crypto', {});
  expect(await readFrom(fingerprint, {})).toMatchObject({ visitorId: 'short,canvas', components: { short: { value: 1 }, canvas: { error: 'TypeError' } } });
  vi.unstubAllGlobals();
});
