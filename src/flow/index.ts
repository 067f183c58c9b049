/** The headless flow: consent to verdict. */
export { checkOptions } from './check-options.js';
export { loadLocale } from './locale.js';
export type { LoadLocaleOptions, LocaleFile } from './locale.js';
export type { CameraControl, ConsentOptions, FileRequest, RiskContext, VerifyOptions } from './options.js';
export type { CancelledResult, DegradedResult, ExpiredResult, FailedResult, FinishedResult, LeftResult, ResultBase, VerifyResult } from './result.js';
export type { DetectorState, FlowPhase, FlowState } from './state.js';
export { verify } from './verify.js';
