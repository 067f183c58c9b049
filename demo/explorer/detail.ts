import type { CodeDocument } from '../../scripts/codes-document.js';
import type { SearchableCatalogue } from './catalogue.js';
import { pathOf } from './catalogue.js';
import { element } from './element.js';
import type { Language, Word } from './words.js';
import { say } from './words.js';

/** What the detail of a code is drawn from. */
export interface DetailContext {
  readonly catalogue: SearchableCatalogue;
  readonly language: Language;
  /** Locale of the prompt on the picture of the phone. */
  readonly locale: string;
  /** The person chose another one. */
  readonly onLocale: (locale: string) => void;
}

/** Everything about one code. The heading takes the focus when the code was opened from the list. */
export function detail(code: CodeDocument, context: DetailContext): readonly HTMLElement[] {
  const { catalogue, language, locale, onLocale } = context;
  const sentence = element('p', { className: 'phone-prompt' });
  const show = (name: string): void => {
    sentence.lang = name;
    sentence.textContent = code.prompt[name] ?? '';
  };
  show(locale);
  const choose = (name: string): void => {
    show(name);
    onLocale(name);
  };
  return [
    element('a', { href: '#', className: 'back' }, `← ${say(language, 'back')}`),
    element(
      'h2',
      { id: 'detail-heading', tabIndex: -1 },
      element('span', { className: 'detail-code' }, code.code),
      element('span', { className: 'detail-table' }, `${code.system} / ${code.table}`),
    ),
    ...others(code, context),
    element(
      'section',
      { className: 'person', aria: { labelledby: 'person-heading' } },
      element('h3', { id: 'person-heading' }, say(language, 'person')),
      element('div', { className: `phone remedy-${code.remedy}` }, element('div', { className: 'phone-oval', aria: { hidden: 'true' } }), sentence),
      facts(code, context),
      element('fieldset', { className: 'locales' }, element('legend', {}, say(language, 'locale')), ...catalogue.locales.map((name) => localeChoice(code, name, name === locale, choose))),
    ),
  ];
}

/** The prompt in one locale, which can be put on the picture of the phone. */
function localeChoice(code: CodeDocument, name: string, checked: boolean, choose: (name: string) => void): HTMLElement {
  const input = element('input', { type: 'radio', name: 'locale', value: name, checked });
  input.addEventListener('change', () => choose(name));
  return element('label', { className: 'locale' }, input, element('span', { className: 'locale-name' }, name), element('span', { lang: name }, code.prompt[name] ?? ''));
}

function facts(code: CodeDocument, { language }: DetailContext): HTMLElement {
  const words = code.system === 'facefront' ? 'en' : 'zh-CN';
  const list = element('dl', { className: 'facts' });
  const add = (word: Word, value: string | Node | undefined, lang?: string): void => {
    if (value) list.append(element('dt', {}, say(language, word)), element('dd', lang ? { lang } : {}, value));
  };
  add('meaning', [code.title, code.meaning].filter(Boolean).join(' · '), words);
  add('advice', code.advice, words);
  add('remedy', element('span', { className: 'chip' }, code.remedy));
  add('audience', element('span', { className: 'chip' }, code.audience));
  add('charged', charged(code, language));
  add('legacy', code.legacy);
  add('sameAs', code.sameAs && codeLink(code.sameAs));
  add('source', code.source);
  return list;
}

function charged({ billed }: CodeDocument, language: Language): string | undefined {
  if (!billed) return undefined;
  if (billed.charged) return say(language, 'chargedYes');
  return billed.chargedBefore ? say(language, 'chargedUntil', { date: billed.chargedBefore }) : say(language, 'chargedNo');
}

const codeLink = (code: Pick<CodeDocument, 'system' | 'table' | 'code'>): HTMLAnchorElement => element('a', { href: `#${pathOf(code)}` }, pathOf(code));

function others(code: CodeDocument, { catalogue, language }: DetailContext): readonly HTMLElement[] {
  const same = catalogue.sameNumber(code).filter((other) => other !== code);
  if (same.length === 0) return [];
  const items = same.map((other) => element('li', {}, codeLink(other), ' ', element('span', { lang: 'zh-CN' }, other.title ?? other.meaning)));
  return [
    element(
      'section',
      { className: 'others', aria: { labelledby: 'others-heading' } },
      element('h3', { id: 'others-heading' }, say(language, 'others')),
      element('p', {}, say(language, 'othersNote', { code: code.code })),
      element('ul', {}, ...items),
    ),
  ];
}
