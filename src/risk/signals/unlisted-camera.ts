import { HIJACKED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'The browser lists cameras, and the one in use is not among them or has another name there.',
  limits: 'A camera unplugged during the capture. Injectors that fake the list too are not seen.',
};

/** The camera in use is none of the device's. */
export const unlistedCamera: Rule = {
  weight: 0.6,
  tags: HIJACKED,
  sentence: 'The camera is not among those of the device.',
  fires(fact) {
    const { listed, sameLabel } = fact('cameraDevice') ?? {};
    return listed === false || sameLabel === false;
  },
};
