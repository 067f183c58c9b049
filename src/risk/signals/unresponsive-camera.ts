import { isChromium } from './user-agent.js';
import { HIJACKED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'In Chromium, a clone of the track, asked for half its size, refuses or does nothing.',
  limits: 'Only Chromium; elsewhere clones may share their settings. Canvas streams and files obey. Read only where the caller allows it.',
};

/** The camera cannot be steered. */
export const unresponsiveCamera: Rule = {
  weight: 0.3,
  tags: HIJACKED,
  sentence: 'The camera does not answer to a change of its size.',
  fires: (fact) => /ignored|refused/.test(fact('cameraResponse')?.outcome ?? '') && isChromium(fact('userAgent')),
};
