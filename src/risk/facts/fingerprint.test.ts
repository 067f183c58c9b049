import { beforeEach, expect, it, vi } from 'vitest';
import { readFrom } from './fact-context.fixture.js';
import { fingerprint } from './fingerprint.js';

const long = 'x'.repeat(1_001);

/** What was done, in this order. */
const done: string[] = [];
let values: Readonly<Record<string, unknown>> = {};
beforeEach(() => {
  done.length = 0;
  values = { short: 1, canvas: long };
});

vi.mock('@fingerprintjs/fingerprintjs', () => ({
  hashComponents: (components: object) => (done.push('hash'), Object.keys(components).join()),
  load: async () => ({ get: async () => ({ confidence: { score: 0.5 }, version: '5', components: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, duration: 0 }])) }) }),
}));

it('a long component is given by its digest, and by an error where there is no WebCrypto', async () => {
  expect(await readFrom(fingerprint, {})).toMatchObject({ visitorId: 'short,canvas', components: { short: { value: 1 }, canvas: { sha256: expect.stringMatching(/^[\da-f]{64}$/) } } });
  vi.stubGlobal('crypto', {});
  expect(await readFrom(fingerprint, {})).toMatchObject({ visitorId: 'short,canvas', components: { short: { value: 1 }, canvas: { error: 'TypeError' } } });
  vi.unstubAllGlobals();
});

const drawn = { winding: true, geometry: 'data:image/png;base64,a', text: 'data:image/png;base64,b' };

it.each<[string, unknown]>([
  ['webGlBasics', -1],
  ['webGlBasics', -2],
  ['webGlExtensions', -1],
  ['webGlExtensions', -2],
  ['canvas', { ...drawn, geometry: 'unstable', text: 'unstable' }],
  ['canvas', { winding: false, geometry: 'unsupported', text: 'unsupported' }],
  ['audio', -3],
])('a status that is given as a value is a failure, and never hashed: %s %j', async (name, status) => {
  values = { short: 1, [name]: status };
  expect(await readFrom(fingerprint, {})).toMatchObject({ visitorId: 'short', components: { [name]: { error: name === 'audio' ? 'TimeoutError' : 'NotReadableError' } } });
});

it.each<[string, unknown]>([
  ['webGlBasics', { vendor: 'WebKit', rendererUnmasked: 'unsupported' }],
  ['canvas', drawn],
  // What a browser always says is part of what it is.
  ['canvas', { ...drawn, geometry: 'skipped', text: 'skipped' }],
  ['audio', -4],
  ['audioBaseLatency', -2],
  ['applePay', -1],
])('what is no such status is hashed: %s %j', async (name, value) => {
  values = { [name]: value };
  expect(await readFrom(fingerprint, {})).toMatchObject({ visitorId: name, components: { [name]: { value } } });
});

it('gives the page a turn before everything is hashed at once', async () => {
  await readFrom(fingerprint, { context: { pause: async () => void done.push('turn') } });
  expect(done).toEqual(['turn', 'turn', 'turn', 'turn', 'turn', 'hash']);
});
