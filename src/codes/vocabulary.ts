/** What `facefront/codes` offers whatever tables and locales are loaded. */
export { chargedOn } from './billing.js';
export { createCatalogue } from './catalogue.js';
export type { Catalogue, PromptOverrides } from './catalogue.js';
export { CLIENT_CODES } from './client-codes.js';
export type { ClientCode } from './client-codes.js';
export type { Audience, BillingHint, CodeReference, Entry, KnownEntry, Remedy, UnknownEntry } from './entry.js';
export { DEFAULT_LOCALE, fallbackChain, LOCALES } from './locale.js';
export type { Checked, CheckedReference, CodeOf, System, TableOf, TextOr } from './names.js';
export { CODE_PROMPTS, INSTRUCTION_IDS } from './prompt-ids.js';
export type { InstructionId, Locale, PromptId, Prompts } from './prompt-ids.js';
export type { Column, Table } from './table.js';
