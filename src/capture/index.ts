/**
 * Camera, preview, frames and recording: all that touches the hardware. The platform comes in as a parameter. What most
 * pages never need has entries of its own: `capture/microphone`, `capture/jpeg-burst`, `capture/system-camera`, `capture/mp4`.
 */
export { adoptStream, openCamera } from './camera.js';
export type { AdoptStreamOptions, Camera, CameraRung, CameraSettings, OpenCameraOptions } from './camera.js';
export { betterCamera, classifyCamera, listCameras } from './cameras.js';
export type { CameraChoice, CameraFacing, CameraKind, ListCamerasOptions } from './cameras.js';
export { onDevicesChange } from './devices-change.js';
export { startFrameLoop } from './frame-loop.js';
export type { FrameCounts, FrameLoop, FrameLoopOptions } from './frame-loop.js';
export { identifyInAppBrowser } from '../platform/in-app-browser.js';
export type { InAppBrowser } from '../platform/in-app-browser.js';
export { preflight } from './preflight.js';
export type { CaptureNeed, CheckId, CheckStatus, PreflightCheck, PreflightOptions, PreflightReport } from './preflight.js';
export { attachPreview } from './preview.js';
export type { Preview, PreviewOptions } from './preview.js';
export { reacquireCamera } from './reacquire.js';
export type { ReacquireOptions } from './reacquire.js';
export { startEvidence } from './record-ladder.js';
export type { ActiveEvidence, EvidenceOptions, EvidenceRung } from './record-ladder.js';
export { bitrateAfter, bitrateWithin, recorderTypes } from './recorder-types.js';
export type { BitrateBudget } from './recorder-types.js';
export { startRecording } from './recorder.js';
export type { ActiveRecording, RecordedFrame, Recording, RecordingOptions } from './recorder.js';
export type { CaptureFailure, CaptureResult } from './result.js';
