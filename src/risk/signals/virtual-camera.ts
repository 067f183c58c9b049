import { HIJACKED, type Rule, type SignalAbout } from './rule.js';

export const about: SignalAbout = {
  fires: 'The camera\'s label is that of software that poses as a camera, or of a file.',
  limits: 'Honest people use software cameras in meetings. A renamed one is not seen; telephones used as cameras are not counted.',
};

/** The camera is software. */
export const virtualCamera: Rule = {
  weight: 0.6,
  tags: HIJACKED,
  sentence: 'The camera is a program or a file.',
  fires: (fact) => /virtual|file/.test(fact('cameraDevice')?.label ?? ''),
};
