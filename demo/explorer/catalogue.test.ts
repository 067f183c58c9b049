import { describe, expect, it } from 'vitest';
import { codesAsJson } from '../../scripts/codes-document.js';
import { openCatalogue, pathOf } from './catalogue.js';

const catalogue = openCatalogue(codesAsJson());
const paths = (text: string, system = ''): string[] => catalogue.search({ text, system }).map(pathOf);

describe('the search of the explorer', () => {
  it('finds a number: the very code first, then those that begin so', () => {
    expect(paths('1101').slice(0, 3)).toEqual(['antifraud/risk/1101', 'faceid-wechat/liveness-digits/1101', 'juhe-antifraud/risk-v1/1101']);
    expect(paths('66660023')[0]).toBe('faceid-sdk/result/66660023');
    expect(paths('6666002').length).toBeGreaterThan(5);
  });

  it('finds words of the vendor and of the person, in any locale and any case', () => {
    expect(paths('光线太暗')).toContain('faceid-wechat/liveness-action/1201');
    expect(paths('BRIGHTER')).toContain('facefront/client/too-dark');
    expect(paths('签名 串')).toContain('image/face/5');
    expect(paths('カメラ 設定')).toContain('faceid-h5-client/result/3004');
  });

  it('filters by system, and shows everything when nothing is asked', () => {
    expect(new Set(catalogue.search({ text: '', system: 'image' }).map((code) => code.system))).toEqual(new Set(['image']));
    expect(paths('')).toHaveLength(catalogue.codes.length);
    expect(paths('no such thing')).toEqual([]);
  });

  it('knows what else has the same number', () => {
    const code = catalogue.find('faceid-sdk/result/-5012');
    expect(code && catalogue.sameNumber(code).map(pathOf)).toEqual(['faceid-sdk/result/-5012', 'image/face-verify/-5012']);
    expect(catalogue.find('faceid-sdk/result/nothing')).toBeUndefined();
  });

  it.each([null, {}, [], 'codes'])('refuses %j', (json) => expect(() => openCatalogue(json)).toThrow(TypeError));
});
