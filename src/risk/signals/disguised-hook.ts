import { HOOKED, INJECTED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires:
    'A replaced function hides it: it has a toString of its own, or native text with its name while a call shows other code; or it is a bind or a Proxy, and Function.prototype.toString is replaced as well.',
  limits:
    'A bind or a Proxy alone may be honest and is left to function-hook, and so is Function.prototype.toString alone, which core-js and zone.js (Angular) replace. A hook of getUserMedia, which is not called to see its frames, hides behind such a toString.',
};

/** A replaced function hides that it is one. */
export const disguisedHook: Rule = {
  weight: 0.8,
  tags: [...INJECTED, ...HOOKED],
  sentence: 'A replaced function pretends to be native.',
  fires(fact) {
    const altered = fact('nativeFunctions')?.altered ?? [];
    const others = altered.filter(({ name }) => name !== 'Function.toString');
    const lies = others.length < altered.length;
    return others.some(({ signs }) => signs.includes('own-to-string') || (!signs.includes('source') && (signs.includes('nameless') ? lies : signs.includes('frames'))));
  },
};
