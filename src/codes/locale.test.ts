import { describe, expect, it } from 'vitest';
import { resolveLocale } from './all.js';
import { fallbackChain } from './locale.js';

describe('the locale that answers', () => {
  it.each([
    ['zh-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-SG', 'zh-CN'],
    ['zh-Hans', 'zh-CN'],
    ['zh-Hans-HK', 'zh-CN'],
    ['zh-Hant', 'zh-TW'],
    ['zh-TW', 'zh-TW'],
    ['zh-Hant-TW', 'zh-TW'],
    ['zh-Hant-SG', 'zh-TW'],
    ['zh-HK', 'zh-HK'],
    ['zh-MO', 'zh-HK'],
    ['zh-Hant-HK', 'zh-HK'],
    ['zh-Hant-MO', 'zh-HK'],
    ['yue', 'zh-HK'],
    ['cmn-Hant', 'zh-TW'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['EN_us', 'en'],
    ['ja-JP', 'ja'],
    ['ja-JP-u-ca-japanese', 'ja'],
    ['th-TH-u-nu-thai', 'th'],
    ['in-ID', 'id'],
    ['ms-Latn-MY', 'ms'],
    ['fr', 'zh-CN'],
    ['', 'zh-CN'],
    ['x-private', 'zh-CN'],
  ])('for %s is %s', (tag, locale) => expect(resolveLocale(tag)).toBe(locale));
});

describe('the chain', () => {
  it('goes by subtag, then by script and place, and ends at zh-CN', () => {
    expect(fallbackChain('zh-Hant-HK')).toEqual(['zh-hant-hk', 'zh-hant', 'zh-hk', 'zh-tw', 'zh-cn']);
    expect(fallbackChain('en-GB')).toEqual(['en-gb', 'en', 'zh-cn']);
    expect(fallbackChain(undefined)).toEqual(['zh-cn']);
  });
});
