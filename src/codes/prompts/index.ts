import en from './en.js';
import id from './id.js';
import ja from './ja.js';
import ko from './ko.js';
import ms from './ms.js';
import th from './th.js';
import vi from './vi.js';
import zhCN from './zh-CN.js';
import zhHK from './zh-HK.js';
import zhTW from './zh-TW.js';

/** Every locale there is, in the order of `LOCALES`. */
export const ALL_LOCALES = [zhCN, zhTW, zhHK, en, ja, ko, th, vi, id, ms] as const;
