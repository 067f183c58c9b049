import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSameSignature, kycSign } from '../../src/server/vendors/tencent/kyc-sign.js';
import { certHash } from '../../src/server/vendors/wechat/cert-hash.js';

const vectors = <T>(name: string): T => JSON.parse(readFileSync(`test/vectors/vendors/${name}.json`, 'utf8')) as T;

describe('published samples', () => {
  it.each(vectors<{ source: string; values: string[]; sign: string }[]>('kyc-sign').map((each) => [each.source, each] as const))('the signature of %s, in any order of the values', async (_source, { values, sign }) => {
    expect(await kycSign(values)).toBe(sign);
    expect(await kycSign([...values].reverse())).toBe(sign);
    expect(isSameSignature(sign.toLowerCase(), sign)).toBe(true);
  });

  it('the cert_hash of WeChat', () => {
    const { name, idNumber, certHash: expected } = vectors<{ name: string; idNumber: string; certHash: string }>('cert-hash');
    expect(certHash(name, idNumber)).toBe(expected);
  });
});

describe('signatures', () => {
  it('are never made over a value that is missing', async () => {
    await expect(kycSign(['IDAXXXXX', ''])).rejects.toThrow(TypeError);
    await expect(kycSign(['IDAXXXXX', undefined as never])).rejects.toThrow(TypeError);
  });

  it('differ by one character, by length, and from nothing', () => {
    const sign = 'D7606F1741DDCF90757DA924EDCF152A200AC7F0';
    for (let index = 0; index < sign.length; index++) expect(isSameSignature(`${sign.slice(0, index)}Z${sign.slice(index + 1)}`, sign)).toBe(false);
    expect(isSameSignature(sign.slice(1), sign)).toBe(false);
    expect(isSameSignature(sign + sign, sign)).toBe(false);
    expect(isSameSignature('', sign)).toBe(false);
    expect(isSameSignature(sign, '')).toBe(false);
  });
});
