/** The locale every prompt exists in, whatever else is loaded. */
export const DEFAULT_LOCALE = 'zh-CN';

/** The locales the SDK speaks. Their sentences stand in `prompts/`, one file each. */
export const LOCALES = ['zh-CN', 'zh-TW', 'zh-HK', 'en', 'ja', 'ko', 'th', 'vi', 'id', 'ms'] as const;

/** Language subtags that BCP 47 calls deprecated, or that are read in another language's writing. */
const LANGUAGE_ALIASES = /* @__PURE__ */ new Map([['in', 'id'], ['cmn', 'zh'], ['yue', 'zh-hk'], ['zsm', 'ms']]);

/**
 * The locales to look in, best first: the tag as given, then with subtags taken off its end (RFC 4647 lookup), Chinese by script
 * and region, `zh-CN` last. All in lower case. A tag that is not text or not a tag gives `zh-CN` alone.
 */
export function fallbackChain(tag: unknown): readonly string[] {
  const chain: string[] = [];
  if (typeof tag === 'string' && tag.length < 64) {
    const [language = '', ...rest] = tag.trim().replace(/_/g, '-').toLowerCase().split('-');
    const subtags = [...(LANGUAGE_ALIASES.get(language) ?? language).split('-'), ...beforeExtensions(rest)];
    for (let length = subtags.length; length > 0; length -= 1) chain.push(subtags.slice(0, length).join('-'));
    if (subtags[0] === 'zh') chain.splice(chain.length - 1, 1, ...chineseFallback(subtags));
  }
  return [...chain, DEFAULT_LOCALE.toLowerCase()];
}

/** `-u-nu-hanidec`, `-x-private`: a single letter ends what names the language. */
function beforeExtensions(subtags: readonly string[]): readonly string[] {
  const end = subtags.findIndex((subtag) => subtag.length === 1);
  return end < 0 ? subtags : subtags.slice(0, end);
}

/** The script decides; without one the region does. Hong Kong and Macau share a wording, the rest of the traditional world Taiwan's. */
function chineseFallback(subtags: readonly string[]): readonly string[] {
  const has = (...wanted: string[]): boolean => wanted.some((subtag) => subtags.includes(subtag));
  const simplified = has('hans') || !has('hant', 'tw', 'hk', 'mo');
  if (simplified) return [];
  return has('hk', 'mo') ? ['zh-hk', 'zh-tw'] : ['zh-tw', 'zh-hk'];
}
