import { describe, expect, it } from 'vitest';
import { createCatalogue } from './catalogue.js';
import en from './prompts/en.js';
import image from './tables/image/index.js';

const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a locale fetched as JSON', () => {
  it('answers from then on, and zh-CN fills its holes', () => {
    const catalogue = createCatalogue([]);
    catalogue.parseLocale(overTheWire({ locale: 'en', prompts: { passed: en.prompts.passed } }));
    expect(catalogue.promptText('passed', 'en-GB')).toBe(en.prompts.passed);
    expect(catalogue.promptText('instruction.blink', 'en-GB')).toBe('请眨一下眼');
  });

  it.each([
    [null, 'locale file must be an object with locale and prompts'],
    [{ locale: 'english', prompts: {} }, 'locale must be a BCP 47 tag such as zh-HK'],
    [{ locale: 'en', prompts: [] }, 'prompts must be an object of sentences by prompt id'],
    [{ locale: 'en', prompts: { passed: '' } }, 'prompts["passed"] must be a sentence of 1–500 characters'],
    [{ locale: 'en', prompts: { passed: 7 } }, 'prompts["passed"] must be a sentence of 1–500 characters'],
  ])('is refused when it is %j', (json, message) => {
    const catalogue = createCatalogue([]);
    expect(() => catalogue.parseLocale(json)).toThrow(new TypeError(message));
    expect(catalogue.resolveLocale('en')).toBe('zh-CN');
  });
});

describe('tables fetched as JSON', () => {
  it('answer from then on', () => {
    const catalogue = createCatalogue([]);
    expect(catalogue.lookup('image', 'ocr', '-5107')).toMatchObject({ known: false, code: '-5107' });
    catalogue.parseTables(overTheWire(image));
    expect(catalogue.lookup('image', 'ocr', '-5107')).toMatchObject({ known: true, meaning: '提供的图片不是身份证' });
    expect(catalogue.list('image')).toHaveLength(271);
  });

  it('replace a table that is there, in its place', () => {
    const catalogue = createCatalogue(image);
    catalogue.parseTables([{ system: 'image', table: 'face', source: 'test', columns: ['code', 'meaning', 'prompt'], rows: [['1', 'one', 'fault']] }]);
    expect(catalogue.list()[0]).toMatchObject({ table: 'face', code: '1', remedy: 'fix-request' });
    expect(catalogue.list('image', 'face')).toHaveLength(1);
  });

  it.each(['notYetKnown', 'constructor', '__proto__'])('with the prompt id %s of some later version still give a sentence', (prompt) => {
    const catalogue = createCatalogue([]);
    catalogue.parseTables([{ system: 's', table: 't', source: 'x', columns: ['code', 'meaning', 'prompt'], rows: [['1', 'one', prompt]] }]);
    const entry = catalogue.lookup('s' as string, 't', '1');
    expect(entry).toMatchObject({ known: true, remedy: 'contact', audience: 'operator' });
    expect(catalogue.promptFor(entry)).toBe('验证没有完成，请稍后重试；如仍不行，请联系客服并提供代码 1');
  });

  it.each([
    [{}, 'tables must be an array'],
    [[null], 'tables[0] must be an object'],
    [[{ system: 's', table: '' }], 'tables[0].table must be text'],
    [[{ system: 's', table: 't', source: 'x', columns: ['meaning'] }], 'tables[0].columns must be names of columns, code first'],
    [[{ system: 's', table: 't', source: 'x', columns: ['code'], rows: [[1]] }], 'tables[0].rows[0] must be cells of text, the code first'],
  ])('are refused when they are %j', (json, message) => {
    expect(() => createCatalogue([]).parseTables(json)).toThrow(new TypeError(message));
  });
});
