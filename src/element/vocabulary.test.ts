import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCALE_FILES } from './fetch-words.js';
import { createVocabulary, type Words } from './vocabulary.js';
import zhCN from './words/zh-CN.js';

const namesIn = (folder: string): string[] =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();
const locales = namesIn('./words/');
const read = async (locale: string): Promise<Words> => ((await import(`./words/${locale}.ts`)) as { default: Words }).default;

describe('locales', () => {
  it('are those of the prompts, and those that can be fetched', () => {
    expect(locales).toEqual(namesIn('../codes/prompts/'));
    expect(locales.filter((locale) => locale !== 'zh-CN')).toEqual([...LOCALE_FILES].sort());
  });

  it.each(locales)('%s has every word and no other, none of them blank or left in another language', async (locale) => {
    const words = await read(locale);
    expect(Object.keys(words)).toEqual(Object.keys(zhCN));
    for (const word of Object.values(words)) expect(word.trim()).toBe(word);
    for (const word of Object.values(words)) expect(word).not.toBe('');
    if (!/^(zh|ja)/.test(locale)) expect(Object.values(words).join('')).not.toMatch(/\p{Script=Han}/u);
    // A button that is longer than this wraps at 320 pixels.
    for (const id of ['start', 'agree', 'refuse', 'retry', 'again', 'close', 'done', 'cancel'] as const) expect(words[id].length, id).toBeLessThanOrEqual(24);
  });
});

describe('a vocabulary', () => {
  it('takes what is there, and the rest from the fallback chain', () => {
    const vocabulary = createVocabulary();
    vocabulary.add('zh-TW', { cancel: '取消（台）', close: '關閉' });
    vocabulary.add('zh-HK', { close: '關上', unknown: 'x' });
    const say = vocabulary.speaker('zh-Hant-HK');
    expect([say('close'), say('cancel'), say('retry')]).toEqual(['關上', '取消（台）', zhCN.retry]);
    expect([vocabulary.has('ZH-tw'), vocabulary.has('en')]).toEqual([true, false]);
  });

  it.each([['a number', 7], ['nothing', ''], ['white space', '  '], ['a novel', 'x'.repeat(501)], ['null', null]])('refuses %s as a word, and keeps what it had', (_, word) => {
    const vocabulary = createVocabulary();
    expect(() => vocabulary.add('en', { close: 'Close', cancel: word })).toThrow('words.cancel (en): must be text of 1–500 characters');
    expect(vocabulary.has('en')).toBe(false);
  });

  it('takes a file without words as one that adds none', () => {
    const vocabulary = createVocabulary();
    vocabulary.add('en', undefined);
    expect(vocabulary.speaker('en')('close')).toBe(zhCN.close);
  });
});
