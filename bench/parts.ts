import { createHash } from 'node:crypto';
import { Agent, request as send } from 'node:http';
import { redisMissing, startRedis } from '../test/server/redis-server.js';
import { SESSION_REQUEST } from '../test/server/service.js';
import { cpuOf, startServer } from './backend.js';
import { type Measurement, quantile, ratio } from './measurement.js';

const ROUNDS = 5;
/** Each has a session of its own, as each person has. */
const CONNECTIONS = 20;
/** As the client cuts them, and as many as a session takes. */
const PART = Buffer.alloc(262_144, 7);
const PARTS = 32;
const DIGEST = { 'content-digest': `sha-256=:${createHash('sha256').update(PART).digest('base64')}:` };
const JSON_TYPE = { 'content-type': 'application/json' };

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Taking parts, what most bytes of a verification are: read, held against their digest, kept in memory, claimed; beside a bare hono
 * handler that reads the same body, in the same run. No goals: measured on a busy machine only, where the ratio came to 1.8 and to 4.1.
 */
export async function benchParts(): Promise<readonly Measurement[]> {
  const missing = redisMissing();
  if (missing !== undefined) process.stderr.write(`${missing}\n`);
  const redis = missing === undefined ? await startRedis() : undefined;
  const kinds = ['bare', 'memory', ...(redis ? ['redis'] : [])];
  const servers = new Map<string, Awaited<ReturnType<typeof startServer>>>();
  const rates = new Map<string, number[]>();
  const tails = new Map<string, number[]>();
  const costs = new Map<string, number[]>();
  const note = (figures: Map<string, number[]>, kind: string, value: number): void => void figures.set(kind, [...(figures.get(kind) ?? []), value]);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    for (const kind of kinds) servers.set(kind, await startServer(kind, redis?.url ?? ''));
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [kind, { port, child }] of servers) {
        const call = (method: string, path: string, headers: Readonly<Record<string, string>>, body: string | Buffer): Promise<Answer> => exchange(agent, port, method, path, headers, body);
        const ids = await Promise.all(Array.from({ length: CONNECTIONS }, async () => sessionIdOf(await call('POST', '/sessions', JSON_TYPE, JSON.stringify(SESSION_REQUEST)))));
        const before = await cpuOf(child);
        const began = performance.now();
        const latencies: number[] = [];
        await Promise.all(
          ids.map(async (id) => {
            for (let index = 0; index < PARTS; index++) {
              const sentAt = performance.now();
              const { status } = await call('PUT', `/sessions/${id}/parts/${index}`, DIGEST, PART);
              latencies.push(performance.now() - sentAt);
              if (status !== 204) throw new Error(`${kind}: a part was answered with ${status}`);
            }
          }),
        );
        const elapsedMs = performance.now() - began;
        const used = (await cpuOf(child)) - before;
        // Makes room for the next round.
        if (kind !== 'bare') await Promise.all(ids.map((id) => call('POST', `/sessions/${id}/abandonment`, JSON_TYPE, '{"reason":"cancelled"}')));
        // The first round warms up.
        if (round === 0) continue;
        note(costs, kind, used / latencies.length);
        note(rates, kind, (latencies.length / elapsedMs) * 1000);
        note(tails, kind, quantile(latencies, 0.99));
      }
    }
  } finally {
    agent.destroy();
    for (const { child } of servers.values()) child.kill();
    await redis?.close();
  }
  const of = (values: ReadonlyMap<string, number[]>, kind: string): number[] => values.get(kind) ?? [];
  return [
    ...kinds.slice(1).map((kind) => ratio(`backend: processor time of a part of 256 KiB taken with ${kind}, of bare hono that reads it`, of(costs, kind), of(costs, 'bare'))),
    ...kinds.map((kind): Measurement => ({ name: `backend: parts of 256 KiB a second with ${kind}`, value: quantile(of(rates, kind), 0.5) })),
    ...kinds.map((kind): Measurement => ({ name: `backend: p99 of a part of 256 KiB with ${kind}, ms, ${CONNECTIONS} connections`, value: quantile(of(tails, kind), 0.5) })),
  ];
}

function exchange(agent: Agent, port: number, method: string, path: string, headers: Readonly<Record<string, string>>, body: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = send({ agent, host: '127.0.0.1', port, method, path, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function sessionIdOf({ status, text }: Answer): string {
  if (status !== 201) throw new Error(`a session was answered with ${status}`);
  return (JSON.parse(text) as { readonly sessionId: string }).sessionId;
}
