import { describe, expect, it } from 'vitest';
import { CODE_PROMPTS, INSTRUCTION_IDS, LOCALES, list, lookup, promptFor, promptText } from '../../src/codes/all.js';
import type { KnownEntry, PromptId } from '../../src/codes/all.js';
import { ALL_LOCALES } from '../../src/codes/all-locales.js';

const PROMPT_IDS = [...Object.keys(CODE_PROMPTS), ...INSTRUCTION_IDS.map((id) => `instruction.${id}`)] as PromptId[];
const pathOf = ({ system, table, code }: KnownEntry): string => `${system}/${table}/${code}`;

describe('the locales', () => {
  it('are the ten, each under its own name', () => {
    expect(ALL_LOCALES.map(({ locale }) => locale)).toEqual([...LOCALES]);
  });

  it.each(ALL_LOCALES)('$locale has every sentence, and no other', ({ locale, prompts }) => {
    const ids = Object.keys(prompts).filter((id) => !id.includes('/'));
    expect(ids.sort()).toEqual([...PROMPT_IDS].sort());
    for (const [id, sentence] of Object.entries(prompts)) {
      expect(sentence.trim(), `${locale} ${id}`).toBe(sentence);
      expect(sentence.length, `${locale} ${id}: ${sentence}`).toBeGreaterThan(1);
      expect(sentence.length, `${locale} ${id}: ${sentence}`).toBeLessThan(140);
    }
  });

  it.each(ALL_LOCALES)('$locale quotes the code in the same sentences as zh-CN', ({ prompts }) => {
    const quoting = (all: Record<string, string>): string[] => PROMPT_IDS.filter((id) => all[id]?.includes('{code}'));
    expect(quoting(prompts)).toEqual(quoting(ALL_LOCALES[0].prompts));
    for (const sentence of Object.values(prompts)) expect(sentence.replace('{code}', '')).not.toMatch(/[{}]/);
  });

  it('word a single code only where that code is', () => {
    const codes = new Set(list().map(pathOf));
    for (const { prompts } of ALL_LOCALES) for (const key of Object.keys(prompts)) if (key.includes('/')) expect(codes).toContain(key);
  });

  it('are not copies of each other', () => {
    for (const { locale, prompts } of ALL_LOCALES) {
      const same = PROMPT_IDS.filter((id) => locale !== 'en' && prompts[id] === promptText(id, 'en'));
      expect(same, locale).toEqual([]);
    }
    for (const id of PROMPT_IDS) expect(promptText(id, 'ja'), id).not.toBe(promptText(id, 'zh-CN'));
  });

  it('write Chinese in the script of the place', () => {
    const simplified = /[请脸录频验证识别关闭设备单账态览网络联务见页图码视头张电过后还开发现]/;
    const traditional = /[請臉錄頻驗證識關閉設備單賬態覽網絡聯務見頁圖碼視頭張電過後還開發現]/;
    for (const id of PROMPT_IDS) {
      expect(promptText(id, 'zh-CN'), id).not.toMatch(traditional);
      for (const locale of ['zh-TW', 'zh-HK']) expect(promptText(id, locale), id).not.toMatch(simplified);
    }
  });
});

describe('every code', () => {
  it('has a sentence in every locale, and none of the ids is idle', () => {
    const used = new Set<string>(['unknown']);
    for (const entry of list()) {
      used.add(entry.promptId);
      expect(PROMPT_IDS, pathOf(entry)).toContain(entry.promptId);
      for (const locale of LOCALES) expect(promptFor(entry, locale), `${pathOf(entry)} ${locale}`).toMatch(/\S/);
    }
    expect(Object.keys(CODE_PROMPTS).filter((id) => !used.has(id))).toEqual([]);
  });

  it('has a remedy and an audience that the types know', () => {
    const remedies = ['none', 'adjust', 'retry', 'wait', 'update', 'contact', 'fix-request', 'stop'];
    for (const entry of list()) {
      expect(remedies, pathOf(entry)).toContain(entry.remedy);
      expect(['user', 'developer', 'operator'], pathOf(entry)).toContain(entry.audience);
      expect(entry.meaning, pathOf(entry)).toMatch(/\S/);
      expect(entry.source, pathOf(entry)).toMatch(/^(seed \d{3}_[0-9a-f]{16}|facefront|https:\/\/\S+)$/);
    }
  });

  it('of the App SDK that speaks to the person is the vendor’s sentence, verbatim', () => {
    const speaking = list('faceid-sdk').filter(({ meaning }) => /请(?!求)|确保|建议|录制时|请稍/.test(meaning));
    expect(speaking).toHaveLength(speaking.filter((entry) => promptFor(entry, 'zh-CN') === entry.meaning).length);
    expect(speaking.length).toBeGreaterThan(60);
    expect(list('faceid-sdk').filter((entry) => promptFor(entry, 'zh-CN') === '请确保本人操作且正脸对框')).toHaveLength(20);
  });

  it('keeps its internals from the person', () => {
    const internals = /签名|簽名|参数|參數|接口|报文|\b(tokens?|tickets?|app ?id|secret|bucket|nonce|SDK|API|CKV|appkey|json|https?|root|hook)\b/i;
    for (const entry of list()) {
      for (const locale of LOCALES) expect(promptFor(entry, locale).replace(entry.code, ''), `${pathOf(entry)} ${locale}`).not.toMatch(internals);
    }
  });

  it('that is a developer’s fault gives the person a calm sentence and the code to quote', () => {
    const faults = list().filter((entry) => entry.promptId === 'fault');
    expect(faults.length).toBeGreaterThan(150);
    for (const entry of faults) for (const locale of LOCALES) expect(promptFor(entry, locale), pathOf(entry)).toContain(entry.code);
    expect(lookup('faceid-sdk', 'result', '400101')).toMatchObject({ audience: 'developer', remedy: 'fix-request' });
  });

  it('of the SDK’s own that links to a vendor code links to one that exists', () => {
    const linked = list('facefront', 'client').filter((entry) => entry.sameAs);
    expect(linked.length).toBeGreaterThan(20);
    for (const { sameAs } of linked) expect(sameAs && lookup(sameAs.system, sameAs.table, sameAs.code)).toMatchObject({ known: true });
  });

  it('that is not from a seed says where it is from', () => {
    const others = [...new Set(list().filter((entry) => !entry.source.startsWith('seed ')).map((entry) => entry.system))];
    expect(others).toEqual(['facefront', 'faceid-h5-client', 'wechat-native']);
  });
});
