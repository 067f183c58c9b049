import type { ChannelName } from '../channels/channel.js';
import type { CodeReference, Remedy } from '../codes/core.js';
import type { RunSummary } from '../liveness/index.js';
import type { Verdict } from '../transport/protocol.js';

/** What every result says. */
export interface ResultBase {
  /** What came back, with its namespace. */
  readonly code: CodeReference;
  /** The sentence for the person, in the locale of the options. */
  readonly prompt: string;
  readonly remedy: Remedy;
}

/**
 * How a verification ended. There is no "passed" of the client's own: `finished` carries the verdict of the customer's
 * server, and no other status can be read as one. Being cancelled is a result, not an exception.
 */
export type VerifyResult =
  | FinishedResult
  | CancelledResult
  | FailedResult
  | ExpiredResult
  | DegradedResult
  | LeftResult;

/** The server decided. */
export interface FinishedResult extends ResultBase {
  readonly status: 'finished';
  readonly verdict: Verdict;
  /** The customer's own number for the attempt. */
  readonly reference: string;
}

/** The person or the page called it off; `code` is `consent-refused` or `cancelled`. */
export interface CancelledResult extends ResultBase {
  readonly status: 'cancelled';
}

/** Something in the way; `code` says what. */
export interface FailedResult extends ResultBase {
  readonly status: 'failed';
  /** For the integrator's log, in English; nothing personal. */
  readonly detail: string;
  /** Where the time went, when guidance had begun. */
  readonly summary?: RunSummary;
}

/** The session ran out or was used up; a new one may be begun. */
export interface ExpiredResult extends ResultBase {
  readonly status: 'expired';
  readonly detail: string;
}

/**
 * The evidence was handed in, or may have been, as its answer was lost, and no readable verdict came back in time. The server may know;
 * ask it by `reference`, or by `sessionId` where there is none.
 */
export interface DegradedResult extends ResultBase {
  readonly status: 'degraded';
  /** The customer's own number for the attempt, where one came back. */
  readonly reference?: string;
  /** Of the session that it was handed in to, where that is known. Whoever has it can ask for the verdict: not for a log. */
  readonly sessionId?: string;
  readonly detail: string;
}

/**
 * The page was left for a vendor's, and is here all the same: the person has come back with the "back" button, or the browser never
 * left. Where the person comes back from the vendor the page opens anew, and it is the next call of `verify()` that ends with a result;
 * this one never does then, as its page is gone.
 */
export interface LeftResult extends ResultBase {
  readonly status: 'left';
  readonly channel: ChannelName;
  readonly detail: string;
}
