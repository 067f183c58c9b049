import { PROBLEM_PREFIX } from '../transport/protocol.js';
import type { CodeReference, Problem, ProblemName } from '../transport/protocol.js';
import type { FieldError } from '../transport/shape.js';

/** A request that is not done, and what the client is told of it. */
export interface Refusal {
  readonly ok: false;
  readonly name: ProblemName;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly code?: CodeReference;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default the problem's own. */
  readonly status?: number;
}

/** A value, or why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refusal;

const PROBLEMS: Readonly<Record<ProblemName, readonly [status: number, title: string]>> = {
  'malformed-request': [400, 'The request is malformed'],
  'unsupported-protocol': [400, 'This version of the protocol is not spoken here'],
  'unsupported-media-type': [415, 'The body has to be application/json'],
  'not-found': [404, 'There is no such resource'],
  'method-not-allowed': [405, 'The resource does not take this method'],
  'request-timeout': [408, 'The body took too long to arrive'],
  'idempotency-conflict': [422, 'The idempotency key was used with another body'],
  'unknown-session': [404, 'There is no such session'],
  'session-expired': [410, 'The session has expired'],
  'session-used': [409, 'The session has been used'],
  'too-large': [413, 'The body is too large'],
  'too-many-parts': [413, 'The session takes no part of this number'],
  'digest-missing': [400, 'The part has no SHA-256 digest'],
  'digest-mismatch': [422, 'The part does not have its digest'],
  'part-conflict': [409, 'Another part has this number'],
  'part-missing': [422, 'A part of the manifest has not arrived'],
  'part-truncated': [400, 'The part ended early'],
  'manifest-mismatch': [422, 'The manifest does not describe what arrived'],
  'evidence-replayed': [422, 'The evidence was submitted in another session'],
  'token-used': [409, 'The token has been used'],
  'channel-mismatch': [422, 'The session is for another channel or another attempt'],
  'channel-refused': [422, 'The vendor refused to begin'],
  'origin-not-allowed': [403, 'The origin is not allowed'],
  'nonce-mismatch': [422, 'The manifest is not bound to this session'],
  unauthorized: [401, 'The request is not authorised'],
  'rate-limited': [429, 'Too many requests'],
  overloaded: [503, 'There is no room at the moment'],
  internal: [500, 'The server failed'],
};

/** Headers of every answer: nothing here is to be kept, framed, sniffed or run. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Makes a {@link Refusal}. */
export function refuse(name: ProblemName, detail: string, more: Partial<Pick<Refusal, 'errors' | 'code' | 'headers' | 'status'>> = {}): Refusal {
  return { ok: false, name, detail, ...more };
}

/** A refusal of a body, naming every field that is wrong. */
export function malformed(errors: readonly FieldError[]): Refusal {
  return refuse('malformed-request', errors.map(({ field, rule }) => `${field} ${rule}`).slice(0, 5).join('; '), { errors });
}

/** The refusal as RFC 9457. */
export function problemResponse(refusal: Refusal): Response {
  const [status, title] = PROBLEMS[refusal.name];
  const body: Problem = {
    type: `${PROBLEM_PREFIX}${refusal.name}`,
    title,
    status: refusal.status ?? status,
    detail: refusal.detail,
    ...(refusal.errors && { errors: refusal.errors }),
    ...(refusal.code && { code: refusal.code }),
  };
  return new Response(JSON.stringify(body), { status: body.status, headers: { ...SECURITY_HEADERS, 'content-type': 'application/problem+json', ...refusal.headers } });
}

/** The answer that says no more than that it is done. */
export function noContent(): Response {
  return new Response(null, { status: 204, headers: SECURITY_HEADERS });
}

/** A JSON answer. */
export function jsonResponse(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { ...SECURITY_HEADERS, 'content-type': 'application/json', ...headers } });
}
