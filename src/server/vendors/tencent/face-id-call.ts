import type { Entry } from '../../../codes/entry.js';
import { isObject } from '../../../transport/shape.js';
import { malformedAnswer } from '../failure.js';
import type { VendorFailure } from '../failure.js';

/** What the cloud documents to refuse these calls with (TC 1007/108012, 400/41680). It may use others, which come as they are. */
export type FaceIdErrorCode =
  | `AuthFailure.${'InvalidSecretId' | 'SecretIdNotFound' | 'SignatureExpire' | 'SignatureFailure' | 'TokenFailure' | 'UnauthorizedOperation'}`
  | `FailedOperation${'' | '.DecryptSystemError' | '.StsUnAuthErrError' | '.UnKnown' | '.UnregisteredEid'}`
  | `InternalError${'' | '.EncryptSystemError'}`
  | `InvalidParameter${'' | '.UnsupportEncryptField'}`
  | `InvalidParameterValue${'' | '.BizTokenExpired' | '.BizTokenIllegal' | '.RuleIdDisabled' | '.RuleIdNotExist'}`
  | `UnauthorizedOperation${'' | '.Arrears' | '.NonAuthorize' | '.Nonactivated'}`
  | 'LimitExceeded'
  | 'MissingParameter'
  | 'RequestLimitExceeded'
  | (string & {});

/** The cloud refused the call, or answered with a code that says nothing of the person. */
export interface FaceIdError {
  readonly ok: false;
  readonly reason: 'vendor-error';
  /** The cloud's own name, such as `AuthFailure.SecretIdNotFound`, or the number of {@link error}. */
  readonly code: FaceIdErrorCode;
  /** With a result that says nothing of the person, only of the request or the vendor's servers. */
  readonly error?: Entry;
  /** For support of the vendor's. */
  readonly requestId?: string;
  /** The call and the code, for the log. The cloud's message may quote what was sent and is left out. */
  readonly detail: string;
  readonly sent: true;
}

/** A result, an error of the cloud's, or no answer. */
export type FaceIdAnswer<T> = (T & { readonly ok: true }) | FaceIdError | VendorFailure;

/** A result that must not become a rejection. */
export function notAboutPerson(call: string, error: Entry): FaceIdError {
  return { ok: false, reason: 'vendor-error', code: error.code, error, detail: `${call}: code ${error.code}`, sent: true };
}

/** Carries out one call of the integrator's client, within a deadline. The client retries as it was made to. */
export async function callSdk(name: string, call: () => Promise<object>, timeoutMs: number): Promise<FaceIdAnswer<{ readonly body: Readonly<Record<string, unknown>> }>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), timeoutMs)));
  try {
    const answer: unknown = await Promise.race([call(), late]);
    if (answer === 'late') return { ok: false, reason: 'timeout', detail: `${name}: no answer within ${timeoutMs} ms`, sent: true };
    return isObject(answer) ? { ok: true, body: answer } : malformedAnswer(name, 'the answer is no object');
  } catch (error) {
    const { code, requestId } = (error ?? {}) as { code?: unknown; requestId?: unknown };
    if (typeof code === 'string' && /^[A-Z][A-Za-z]{2,40}(\.[A-Za-z]{1,60})?$/.test(code)) {
      return { ok: false, reason: 'vendor-error', code, ...(typeof requestId === 'string' && /^[\w-]{1,64}$/.test(requestId) && { requestId }), detail: `${name}: ${code}`, sent: true };
    }
    return { ok: false, reason: 'network', detail: `${name}: the client failed`, sent: true };
  } finally {
    clearTimeout(timer);
  }
}
