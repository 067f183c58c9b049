/** The code explorer: a search over `codes.json`, which lies beside the page. The open code is in the address. */
import type { SearchableCatalogue } from './catalogue.js';
import { openCatalogue } from './catalogue.js';
import { detail } from './detail.js';
import { element } from './element.js';
import { PAGE_LENGTH, row } from './list.js';
import type { Language, Word } from './words.js';
import { say, WORDS } from './words.js';

/** How long the codes may take, milliseconds. */
const LOAD_DEADLINE_MS = 20_000;

const part = <Kind extends HTMLElement>(id: string): Kind => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as Kind;
};
const query = part<HTMLInputElement>('query');
const system = part<HTMLSelectElement>('system');
const results = part<HTMLUListElement>('results');
const more = part<HTMLButtonElement>('more');
const status = part('status');
const panel = part('detail');
const languageButton = part<HTMLButtonElement>('language');

let language: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
let locale = language === 'zh' ? 'zh-CN' : 'en';
let shown = PAGE_LENGTH;

const openPath = (): string => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    // An address somebody cut in the middle of a character.
    return '';
  }
};

function drawWords(): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const each of document.querySelectorAll<HTMLElement>('[data-word]')) {
    const word = each.dataset['word'];
    if (word && word in WORDS.en) each.textContent = say(language, word as Word);
  }
  languageButton.textContent = say(language, 'other');
  languageButton.lang = language === 'zh' ? 'en' : 'zh-CN';
  document.title = `facefront · ${say(language, 'title')}`;
}

function drawList(catalogue: SearchableCatalogue): void {
  const found = catalogue.search({ text: query.value, system: system.value });
  const context = { catalogue, language, openPath: openPath() };
  results.replaceChildren(...found.slice(0, shown).map((code) => row(code, context)));
  status.textContent = found.length === 0 ? say(language, 'none') : say(language, 'found', { count: found.length, total: catalogue.codes.length });
  more.hidden = found.length <= shown;
  more.textContent = say(language, 'more', { count: Math.min(PAGE_LENGTH, found.length - shown) });
}

function drawDetail(catalogue: SearchableCatalogue): void {
  const path = openPath();
  const code = catalogue.find(path);
  document.body.classList.toggle('has-open-code', code !== undefined);
  if (code) {
    panel.replaceChildren(...detail(code, { catalogue, language, locale, onLocale: (chosen) => (locale = chosen) }));
    return;
  }
  const nothing = path ? say(language, 'unknown', { path }) : say(language, 'hint');
  panel.replaceChildren(element('p', { className: 'hint' }, nothing));
}

/** Marks the open code in the list, and gives the one that was marked before: where the focus returns to. */
function moveMark(): HTMLAnchorElement | undefined {
  const links = [...results.querySelectorAll('a')];
  const before = links.find((link) => link.hasAttribute('aria-current'));
  const open = links.find((link) => link.hash === location.hash);
  before?.removeAttribute('aria-current');
  open?.setAttribute('aria-current', 'true');
  return before ?? links[0];
}

/** The arrow keys go along the list; from the search they go into it. */
function moveByKey(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...results.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  if (at < 0 && document.activeElement !== query) return;
  const next = at + (event.key === 'ArrowDown' ? 1 : -1);
  event.preventDefault();
  (next < 0 ? query : links[Math.min(next, links.length - 1)])?.focus();
}

function run(catalogue: SearchableCatalogue): void {
  system.append(...catalogue.systems.map((name) => element('option', { value: name }, name)));
  const search = (): void => {
    shown = PAGE_LENGTH;
    drawList(catalogue);
  };
  query.addEventListener('input', search);
  system.addEventListener('change', search);
  part('search').addEventListener('submit', (event) => {
    event.preventDefault();
    results.querySelector('a')?.click();
  });
  more.addEventListener('click', () => {
    const before = shown;
    shown += PAGE_LENGTH;
    drawList(catalogue);
    results.querySelectorAll('a')[before]?.focus();
  });
  window.addEventListener('hashchange', () => {
    drawDetail(catalogue);
    const before = moveMark();
    const heading = document.getElementById('detail-heading');
    (heading ?? before)?.focus();
  });
  part('skip').addEventListener('click', (event) => {
    event.preventDefault();
    results.focus();
  });
  document.addEventListener('keydown', moveByKey);
  languageButton.addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh';
    drawWords();
    drawList(catalogue);
    drawDetail(catalogue);
  });
  drawList(catalogue);
  drawDetail(catalogue);
}

async function load(): Promise<SearchableCatalogue> {
  const response = await fetch('codes.json', { credentials: 'omit', signal: AbortSignal.timeout(LOAD_DEADLINE_MS) });
  if (!response.ok) throw new Error(`codes.json: ${response.status}`);
  return openCatalogue(await response.json());
}

drawWords();
status.textContent = say(language, 'loading');
load().then(run, () => (status.textContent = say(language, 'failed')));
