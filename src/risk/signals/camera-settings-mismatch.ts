import { HIJACKED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'The settings of the track break a demand (exact, min, max) that was made when the camera was opened, or tell no size at all.',
  limits: 'Wishes (ideal) may be missed by any camera and do not count.',
};

/** The camera is not the one that was asked for. */
export const cameraSettingsMismatch: Rule = {
  weight: 0.4,
  tags: HIJACKED,
  sentence: 'The camera does not have the settings it was granted.',
  fires(fact) {
    const settings = fact('cameraSettings');
    return settings && (settings.broken.length > 0 || settings.granted.width === undefined);
  },
};
