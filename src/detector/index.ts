export { createTfjsDetector, DetectorError, type TfjsDetector, type TfjsDetectorOptions } from './tfjs/detector.js';
export type { WorkerInspection } from './tfjs/messages.js';
export type { DetectorFailure, DetectorFrame, DetectorLoadOptions, DetectorPort, DetectorProgress, DetectorStage } from './port.js';
