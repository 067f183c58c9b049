import { describe, expect, it } from 'vitest';
import { readContentDigest } from './content-digest.js';

describe('readContentDigest', () => {
  // RFC 9530, appendix D: the SHA-256 of `{"hello": "world"}\n`.
  const PUBLISHED = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:';
  const HEX = '44aff4ab2d7c3250525675a08f0cfa9591168cffe51791c5f5bbc417c15a6c38';

  it.each([PUBLISHED, `${PUBLISHED}, sha-512=:AAAA:`, `sha-512=:AAAA:,${PUBLISHED}`, ` ${PUBLISHED} `])('reads %j', (header) => {
    expect(readContentDigest(header)).toEqual({ ok: true, value: HEX });
  });
  it.each([null, 'sha-512=:AAAA:', 'md5=:AAAA:'])('misses SHA-256 in %j', (header) => {
    expect(readContentDigest(header)).toMatchObject({ ok: false, name: 'digest-missing', headers: { 'want-content-digest': 'sha-256=10' } });
  });
  it.each(['', ',', 'sha-256', PUBLISHED.replace('RK', 'R'), PUBLISHED.slice(0, -1), 'SHA-256=:AAAA:', `${PUBLISHED},`, 'sha-256=:!:', 'sha-256=:AAAA:'])('refuses %j', (header) => {
    expect(readContentDigest(header)).toMatchObject({ ok: false, name: 'malformed-request', errors: [{ field: 'Content-Digest' }] });
  });
});
