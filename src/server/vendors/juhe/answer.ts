import type { Entry } from '../../../codes/entry.js';
import { isObject } from '../../../transport/shape.js';
import type { VendorFailure } from '../failure.js';
import { malformedAnswer } from '../failure.js';

/** Juhe answered with an `error_code`; the entry says what it means, who can do something about it, and what the person may read. */
export interface JuheError {
  readonly ok: false;
  readonly reason: 'vendor-error';
  /** Of table `service` or `system`; `known: false` for a number the document does not have. */
  readonly error: Entry;
  /** The call and the code, for the log. */
  readonly detail: string;
  readonly sent: true;
}

/** A result with an interpretation, an error of Juhe's, or no answer. */
export type JuheAnswer<T> = (T & { readonly ok: true; /** Juhe's number for the call. */ readonly orderId?: string }) | JuheError | VendorFailure;

/** What an answer's `error_code` comes to, before its result is read. */
export function juheErrorOf(call: string, body: unknown, error: Entry | undefined): JuheError | VendorFailure | undefined {
  if (!isObject(body)) return malformedAnswer(call, 'the answer is no object');
  if (error) return { ok: false, reason: 'vendor-error', error, detail: `${call}: error_code ${shortCode(error.code)}`, sent: true };
  if (String(body['error_code']) !== '0') return malformedAnswer(call, 'the answer has no error_code');
  return isObject(body['result']) ? undefined : malformedAnswer(call, 'the answer has no result');
}

/** Juhe's number for a call: in the result for one product, beside `res` or the result for another. */
export function juheOrderId(body: unknown): { readonly orderId?: string } {
  const result = isObject(body) ? body['result'] : undefined;
  const orderId = (isObject(result) ? result['orderid'] : undefined) ?? (isObject(body) ? body['orderid'] : undefined);
  return typeof orderId === 'string' && orderId.length <= 64 ? { orderId } : {};
}

function shortCode(code: string): string {
  return /^-?\d{1,10}$/.test(code) ? code : 'that is not a number';
}
