import { describe, expect, it } from 'vitest';
import { promptFor } from '../codes/core.js';
import { INSTRUCTION_IDS } from '../liveness/index.js';
import { clientResult, verdictResult } from './scripted-flow.fixture.js';
import { sentenceOf } from './sentence.js';
import type { Scene } from './scene.js';
import { createVocabulary } from './vocabulary.js';

const vocabulary = createVocabulary();
const say = (state: unknown, locale = 'zh-CN') =>
  sentenceOf({
    state: state && { detector: { stage: 'mesh' }, ...(state as object) },
    locale,
    prompts: undefined,
    consentText: undefined,
    asksForDevice: false,
    say: vocabulary.speaker(locale),
  } as Scene);

describe('sentenceOf', () => {
  it.each(INSTRUCTION_IDS)('has words for the instruction %s', (id) => {
    const { message, hint } = say({ phase: 'guidance', instruction: { id }, progress: 0 });
    expect(message.length).toBeGreaterThan(3);
    expect(hint).toBeUndefined();
  });

  it('says why a try was not met, in the vendor’s words, above what to do now', () => {
    const missed = { system: 'faceid-wechat', table: 'liveness-digits', code: '1109' };
    const { message, hint } = say({ phase: 'guidance', instruction: { id: 'moveCloser' }, progress: 0, missed });
    expect(message).toBe(promptFor(missed));
    expect(hint).toBe(say({ phase: 'guidance', instruction: { id: 'moveCloser' }, progress: 0 }).message);
    expect(message).not.toBe(hint);
  });

  it.each([
    [0, 999_999, '0 / 1000 KB'],
    [12_345, 45_678, '12 / 46 KB'],
    [0, 1_000_000, '0.0 / 1.0 MB'],
    [7_950_000, 8_000_000, '8.0 / 8.0 MB'],
    [0, 0, '0 / 0 KB'],
  ])('%i of %i bytes are %s', (sentBytes, totalBytes, hint) => {
    expect(say({ phase: 'uploading', sentBytes, totalBytes }).hint).toBe(hint);
  });

  it.each([[1999, ''], [2000, ' · 2 s'], [7400, ' · 8 s'], [undefined, '']])('%s ms left are "%s"', (remainingMs, left) => {
    expect(say({ phase: 'uploading', sentBytes: 1000, totalBytes: 2000, remainingMs }).hint).toBe(`1 / 2 KB${left}`);
  });

  it.each(['session', 'uploading', 'verdict'])('says in %s that the network is waited for', (phase) => {
    expect(say({ phase, connection: 'offline', sentBytes: 1, totalBytes: 2 })).toEqual({ icon: 'busy', message: '网络已断开', hint: '连上网络后会自动继续' });
  });

  it('says a vendor’s word at once, and that it is being checked', () => {
    const code = { system: 'faceid-sdk', table: 'result', code: '66660023' };
    expect(say({ phase: 'returned', channel: 'kyc-h5', code })).toEqual({ icon: 'attention', message: '请确保本人操作且正脸对框', hint: say({ phase: 'verdict' }).message });
    expect(say({ phase: 'returned', channel: 'kyc-h5' })).toEqual(say({ phase: 'verdict' }));
    expect(say({ phase: 'channel', channel: 'kyc-h5' }).icon).toBe('busy');
  });

  it('quotes code and reference where support may be asked, and only then', () => {
    const hintOf = (result: unknown) => say({ phase: 'ended', result }).hint;
    expect(hintOf(verdictResult('rejected', '66660004', 'R-7'))).toBe('代码 faceid-sdk/result/66660004\n参考号 R-7');
    expect(hintOf(verdictResult('passed', '0', 'R-7'))).toBe('参考号 R-7');
    expect(hintOf(clientResult('failed', 'camera-denied'))).toBe('代码 facefront/client/camera-denied');
    expect(hintOf(clientResult('cancelled', 'cancelled'))).toBe('');
  });

  it('speaks zh-CN where it has nothing better', () => {
    expect(say(undefined, 'xx').message).toBe(say(undefined).message);
    expect(say({ phase: 'tap' }, 'xx').message).toBe('请点一下画面继续');
  });
});
