import { isObject } from '../../../transport/shape.js';
import { malformedAnswer } from '../failure.js';
import type { VendorFailure } from '../failure.js';

/** The cloud refused the call. */
export interface FaceIdError {
  readonly ok: false;
  readonly reason: 'vendor-error';
  /** The cloud's own name, such as `AuthFailure.SecretIdNotFound`. */
  readonly code: string;
  /** For support of the vendor's. */
  readonly requestId?: string;
  /** The call and the code, for the log. The cloud's message may quote what was sent and is left out. */
  readonly detail: string;
  readonly sent: true;
}

/** Carries out one call of the integrator's client, within a deadline. The client retries as it was made to. */
export async function callSdk(name: string, call: () => Promise<object>, timeoutMs: number): Promise<{ readonly ok: true; readonly body: Readonly<Record<string, unknown>> } | FaceIdError | VendorFailure> {
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
