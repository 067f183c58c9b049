import type { Entry } from '../../codes/entry.js';
import type { CodeReference } from '../../transport/protocol.js';
import { VENDOR_FAILED } from '../decide.js';
import type { FaceIdResult } from './tencent/detect-text.js';
import type { KycResult } from './tencent/kyc.js';
import type { VendorOutcome } from './port.js';

/** What a vendor answered about an attempt, or why it did not. */
export type VendorAnswer =
  | ({ readonly ok: true } & Pick<KycResult | FaceIdResult, 'outcome' | 'entry'>)
  | { readonly ok: false; readonly reason: string; readonly error?: Entry };

/**
 * The decision that an answer comes to, for a `VendorPort`: passed and failed are decided, unfinished is pending under `reference`, and
 * whatever is no answer about the person is `review`, since nothing was found out.
 */
export function outcomeOf(answer: VendorAnswer, reference: string): VendorOutcome {
  if (answer.ok && answer.outcome === 'unfinished') return { status: 'pending', reference };
  if (answer.ok) return { status: 'decided', decision: answer.outcome === 'passed' ? 'passed' : 'rejected', code: referenceOf(answer.entry), reference };
  return { status: 'decided', decision: 'review', code: answer.error?.known ? referenceOf(answer.error) : VENDOR_FAILED, reference };
}

function referenceOf({ system, table, code }: Entry): CodeReference {
  return { system, table, code };
}
