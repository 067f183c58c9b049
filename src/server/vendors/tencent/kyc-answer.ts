import type { Entry } from '../../../codes/entry.js';
import { createRegistry } from '../../../codes/registry.js';
import faceidSdk from '../../../codes/tables/faceid-sdk/index.js';
import { codeText } from '../../../codes/interpret/reading.js';
import { isObject } from '../../../transport/shape.js';
import { malformedAnswer } from '../failure.js';
import type { VendorFailure } from '../failure.js';

/** The vendor answered with a `code` that is not 0; the entry says what it means and what the person may read. */
export interface KycError {
  readonly ok: false;
  readonly reason: 'vendor-error';
  /** Of `faceid-sdk / result`; `known: false` for a number the document does not have. */
  readonly error: Entry;
  /** The call and the code, for the log. */
  readonly detail: string;
  readonly sent: true;
}

/** What a call brings: `T`, an error of the vendor's, or no answer. */
export type KycAnswer<T> = (T & { readonly ok: true }) | KycError | VendorFailure;

const registry = /* @__PURE__ */ createRegistry(faceidSdk);

/** The entry of a code that the vendor's page or server answered with. */
export function kycEntry(code: unknown): Entry {
  return registry.find('faceid-sdk', 'result', codeText(code));
}

/** An answer whose `code` was 0, an error, or something that is neither. */
export function readKycAnswer(call: string, body: unknown): { readonly ok: true; readonly body: Readonly<Record<string, unknown>> } | KycError | VendorFailure {
  if (!isObject(body)) return malformedAnswer(call, 'the answer is no object');
  const code = codeText(body['code']);
  if (typeof code !== 'string' || !/^-?\d{1,12}$/.test(code)) return malformedAnswer(call, 'the answer has no code');
  return code === '0' ? { ok: true, body } : { ok: false, reason: 'vendor-error', error: kycEntry(code), detail: `${call}: code ${code}`, sent: true };
}
