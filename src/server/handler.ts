import { Hono } from 'hono';
import type { Verdict } from '../transport/protocol.js';
import { check } from '../transport/shape.js';
import { verdictShape } from '../transport/wire-shapes.js';
import { abandon, withdraw } from './closing.js';
import { settle } from './decide.js';
import { health } from './health.js';
import { logError } from './log.js';
import { resolveOptions } from './options.js';
import type { HandlerOptions } from './options.js';
import { checkOrigin } from './origins.js';
import { settleOverdue } from './overdue.js';
import { putPart } from './parts.js';
import { jsonResponse, problemResponse, refuse } from './problem.js';
import type { Refusal } from './problem.js';
import { reconcile } from './reconcile.js';
import type { Reconciliation } from './reconcile.js';
import { findSession, openSession, stateOf } from './sessions.js';
import { submit } from './submission.js';
import { takeToken } from './tokens.js';

/** The backend half of the wire protocol. */
export interface Handler {
  /** Answers one request, on any runtime with `Request` and `Response`. Never rejects. */
  fetch(request: Request): Promise<Response>;
  /**
   * Saves the verdict of a vendor that had answered `pending`, when its own notice comes in. `decided`: there was one
   * already, which stands; `unknown`: no such session, nothing submitted to it, or it was withdrawn before there was a verdict.
   *
   * @throws TypeError for what is no verdict; nothing is saved then.
   */
  settle(sessionId: string, verdict: Verdict, vendorReference?: string): Promise<'saved' | 'decided' | 'unknown'>;
  /**
   * Asks `vendor.confirm` about a session that led to a vendor and whose person never came back, once its time is over: for a job of
   * yours. `saved`: there is a verdict now, and `onVerdict` was told; `decided`: there was one already; `pending`: what came back is being
   * decided, or waits for `settle`; `open`: the way is still being chosen, or the person may still come back, ask again after `expiresAt`; `closed`: the session was ended
   * before, by `withdraw` say; `unknown`: no such session (any more), or none that led to a vendor.
   */
  reconcile(sessionId: string): Promise<Reconciliation>;
  /**
   * The person withdraws consent: nothing more is taken, the evidence is deleted, a vendor that is being asked is told to stop
   * (`signal`), and one that is not is not asked any more. Without a verdict by then there is none, and `onVerdict` is not called.
   * `unknown`: no such session (any more).
   */
  withdraw(sessionId: string): Promise<'withdrawn' | 'unknown'>;
  /**
   * For a shutdown: refuses new requests with a 503, lets those on their way and their decisions end, and stops what the
   * evidence store does by itself. Resolves with `deadline` if that takes longer than `deadlineMs`, default 35,000.
   */
  close(options?: { readonly deadlineMs?: number }): Promise<'drained' | 'deadline'>;
}

type Route = (request: Request, subject: string | undefined, parameter: (name: string) => string) => Promise<Response | Refusal>;

/**
 * Serves the wire protocol (see `protocol.ts`).
 *
 * @example
 * const handler = createHandler({ vendor, basePath: '/api/face', authorize: (request) => whoIs(request) });
 * serve({ fetch: handler.fetch, port: 8787 }); // @hono/node-server
 * @throws TypeError naming each option that is wrong.
 */
export function createHandler(options: HandlerOptions): Handler {
  const settings = resolveOptions(options);

  const routes: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
    '/sessions': {
      POST: (request, subject) => openSession(request, subject, settings),
    },
    '/sessions/:id': {
      async GET(_request, subject, parameter) {
        const found = await findSession(parameter('id'), subject, settings);
        return found.ok ? jsonResponse(200, stateOf(await settleOverdue(found.value, settings), settings.now())) : found;
      },
    },
    '/sessions/:id/parts/:n': {
      PUT: (request, subject, parameter) => putPart(request, parameter('id'), parameter('n'), subject, settings),
    },
    '/sessions/:id/abandonment': {
      POST: (request, subject, parameter) => abandon(request, parameter('id'), subject, settings),
    },
    '/tokens': {
      POST: (request, subject) => takeToken(request, subject, settings),
    },
    '/sessions/:id/submission': {
      POST: (request, subject, parameter) => submit(request, parameter('id'), subject, settings),
    },
  };

  let closing = false;
  const underWay = new Set<Promise<unknown>>();
  const respond = (request: Request, route: Route, parameter: (name: string) => string): Promise<Response> => {
    const work = respondNow(request, route, parameter).finally(() => underWay.delete(work));
    underWay.add(work);
    return work;
  };
  const respondNow = async (request: Request, route: Route, parameter: (name: string) => string): Promise<Response> => {
    const origin = checkOrigin(request, settings.origins);
    if (origin.ok && origin.preflight) return origin.preflight;
    const result = origin.ok ? await resultOf(request, route, parameter) : origin;
    const response = result instanceof Response ? result : problemResponse(result);
    if (!(result instanceof Response)) settings.log({ level: response.status >= 500 ? 'error' : 'warn', event: 'refused', problem: result.name, status: response.status });
    if (origin.ok) for (const [name, value] of Object.entries(origin.headers)) response.headers.set(name, value);
    return response;
  };
  const resultOf = async (request: Request, route: Route, parameter: (name: string) => string): Promise<Response | Refusal> => {
    if (closing) return refuse('overloaded', 'this instance is closing', { headers: { 'retry-after': '1', connection: 'close' } });
    try {
      const authorization = await settings.authorize(request);
      return authorization.allowed
        ? await route(request, authorization.subject, parameter)
        : refuse('unauthorized', authorization.detail ?? 'the request is not authorised', { status: authorization.status ?? 401 });
    } catch (error) {
      settings.log({ level: 'error', event: 'failed', error: logError(error) });
      return refuse('internal', 'the server failed');
    }
  };

  const app = settings.basePath === '' ? new Hono() : new Hono().basePath(settings.basePath);
  for (const [path, methods] of Object.entries(routes)) {
    for (const [method, route] of Object.entries(methods)) app.on(method, path, (context) => respond(context.req.raw, route, (name) => context.req.param(name) ?? ''));
    const allow = Object.keys(methods).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
    app.all(path, (context) => respond(context.req.raw, async () => refuse('method-not-allowed', `the resource takes ${allow}`, { headers: { allow } }), () => ''));
  }
  app.get('/healthz', () => health(settings, closing));
  app.notFound((context) => respond(context.req.raw, async () => refuse('not-found', 'no resource of the protocol has this path'), () => ''));

  return {
    async fetch(request) {
      return app.fetch(request);
    },
    async settle(sessionId, verdict, vendorReference) {
      // From the customer's code, perhaps JavaScript: saved, it would be final, and no client could read it.
      if (!check(verdictShape, verdict, 'ignore').ok) throw new TypeError('verdict must be a decision of passed, rejected or review, with a code of system, table and code');
      const stored = await settings.sessions.readSession(sessionId, settings.now());
      if (stored?.submission === undefined) return 'unknown';
      if (stored.submission.verdict) return 'decided';
      const settled = await settle(stored.session, { verdict, ...(vendorReference !== undefined && { vendorReference }) }, settings);
      if (settled === undefined) return 'unknown';
      return settled.saved ? 'saved' : 'decided';
    },
    reconcile: (sessionId) => reconcile(sessionId, settings),
    withdraw: (sessionId) => withdraw(sessionId, settings),
    async close({ deadlineMs = 35_000 } = {}) {
      closing = true;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<'deadline'>((resolve) => (timer = setTimeout(() => resolve('deadline'), deadlineMs)));
      const drained = async (): Promise<'drained'> => {
        // A request that ends may leave a decision behind.
        while (underWay.size + settings.deciding.size > 0) await Promise.allSettled([...underWay, ...Array.from(settings.deciding.values(), ({ work }) => work)]);
        return 'drained';
      };
      const ended = await Promise.race([drained(), late]);
      clearTimeout(timer);
      await settings.evidence.close?.();
      return ended;
    },
  };
}
