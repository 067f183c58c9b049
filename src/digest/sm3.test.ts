import { createHash, getHashes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sm3Hex } from './sm3.js';

describe('SM3', () => {
  it('gives the two examples of GB/T 32905-2016, appendix A', () => {
    expect(sm3Hex('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(sm3Hex('abcd'.repeat(16))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  });

  it('takes lone surrogates, as the platform’s encoder does', () => {
    expect(sm3Hex('a\ud800')).toBe(sm3Hex(new TextEncoder().encode('a\ud800')));
  });

  // Some builds of OpenSSL leave SM3 out.
  it.runIf(getHashes().includes('sm3'))('agrees with OpenSSL on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(sm3Hex(bytes)).toBe(createHash('sm3').update(bytes).digest('hex'));
      }),
    );
  });
});
