import { describe, expect, it } from 'vitest';
import { candidates, list, lookup } from '../../src/codes/all.js';

/** The numbers that the App SDK's table and the image service's tables both have. */
const SHARED = [
  '-1101', '-1102', '-1103', '-1104', '-1105', '-1301', '-1302', '-1303', '-1304', '-1403', '-1404',
  '-4006', '-4007', '-4009', '-4010', '-4015', '-4016', '-4017', '-4018',
  '-5001', '-5002', '-5005', '-5007', '-5008', '-5009', '-5010', '-5011', '-5012', '-5013', '-5014', '-5015', '-5103',
];

describe('numbers that mean different things', () => {
  it('32 codes are both in faceid-sdk and in image', () => {
    const image = new Set(list('image').map((entry) => entry.code));
    const shared = list('faceid-sdk').map((entry) => entry.code).filter((code) => image.has(code));
    expect(shared.sort()).toEqual(SHARED.sort());
    expect(shared).toHaveLength(32);
  });

  it('each is told apart by its system', () => {
    for (const code of SHARED) {
      const systems = candidates(code).map((entry) => entry.system);
      expect(systems).toContain('faceid-sdk');
      expect(systems).toContain('image');
    }
    expect(lookup('faceid-sdk', 'result', '-5012').meaning).toBe('视频中人脸被遮挡');
    expect(lookup('image', 'face-verify', '-5012').meaning).toBe('视频中噪声太大');
  });

  it('1101 is three things, and none is chosen', () => {
    expect(candidates('1101').map(({ system, table, title, meaning }) => [system, table, title ?? meaning])).toEqual([
      ['antifraud', 'risk', '疑似 资料伪造包装'],
      ['faceid-wechat', 'liveness-digits', '未检测到声音'],
      ['juhe-antifraud', 'risk-v1', '疑似资料伪造包装'],
    ]);
  });

  it('the image service words 16 and 17 differently in its own sections', () => {
    expect(lookup('image', 'porn', '16').meaning).not.toBe(lookup('image', 'ocr', '16').meaning);
    expect(lookup('image', 'porn', '17').meaning).not.toBe(lookup('image', 'ocr', '17').meaning);
  });

  it('a code keeps its zero and its sign', () => {
    expect(candidates('02').map((entry) => entry.table)).toEqual(['identity-tag']);
    expect(candidates('2').map((entry) => entry.table)).not.toContain('identity-tag');
    expect(candidates('5012')).toEqual([]);
  });
});
