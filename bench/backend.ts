import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { redisMissing, startRedis } from '../test/server/redis-server.js';
import { SESSION_REQUEST } from '../test/server/service.js';
import { type Measurement, quantile, ratio } from './measurement.js';

const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 20;
/** What has been reached, so that a change for the worse shows. */
const GOALS: Readonly<Record<string, number>> = { memory: 0.15, redis: 0.1 };

/** What is used of autocannon, which `npm run bench` installs. */
type Autocannon = (options: { url: string; method: string; headers: Record<string, string>; body: string; connections: number; duration: number }) => Promise<{ requests: { average: number }; latency: { p99: number }; non2xx: number; errors: number }>;

/** Opening sessions, the dearest message: a body checked, an id and a nonce drawn, a record kept; beside a bare hono handler in the same run. */
export async function benchBackend(): Promise<readonly Measurement[]> {
  const { default: autocannon } = (await import('autocannon' as string)) as { default: Autocannon };
  const missing = redisMissing();
  if (missing !== undefined) process.stderr.write(`${missing}\n`);
  const redis = missing === undefined ? await startRedis() : undefined;
  const kinds = ['bare', 'memory', ...(redis ? ['redis'] : [])];
  const servers = new Map<string, { readonly port: number; readonly child: ChildProcess }>();
  const rates = new Map<string, number[]>();
  const tails = new Map<string, number[]>();
  try {
    for (const kind of kinds) servers.set(kind, await startServer(kind, redis?.url ?? ''));
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [kind, { port }] of servers) {
        const result = await autocannon({ url: `http://127.0.0.1:${port}/sessions`, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(SESSION_REQUEST), connections: CONNECTIONS, duration: round === 0 ? 2 : SECONDS });
        if (result.non2xx + result.errors > 0) throw new Error(`${kind}: ${result.non2xx} refused, ${result.errors} failed`);
        // The first round warms up.
        if (round === 0) continue;
        rates.set(kind, [...(rates.get(kind) ?? []), result.requests.average]);
        tails.set(kind, [...(tails.get(kind) ?? []), result.latency.p99]);
      }
    }
  } finally {
    for (const { child } of servers.values()) child.kill();
    await redis?.close();
  }
  const of = (values: ReadonlyMap<string, number[]>, kind: string): number[] => values.get(kind) ?? [];
  return [
    ...kinds.slice(1).map((kind): Measurement => ({ ...ratio(`backend: sessions opened a second with ${kind}, of bare hono's`, of(rates, kind), of(rates, 'bare'), GOALS[kind] ?? 0), direction: 'at-least' })),
    ...kinds.map((kind): Measurement => ({ name: `backend: p99 with ${kind}, ms, ${CONNECTIONS} connections`, value: quantile(of(tails, kind), 0.5) })),
  ];
}

function startServer(kind: string, redisUrl: string): Promise<{ readonly port: number; readonly child: ChildProcess }> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('backend-server.ts', import.meta.url)), [kind, redisUrl], { execArgv: ['--import', 'tsx/esm'] });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the ${kind} server ended with ${code}`)));
    child.once('message', (port) => resolve({ port: port as number, child }));
  });
}
