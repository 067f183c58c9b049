import { isChromium } from './user-agent.js';
import { HIJACKED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'In Chromium, where the frames of a camera carry the time of their capture, none does.',
  limits: 'Only Chromium. Frames passed on from a camera through a generator keep their capture time.',
};

/** The frames were not captured. */
export const uncapturedFrames: Rule = {
  weight: 0.6,
  tags: HIJACKED,
  sentence: 'The frames of the camera have no capture time.',
  fires: (fact) => fact('cameraFrames')?.withCaptureTime === 0 && isChromium(fact('userAgent')),
};
