import type { CodeDocument } from '../../scripts/codes-document.js';
import type { SearchableCatalogue } from './catalogue.js';
import { pathOf } from './catalogue.js';
import { element } from './element.js';
import type { Language } from './words.js';
import { say } from './words.js';

/** Rows shown before the person asks for more. */
export const PAGE_LENGTH = 100;

/** What one row is drawn from. */
export interface RowContext {
  readonly catalogue: SearchableCatalogue;
  readonly language: Language;
  /** Path of the code that is open. */
  readonly openPath: string;
}

/** A code in the list: a link to its own address, so that it can be kept, shared and gone back from. */
export function row(code: CodeDocument, { catalogue, language, openPath }: RowContext): HTMLLIElement {
  const path = pathOf(code);
  const meanings = catalogue.sameNumber(code).length;
  const link = element(
    'a',
    { href: `#${path}`, className: 'row', ...(path === openPath && { aria: { current: 'true' } }) },
    element('span', { className: 'row-code' }, code.code),
    element('span', { className: 'row-table' }, `${code.system} / ${code.table}`),
    element('span', { className: 'row-meaning', lang: code.system === 'facefront' ? 'en' : 'zh-CN' }, code.title ?? code.meaning),
  );
  if (meanings > 1) link.append(element('span', { className: 'badge' }, say(language, 'meanings', { count: meanings })));
  return element('li', {}, link);
}
