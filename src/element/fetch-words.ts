import { fallbackChain } from '../codes/core.js';
import { loadLocale, type LoadLocaleOptions } from '../flow/index.js';
import { vocabulary } from './vocabulary.js';

/** Files of `assets/locales`, written by the build from `codes/prompts` and the words of this folder. */
export const LOCALE_FILES = ['en', 'id', 'ja', 'ko', 'ms', 'th', 'vi', 'zh-HK', 'zh-TW'] as const;

/** Without its file the element speaks another language; better that soon than the right one late. */
const TIMEOUT_MS = 8_000;

/**
 * Makes the element speak a language: fetches the file of the best locale for the tag, unless its words are there.
 * Words and prompts that the page has added by itself are left alone.
 *
 * @param tag BCP 47
 * @throws TypeError when the file is missing or is not what it should be, DOMException `AbortError` after 8 s
 */
export async function fetchWords(tag: string, options: LoadLocaleOptions): Promise<void> {
  for (const candidate of fallbackChain(tag)) {
    if (vocabulary.has(candidate)) return;
    const name = LOCALE_FILES.find((file) => file.toLowerCase() === candidate);
    if (name === undefined) continue;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
    try {
      const { locale, words } = await loadLocale(name, { ...options, signal: stop.signal });
      vocabulary.add(locale, words);
    } finally {
      clearTimeout(timer);
    }
    return;
  }
}
