import type { CodeReference } from '../../codes/entry.js';
import type { CodeOf } from '../../codes/names.js';

/** One field that the vendor would refuse. */
export interface PayloadError {
  /** The vendor's own code, of `juhe-antirush / service`. Tencent RCE has one number (1002) for all of them, so its profile uses these too. */
  readonly code: CodeReference;
  /** From `BusinessSecurityData`, such as `BusinessSecurityData.Details[2].FieldName`. */
  readonly path: string;
  /** The rule that is broken, as a sentence about the field. Never quotes the value. */
  readonly rule: string;
}

/** What a field can be wrong by, as the vendor numbers it. */
export const PAYLOAD_CODES = {
  accountType: '261502',
  mobile: '261504',
  appId: '261505',
  userIp: '261506',
  accountId: '261507',
  type: '261508',
  range: '261509',
  missing: '261510',
  unknown: '261511',
  size: '261512',
} as const satisfies Record<string, CodeOf<'juhe-antirush', 'service'>>;

/** See {@link PAYLOAD_CODES}. */
export type Fault = keyof typeof PAYLOAD_CODES;

/** Writes an error down. */
export type Report = (fault: Fault, path: string, rule: string) => void;

/** A stranger's body can break thousands of rules at once; nobody reads more than these. */
const MAX_ERRORS = 200;

/** A list of errors, and what adds to it. */
export function createErrors(): { readonly errors: PayloadError[]; readonly report: Report } {
  const errors: PayloadError[] = [];
  return {
    errors,
    report(fault, path, rule) {
      if (errors.length < MAX_ERRORS) errors.push({ code: { system: 'juhe-antirush', table: 'service', code: PAYLOAD_CODES[fault] }, path, rule });
    },
  };
}
