/**
 * `facefront/risk`: what the device looks like, after consent and within a deadline. Facts are read and never judged; signals are
 * pure rules over facts; the server decides.
 */
import { createRiskCollector } from './collect.js';

export const { collectRisk, withdraw, onWithdrawal } = /* @__PURE__ */ createRiskCollector();

export type { CameraUnderTest } from './camera-under-test.js';
export type { WithdrawalEvent } from './collect.js';
export type { DeviceTokenSource, Fact, FactGroup, FactStatus } from './fact.js';
export type { FactId, FactValue } from './facts/index.js';
export { MANIFEST_VERSION } from './manifest-version.js';
export type { CollectRiskOptions, RiskConsent } from './options.js';
export type { Facts, RiskReport } from './report.js';
export { evaluateSignals } from './signals/index.js';
export type { SignalId } from './signals/index.js';
export type { Signal, VendorTag } from './signals/rule.js';
