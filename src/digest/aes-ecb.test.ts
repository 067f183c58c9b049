import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aesEcbBase64 } from './aes-ecb.js';

const KEY = '0123456789abcdef';

function openssl(text: string): string {
  const cipher = createCipheriv('aes-128-ecb', KEY, null);
  return Buffer.concat([cipher.update(text), cipher.final()]).toString('base64');
}

describe('AES/ECB/PKCS5Padding', () => {
  it.each(['', '张三', '13123456789', '11010519491231002X', 'a'.repeat(15), 'a'.repeat(16), 'a'.repeat(17)])('agrees with OpenSSL on %j', (text) => {
    expect(aesEcbBase64(text, KEY)).toBe(openssl(text));
  });

  it('agrees with OpenSSL on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        expect(aesEcbBase64(text, KEY)).toBe(openssl(text));
      }),
    );
  });
});
