import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { createDemoApp } from './backend.js';
import { createDemoVendors } from './vendors/demo-account.js';

/* Starts the demo on loopback: `PORT` chooses the port, 0 lets the system choose. */

/** Loopback by number: a secure context to browsers, and out of reach of other machines. */
const HOST = '127.0.0.1';

/** Milliseconds that requests and their decisions have after SIGINT or SIGTERM. */
const SHUTDOWN_MS = 10_000;
/** Milliseconds that the last answers have to go out. */
const LAST_BYTES_MS = 500;

const chosen = process.env['PORT'] ?? '8787';
const port = /^\d{1,5}$/.test(chosen) ? Number(chosen) : NaN;
if (!(port <= 65_535)) fail(`PORT must be a number from 0 to 65535, not ${JSON.stringify(chosen)}`);

// The simulated vendors have an origin of their own, as real ones have.
const vendors = createAdaptorServer({ fetch: createDemoVendors({ asks: true }).app.fetch });
vendors.listen(0, HOST);
await once(vendors, 'listening');

const app = createDemoApp({ staticRoot: join(dirname(fileURLToPath(import.meta.url)), '..'), vendorOrigin: `http://${HOST}:${(vendors.address() as AddressInfo).port}` });
const server = createAdaptorServer({ fetch: app.fetch });
server.once('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE') fail(`Port ${port} is taken. Choose another one with PORT, or let the system choose: PORT=0 npm run demo`);
  fail(`The demo could not start: ${error.message}`);
});
server.listen(port, HOST, () => {
  const address = server.address();
  console.log(`facefront demo: http://${HOST}:${typeof address === 'object' ? address?.port : port}/`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    // Decisions under way end first; what is left of them, and of connections that are kept open, does not keep the demo.
    void app.close({ deadlineMs: SHUTDOWN_MS }).then(() => {
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      setTimeout(() => process.exit(0), LAST_BYTES_MS).unref();
    });
  });
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
