/** What the vendors' risk answers mean. Each reader brings the tables it explains with, and only those. */
export { interpretAntiRush } from './anti-rush.js';
export type { AntiRushInterpretation } from './anti-rush.js';
export type { RiskDecision } from './juhe.js';
export { interpretRiskInfo } from './risk-info.js';
export type { RiskDimension, RiskInfo, RiskInfoInterpretation } from './risk-info.js';
export { interpretSocialCard } from './social-card.js';
export type { SocialCardInterpretation, SocialCardRisk, SocialCardVersion } from './social-card.js';
