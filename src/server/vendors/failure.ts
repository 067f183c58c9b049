import type { CodeReference } from '../../codes/entry.js';
import type { FieldError } from '../../transport/shape.js';

/**
 * Why there is no answer. `invalid-input`: nothing was sent, nothing is charged · `unreachable`: no connection was made, nothing
 * was sent · `network`: the connection broke · `timeout` · `status`: an HTTP status that is not 2xx · `too-large` · `malformed`:
 * not the JSON the vendor documents · `cancelled`: by the caller's signal.
 */
export type VendorFailureReason = 'invalid-input' | 'unreachable' | 'network' | 'timeout' | 'status' | 'too-large' | 'malformed' | 'cancelled';

/** A field the vendor would refuse. */
export interface InputError extends FieldError {
  /** The code it would refuse it with, where it has one for each. */
  readonly code?: CodeReference;
}

/** A call that brought no answer of the vendor's. Holds no key, ticket, name, number or body, so that it may be logged as it is. */
export interface VendorFailure {
  readonly ok: false;
  readonly reason: VendorFailureReason;
  /** In English: which call, and what happened. */
  readonly detail: string;
  /** True if the vendor may have carried the call out, and may charge for it. */
  readonly sent: boolean;
  /** The HTTP status, where there was one. */
  readonly status?: number;
  /** With `invalid-input`: every field that is wrong. */
  readonly errors?: readonly InputError[];
}

/** Input the vendor would refuse. */
export function invalidInput(call: string, errors: readonly InputError[]): VendorFailure {
  return { ok: false, reason: 'invalid-input', detail: `${call}: ${errors.map(({ field, rule }) => `${field} ${rule}`).join('; ')}`, sent: false, errors };
}

/** An answer that is JSON but not what the vendor documents. */
export function malformedAnswer(call: string, rule: string): VendorFailure {
  return { ok: false, reason: 'malformed', detail: `${call}: ${rule}`, sent: true };
}
