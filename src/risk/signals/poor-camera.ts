import { isChromium } from './user-agent.js';
import { HIJACKED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'In Chromium the track has no group or no size among its capabilities.',
  limits: 'Only Chromium; other engines tell fewer capabilities of honest cameras.',
};

/** The camera can do less than any camera. */
export const poorCamera: Rule = {
  weight: 0.3,
  tags: HIJACKED,
  sentence: 'The camera lacks what every camera has.',
  fires(fact) {
    const names = fact('cameraCapabilities')?.names;
    return names && isChromium(fact('userAgent')) && !['groupId', 'width', 'height'].every((name) => names.includes(name));
  },
};
