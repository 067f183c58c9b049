import { refuse } from './problem.js';
import type { Refusal } from './problem.js';

/** How long a browser may remember a preflight, seconds. */
const MAX_AGE_S = 600;

/** Headers of an answer that pages of other origins have to be let see. */
const EXPOSED = 'Retry-After, Date, Location, Want-Content-Digest';

/** What the `Origin` header of a request means for its answer. */
export type OriginCheck =
  | {
      readonly ok: true;
      /** Headers to add to the answer, whatever it is. */
      readonly headers: Readonly<Record<string, string>>;
      /** The answer to a preflight. */
      readonly preflight?: Response;
    }
  | Refusal;

/**
 * Holds a request's origin against the allow-list and speaks CORS with those on it. Without a list nothing is checked and
 * nothing is allowed either: browsers then let pages of the backend's own origin in and no others, since every request of
 * the protocol needs a preflight. Requests without the header do not come from a page of another origin.
 */
export function checkOrigin(request: Request, origins: readonly string[] | undefined): OriginCheck {
  if (origins === undefined) return { ok: true, headers: {} };
  const origin = request.headers.get('origin');
  if (origin === null) return { ok: true, headers: { vary: 'Origin' } };
  if (!origins.includes(origin)) return refuse('origin-not-allowed', 'pages of this origin may not use the service', { headers: { vary: 'Origin' } });
  const headers = { vary: 'Origin', 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', 'access-control-expose-headers': EXPOSED };
  if (request.method !== 'OPTIONS' || !request.headers.has('access-control-request-method')) return { ok: true, headers };
  // The integrator's own headers are not known here; with an origin that is trusted they may be any.
  const asked = request.headers.get('access-control-request-headers') ?? '';
  const preflight = new Response(null, {
    status: 204,
    headers: { ...headers, vary: 'Origin, Access-Control-Request-Headers', 'access-control-allow-methods': 'GET, POST, PUT', 'access-control-allow-headers': asked, 'access-control-max-age': String(MAX_AGE_S) },
  });
  return { ok: true, headers, preflight };
}

/** Says what is wrong with an allow-list. */
export function problemsOfOrigins(origins: unknown): readonly string[] {
  if (origins === undefined) return [];
  const right = Array.isArray(origins) && origins.every((origin) => typeof origin === 'string' && /^https?:\/\/[^/?#@\s*]+$/.test(origin) && new URL(origin).origin === origin);
  return right ? [] : ['origins must be a list such as ["https://shop.example"], each with scheme and host and nothing behind, without wildcards'];
}
