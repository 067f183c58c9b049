import { describe, expect, it } from 'vitest';
import { interpretAntiRush } from './anti-rush.js';

/** The document's own sample answer. */
const SAMPLE = {
  reason: '成功',
  result: { res: { UserId: '13825650335', PostTime: 1621837769, AssociateAccount: '', UserIp: '221.122.53.5', RiskLevel: 'review', RiskType: [201] } },
  orderid: 'J615202105241429295382',
  error_code: 0,
};

describe('Juhe’s risk engine', () => {
  it('reads the document’s sample, whole or unwrapped', () => {
    for (const given of [SAMPLE, SAMPLE.result, SAMPLE.result.res]) {
      const { decision, level, types, error } = interpretAntiRush(given);
      expect(decision).toBe('review');
      expect(level.meaning).toBe('需要人工审核');
      expect(types).toMatchObject([{ code: '201', title: '环境异常' }]);
      expect(error).toBeUndefined();
    }
  });

  it.each(['pass', 'review', 'reject'])('takes the vendor’s %s', (level) => expect(interpretAntiRush({ RiskLevel: level, RiskType: null }).decision).toBe(level));

  it('tolerates nulls, and takes none for a pass', () => {
    expect(interpretAntiRush({ res: { RiskLevel: null, RiskType: null } })).toMatchObject({ decision: 'unknown', types: [] });
    expect(interpretAntiRush(null).decision).toBe('unknown');
    expect(interpretAntiRush({ RiskLevel: 'PASS' }).decision).toBe('unknown');
  });

  it('explains 206 and its children, and keeps a type it does not know', () => {
    const { types } = interpretAntiRush({ RiskLevel: 'reject', RiskType: [206, 2061, '2063', -1] });
    expect(types.map((type) => (type.known ? type.title : type.code))).toEqual(['设备异常', '疑似 非常用设备', '疑似 群控设备', '-1']);
  });

  it('gives the error of a failed request, the service’s or the platform’s', () => {
    expect(interpretAntiRush({ error_code: 261502, result: null })).toMatchObject({ decision: 'unknown', error: { table: 'service', meaning: 'accountType错误' } });
    expect(interpretAntiRush({ error_code: '10012', result: null })).toMatchObject({ error: { table: 'system', legacy: '112' } });
    expect(interpretAntiRush({ error_code: 77, result: { res: { RiskLevel: 'pass' } } })).toMatchObject({ decision: 'unknown', error: { known: false, code: '77' } });
  });
});
