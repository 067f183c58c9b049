/** Camera, preview, frames and recording: all that touches the hardware. The platform comes in as a parameter. */
export { adoptStream, openCamera } from './camera.js';
export type { AdoptStreamOptions, Camera, CameraRung, CameraSettings, OpenCameraOptions } from './camera.js';
export { startFrameLoop } from './frame-loop.js';
export type { FrameCounts, FrameLoop, FrameLoopOptions } from './frame-loop.js';
export { identifyInAppBrowser } from './in-app-browser.js';
export type { InAppBrowser } from './in-app-browser.js';
export { preflight } from './preflight.js';
export type { CheckId, CheckStatus, PreflightCheck, PreflightReport } from './preflight.js';
export { attachPreview } from './preview.js';
export type { Preview, PreviewOptions } from './preview.js';
export { bitrateWithin, recorderTypes } from './recorder-types.js';
export type { BitrateBudget } from './recorder-types.js';
export { startRecording } from './recorder.js';
export type { ActiveRecording, Recording, RecordingOptions } from './recorder.js';
export type { CaptureFailure, CaptureResult } from './result.js';
