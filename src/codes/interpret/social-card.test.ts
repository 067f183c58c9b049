import { describe, expect, it } from 'vitest';
import { interpretSocialCard } from './social-card.js';

const found = (riskScore: unknown): object => ({ found: 1, idFound: 1, riskInfo: [], riskScore });

describe('Juhe’s social card', () => {
  it.each([
    [0, 'pass'],
    [59, 'pass'],
    [59.9, 'pass'],
    [60, 'review'],
    [80, 'review'],
    [80.5, 'reject'],
    [81, 'reject'],
    [99, 'reject'],
    [100, 'reject'],
    ['63', 'review'],
  ])('a found person with score %s is %s', (score, decision) => {
    expect(interpretSocialCard(found(score), 'v1').decision).toBe(decision);
    expect(interpretSocialCard(found(score), 'v2').decision).toBe(decision);
  });

  it('not found is unknown, never a rejection: 99 in V1, -1 in V2', () => {
    expect(interpretSocialCard({ found: -1, riskScore: 99 }, 'v1')).toEqual({ decision: 'unknown', found: false, risks: [] });
    expect(interpretSocialCard({ found: -1, riskScore: -1 }, 'v2')).toEqual({ decision: 'unknown', found: false, risks: [] });
    expect(interpretSocialCard({ found: -1, riskScore: 20 }, 'v2').decision).toBe('unknown');
    expect(interpretSocialCard({ found: null, riskScore: 99 }, 'v1').decision).toBe('unknown');
    expect(interpretSocialCard({ riskScore: -1 }, 'v2')).toMatchObject({ decision: 'unknown', found: false });
  });

  it.each([null, undefined, NaN, -2, 101, '', 'high', {}])('score %s is no score', (score) => {
    expect(interpretSocialCard(found(score), 'v1')).toEqual({ decision: 'unknown', found: true, idFound: true, risks: [] });
  });

  it('reads the documents’ samples, whole', () => {
    const v1 = { reason: 'Success', result: { found: 1, idFound: 1, riskInfo: [], riskScore: 20, orderid: 'J370202203211536501431' }, error_code: 0 };
    const v2 = { reason: '成功', result: { found: 1, idFound: -1, riskInfo: [], riskScore: 63, orderid: 'J370202302281430184742' }, error_code: 0 };
    expect(interpretSocialCard(v1, 'v1')).toEqual({ decision: 'pass', score: 20, found: true, idFound: true, risks: [] });
    expect(interpretSocialCard(v2, 'v2')).toEqual({ decision: 'review', score: 63, found: true, idFound: false, risks: [] });
  });

  it('explains the risks by the version’s own table', () => {
    const riskInfo = [{ riskCode: 11005, riskCodeValue: 3 }, { riskCode: 1101, riskCodeValue: null }];
    const named = (version: 'v1' | 'v2'): unknown[] =>
      interpretSocialCard({ ...found(90), riskInfo }, version).risks.map(({ risk, severity }) => [risk.known && risk.title, severity.meaning]);
    expect(named('v2')).toEqual([['疑似恶意套现', '高风险'], [false, '']]);
    expect(named('v1')).toEqual([[false, '高风险'], ['疑似资料伪造包装', '']]);
    expect(interpretSocialCard({ ...found(0), riskInfo: null }, 'v1').risks).toEqual([]);
  });

  it('gives the error of a failed request', () => {
    expect(interpretSocialCard({ error_code: 237003, result: null }, 'v1')).toMatchObject({ decision: 'unknown', error: { meaning: '查询失败' } });
  });
});
