import { HOOKED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'One of the watched functions is not the browser\'s own.',
  limits: 'Libraries such as webrtc-adapter and some monitoring scripts replace getUserMedia honestly. A hook put into every frame before the page, with a cleaned stack, is not seen.',
};

/** Functions were replaced. */
export const functionHook: Rule = {
  weight: 0.4,
  tags: HOOKED,
  sentence: 'Functions of the browser were replaced.',
  fires: (fact) => (fact('nativeFunctions')?.altered ?? []).length > 0,
};
