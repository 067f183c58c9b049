/** What `facefront/codes` offers whatever tables and locales are loaded. */
export { chargedOn } from './billing.js';
export { createCatalogue } from './catalogue.js';
export type { Catalogue, PromptOverrides } from './catalogue.js';
export { CLIENT_CODES } from './client-codes.js';
export type { ClientCode } from './client-codes.js';
export type { Audience, BillingHint, CodeReference, Entry, KnownEntry, Remedy, UnknownEntry } from './entry.js';
export { interpretAntiRush } from './interpret/anti-rush.js';
export type { AntiRushInterpretation } from './interpret/anti-rush.js';
export type { RiskDecision } from './interpret/juhe.js';
export { interpretRiskInfo } from './interpret/risk-info.js';
export type { RiskDimension, RiskInfo, RiskInfoInterpretation } from './interpret/risk-info.js';
export { interpretSocialCard } from './interpret/social-card.js';
export type { SocialCardInterpretation, SocialCardRisk, SocialCardVersion } from './interpret/social-card.js';
export { DEFAULT_LOCALE, fallbackChain, LOCALES } from './locale.js';
export type { Checked, CheckedReference, CodeOf, System, TableOf, TextOr } from './names.js';
export { CODE_PROMPTS, INSTRUCTION_IDS } from './prompt-ids.js';
export type { InstructionId, Locale, PromptId, Prompts } from './prompt-ids.js';
export type { Column, Table } from './table.js';
