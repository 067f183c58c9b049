import { HIJACKED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'The track is of a class that only pages make (canvas, generator), or has a number for a name, no group and no place in the list of devices.',
  limits: 'A real camera passed on by video.captureStream() keeps the camera\'s name and settings and is not seen. A virtual camera of the system is a camera to the browser; see virtual-camera.',
};

/** The stream does not come from a camera. */
export const syntheticCamera: Rule = {
  weight: 0.95,
  tags: HIJACKED,
  sentence: 'Camera stream is synthetic: a page made it.',
  fires(fact) {
    const { trackClass = '', label, grouped, listed } = fact('cameraDevice') ?? {};
    return /Canvas|Generator/.test(trackClass) || (label === 'identifier' && grouped === false && listed !== true);
  },
};
