import { HIJACKED, type Rule, type SignalAbout } from './rule.js';

/** Screens and slow films repeat every other frame at most. */
const SHARE = 0.6;

export const about: SignalAbout = {
  fires: 'Most frames are exactly like the one before.',
  limits: 'A covered lens on a camera that filters its noise. A recorded film with noise is not seen.',
};

/** The picture stands still. */
export const repeatedFrames: Rule = {
  weight: 0.4,
  tags: HIJACKED,
  sentence: 'The frames of the camera repeat themselves.',
  fires(fact) {
    const { frames = 1, duplicates = 0 } = fact('cameraFrames') ?? {};
    return duplicates > SHARE * (frames - 1);
  },
};
