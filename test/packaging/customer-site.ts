import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type * as Server from '../../src/server/index.js';

/** A customer's server: their own pages, and the handler of the installed package with a vendor that says yes. */
export async function openCustomerSite(folder: string): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const url = pathToFileURL(join(folder, 'node_modules/facefront/dist/esm/server/index.js')).href;
  const { createHandler } = (await import(/* @vite-ignore */ url)) as typeof Server;
  const handler = createHandler({
    basePath: '/api/face',
    // The fake camera shows the same film each time, and a best frame of it may be the same to the byte.
    replayRetentionMs: 0,
    vendor: { decide: async () => ({ status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } }) },
  });
  const app = new Hono();
  app.all('/api/face/*', (context) => handler.fetch(context.req.raw));
  app.get('/*', serveStatic({ root: join(folder, 'public') }));
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as HttpServer;
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await handler.close();
    },
  };
}
