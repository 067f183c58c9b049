import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bytes } from '../src/transport/chain.js';
import { DEFAULT_RETRY_POLICY, createBackendClient, decideRetry, uploadParts } from '../src/transport/index.js';
import { type Measurement, quantile, ratio } from './measurement.js';

/** A usual recording; a way up of 64 Mbit/s, so that the bench is done in a minute. */
const BYTES = 2_000_000;
const BYTES_A_SECOND = 8_000_000;
const UPLOADS = 40;

/**
 * What arrives in a second when requests fail: the SDK's parts beside one plain `fetch` of the whole with the same retries.
 * A request that fails is cut after a share of its body, one of eight for the parts where it is the whole for the other. Goals are what
 * has been reached, so that a change for the worse shows.
 */
export async function benchUpload(): Promise<readonly Measurement[]> {
  const results: Measurement[] = [];
  for (const percent of [0, 1, 5]) {
    const link = await startLink(percent / 100);
    const [ours, plain]: [number[], number[]] = [[], []];
    for (let upload = 0; upload < UPLOADS; upload++) {
      ours.push(await seconds(() => inParts(link.endpoint)));
      plain.push(await seconds(() => whole(link.endpoint)));
    }
    await link.close();
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    const goodput = (values: readonly number[]): number => (UPLOADS * BYTES) / 1e6 / sum(values);
    results.push({ ...ratio(`upload: goodput at ${percent} % failing requests, MB/s, of one plain fetch's`, [goodput(ours)], [goodput(plain)], 0.8), direction: 'at-least' });
    results.push({ ...ratio(`upload: slowest of ${UPLOADS} at ${percent} %, s, of one plain fetch's`, [quantile(ours, 1)], [quantile(plain, 1)], 2) });
  }
  return results;
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const CONTENT: Bytes = new Uint8Array(BYTES).map((_, index) => index * 31);

async function inParts(endpoint: string): Promise<void> {
  const client = createBackendClient({ endpoint });
  const session = { sessionId: 'A'.repeat(22), nonce: 'B'.repeat(43), limits: { maxBytes: 8_388_608, maxPartBytes: 1_048_576, maxParts: 64, minWidth: 1, minHeight: 1, minDurationMs: 0, maxDurationMs: 30_000 } };
  const uploaded = await uploadParts({ client, session, chunks: [CONTENT] });
  if (!uploaded.ok) throw new Error(uploaded.detail);
}

async function whole(endpoint: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await fetch(`${endpoint}/whole`, { method: 'PUT', body: CONTENT }).then(
      ({ status }) => ({ kind: 'status', status }) as const,
      () => ({ kind: 'network' }) as const,
    );
    if (outcome.kind === 'status' && outcome.status === 204) return;
    const decision = decideRetry({ attempt, outcome, random: Math.random(), now: Date.now() }, { ...DEFAULT_RETRY_POLICY, maxAttempts: 10 });
    if ('stop' in decision) throw new Error(decision.stop);
    await sleep(decision.wait);
  }
}

/** Takes any PUT, at a speed that all connections share, and cuts some. */
async function startLink(failing: number): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  let seed = 1;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  let freeAt = 0;
  const take = async (request: IncomingMessage, limit: number): Promise<boolean> => {
    let arrived = 0;
    for await (const chunk of request) {
      const { length } = chunk as Buffer;
      freeAt = Math.max(freeAt, performance.now()) + (length / BYTES_A_SECOND) * 1000;
      const wait = freeAt - performance.now();
      // Timers are no finer than a millisecond; less is owed until it is worth one.
      if (wait > 2) await sleep(wait);
      if ((arrived += length) >= limit) return false;
    }
    return true;
  };
  const server = createServer((request, response) => {
    // Kept here: a request that is not read to its end lets go of it.
    const { socket } = request;
    const limit = random() < failing ? random() * Number(request.headers['content-length'] ?? 1) : Infinity;
    take(request, limit).then(
      (done) => (done ? void response.writeHead(204).end() : void socket.destroy()),
      () => void socket.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
