import { type LaunchOptions, launchChromium } from '../../scripts/chromium.js';
import { cameraFile, VIDEOS } from '../../scripts/media.js';

export { cameraFile, launchChromium as launchBrowser, VIDEOS };
export type { LaunchOptions };
