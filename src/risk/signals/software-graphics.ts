import { graphicsOf } from './graphics.js';
import { type Rule, type SignalAbout, VIRTUAL } from './rule.js';

export const about: SignalAbout = {
  fires: 'WebGL is drawn by the processor (SwiftShader, llvmpipe, Basic Render Driver, …).',
  limits: 'Computers with a blocked or missing graphics driver. Rare on telephones.',
};

/** There is no graphics hardware. */
export const softwareGraphics: Rule = {
  weight: 0.4,
  tags: VIRTUAL,
  sentence: 'The graphics are drawn by software.',
  fires: (fact) => /swiftshader|llvmpipe|softpipe|basic render|software/i.test(graphicsOf(fact('gpu'))),
};
