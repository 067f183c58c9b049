import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { md5Hex, sha256Hex, utf8Encode } from './index.js';

const TEXTS = ['', 'abc', '13123456789', '请确保本人操作且正脸对框', 'é', '👩🏽‍🦰 𠮷', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), '面'.repeat(33_334)];
const openssl = (algorithm: string, data: string | Uint8Array): string => createHash(algorithm).update(data).digest('hex');

describe('digests', () => {
  it.each(TEXTS.map((text) => [text.length, text.slice(0, 12), text] as const))('agree with OpenSSL on %i characters (%s)', (_length, _start, text) => {
    expect(md5Hex(text)).toBe(openssl('md5', text));
    expect(sha256Hex(text)).toBe(openssl('sha256', text));
  });

  it('agree with OpenSSL on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect([md5Hex(bytes), sha256Hex(bytes)]).toEqual([openssl('md5', bytes), openssl('sha256', bytes)]);
      }),
    );
  });
});

describe('utf8Encode', () => {
  it('agrees with TextEncoder on any text, lone surrogates included', () => {
    const encoder = new TextEncoder();
    const characters = fc.oneof(fc.nat(0x10ffff).map((point) => String.fromCodePoint(point)), fc.nat(0xffff).map((unit) => String.fromCharCode(unit)));
    fc.assert(
      fc.property(fc.array(characters), (parts) => {
        expect([...utf8Encode(parts.join(''))]).toEqual([...encoder.encode(parts.join(''))]);
      }),
    );
    expect([...utf8Encode('a\ud800b')]).toEqual([0x61, 0xef, 0xbf, 0xbd, 0x62]);
  });
});
