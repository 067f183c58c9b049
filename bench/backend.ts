import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { redisMissing, startRedis } from '../test/server/redis-server.js';
import { SESSION_REQUEST } from '../test/server/service.js';
import { type Measurement, quantile, ratio } from './measurement.js';

const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 20;
/**
 * Processor time of a session opened, in requests to the bare handler: to receive one and to answer it is 1, and all that is done with
 * it (a body read within its limits and checked, an id and a nonce drawn, a record kept) may cost three times that; the way to Redis
 * and back, through a client with timers of its own, as much again. Sessions a second follow from it where nothing else runs.
 */
const CPU_GOALS: Readonly<Record<string, number>> = { memory: 4, redis: 8 };
/** Milliseconds that nobody notices. */
const P99_GOAL = 100;

/** What is used of autocannon, which `npm run bench` installs. */
type Autocannon = (options: { url: string; method: string; headers: Record<string, string>; body: string; connections: number; duration: number }) => Promise<{ requests: { average: number; total: number }; latency: { p99: number }; non2xx: number; errors: number }>;

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
  const costs = new Map<string, number[]>();
  try {
    for (const kind of kinds) servers.set(kind, await startServer(kind, redis?.url ?? ''));
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [kind, { port, child }] of servers) {
        const before = await cpuOf(child);
        const result = await autocannon({ url: `http://127.0.0.1:${port}/sessions`, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(SESSION_REQUEST), connections: CONNECTIONS, duration: round === 0 ? 2 : SECONDS });
        if (result.non2xx + result.errors > 0) throw new Error(`${kind}: ${result.non2xx} refused, ${result.errors} failed`);
        // The first round warms up.
        if (round === 0) continue;
        costs.set(kind, [...(costs.get(kind) ?? []), ((await cpuOf(child)) - before) / result.requests.total]);
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
    ...kinds.slice(1).map((kind) => ratio(`backend: processor time of a session opened with ${kind}, of a request to bare hono`, of(costs, kind), of(costs, 'bare'), CPU_GOALS[kind] ?? 0)),
    ...kinds.map((kind): Measurement => ({ name: `backend: ${kind === 'bare' ? 'requests' : 'sessions opened'} a second with ${kind}`, value: quantile(of(rates, kind), 0.5) })),
    ...kinds.map((kind): Measurement => ({ name: `backend: p99 with ${kind}, ms, ${CONNECTIONS} connections`, value: quantile(of(tails, kind), 0.5), ...(kind !== 'bare' && { goal: P99_GOAL }) })),
  ];
}

/** Microseconds of processor time that a server has used. */
export function cpuOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', (used) => resolve(used as number));
    child.send('cpu');
  });
}

/** Starts one of the servers that are put under load, as a process of its own. */
export function startServer(kind: string, redisUrl: string): Promise<{ readonly port: number; readonly child: ChildProcess }> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('backend-server.ts', import.meta.url)), [kind, redisUrl], { execArgv: ['--import', 'tsx/esm'] });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the ${kind} server ended with ${code}`)));
    child.once('message', (port) => resolve({ port: port as number, child }));
  });
}
