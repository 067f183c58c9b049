import type { ClientCode } from '../codes/client-codes.js';
import type { EngineNotice } from '../liveness/index.js';

/** Why a run waits: the page is hidden, the system holds the camera, a source is being opened again. */
export type PauseReason = 'hidden' | 'muted' | 'source';

/** The reasons a run waits for, of which there may be several at once. */
export interface Pauses {
  has(reason: PauseReason): boolean;
  /** @param code what breaks a recording off, said by the first reason of a pause; default `page-hidden` */
  set(reason: PauseReason, on: boolean, code?: ClientCode): void;
  /** Breaks off what is being recorded; guidance goes on at once, unless it waits anyway. */
  interrupt(code: ClientCode): void;
}

/** @param notify is told when the first reason comes and when the last one goes */
export function createPauses(notify: (notice: Pick<EngineNotice, 'type' | 'code'>) => void): Pauses {
  const reasons = new Set<PauseReason>();
  const suspend = (code: ClientCode): void => notify({ type: 'suspend', code });
  return {
    has: (reason) => reasons.has(reason),
    set(reason, on, code = 'page-hidden') {
      const before = reasons.size;
      if (on) reasons.add(reason);
      else reasons.delete(reason);
      if (!before && reasons.size) suspend(code);
      else if (before && !reasons.size) notify({ type: 'resume' });
    },
    interrupt(code) {
      if (reasons.size) return;
      suspend(code);
      notify({ type: 'resume' });
    },
  };
}
