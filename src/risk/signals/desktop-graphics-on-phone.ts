import { graphicsOf } from './graphics.js';
import { claimsPhone } from './user-agent.js';
import { type Rule, type SignalAbout, TAMPERED, VIRTUAL } from './rule.js';

export const about: SignalAbout = {
  fires: 'The user agent is a telephone\'s, the graphics a desktop computer\'s (Direct3D, NVIDIA but Tegra, Radeon, Intel, Apple M…).',
  limits: 'Developer tools that imitate a telephone; the few Android devices with an Intel chip.',
};

/** A telephone with a desktop computer's graphics. */
export const desktopGraphicsOnPhone: Rule = {
  weight: 0.7,
  tags: [...VIRTUAL, ...TAMPERED],
  sentence: 'A telephone has a desktop computer\'s graphics.',
  fires: (fact) =>
    claimsPhone(fact('userAgent')) && /^(?!.*tegra).*(direct3d|d3d\d|geforce|nvidia|radeon|\bintel\b|apple m\d)/i.test(graphicsOf(fact('gpu'))),
};
