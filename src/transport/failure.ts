import type { ClientCode } from '../codes/client-codes.js';
import type { Problem } from './protocol.js';
import { check } from './shape.js';
import { problemName, problemShape } from './wire-shapes.js';

/** Why the backend gave no usable answer. Every call of the client ends in this or in its result; none throws. */
export interface BackendFailure {
  readonly ok: false;
  /** Of system `facefront`, table `client`. */
  readonly code: ClientCode;
  /** For the integrator's log, in English: what happened, to which request. Holds no token, name or nonce. */
  readonly detail: string;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** What the backend said, where it said it in RFC 9457. Its `code`, if any, has the better prompt. */
  readonly problem?: Problem;
  /** True if the same call may succeed later: no network, a timeout, 408, 425, 429, 5xx. */
  readonly transient: boolean;
  /** True if an attempt went without an answer, or with 5xx: the backend may have taken the request all the same. */
  readonly lost?: boolean;
}

/** Makes a {@link BackendFailure}. */
export function failure(code: ClientCode, detail: string, more: Partial<Pick<BackendFailure, 'status' | 'problem' | 'transient'>> = {}): BackendFailure {
  return { ok: false, code, detail, transient: false, ...more };
}

/** What an answer outside 2xx means. */
export function failureOfStatus(about: string, status: number, body: string, transient: boolean): BackendFailure {
  const problem = readProblem(body);
  const detail = `${about}: ${status}${problem ? ` ${problemName(problem)}: ${problem.detail}` : ''}`;
  return failure(codeOf(status, problem), detail, { status, transient, ...(problem && { problem }) });
}

function codeOf(status: number, problem: Problem | undefined): ClientCode {
  switch (problem && problemName(problem)) {
    case 'session-used':
    case 'token-used':
      return 'session-used';
    // Servers forget expired sessions after a while; to the person it is the same.
    case 'session-expired':
    case 'unknown-session':
      return 'session-expired';
    case undefined:
      return status === 409 ? 'session-used' : status === 410 ? 'session-expired' : status === 408 || status === 504 ? 'backend-timeout' : 'backend-rejected';
    default:
      return 'backend-rejected';
  }
}

function readProblem(body: string): Problem | undefined {
  try {
    const checked = check(problemShape, JSON.parse(body), 'ignore');
    return checked.ok ? checked.value : undefined;
  } catch {
    // A proxy's HTML page; the status says enough.
    return undefined;
  }
}
