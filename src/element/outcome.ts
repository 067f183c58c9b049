import type { VerifyResult } from '../flow/index.js';

/** How a result looks. `good` only ever follows the server's own `passed`. */
export type Tone = 'good' | 'waiting' | 'attention' | 'bad' | 'neutral';

/** What a result offers to do. `retry` keeps the consent that was given, `again` asks anew. */
export type Action = 'retry' | 'again' | 'done' | 'close';

/** See {@link presentResult}. */
export interface Presentation {
  readonly tone: Tone;
  /** The first is the one to recommend. */
  readonly actions: readonly Action[];
}

/** Tone and buttons of a result, by its status and remedy. */
export function presentResult(result: VerifyResult): Presentation {
  const { status, remedy } = result;
  if (status === 'finished' && result.verdict.decision === 'passed') return { tone: 'good', actions: ['done'] };
  // The server may know more than this page: trying again could do twice what is already done.
  if (status === 'degraded' || (status === 'finished' && result.verdict.decision === 'review')) return { tone: 'waiting', actions: ['close'] };
  if (status === 'cancelled') return { tone: 'neutral', actions: remedy === 'stop' ? ['close', 'again'] : ['again', 'close'] };
  if (remedy === 'adjust' || remedy === 'retry') return { tone: 'attention', actions: ['retry', 'close'] };
  if (remedy === 'wait') return { tone: 'attention', actions: ['close', 'retry'] };
  return { tone: 'bad', actions: ['close'] };
}
