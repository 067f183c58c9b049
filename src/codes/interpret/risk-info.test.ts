import { describe, expect, it } from 'vitest';
import { interpretRiskInfo } from './risk-info.js';

const decide = (deviceInfoLevel: string | number | null, riskInfoLevel: string | number | null): string =>
  interpretRiskInfo({ deviceInfoLevel, riskInfoLevel }).decision;

describe('FaceID risk information', () => {
  it.each([0, 1, 2])('device level %i is let through', (level) => expect(decide(level, 0)).toBe('low-risk'));
  it.each([3, 4])('device level %i intercepts', (level) => expect(decide(level, 0)).toBe('intercepted'));
  it.each([0, 1, 2, 3, 4])('identity level %i is let through', (level) => expect(decide(0, level)).toBe('low-risk'));
  it('identity level 5 intercepts', () => expect(decide('0', '5')).toBe('intercepted'));

  it('a level that is missing or new is not low risk, and does not hide the other one', () => {
    expect(decide(null, 0)).toBe('unknown');
    expect(decide(0, null)).toBe('unknown');
    expect(decide(5, 0)).toBe('unknown');
    expect(decide('low', 0)).toBe('unknown');
    expect(decide(null, 5)).toBe('intercepted');
    expect(interpretRiskInfo({}).device).toMatchObject({ intercepts: false, tags: [] });
  });

  it('explains every tag, keeping its zero', () => {
    const { device, identity } = interpretRiskInfo({ deviceInfoLevel: 3, deviceInfoTag: '5001、8000,9999', riskInfoLevel: 5, riskInfoTag: ['02', '20'] });
    expect(device.tags.map((tag) => tag.meaning)).toEqual([
      '设备疑似被 root，该标签支持 Android 和 iOS 系统',
      '设备存在异常篡改信息行为，该标签支持 Android 和 iOS 系统',
      '',
    ]);
    expect(device.tags[2]).toMatchObject({ known: false, code: '9999' });
    expect(identity.tags.map((tag) => [tag.code, tag.meaning])).toEqual([['02', '攻击风险'], ['20', '综合业务风险']]);
  });
});
