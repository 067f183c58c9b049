import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';

/** What goes wrong with the next answers. */
export interface Fault {
  /** Milliseconds before the answer. Default 0. */
  readonly latencyMs?: number;
  /** An HTTP status instead of the answer. */
  readonly status?: number;
  /** `Retry-After` beside the status. */
  readonly retryAfter?: string;
  /** `hang`: no answer at all. `cut`: the connection is closed in the middle of the answer. `reset`: before it. */
  readonly connection?: 'hang' | 'cut' | 'reset';
  /** A body instead of the answer's: half a JSON text, a proxy's page, bytes that are no UTF-8, or 4 MB. */
  readonly body?: 'truncated' | 'html' | 'not-utf8' | 'huge' | 'redirect';
  /** How many answers. Default 1. */
  readonly times?: number;
  /** Only paths that begin so. Default all. */
  readonly path?: string;
}

/** Turns faults on and off. */
export interface FaultSwitch {
  set(fault: Fault): void;
  clear(): void;
  readonly middleware: MiddlewareHandler;
}

/** One switch; the newest fault counts. */
export function createFaultSwitch(): FaultSwitch {
  let current: { readonly fault: Fault; left: number } | undefined;
  return {
    set(fault) {
      current = { fault, left: fault.times ?? 1 };
    },
    clear() {
      current = undefined;
    },
    async middleware(context, next) {
      const active = current && current.left > 0 && context.req.path.startsWith(current.fault.path ?? '/') ? current : undefined;
      if (!active) return next();
      active.left--;
      const { latencyMs = 0, status, retryAfter, connection, body } = active.fault;
      if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
      if (connection === 'hang') return new Promise<Response>(() => undefined);
      if (connection === 'reset') return hangUp(context);
      if (connection === 'cut') return cutShort(context);
      if (status !== undefined) return context.text('upstream failed', status as 500, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
      if (body !== undefined) return spoiled(body, context);
      return next();
    },
  };
}

function hangUp(context: Context): Promise<Response> {
  (context.env as HttpBindings).incoming.socket.destroy();
  return new Promise(() => undefined);
}

/** Announces more than it sends, then closes. */
function cutShort(context: Context): Promise<Response> {
  const { outgoing, incoming } = context.env as HttpBindings;
  outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  outgoing.write('{"error_code":0,', () => incoming.socket.destroy());
  return new Promise(() => undefined);
}

function spoiled(body: NonNullable<Fault['body']>, context: Context): Response {
  switch (body) {
    case 'truncated':
      return context.body('{"error_code":0,"code":"0","errcode":0,"result":{', 200, { 'content-type': 'application/json' });
    case 'html':
      return context.html('<html><title>502 Bad Gateway</title></html>');
    case 'not-utf8':
      return context.body(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]).buffer, 200, { 'content-type': 'application/json' });
    case 'huge':
      return context.body(`"${'x'.repeat(4_194_304)}"`, 200, { 'content-type': 'application/json' });
    case 'redirect':
      return context.redirect('http://127.0.0.1:9/');
  }
}
