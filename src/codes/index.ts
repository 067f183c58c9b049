/**
 * `facefront/codes`: what every return code means, and what to tell the person. It begins with the SDK's own codes, the two FaceID
 * families and zh-CN; the other systems and locales are added when they are wanted. `facefront/codes/all` has everything.
 */
import { createCatalogue } from './catalogue.js';
import zhCN from './prompts/zh-CN.js';
import facefront from './tables/facefront/index.js';
import faceidSdk from './tables/faceid-sdk/index.js';
import faceidWechat from './tables/faceid-wechat/index.js';

export const { lookup, candidates, list, promptFor, promptText, resolveLocale, addTables, addLocale, parseTables, parseLocale } =
  /* @__PURE__ */ createCatalogue([...facefront, ...faceidSdk, ...faceidWechat], [zhCN]);

export { createCatalogue } from './catalogue.js';
export type { Catalogue, PromptOverrides } from './catalogue.js';
export { CLIENT_CODES } from './client-codes.js';
export type { ClientCode } from './client-codes.js';
export type { Audience, BillingHint, CodeReference, Entry, KnownEntry, Remedy, UnknownEntry } from './entry.js';
export { DEFAULT_LOCALE, fallbackChain } from './locale.js';
export type { Checked, CheckedReference, CodeOf, Name, System, TableOf } from './names.js';
export { CODE_PROMPTS, INSTRUCTION_IDS } from './prompt-ids.js';
export type { InstructionId, Locale, PromptId, Prompts } from './prompt-ids.js';
export type { Column, Table } from './table.js';
