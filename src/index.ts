/** `facefront`: the public list, nothing else. */
export { loadLocale, verify } from './flow/index.js';
export type {
  CameraControl,
  CancelledResult,
  ConsentOptions,
  DegradedResult,
  DetectorState,
  ExpiredResult,
  FailedResult,
  FileRequest,
  FinishedResult,
  FlowPhase,
  FlowState,
  LoadLocaleOptions,
  LeftResult,
  LocaleFile,
  ResultBase,
  RiskContext,
  VerifyOptions,
  VerifyResult,
} from './flow/index.js';
export type { Channel, ChannelName, ChannelResult, ChannelReturned, ChannelState, ChannelTask } from './channels/channel.js';
export { preflight } from './capture/index.js';
export { preflightDevices } from './capture/preflight-devices.js';
export type { DevicesReport, PreflightDevicesOptions } from './capture/preflight-devices.js';
export type { CameraChoice, CaptureNeed, CheckId, CheckStatus, EvidenceRung, PreflightCheck, PreflightReport } from './capture/index.js';
export type { FileCheck, FileReport, FileRule } from './capture/system-camera.js';
export { addLocale, addTables, candidates, list, lookup, parseLocale, parseTables, promptFor, promptText, resolveLocale } from './codes/core.js';
export type { Audience, BillingHint, ClientCode, CodeReference, Entry, KnownEntry, PromptOverrides, Remedy, UnknownEntry } from './codes/index.js';
export { createTfjsDetector, DetectorError } from './detector/index.js';
export type { DetectorFailure, DetectorFrame, DetectorLoadOptions, DetectorPort, DetectorProgress, DetectorStage, TfjsDetector, TfjsDetectorOptions } from './detector/index.js';
export { ovalFor } from './liveness/index.js';
export type { FaceMeasures, ImageQuality, Instruction, NormalizedBox, NormalizedPoint, Observation, ObservedFace } from './liveness/index.js';
export { webPlatform } from './platform/web.js';
export type { MediaPlatform, Platform } from './platform/port.js';
