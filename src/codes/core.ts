/**
 * The catalogue of a page: the SDK's own codes, the two FaceID families and zh-CN, to stay small. Other systems and locales are
 * added when they are wanted.
 */
import { createCatalogue } from './catalogue.js';
import facefront from './tables/facefront/index.js';
import faceidSdk from './tables/faceid-sdk/index.js';
import faceidWechat from './tables/faceid-wechat/index.js';

export const { lookup, candidates, list, promptFor, promptText, resolveLocale, addTables, addLocale, parseTables, parseLocale } =
  /* @__PURE__ */ createCatalogue([...facefront, ...faceidWechat, ...faceidSdk]);

export * from './vocabulary.js';
