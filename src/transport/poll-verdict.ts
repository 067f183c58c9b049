import type { BackendFailure } from './failure.js';
import { failure } from './failure.js';
import type { SessionState, VerdictResponse } from './protocol.js';
import { sleep } from '../platform/sleep.js';
import type { SendPlatform } from './send.js';

/** Options of `awaitVerdict`. */
export interface AwaitVerdictOptions {
  /** Milliseconds until `verdict-timeout`. Default 60,000. */
  readonly deadlineMs?: number;
  /** Milliseconds between an answer and the next question. Default 1,000. */
  readonly intervalMs?: number;
  /** What the wait ends with where the session is still open: for a submission of which nobody knows whether it arrived. Default: it goes on. */
  readonly ifOpen?: BackendFailure;
  /** Ends the wait with `cancelled`. */
  readonly signal?: AbortSignal;
}

/** What polling takes from outside. */
export interface PollVerdictOptions extends AwaitVerdictOptions {
  readonly platform: SendPlatform;
  readonly signals: readonly (AbortSignal | undefined)[];
  /** Asks once; has to answer within the milliseconds given. */
  readonly ask: (remainingMs: number) => Promise<{ readonly ok: true; readonly state: SessionState } | BackendFailure>;
}

/** Asks for the state until it is decided. A failure that may pass is waited out; any other ends the wait. */
export async function pollVerdict(options: PollVerdictOptions): Promise<{ readonly ok: true; readonly response: VerdictResponse } | BackendFailure> {
  const { platform, ask, ifOpen, deadlineMs = 60_000, intervalMs = 1000 } = options;
  const signals = options.signals.filter((signal) => signal !== undefined);
  const deadline = platform.now() + deadlineMs;
  for (;;) {
    const asked = await ask(deadline - platform.now());
    if (!asked.ok && !asked.transient) return asked;
    if (asked.ok && asked.state.state === 'decided') return { ok: true, response: asked.state };
    if (asked.ok && asked.state.state === 'expired') return failure('session-expired', 'verdict: the session has expired');
    if (ifOpen && asked.ok && asked.state.state === 'open') return ifOpen;
    const last = asked.ok ? `the session is ${asked.state.state}` : asked.detail;
    if (platform.now() + intervalMs >= deadline) return failure('verdict-timeout', `verdict: none within ${deadlineMs} ms; ${last}`, { transient: true });
    if (await sleep(intervalMs, platform, signals)) return failure('cancelled', 'verdict: cancelled');
  }
}
