/** The words of the explorer itself, in the two languages its readers work in. */
export const WORDS = {
  en: {
    skip: 'Skip to the codes',
    title: 'Return codes',
    query: 'Number or words',
    system: 'System',
    everySystem: 'All systems',
    results: 'Codes found',
    hint: 'Choose a code to see what the person reads, in every language.',
    found: '{count} of {total} codes',
    none: 'Nothing has that number or those words.',
    more: 'Show {count} more',
    loading: 'Loading the codes…',
    failed: 'The codes could not be loaded. Reload the page to try again.',
    back: 'Back to the list',
    person: 'What the person reads',
    locale: 'Language of the prompt',
    meaning: 'Meaning',
    advice: 'Advice',
    remedy: 'Remedy',
    audience: 'For',
    charged: 'Charged',
    chargedYes: 'yes',
    chargedNo: 'no',
    chargedUntil: 'until {date}, no longer',
    legacy: 'Legacy code',
    sameAs: 'Says the same',
    source: 'Source',
    others: 'The same number elsewhere',
    othersNote: 'A bare number means nothing. {code} is also:',
    meanings: '{count} meanings',
    unknown: 'There is no code {path} here.',
    other: '中文',
  },
  zh: {
    skip: '跳到返回码列表',
    title: '返回码查询',
    query: '返回码或文字',
    system: '系统',
    everySystem: '全部系统',
    results: '查到的返回码',
    hint: '选择一个返回码，查看用户在各种语言下看到的提示。',
    found: '共 {total} 个，符合 {count} 个',
    none: '没有符合的返回码。',
    more: '再显示 {count} 个',
    loading: '正在加载返回码…',
    failed: '返回码没有加载成功，请刷新页面重试。',
    back: '返回列表',
    person: '用户看到的提示',
    locale: '提示的语言',
    meaning: '含义',
    advice: '处理措施',
    remedy: '补救方式',
    audience: '由谁处理',
    charged: '是否收费',
    chargedYes: '是',
    chargedNo: '否',
    chargedUntil: '{date} 之前收费，之后不收费',
    legacy: '旧版返回码',
    sameAs: '含义相同',
    source: '出处',
    others: '同号的其他返回码',
    othersNote: '单独一个数字没有含义。{code} 还可能是：',
    meanings: '{count} 种含义',
    unknown: '没有返回码 {path}。',
    other: 'English',
  },
} as const;

/** A language of the page. */
export type Language = keyof typeof WORDS;

/** Key of a text of the page. */
export type Word = keyof (typeof WORDS)['en'];

/** A text with its places filled in. */
export function say(language: Language, word: Word, places: Readonly<Record<string, string | number>> = {}): string {
  return WORDS[language][word].replace(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place));
}
