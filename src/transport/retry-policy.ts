/** How an attempt ended: with an HTTP status, or without any answer (refused, cut, timed out). */
export type AttemptOutcome = { readonly kind: 'status'; readonly status: number } | { readonly kind: 'network' };

/** Everything the decision depends on; nothing else is read. */
export interface RetryInput {
  /** Attempts made so far, from 1. */
  readonly attempt: number;
  readonly outcome: AttemptOutcome;
  /** The `Retry-After` header of the answer, where there was one. */
  readonly retryAfter?: string | null;
  /** Its `Date` header, where that can be read: what the server's clock says. */
  readonly date?: string | null;
  /** From 0 up to 1. */
  readonly random: number;
  /** Milliseconds since 1970 on the device's clock, for the date form of `Retry-After` of an answer without a `Date`. */
  readonly now: number;
  /** Milliseconds left for the whole call; default no limit. */
  readonly remainingMs?: number;
}

/** The numbers of the policy. */
export interface RetryPolicy {
  /** Attempts in all. */
  readonly maxAttempts: number;
  /** Upper bound of the first wait, milliseconds; doubles with each attempt. */
  readonly baseMs: number;
  /** Upper bound of any wait that the server did not ask for, milliseconds. */
  readonly capMs: number;
  /** Longest `Retry-After` that is waited for, milliseconds. */
  readonly maxRetryAfterMs: number;
}

/** Why there is no further attempt. */
export type RetryStop = 'not-retryable' | 'attempts' | 'retry-after-too-long' | 'deadline';

/** Wait and try again, or stop. */
export type RetryDecision = { readonly wait: number } | { readonly stop: RetryStop };

/**
 * Six attempts with 7.5 s of waiting at most between them; a person is looking at the screen. Where 30 % of all requests fail, a
 * session in 70 is lost with four attempts, and one in 700 with six (test/server/chaos-defaults.test.ts).
 */
export const DEFAULT_RETRY_POLICY: RetryPolicy = { maxAttempts: 6, baseMs: 300, capMs: 3000, maxRetryAfterMs: 10_000 };

/** Statuses that say "later", not "no" (RFC 9110 §15.5.9, RFC 8470, RFC 6585); with them all of 5xx. */
const RETRYABLE: readonly number[] = [408, 425, 429];

/**
 * Whether and when to try again. Waits are drawn from 0 to a bound that doubles (full jitter), so that clients cut off
 * together do not come back together; a `Retry-After` is waited out in full, with such a draw on top.
 */
export function decideRetry(input: RetryInput, policy: RetryPolicy = DEFAULT_RETRY_POLICY): RetryDecision {
  const { attempt, outcome, random, now, remainingMs = Infinity } = input;
  if (outcome.kind === 'status' && !RETRYABLE.includes(outcome.status) && !(outcome.status >= 500 && outcome.status <= 599)) return { stop: 'not-retryable' };
  if (attempt >= policy.maxAttempts) return { stop: 'attempts' };
  // Both by the server's clock: the device's may be hours off.
  const asked = parseRetryAfter(input.retryAfter, httpDate(input.date) || now);
  if (asked > policy.maxRetryAfterMs) return { stop: 'retry-after-too-long' };
  // With a time from the server the jitter only needs to spread, not to back off.
  const bound = asked > 0 ? policy.baseMs : Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
  const wait = asked + Math.floor(random * bound);
  return wait < remainingMs ? { wait } : { stop: 'deadline' };
}

/** RFC 9110 §10.2.3: seconds, or an HTTP date. Milliseconds from `now`; 0 for none, a past date or one that cannot be read. */
export function parseRetryAfter(header: string | null | undefined, now: number): number {
  const value = header?.trim() ?? '';
  return /^\d+$/.test(value) ? Number(value) * 1000 : Math.max(0, httpDate(value) - now || 0);
}

/** RFC 9110 §5.6.7, all three forms: milliseconds since 1970, `NaN` for anything else. */
function httpDate(value: string | null | undefined): number {
  // Date.parse takes almost anything ("1.5", "-1"), and the form of asctime, which is UTC and does not say so, as local time.
  return value && /^[A-Z][a-z]{2,8},? .* (GMT|\d{4})$/.test(value) ? Date.parse(value.replace(/\d{4}$/, '$& GMT')) : NaN;
}
