import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chargedOn, list, lookup } from '../../src/codes/all.js';
import type { KnownEntry } from '../../src/codes/all.js';
import { bare, bareDocument, seedRows, seedsArePresent } from './seed-documents.js';

/** Codes in each table of the vendors' documents. */
const COUNTS = {
  'antifraud/access': 22,
  'antifraud/risk': 16,
  'faceid-wechat/system': 18,
  'faceid-wechat/wechat': 5,
  'faceid-wechat/liveness': 6,
  'faceid-wechat/liveness-digits': 9,
  'faceid-wechat/liveness-action': 10,
  'faceid-wechat/liveness-silent': 3,
  'faceid-wechat/compare': 16,
  'faceid-sdk/result': 150,
  'faceid-risk/device-level': 5,
  'faceid-risk/identity-level': 6,
  'faceid-risk/device-tag': 9,
  'faceid-risk/identity-tag': 20,
  'image/face': 42,
  'image/porn': 28,
  'image/ocr': 36,
  'image/face-verify': 42,
  'image/process': 19,
  'image/download': 22,
  'image/plugin': 16,
  'image/file-cache': 18,
  'image/cmd': 17,
  'image/proxy': 31,
  'juhe-antirush/risk-type': 22,
  'juhe-antirush/risk-level': 3,
  'juhe-antirush/service': 12,
  'juhe-antirush/system': 14,
  'juhe-antifraud/risk-v1': 16,
  'juhe-antifraud/risk-v2': 9,
  'juhe-antifraud/risk-code-value': 3,
  'juhe-antifraud/service': 3,
  'juhe-antifraud/system': 14,
};

/**
 * SHA-256 over every vendor code with its words. It was taken when the comparison with the documents held, and changes only
 * together with a vendor's document.
 */
const DIGEST = 'a4aaff627d85d866d78c5920720bbc54c87e60182bcd00bb8f127b44236d7585';

const fromSeeds = (): readonly KnownEntry[] => list().filter((entry) => entry.source.startsWith('seed '));
const pathOf = ({ system, table, code }: { system: string; table: string; code: string }): string => `${system}/${table}/${code}`;

/** The risk types run title and meaning together; there the words are compared without what stands between them. */
const words = (system: string, table: string, title: string | undefined, meaning: string): string =>
  system === 'juhe-antirush' && table === 'risk-type' ? `${title ?? ''}${meaning}`.replace(/[\s,，]/g, '') : `${title ?? ''}|${meaning}`;

describe('the tables of the vendors’ documents', () => {
  it('have 662 codes in 33 tables', () => {
    const counts: Record<string, number> = {};
    for (const { system, table } of fromSeeds()) counts[`${system}/${table}`] = (counts[`${system}/${table}`] ?? 0) + 1;
    expect(counts).toEqual(COUNTS);
    expect(fromSeeds()).toHaveLength(662);
    expect(Object.keys(counts)).toHaveLength(33);
  });

  it('have the words they had when they were compared', () => {
    const lines = fromSeeds().map((entry) =>
      [pathOf(entry), entry.title, entry.meaning, entry.advice, entry.legacy, entry.billed?.charged, entry.billed?.chargedBefore, entry.source].join('\t'),
    );
    expect(createHash('sha256').update(lines.sort().join('\n')).digest('hex')).toBe(DIGEST);
  });

  it.runIf(seedsArePresent)('are the documents, row for row', () => {
    const rows = seedRows();
    expect(new Set(fromSeeds().map(pathOf))).toEqual(new Set(rows.map(pathOf)));
    for (const row of rows) {
      const entry = lookup(row.system as string, row.table as string, row.code as string) as KnownEntry;
      expect(
        [words(row.system, row.table, entry.title, entry.meaning), entry.advice, entry.legacy, entry.billed?.charged],
        pathOf(row),
      ).toEqual([words(row.system, row.table, row.title, row.meaning), row.advice, row.legacy, row.charged]);
    }
  });

  it.runIf(seedsArePresent)('say nothing that the document does not say', () => {
    for (const entry of fromSeeds()) {
      const text = bareDocument(/^seed (\d+)/.exec(entry.source)?.[1] ?? '');
      for (const part of [entry.title, entry.meaning, entry.advice]) expect(text.includes(bare(part ?? '')), `${pathOf(entry)} ${part}`).toBe(true);
    }
  });

  it('keep no raw white space', () => {
    for (const { meaning, advice = '', title = '' } of list()) expect(`${title}${meaning}${advice}`).not.toMatch(/<br>|[\t\n\r]| {2}|^ | $/);
  });
});

describe('billing', () => {
  it('is hinted where the document has the column, and nowhere else', () => {
    const charged = list().filter((entry) => entry.billed?.charged).map(pathOf);
    expect(charged).toEqual([
      'faceid-wechat/system/0',
      'faceid-wechat/compare/2006',
      'faceid-wechat/compare/2016',
      'faceid-sdk/result/0',
      'faceid-sdk/result/66660004',
      'faceid-sdk/result/66660010',
    ]);
    expect(list().filter((entry) => entry.billed).length).toBe(67 + 150);
  });

  it('changed for eight comparison codes on 2021-07-19', () => {
    const changed = list('faceid-wechat', 'compare').filter((entry) => chargedOn(entry, '2021-07-18') !== chargedOn(entry, '2021-07-19'));
    expect(changed.map((entry) => entry.code)).toEqual(['2007', '2009', '2010', '2011', '2012', '2013', '2014', '2015']);
  });
});
