import { claimsPhone } from './user-agent.js';
import { type Rule, type SignalAbout, VIRTUAL } from './rule.js';

export const about: SignalAbout = {
  fires: 'A telephone that has neither motion events nor a microphone, or a full battery on a charger and no camera.',
  limits: 'Each of it happens to honest people; together they are rare.',
};

/** The telephone is one of many in a rack. */
export const rackedPhone: Rule = {
  weight: 0.2,
  tags: VIRTUAL,
  sentence: 'The telephone looks like one of many in a rack.',
  fires(fact) {
    const { charging, devices, full, motionEvents } = fact('emulatorHints') ?? {};
    const bare = motionEvents === false && devices?.microphones === 0;
    const charged = charging && full && devices?.cameras === 0;
    return (bare || charged) && claimsPhone(fact('userAgent'));
  },
};
