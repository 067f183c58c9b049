import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { CONTENT_SECURITY_POLICY, createDemoApp, type DemoOptions } from '../../demo/backend.js';
import { createDirectoryEvidenceStore } from '../../src/server/index.js';

/** A page with nothing but the built script and a video element, under the demo's strict policy. */
const BARE_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>bare</title><script src="/facefront.min.js"></script><video></video></html>';

/** The demo, served on a free port of the loopback interface. */
export interface Site {
  readonly origin: string;
  /** Address of the page with nothing but the script and a video element. */
  readonly barePage: string;
  close(): Promise<void>;
}

/** @param handler overrides of the embedded backend */
export async function openSite(handler: DemoOptions['handler'] = {}): Promise<Site> {
  const app = new Hono();
  app.get('/bare.html', (context) => context.html(BARE_PAGE, 200, { 'content-security-policy': CONTENT_SECURITY_POLICY }));
  // Of its own, so that it can be closed: the demo's process does that by ending.
  const evidence = handler.evidence ?? createDirectoryEvidenceStore();
  app.route('/', createDemoApp({ staticRoot: resolve('.'), handler: { ...handler, evidence } }));
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    barePage: `${origin}/bare.html`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await evidence.close?.();
    },
  };
}
