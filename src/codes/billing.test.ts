import { describe, expect, it } from 'vitest';
import { chargedOn } from './billing.js';
import { lookup } from './index.js';

describe('whether a code was charged', () => {
  const changed = lookup('faceid-wechat', 'compare', '2011');

  it('goes by the day the document changed, in Beijing time', () => {
    expect(chargedOn(changed, '2021-07-18')).toBe(true);
    expect(chargedOn(changed, '2021-07-19')).toBe(false);
    expect(chargedOn(changed, new Date('2021-07-18T15:59:59Z'))).toBe(true);
    expect(chargedOn(changed, new Date('2021-07-18T16:00:00Z'))).toBe(false);
    expect(changed).toMatchObject({ billed: { charged: false, chargedBefore: '2021-07-19' } });
  });

  it('is the same on every day where nothing changed', () => {
    expect(chargedOn(lookup('faceid-sdk', 'result', '66660004'), '2019-01-01')).toBe(true);
    expect(chargedOn(lookup('faceid-wechat', 'compare', '2008'), '2019-01-01')).toBe(false);
  });

  it('is not known without a document or a date', () => {
    expect(chargedOn(lookup('facefront', 'client', 'offline'), '2021-07-19')).toBeUndefined();
    expect(chargedOn(lookup('faceid-sdk', 'result', 'new' as string), '2021-07-19')).toBeUndefined();
    for (const date of ['', 'yesterday', '2021-13-01', '2021-7-1', new Date(NaN)]) expect(chargedOn(changed, date)).toBeUndefined();
  });
});
