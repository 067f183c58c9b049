import { fallbackChain } from '../../codes/index.js';
import zhCN from './zh-CN.js';

/** Key of a word. */
export type WordId = keyof typeof zhCN.words;

/** All words of one language. */
export type Words = Readonly<Record<WordId, string>>;

/** The words of a locale as a file of this folder gives them. */
export interface WordLocale {
  /** BCP 47, as in `zh-TW`. */
  readonly locale: string;
  readonly words: Words;
}

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
  const known = new Map<string, Partial<Words>>([[zhCN.locale.toLowerCase(), zhCN.words]]);
  return {
    add(locale, words) {
      const checked: Partial<Record<WordId, string>> = {};
      for (const id of Object.keys(zhCN.words) as WordId[]) {
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
      return (id) => chain.find((words) => words?.[id])?.[id] ?? zhCN.words[id];
    },
  };
}

/** What every `<face-verify>` of the page speaks. */
export const vocabulary: Vocabulary = /* @__PURE__ */ createVocabulary();
