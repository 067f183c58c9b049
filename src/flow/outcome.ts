import type { ChannelName } from '../channels/channel.js';
import { type CodeReference, lookup, promptFor } from '../codes/core.js';
import type { ClientCode } from '../codes/client-codes.js';
import type { RunSummary } from '../liveness/index.js';
import type { BackendFailure } from '../transport/failure.js';
import type { VerdictResponse } from '../transport/protocol.js';
import type { VerifyOptions } from './options.js';
import type { ResultBase, VerifyResult } from './result.js';

/** Why a step ended the run; what the steps of the flow hand up. */
export interface Ending {
  readonly ok: false;
  readonly code: ClientCode;
  /** In English, for the integrator's log. */
  readonly detail: string;
  /** A better code than the client's own, where the backend named one. */
  readonly reference?: CodeReference;
  readonly summary?: RunSummary;
}

/** Turns endings and verdicts into results in the language of the options. */
export interface OutcomeWriter {
  ended(ending: Ending): VerifyResult;
  decided(response: VerdictResponse): VerifyResult;
  /** The page was to be left for a vendor's, and has not been, or is back. */
  left(channel: ChannelName, detail: string): VerifyResult;
  /** Handed in, or perhaps, but no verdict. @param numbers what to ask by, where it is known */
  degraded(ending: Ending, numbers: { readonly [Name in 'reference' | 'sessionId']?: string | undefined }): VerifyResult;
}

const CANCELLED: readonly ClientCode[] = ['cancelled', 'consent-refused'];
const EXPIRED: readonly ClientCode[] = ['session-expired', 'session-used'];

/** @param options uses `locale` and `prompts` */
export function createOutcomeWriter({ locale, prompts }: Pick<VerifyOptions, 'locale' | 'prompts'>): OutcomeWriter {
  const describe = (code: CodeReference): ResultBase => ({
    code,
    prompt: promptFor(code, locale, prompts),
    remedy: lookup(code.system, code.table, code.code).remedy,
  });
  const describeEnding = ({ code, reference }: Ending): ResultBase => describe(reference ?? { system: 'facefront', table: 'client', code });
  return {
    ended(ending) {
      const base = describeEnding(ending);
      if (CANCELLED.includes(ending.code)) return { status: 'cancelled', ...base };
      if (EXPIRED.includes(ending.code)) return { status: 'expired', ...base, detail: ending.detail };
      return { status: 'failed', ...base, detail: ending.detail, ...(ending.summary && { summary: ending.summary }) };
    },
    left: (channel, detail) => ({ status: 'left', channel, ...describe({ system: 'facefront', table: 'client', code: 'channel-left' }), detail }),
    decided: ({ verdict, reference }) => ({ status: 'finished', verdict, reference, ...describe(verdict.code) }),
    degraded: (ending, { reference, sessionId }) => ({ status: 'degraded', ...describeEnding(ending), detail: ending.detail, ...(reference !== undefined && { reference }), ...(sessionId !== undefined && { sessionId }) }),
  };
}

/** A failure of the transport as an ending. */
export function endingOf({ code, detail, problem }: BackendFailure): Ending {
  return { ok: false, code, detail, ...(problem?.code && { reference: problem.code }) };
}
