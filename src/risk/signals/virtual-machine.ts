import { graphicsOf } from './graphics.js';
import { type Rule, type SignalAbout, VIRTUAL } from './rule.js';

const MACHINE = /virtual|vmware|parallels|qemu|virgl|svga3d|emulator|genymotion|bluestacks|ldplayer|mumu|nox/i;
const MODEL = /sdk_g?phone|android sdk built|emulator|genymotion|bluestacks|ldplayer/i;

export const about: SignalAbout = {
  fires: 'The graphics driver, the user agent or the client hints name a virtual machine or an emulator.',
  limits: 'Remote desktops of companies. An emulator with a patched driver name is not seen.',
};

/** The device is a virtual machine or an emulator. */
export const virtualMachine: Rule = {
  weight: 0.7,
  tags: VIRTUAL,
  sentence: 'The device is a virtual machine or an emulator.',
  fires: (fact) =>
    MACHINE.test(graphicsOf(fact('gpu'))) || MODEL.test(`${fact('clientHints')?.model} ${fact('userAgent')}`),
};
