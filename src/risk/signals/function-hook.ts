import { HOOKED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'One of the watched functions is not the browser\'s own. Weight 0.2 where it is Function.prototype.toString alone.',
  limits: 'Libraries such as webrtc-adapter and some monitoring scripts replace getUserMedia honestly, core-js and zone.js (Angular) Function.prototype.toString. A hook put into every frame before the page, with a cleaned stack, is not seen.',
};

/** Functions were replaced. */
export const functionHook: Rule = {
  weight: 0.4,
  tags: HOOKED,
  sentence: 'Functions of the browser were replaced.',
  fires(fact) {
    const altered = fact('nativeFunctions')?.altered ?? [];
    return altered.length > 0 && (altered.some(({ name }) => name !== 'Function.toString') || 0.2);
  },
};
