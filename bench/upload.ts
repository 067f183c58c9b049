import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bytes } from '../src/transport/chain.js';
import { DEFAULT_RETRY_POLICY, createBackendClient, decideRetry, uploadParts } from '../src/transport/index.js';
import type { ManifestPart } from '../src/transport/index.js';
import { type Measurement, quantile } from './measurement.js';

/** A usual recording. */
const BYTES = 2_000_000;
/** A phone's way up, 2 Mbit/s, and its time there and back: what a person waits for is the line, not the machine. */
const BYTES_A_SECOND = 250_000;
const ROUND_TRIP_MS = 60;
/** Each on a line of its own, and as many by the peer; one begins after the other, so that beginning is not what is measured. */
const UPLOADS = 100;
const APART_MS = 100;

/** How a line fails. Either way it is cut while a body is on its way, as lines are, not before. */
type Failing = { readonly share: number } | { readonly everySeconds: number };

/**
 * What arrives in a second when requests fail: the SDK's parts beside one plain `fetch` of the whole with the same retries.
 *
 * A share of all requests that fails costs both sides the same on average: a part is an eighth of the whole, and there are eight of
 * them. What parts must not do there is lose (a twentieth is what nobody notices), and whoever has bad luck has to be done sooner.
 * A line that breaks every ten seconds is what they are made for: the longer a request takes, the more likely it is cut.
 */
export async function benchUpload(): Promise<readonly Measurement[]> {
  return [
    ...(await sideBySide('at 0 % failing requests', { share: 0 }, { goodput: 0.95, slowest: 1.05 })),
    ...(await sideBySide('at 1 % failing requests', { share: 0.01 }, { goodput: 0.95, slowest: 1 })),
    ...(await sideBySide('at 5 % failing requests', { share: 0.05 }, { goodput: 0.95, slowest: 1 })),
    ...(await sideBySide('on a line that breaks every 10 s', { everySeconds: 10 }, { goodput: 1.25, slowest: 0.75 })),
  ];
}

async function sideBySide(name: string, failing: Failing, goals: { readonly goodput: number; readonly slowest: number }): Promise<readonly Measurement[]> {
  const [ours, theirs] = await Promise.all([inParts, whole].map(async (upload) => {
    const lines = await startLines(failing);
    const seconds = await Promise.all(Array.from({ length: UPLOADS }, (_, line) => sleep(line * APART_MS).then(() => secondsOf(() => upload(`${lines.endpoint}/${line}`)))));
    await lines.close();
    return seconds;
  })) as [number[], number[]];
  const goodput = (seconds: readonly number[]): number => (UPLOADS * BYTES) / 1e6 / seconds.reduce((total, value) => total + value, 0);
  return [
    { ...compared(`upload: goodput ${name}, MB/s, of one plain fetch's`, goodput(ours), goodput(theirs), goals.goodput), direction: 'at-least' },
    compared(`upload: slowest of ${UPLOADS} ${name}, s, of one plain fetch's`, Math.max(...ours), Math.max(...theirs), goals.slowest),
  ];
}

function compared(name: string, ours: number, theirs: number, goal: number): Measurement {
  return { name, value: quantile([ours / theirs], 0), goal, ours: quantile([ours], 0), theirs: quantile([theirs], 0) };
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const SESSION_ID = 'A'.repeat(22);
const CONTENT: Bytes = new Uint8Array(BYTES).map((_, index) => index * 31);

async function inParts(endpoint: string): Promise<void> {
  const client = createBackendClient({ endpoint });
  const session = { sessionId: SESSION_ID, nonce: 'B'.repeat(43), limits: { maxBytes: 8_388_608, maxPartBytes: 1_048_576, maxParts: 64, minWidth: 1, minHeight: 1, minDurationMs: 0, maxDurationMs: 30_000 } };
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
    // As often as it takes: what is compared is the time.
    const decision = decideRetry({ attempt, outcome, random: Math.random(), now: Date.now() }, { ...DEFAULT_RETRY_POLICY, maxAttempts: 100 });
    if ('stop' in decision) throw new Error(decision.stop);
    await sleep(decision.wait);
  }
}

/** Takes any PUT and says what it has; the first segment of the path names the line, whose speed its requests share. */
async function startLines(failing: Failing): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  // Spread evenly over requests and over their bodies, so that neither side is luckier with the few there are.
  let requests = 0;
  let cuts = 0;
  const cutAfter = (): number | undefined => ('share' in failing && Math.floor((requests += 1) * failing.share + 0.5) > cuts ? ((cuts += 1) * 0.618) % 1 : undefined);
  let draws = 0;
  const draw = (): number => ((draws += 1) * 0.618034) % 1;
  const freeAt = new Map<string, number>();
  const arrivedBy = new Map<string, ManifestPart[]>();
  const take = async (request: IncomingMessage, line: string): Promise<boolean> => {
    const limit = (cutAfter() ?? Infinity) * Number(request.headers['content-length']);
    const breaksAt = 'everySeconds' in failing ? performance.now() - Math.log(draw()) * failing.everySeconds * 1000 : Infinity;
    // The system takes in what a busy process does not read yet: the line was idle before this request only.
    const began = performance.now();
    let arrived = 0;
    for await (const chunk of request) {
      const { length } = chunk as Buffer;
      const free = Math.max(freeAt.get(line) ?? 0, began) + (length / BYTES_A_SECOND) * 1000;
      freeAt.set(line, free);
      await sleep(Math.max(0, Math.min(free, breaksAt) - performance.now()));
      if ((arrived += length) >= limit || performance.now() >= breaksAt) return false;
    }
    await sleep(ROUND_TRIP_MS);
    return true;
  };
  const server = createServer((request, response) => {
    const line = request.url?.split('/')[1] ?? '';
    const parts = arrivedBy.get(line) ?? [];
    arrivedBy.set(line, parts);
    if (request.method === 'GET') {
      response.writeHead(200).end(JSON.stringify({ sessionId: SESSION_ID, state: 'open', expiresAt: new Date().toISOString(), parts }));
      return;
    }
    const { 'idempotency-key': key, 'content-length': bytes } = request.headers;
    // Kept here: a request that is not read to its end lets go of it.
    const { socket } = request;
    take(request, line).then(
      (done) => {
        if (!done) return void socket.destroy();
        const [index, digest = ''] = String(key).split('-');
        parts.push({ index: Number(index), bytes: Number(bytes), digest });
        response.writeHead(204).end();
      },
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
