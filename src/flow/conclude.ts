import type { BackendClient } from '../transport/client.js';
import { endingOf, type OutcomeWriter } from './outcome.js';
import type { VerifyResult } from './result.js';

/** What {@link conclude} works with. */
export interface ConcludeOptions {
  readonly client: Pick<BackendClient, 'awaitVerdict'>;
  readonly verdictTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly outcome: OutcomeWriter;
}

/** What the backend's answer to evidence or tokens comes to; waits for the verdict where it is pending. */
export async function conclude(answer: Awaited<ReturnType<BackendClient['submit']>>, { client, verdictTimeoutMs, signal, outcome }: ConcludeOptions): Promise<VerifyResult> {
  if (!answer.ok) {
    // The backend took it and answered with something unreadable: it may well have decided.
    if (answer.code === 'backend-malformed') return outcome.degraded({ ...endingOf(answer), code: 'verdict-unreadable' }, undefined);
    return outcome.ended(endingOf(answer));
  }
  const { response } = answer;
  if (response.state === 'decided') return outcome.decided(response);
  const verdict = await client.awaitVerdict(response.sessionId, { signal, deadlineMs: verdictTimeoutMs });
  if (verdict.ok) return outcome.decided(verdict.response);
  return verdict.code === 'cancelled' ? outcome.ended(endingOf(verdict)) : outcome.degraded(endingOf(verdict), response.reference);
}
