import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  candidates,
  createCatalogue,
  fallbackChain,
  interpretAntiRush,
  interpretRiskInfo,
  interpretSocialCard,
  list,
  LOCALES,
  lookup,
  promptFor,
  resolveLocale,
} from '../../src/codes/all.js';

/** Anything at all, with values that look like codes mixed in, and objects that fight back. */
const hostile = fc.constantFrom(
  Object.create(null),
  { toString: () => { throw new Error('no'); } },
  { toJSON: () => { throw new Error('no'); } },
  { [Symbol.toPrimitive]: () => { throw new Error('no'); } },
  Symbol('code'),
  10n,
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '\u202e400101\u0000',
  '\ud800',
  '9'.repeat(100_000),
  ...['02', '-5020', 'review', 'result', 'faceid-sdk', 'zh-Hant-HK', -1, 99, NaN],
);
const anything = fc.oneof(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), fc.string({ unit: 'binary' }), hostile);

type Loose = (...given: unknown[]) => unknown;
const looseLookup = lookup as Loose as (...given: unknown[]) => ReturnType<typeof lookup>;
const loosePrompt = promptFor as Loose as (...given: unknown[]) => string;

describe('absurd input', () => {
  it('is an unknown entry that keeps text as it was, never a throw', () => {
    fc.assert(
      fc.property(anything, anything, anything, (system, table, code) => {
        const entry = looseLookup(system, table, code);
        if (entry.known) return;
        expect(entry).toMatchObject({ known: false, promptId: 'unknown', remedy: 'contact', audience: 'operator' });
        for (const text of [entry.system, entry.table, entry.code]) expect(typeof text).toBe('string');
        if (typeof code === 'string') expect(entry.code).toBe(code);
        expect(Array.isArray((candidates as Loose)(code))).toBe(true);
        expect(Array.isArray((list as Loose)(system ?? 'none', table))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('still gives the person one calm sentence, whatever locale is asked for', () => {
    const reference = fc.oneof(anything, fc.record({ system: anything, table: anything, code: anything }));
    fc.assert(
      fc.property(reference, anything, anything, (given, locale, overrides) => {
        const sentence = loosePrompt(given, locale, typeof overrides === 'object' ? overrides : undefined);
        expect(sentence).toMatch(/\S/);
        expect(sentence.length).toBeLessThan(200);
        expect(sentence).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(sentence).not.toContain('{code}');
      }),
      { numRuns: 2000 },
    );
  });

  it('is a known code only when it is the very text', () => {
    const codes = fc.constantFrom(...list());
    fc.assert(
      fc.property(codes, fc.constantFrom(' ', '0', '-', '\u200b', 'x'), (entry, noise) => {
        expect(lookup(entry.system, entry.table, entry.code)).toBe(entry);
        expect(looseLookup(entry.system, entry.table, Number(entry.code)).known).toBe(false);
        const near = lookup(entry.system, entry.table, `${noise}${entry.code}`);
        expect(near.known ? near.code : 'unknown').toBe(near.known ? `${noise}${entry.code}` : 'unknown');
      }),
    );
  });

  it('does not upset the readers of risk answers, and never passes', () => {
    fc.assert(
      fc.property(anything, (given) => {
        const loose = given as never;
        expect(interpretRiskInfo(loose).decision).not.toBe('low-risk');
        expect(interpretAntiRush(loose).decision).toBe('unknown');
        expect(interpretSocialCard(loose, 'v1').decision).toBe('unknown');
        expect(interpretSocialCard(loose, given as 'v2').decision).toBe('unknown');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('locales', () => {
  const subtag = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
  const tag = fc.oneof(
    fc.tuple(fc.constantFrom('zh', 'en', 'ja', 'ko', 'th', 'vi', 'id', 'ms', 'fr', 'yue', 'in'), fc.array(fc.oneof(subtag, fc.constantFrom('Hant', 'Hans', 'HK', 'TW', 'MO', 'SG', 'u', 'x')), { maxLength: 4 })).map(([language, rest]) => [language, ...rest].join('-')),
    anything,
  );

  it('resolve every tag to one of the ten, by a chain that ends at zh-CN', () => {
    fc.assert(
      fc.property(tag, (given) => {
        const chain = fallbackChain(given);
        expect(chain.at(-1)).toBe('zh-cn');
        expect(chain.length).toBeLessThan(40);
        expect(LOCALES).toContain(resolveLocale(given as string));
      }),
      { numRuns: 2000 },
    );
  });

  it('from JSON are taken whole or refused with the field and the rule', () => {
    const dictionary = fc.record({ locale: fc.oneof(fc.constant('fr'), anything), prompts: fc.oneof(fc.dictionary(fc.string(), fc.oneof(fc.string(), anything)), anything) });
    fc.assert(
      fc.property(fc.oneof(dictionary, anything), (json) => {
        const catalogue = createCatalogue([]);
        try {
          catalogue.parseLocale(json);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          expect((error as Error).message).toMatch(/ must be /);
          expect(catalogue.resolveLocale('fr')).toBe('zh-CN');
        }
        expect(catalogue.promptText('passed', 'fr')).toMatch(/\S/);
      }),
      { numRuns: 1000 },
    );
  });

  it('tables from JSON likewise', () => {
    fc.assert(
      fc.property(anything, (json) => {
        const catalogue = createCatalogue([]);
        try {
          catalogue.parseTables(json);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          expect((error as Error).message).toMatch(/ must be /);
        }
        expect(catalogue.list()).toEqual([]);
      }),
    );
  });
});
