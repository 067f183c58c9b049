import { isChromium } from './user-agent.js';
import { HIJACKED, type Rule, type SignalAbout } from './rule.js';

/** Chromium has frame callbacks since 83, but gave the frames of cameras no time of capture at first. */
const TIMED_SINCE = 91;

export const about: SignalAbout = {
  fires: 'In Chromium 91 or later, where the frames of a camera carry the time of their capture, none does.',
  limits: 'Only Chromium, and it only since 91: before, honest frames carry none. Frames passed on from a camera through a generator keep their capture time.',
};

/** The frames were not captured. */
export const uncapturedFrames: Rule = {
  weight: 0.6,
  tags: HIJACKED,
  sentence: 'The frames of the camera have no capture time.',
  fires: (fact) => fact('cameraFrames')?.withCaptureTime === 0 && isChromium(fact('userAgent'), TIMED_SINCE),
};
