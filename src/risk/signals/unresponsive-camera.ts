import { HIJACKED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'A clone of the track, asked for half its size, refuses or does nothing.',
  limits: 'Canvas streams and files obey in Chromium. Read only where the caller allows it.',
};

/** The camera cannot be steered. */
export const unresponsiveCamera: Rule = {
  weight: 0.3,
  tags: HIJACKED,
  sentence: 'The camera does not answer to a change of its size.',
  fires: (fact) => /ignored|refused/.test(fact('cameraResponse')?.outcome ?? ''),
};
