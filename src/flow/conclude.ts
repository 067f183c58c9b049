import type { BackendClient } from '../transport/client.js';
import type { BackendFailure } from '../transport/failure.js';
import { endingOf, type OutcomeWriter } from './outcome.js';
import type { DegradedResult, VerifyResult } from './result.js';

/** What {@link conclude} works with. */
export interface ConcludeOptions {
  readonly client: Pick<BackendClient, 'awaitVerdict'>;
  /** Which session to ask about where no answer names it. */
  readonly sessionId?: string | undefined;
  readonly verdictTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly outcome: OutcomeWriter;
}

/** What the backend's answer to evidence or tokens comes to; waits for the verdict where it is pending, and asks for it where the answer was lost. */
export async function conclude(answer: Awaited<ReturnType<BackendClient['submit']>>, options: ConcludeOptions): Promise<VerifyResult> {
  const { outcome, sessionId } = options;
  if (answer.ok) return answer.response.state === 'decided' ? outcome.decided(answer.response) : ask(answer.response, options);
  // The backend took it and answered with something unreadable: it may well have decided.
  if (answer.code === 'backend-malformed') return outcome.degraded({ ...endingOf(answer), code: 'verdict-unreadable' }, { sessionId });
  return answer.lost && sessionId !== undefined ? ask({ sessionId }, options, answer) : outcome.ended(endingOf(answer));
}

/** @param lost why nobody knows whether it arrived */
async function ask({ sessionId, reference }: { readonly sessionId: string } & Pick<DegradedResult, 'reference'>, { client, verdictTimeoutMs, signal, outcome }: ConcludeOptions, lost?: BackendFailure): Promise<VerifyResult> {
  const verdict = await client.awaitVerdict(sessionId, { signal, deadlineMs: verdictTimeoutMs, ...(lost && { ifOpen: lost }) });
  if (verdict.ok) return outcome.decided(verdict.response);
  const ending = endingOf(verdict);
  // A session that ran out without a submission is as sure an end as one that is still open.
  if (verdict === lost || verdict.code === 'cancelled' || (lost && verdict.code === 'session-expired')) return outcome.ended(ending);
  return outcome.degraded(ending, { sessionId, reference });
}
