import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../test/vectors/risk/cookie-hash.json';
import { hashCookies } from './cookie-hash.js';

describe('hashCookies', () => {
  it.each(vectors as { why: string; header: string; names?: string[]; hash: string | null }[])('$why', async ({ header, names, hash }) => {
    expect(await hashCookies(header, names)).toBe(hash ?? undefined);
  });

  it('does not mind the order', async () => {
    const pairs = fc.array(fc.tuple(fc.stringMatching(/^\w{1,8}$/), fc.stringMatching(/^[\w%.]{0,12}$/)).map((pair) => pair.join('=')), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(pairs, fc.nat(), async (list, turn) => {
        const turned = [...list.slice(turn % list.length), ...list.slice(0, turn % list.length)].reverse();
        expect(await hashCookies(turned.join('; '))).toBe(await hashCookies(list.join(';  ')));
      }),
    );
  });
});
