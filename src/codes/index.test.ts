import { describe, expect, it } from 'vitest';
import { CLIENT_CODES } from './client-codes.js';
import * as all from './all.js';
import * as index from './index.js';
import { createCatalogue, list, lookup, promptFor, promptText } from './index.js';
import en from './prompts/en.js';
import antifraud from './tables/antifraud/index.js';
import facefront from './tables/facefront/index.js';

describe('what the client begins with', () => {
  it('knows the own codes and the two FaceID families', () => {
    expect(list('facefront', 'client').map((entry) => entry.code)).toEqual([...CLIENT_CODES]);
    expect(list('faceid-sdk')).toHaveLength(150);
    expect(list('faceid-wechat')).toHaveLength(67);
    expect(list()).toHaveLength(150 + 67 + CLIENT_CODES.length);
  });

  it('offers the same names as the full catalogue, which knows every system', () => {
    expect(Object.keys(index).sort()).toEqual(Object.keys(all).sort());
    expect(lookup('image', 'ocr', '-5107').known).toBe(false);
    expect(all.lookup('image', 'ocr', '-5107').known).toBe(true);
  });

  it('turns 66660023 into the vendor’s own sentence', () => {
    const entry = lookup('faceid-sdk', 'result', '66660023');
    expect(entry).toMatchObject({ known: true, promptId: 'selfFacing', remedy: 'adjust', audience: 'user', billed: { charged: false } });
    expect(promptFor(entry, 'zh-CN')).toBe('请确保本人操作且正脸对框');
  });

  it('keeps a developer’s fault to itself, and quotes the code', () => {
    const entry = lookup('faceid-sdk', 'result', '400101');
    expect(entry).toMatchObject({ advice: '签名校验不通过', remedy: 'fix-request', audience: 'developer' });
    expect(promptFor(entry)).toBe('暂时无法完成验证，请联系客服并提供代码 400101');
  });

  it('words a single code apart where the vendor does', () => {
    expect(promptFor({ system: 'faceid-sdk', table: 'result', code: '-5008' })).toBe('声音未能识别，请大声慢读一遍数字');
    expect(promptFor({ system: 'faceid-sdk', table: 'result', code: '-5010' })).toBe('声音未能识别；请大声慢读一遍数字');
  });

  it('has the instructions', () => {
    expect(promptText('instruction.moveCloser')).toBe('请靠近一点');
  });
});

describe('a catalogue of one’s own', () => {
  const catalogue = createCatalogue(facefront);
  const reference = { system: 'facefront', table: 'client', code: 'face-too-far' } as const;

  it('falls back to zh-CN until a locale is added', () => {
    expect(catalogue.resolveLocale('en-GB')).toBe('zh-CN');
    expect(catalogue.promptFor(reference, 'en-GB')).toBe('请靠近一点');
    catalogue.addLocale(en);
    expect(catalogue.resolveLocale('en-GB')).toBe('en');
    expect(catalogue.promptFor(reference, 'en-GB')).toBe('Move closer');
  });

  it('takes another system when it is wanted', () => {
    expect(catalogue.candidates('1101')).toEqual([]);
    catalogue.addTables(antifraud);
    expect(catalogue.candidates('1101')).toMatchObject([{ system: 'antifraud', table: 'risk', remedy: 'stop' }]);
  });

  it('lets the integrator word a prompt, or one code', () => {
    expect(catalogue.promptFor(reference, 'zh-CN', { 'instruction.moveCloser': '再近一点' })).toBe('再近一点');
    const both = { 'instruction.moveCloser': '再近一点', 'facefront/client/face-too-far': '把手机拿近一点' };
    expect(catalogue.promptFor(reference, 'zh-CN', both)).toBe('把手机拿近一点');
    expect(catalogue.promptFor(reference, 'zh-CN', { 'instruction.moveCloser': ' ' })).toBe('请靠近一点');
  });
});
