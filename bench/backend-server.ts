/** The servers that `backend.ts` and `parts.ts` put under load, each a process of its own: `bare`, `memory` or `redis` with its address. */
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { createClient } from 'redis';
import { createHandler, createMemoryEvidenceStore, createMemorySessionStore, createRedisSessionStore, inspectEvidence } from '../src/server/index.js';
import type { SessionStore } from '../src/server/index.js';

const [kind = '', redisUrl = ''] = process.argv.slice(2);

async function sessions(): Promise<SessionStore> {
  if (kind === 'memory') return createMemorySessionStore({ maxSessions: 10_000_000 });
  const client = createClient({ url: redisUrl });
  client.on('error', () => undefined);
  await client.connect();
  return createRedisSessionStore({ client });
}

/** Reads the same body and answers with one of the same size; checks and keeps nothing. */
function bare(): (request: Request) => Response | Promise<Response> {
  const answer = { protocol: 1, sessionId: 'A'.repeat(22), nonce: 'B'.repeat(43), channel: 'capture', challenge: { type: 'silent', minimumMs: 2000 }, expiresAt: new Date(0).toISOString(), limits: { maxBytes: 8_388_608, maxPartBytes: 1_048_576, maxParts: 64, minWidth: 270, minHeight: 480, minDurationMs: 2000, maxDurationMs: 30_000 } };
  const app = new Hono();
  app.post('/sessions', async (context) => (await context.req.json(), context.json(answer, 201)));
  app.put('/sessions/:id/parts/:index', async (context) => (await context.req.arrayBuffer(), context.body(null, 204)));
  return app.fetch;
}

const fetch = kind === 'bare' ? bare() : createHandler({ sessions: await sessions(), evidence: createMemoryEvidenceStore(), inspect: inspectEvidence, vendor: { decide: () => Promise.reject(new Error('nothing is submitted here')) } }).fetch;
const server = createAdaptorServer({ fetch });
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
