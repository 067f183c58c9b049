/**
 * What every return code means, and what to tell the person. This catalogue begins with the SDK's own codes, the two FaceID
 * families and zh-CN, to stay small in a page; other systems and locales are added when they are wanted. `all.ts` has everything.
 */
import { createCatalogue } from './catalogue.js';
import facefront from './tables/facefront/index.js';
import faceidSdk from './tables/faceid-sdk/index.js';
import faceidWechat from './tables/faceid-wechat/index.js';

export const { lookup, candidates, list, promptFor, promptText, resolveLocale, addTables, addLocale, parseTables, parseLocale } =
  /* @__PURE__ */ createCatalogue([...facefront, ...faceidWechat, ...faceidSdk]);

export * from './vocabulary.js';
