import type { CodeReference } from '../transport/protocol.js';
import { refuse } from './problem.js';
import type { Refusal } from './problem.js';
import type { QuotaReached, Quotas } from './stores/port.js';

/** One session of a user in 2 s, as the vendor has it; no limit of attempts or of open sessions, since those depend on your contract. */
export const DEFAULT_QUOTAS: Quotas = { intervalMs: 2000, attempts: 0, attemptWindowMs: 86_400_000, openSessions: 0 };

const sdk = (code: string): CodeReference => ({ system: 'faceid-sdk', table: 'result', code });

/** The vendor's own codes for the same, so that the person reads the same sentence whoever refuses. */
export const QUOTA_CODES: Readonly<Record<QuotaReached['status'], CodeReference>> = {
  'too-frequent': sdk('400504'),
  'too-many-attempts': sdk('66660017'),
  'too-many-open': sdk('400506'),
};

const DETAILS: Readonly<Record<QuotaReached['status'], string>> = {
  'too-frequent': 'the user has just opened a session',
  'too-many-attempts': 'the user has used up the attempts of a day',
  'too-many-open': 'too many sessions are open at once',
};

/** The 429, with the time until there is room again. */
export function quotaRefusal({ status, retryAfterMs }: QuotaReached): Refusal {
  return refuse('rate-limited', DETAILS[status], { code: QUOTA_CODES[status], headers: { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) } });
}
