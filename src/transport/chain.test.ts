import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainOf, fromHex, sha256, toBase64, toHex } from './chain.js';

const NONCE = 'AAECAwQFBgcICQoLDA0ODw';

describe('chainOf', () => {
  // Recomputed outside this code base with `printf %s NONCE | sha256sum` and `xxd -r -p | sha256sum`.
  it('is SHA-256 of the nonce as sent when there are no parts', async () => {
    expect(await chainOf(NONCE, [])).toBe('5d2611d5a4dd2b40b277dfdb5ecf5b49819150d7d5c62f4eef960cb0c24db20c');
  });
  it('takes each digest as raw bytes after the link before it', async () => {
    const digests = ['00'.repeat(32), 'ff'.repeat(32)];
    expect(await chainOf(NONCE, digests)).toBe('369a7dae5d097b074c84b5c4a18b6d17aa74e0facf7acab66798151cd0a73ae2');
  });
  it('agrees with an implementation on node:crypto', async () => {
    const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
    await fc.assert(
      fc.asyncProperty(fc.base64String({ minLength: 22 }), fc.array(digest, { maxLength: 6 }), async (nonce, digests) => {
        const expected = digests.reduce((link, each) => createHash('sha256').update(link).update(Buffer.from(each, 'hex')).digest(), createHash('sha256').update(nonce, 'ascii').digest());
        expect(await chainOf(nonce, digests)).toBe(expected.toString('hex'));
      }),
    );
  });
  it('tells parts in another order apart', async () => {
    const [a, b] = ['11'.repeat(32), '22'.repeat(32)];
    expect(await chainOf(NONCE, [a, b])).not.toBe(await chainOf(NONCE, [b, a]));
  });
});

describe('digests', () => {
  it('hashes the published vector', async () => {
    // FIPS 180-2, appendix B.1.
    expect(toHex(await sha256(new TextEncoder().encode('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
  it('writes hex and base64 that read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect([...fromHex(toHex(bytes))]).toEqual([...bytes]);
        expect([...Buffer.from(toBase64(bytes), 'base64')]).toEqual([...bytes]);
      }),
    );
  });
});
