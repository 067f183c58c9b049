import { HOOKED, INJECTED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'A replaced function hides it: it has a toString of its own, Function.prototype.toString is replaced too, or it looks native while a call shows other code.',
  limits: 'A bind or a Proxy may be honest and is left to function-hook.',
};

/** A replaced function hides that it is one. */
export const disguisedHook: Rule = {
  weight: 0.8,
  tags: [...INJECTED, ...HOOKED],
  sentence: 'A replaced function pretends to be native.',
  fires: (fact) =>
    fact('nativeFunctions')?.altered.some(
      ({ name, signs }) => name === 'Function.toString' || signs.includes('own-to-string') || (signs.includes('frames') && !signs.includes('source')),
    ) === true,
};
