import type { ActionId } from '../../src/liveness/challenges/action.js';
import type { Scene } from '../../src/liveness/observation.fixture.js';
import type { FaceMeasures } from '../../src/liveness/observation.js';
import type { Rig } from './verification-rig.js';

const POSES: Readonly<Record<ActionId, { readonly ms: number; readonly measures: Partial<FaceMeasures> }>> = {
  blink: { ms: 240, measures: { leftEyeOpenness: 0.12, rightEyeOpenness: 0.12 } },
  openMouth: { ms: 800, measures: { mouthOpenness: 0.55 } },
  nod: { ms: 600, measures: { pitch: -15 } },
  turnLeft: { ms: 900, measures: { yaw: 24 } },
  turnRight: { ms: 900, measures: { yaw: -24 } },
};

/** What a person is like. */
export interface Person {
  /** From reading to moving, milliseconds; asked for everything that is read. Default 400. */
  readonly reactionMs?: () => number;
  /** After how many milliseconds what is still asked for is done once more; asked for each time. Default never. */
  readonly againMs?: () => number;
}

/** A person who does what is asked, and reads digits aloud; for {@link Rig.show}. */
export function obey(rig: Rig, { reactionMs = () => 400, againMs = () => Infinity }: Person = {}): () => Scene {
  let read = '';
  let startsAt = Infinity;
  let againAt = Infinity;
  return () => {
    const state = rig.states[rig.states.length - 1];
    if (state?.phase !== 'recording') {
      read = '';
      rig.hear(0.002);
      return {};
    }
    const { challenge, instruction } = state;
    const asked = challenge.type === 'action' && challenge.action === instruction.id ? `${challenge.action} ${challenge.index}` : challenge.type === 'digits' ? String(challenge.index) : '';
    const now = rig.platform.now();
    if (asked !== read) {
      read = asked;
      startsAt = now + reactionMs();
      againAt = startsAt + againMs();
    }
    if (now >= againAt) [startsAt, againAt] = [againAt, againAt + againMs()];
    const since = now - startsAt;
    if (challenge.type === 'digits') {
      const speaks = challenge.digit !== undefined && since >= 0 && since < 320;
      rig.hear(speaks ? 0.08 : 0.002);
      return { measures: { mouthOpenness: speaks ? 0.3 : 0.02 } };
    }
    const pose = asked && challenge.type === 'action' && challenge.action ? POSES[challenge.action] : undefined;
    return pose && since >= 0 && since < pose.ms ? { measures: pose.measures } : {};
  };
}
