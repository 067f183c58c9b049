import en from './prompts/en.js';
import id from './prompts/id.js';
import ja from './prompts/ja.js';
import ko from './prompts/ko.js';
import ms from './prompts/ms.js';
import th from './prompts/th.js';
import vi from './prompts/vi.js';
import zhCN from './prompts/zh-CN.js';
import zhHK from './prompts/zh-HK.js';
import zhTW from './prompts/zh-TW.js';

/** Every locale there is, in the order of `LOCALES`. */
export const ALL_LOCALES = [zhCN, zhTW, zhHK, en, ja, ko, th, vi, id, ms] as const;
