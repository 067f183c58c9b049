import { HIJACKED, INJECTED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'A function that opens or describes the camera is replaced, for all tracks or on the one in use, or the way to the cameras (navigator.mediaDevices) is.',
  limits: 'Libraries such as webrtc-adapter replace getUserMedia on some browsers.',
};

/** The functions of the camera were replaced. */
export const cameraHook: Rule = {
  weight: 0.5,
  tags: [...INJECTED, ...HIJACKED],
  sentence: 'Functions of the camera were replaced.',
  fires: (fact) =>
    fact('cameraDevice')?.shadowed || fact('nativeFunctions')?.altered.some(({ name }) => /^Media|mediaDevices/.test(name)),
};
