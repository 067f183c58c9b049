import { DEFAULT_LOCALE, fallbackChain } from '../codes/core.js';
import zhCN from './words/zh-CN.js';

/** Key of a word. */
export type WordId = keyof typeof zhCN;

/** All words of one language. */
export type Words = Readonly<Record<WordId, string>>;

/** Says a word in one language. */
export type Speak = (id: WordId) => string;

/** The languages the element can speak. zh-CN is always among them. */
export interface Vocabulary {
  /**
   * Adds words; those that are there already are replaced, and those that are missing come from the next locale of the
   * fallback chain. Unknown keys are ignored.
   *
   * @throws TypeError naming the first word that is not text of 1–500 characters
   */
  add(locale: string, words: unknown): void;
  /** Whether words of exactly this locale are there. Letter case does not matter. */
  has(locale: string): boolean;
  /** @param locale BCP 47 */
  speaker(locale: string): Speak;
}

const LONGEST_WORD = 500;

/** A vocabulary that begins with zh-CN. */
export function createVocabulary(): Vocabulary {
  const known = new Map<string, Partial<Words>>([[DEFAULT_LOCALE.toLowerCase(), zhCN]]);
  return {
    add(locale, words) {
      const checked: Partial<Record<WordId, string>> = {};
      for (const id of Object.keys(zhCN) as WordId[]) {
        const word = (words as Partial<Record<WordId, unknown>> | null | undefined)?.[id];
        if (word === undefined) continue;
        if (typeof word !== 'string' || !word.trim() || word.length > LONGEST_WORD) {
          throw new TypeError(`words.${id} (${locale}): must be text of 1–${LONGEST_WORD} characters`);
        }
        checked[id] = word;
      }
      known.set(locale.toLowerCase(), checked);
    },
    has: (locale) => known.has(locale.toLowerCase()),
    speaker(locale) {
      const chain = fallbackChain(locale).map((tag) => known.get(tag));
      return (id) => chain.find((words) => words?.[id])?.[id] ?? zhCN[id];
    },
  };
}

/** What every `<face-verify>` of the page speaks. */
export const vocabulary: Vocabulary = /* @__PURE__ */ createVocabulary();

/**
 * Adds the words of a language to every `<face-verify>` of the page, for pages that bundle a language instead of letting the
 * element fetch it: `addWords('ja', ja)` with `import ja from 'facefront/element/words/ja'`. The sentences of `codes` are
 * added apart, by `addLocale`.
 *
 * @param locale BCP 47
 * @throws TypeError naming the first word that is not text of 1–500 characters
 */
export function addWords(locale: string, words: Partial<Words>): void {
  vocabulary.add(locale, words);
}
