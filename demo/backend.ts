import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { createHandler } from '../src/server/index.js';
import type { Handler, HandlerOptions } from '../src/server/index.js';
import { chooseChallenge } from './challenges.js';
import { createDemoChannels } from './channels.js';
import { createSourceInspector } from './source-inspector.js';
import { createVendorSimulator } from './vendors/simulator.js';
import { createWithdrawals } from './withdrawals.js';

/** Where the demo's pages find the backend. */
export const API_PATH = '/api/face';

/** What is served from where, below the checkout. A path that ends in `/` serves the folder, any other the one file. */
export const STATIC_FILES: readonly { readonly path: string; readonly from: string; readonly maxAgeSeconds?: number }[] = [
  { path: '/facefront.min.js', from: 'dist/facefront.min.js' },
  { path: '/facefront-channels.min.js', from: 'dist/facefront-channels.min.js' },
  { path: '/codes.json', from: 'dist/codes.json' },
  { path: '/demo.js', from: 'dist/demo/demo.js' },
  { path: '/explorer/codes.json', from: 'dist/codes.json' },
  { path: '/explorer/explorer.js', from: 'dist/demo/explorer.js' },
  { path: '/risk-panel.css', from: 'demo/risk-panel/risk-panel.css' },
  { path: '/replay/replay.js', from: 'dist/demo/replay.js' },
  { path: '/channel/channel.js', from: 'dist/demo/channel.js' },
  { path: '/worker/', from: 'dist/worker' },
  // Models and videos are large and change with a build only.
  { path: '/assets/', from: 'dist/assets', maxAgeSeconds: 600 },
  { path: '/sample/', from: '.cache/sample', maxAgeSeconds: 600 },
  { path: '/explorer/', from: 'demo/explorer' },
  { path: '/channel/', from: 'demo/channel' },
  { path: '/replay/examples/', from: 'test/vectors/traces' },
  { path: '/replay/', from: 'demo/replay' },
  { path: '/', from: 'demo/public' },
];

/** The strictest policy the SDK runs under; the demo lives by it so that a violation shows. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "media-src 'self' blob:",
  "img-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'permissions-policy': 'camera=(self), microphone=(self), geolocation=(), display-capture=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const NOT_FOUND = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not found</title><h1>Not found</h1><p><a href="/">To the demo</a></p></html>';

/** Options of {@link createDemoApp}. */
export interface DemoOptions {
  /** The checkout, absolute: what {@link STATIC_FILES} names lies below it. */
  readonly staticRoot: string;
  /** Overrides of the embedded backend, for tests. The vendor is the simulator unless one is given. */
  readonly handler?: Partial<HandlerOptions>;
  /** Where the simulated vendors are, for the channels that lead there. Default none: every session is a capture. */
  readonly vendorOrigin?: string | undefined;
}

/** The demo's server: pages, built files and, under {@link API_PATH}, the backend with a simulated vendor. `close` is the backend's. */
export function createDemoApp({ staticRoot, handler: overrides = {}, vendorOrigin }: DemoOptions): Hono & Pick<Handler, 'close'> {
  const channels = vendorOrigin === undefined ? undefined : createDemoChannels({ vendorOrigin });
  const vendor = { ...createVendorSimulator(), ...(channels && { confirm: channels.confirm }) };
  const withdrawals = createWithdrawals();
  // The sample person is a film: a best frame of it may be the same to the byte each time.
  const options = { replayRetentionMs: 0, vendor, ...(channels && { channel: channels.channel }), inspect: createSourceInspector(), challenge: chooseChallenge, basePath: API_PATH, ...overrides };
  const handler = createHandler({ ...options, vendor: withdrawals.noting(options.vendor) });
  const app = new Hono();
  app.all(`${API_PATH}/*`, (context) => handler.fetch(context.req.raw));
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) context.res.headers.set(name, value);
  });
  app.route('/', withdrawals.routes(handler));
  for (const { path, from, maxAgeSeconds = 0 } of STATIC_FILES) {
    const onFound = (_file: string, context: Context): void => context.header('Cache-Control', maxAgeSeconds > 0 ? `public, max-age=${maxAgeSeconds}` : 'no-cache');
    const target = join(staticRoot, from);
    if (!path.endsWith('/')) {
      app.get(path, serveFile(target, onFound));
      continue;
    }
    if (path !== '/') app.get(path.slice(0, -1), (context) => context.redirect(path, 308));
    app.get(`${path}*`, serveFolder(target, path, onFound));
  }
  app.notFound((context) => context.html(NOT_FOUND, 404));
  return Object.assign(app, { close: handler.close });
}

type Found = (file: string, context: Context) => void;

/** serveStatic complains about folders that are missing when it is made; before a build, these are. */
function serveFolder(root: string, prefix: string, onFound: Found): ReturnType<typeof serveStatic> {
  let serve: ReturnType<typeof serveStatic> | undefined;
  return async (context, next) => {
    if (!existsSync(root)) return next();
    serve ??= serveStatic({ root, rewriteRequestPath: (path) => path.slice(prefix.length - 1), onFound });
    return serve(context, next);
  };
}

function serveFile(file: string, onFound: Found): ReturnType<typeof serveStatic> {
  const serve = serveStatic({ path: file, onFound });
  return async (context, next) => (statSync(file, { throwIfNoEntry: false })?.isFile() ? serve(context, next) : next());
}
