import { fork } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { BETWEEN_ACTIONS_MS, shortestActionMs } from '../../src/liveness/challenges/action.js';
import { LAG_MS, ROOM_MS } from '../../src/liveness/challenges/digits.js';
import { BASELINE_MS, PLAIN_MS } from '../../src/liveness/challenges/light.js';
import { NEUTRAL_MS } from '../../src/liveness/challenges/neutral.js';
import { DEFAULT_QUOTAS, EVIDENCE_CODES } from '../../src/server/index.js';
import { GAINED_MS, LOST_MS } from '../../src/server/evidence/against-video.js';
import { LEAST_PER_SECOND, LONGEST_GAP_MS } from '../../src/server/evidence/frame-rate.js';
import { LEAST_BYTES } from '../../src/server/evidence/marks.js';
import { ROUNDING_MS } from '../../src/server/evidence/record.js';
import { CLOCK_SLACK_MS } from '../../src/server/evidence/timeline.js';
import type { Manifest } from '../../src/transport/protocol.js';
import { PROBLEM_NAMES, createBackendClient } from '../../src/transport/index.js';
import { DEFAULT_RETRY_POLICY } from '../../src/transport/index.js';
import { codeBlocks } from '../packaging/readme.js';
import { recording } from './recordings.js';
import { redisMissing, startRedis } from './redis-server.js';
import { startRoundRobin } from './round-robin.js';
import { verifyThrough } from './verification.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): Promise<string> => readFile(join(ROOT, 'docs', name), 'utf8');
const BACKEND = codeBlocks(join(ROOT, 'docs/backend.md'), 'js');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A program in a process of its own. */
interface Running {
  readonly endpoint: string;
  readonly printed: () => string;
  /** Resolves with the exit code. */
  end(): Promise<number | null>;
}

/** Starts a backend of the documents and waits until it is healthy. */
async function start(file: string, env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const port = await freePort();
  const child = fork(file, { env: { ...process.env, PORT: String(port), ...env }, execArgv: [], silent: true });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const endpoint = `http://127.0.0.1:${port}/api/face`;
  const healthy = expect.poll(() => fetch(`${endpoint}/healthz`).then(({ status }) => status, () => 0), { timeout: 20_000 }).toBe(200);
  await Promise.race([healthy, ended.then(() => Promise.reject(new Error(`it ended: ${printed.join('')}`)))]);
  return {
    endpoint,
    printed: () => printed.join(''),
    end() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** A folder inside the checkout, where the package's own name leads to what was built. */
async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(ROOT, '.cache', `documents-${process.pid}-${folders.length}`);
  folders.push(folder);
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}
const folders: string[] = [];
const running: Running[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.end();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

it('docs/backend.md has the programs that are run here, and no others', () => {
  expect(BACKEND).toHaveLength(2);
});

it('the backend of docs/backend.md runs as printed, on the built package, and ends as it should', async () => {
  const [program = ''] = BACKEND;
  expect(program.trim().split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(20);
  const backend = await start(join(await folderOf({ 'server.mjs': program }), 'server.mjs'));
  running.push(backend);
  expect((await fetch(`${backend.endpoint}/sessions`, { method: 'POST' })).status).toBe(401);
  const client = createBackendClient({ endpoint: backend.endpoint, headers: { authorization: 'Bearer t' } });
  expect(await verifyThrough(client, await recording())).toMatchObject({ ok: true, response: { verdict: { decision: 'review' } } });
  expect(await backend.end()).toBe(0);
  expect(backend.printed()).toMatch(/user-1 [0-9A-Z-]{14} review/);
});

const missing = redisMissing();
if (missing !== undefined) console.warn(missing);

it.skipIf(missing !== undefined)('two instances of it share what docs/backend.md prints for more than one, behind a round robin, and end as they should', async () => {
  const [program = '', shared = ''] = BACKEND;
  const redis = await startRedis();
  // As the text says: an import, and the options begin with it.
  const together = `import { shared } from './shared.mjs';\n${program.replace('createHandler({', 'createHandler({\n  ...shared,')}`;
  const folder = await folderOf({ 'shared.mjs': shared, 'server.mjs': together });
  const env = { REDIS_URL: redis.url, EVIDENCE_DIRECTORY: join(folder, 'evidence') };
  const instances: Running[] = [];
  const proxy = await startRoundRobin(() => instances.map(({ endpoint }) => Number(new URL(endpoint).port)));
  try {
    instances.push(...(await Promise.all([start(join(folder, 'server.mjs'), env), start(join(folder, 'server.mjs'), env)])));
    running.push(...instances);
    const client = createBackendClient({ endpoint: proxy.endpoint, headers: { authorization: 'Bearer t' } });
    // Two people: the same recording would be told again.
    for (const from of ['franck', 'cap12'] as const) expect(await verifyThrough(client, await recording({ from }))).toMatchObject({ ok: true, response: { verdict: { decision: 'review' } } });
    expect(await Promise.all(instances.map((instance) => instance.end()))).toEqual([0, 0]);
    // Each had its share, and each verdict was told once.
    for (const { printed } of instances) expect(printed()).toContain('"event":');
    expect(instances.flatMap(({ printed }) => printed().match(/^user-1 [0-9A-Z-]{14} review$/gm) ?? [])).toHaveLength(2);
    expect(await readdir(join(folder, 'evidence'))).toEqual([]);
  } finally {
    await proxy.close();
    await redis.close();
  }
});

it('docs/protocol.md names every problem, and its numbers are the code\'s', async () => {
  const text = await read('protocol.md');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name]) => name ?? ''));
  expect(named.sort()).toEqual([...PROBLEM_NAMES].sort());
  const { baseMs, capMs, maxAttempts, maxRetryAfterMs } = DEFAULT_RETRY_POLICY;
  expect([baseMs, capMs, maxAttempts, maxRetryAfterMs]).toEqual([300, 3000, 6, 10_000]);
  expect(text).toContain('`300 ms · 2^(attempt−1)`, at most 3 s, six attempts in all');
  expect(text).toContain('up to 10 s, and ends the call above that');
});

it('docs/evidence.md has the code\'s codes, tolerances, fields and vector', async () => {
  const text = await read('evidence.md');
  for (const { system, table, code } of Object.values(EVIDENCE_CODES)) expect(text).toContain(`\`${system}/${table}/${code}\``);
  const thousands = (value: number): string => value.toLocaleString('en-US');
  expect(text).toContain(`times are rounded (${ROUNDING_MS} ms)`);
  expect(text).toContain(`a client's clocks differ (${CLOCK_SLACK_MS} ms beyond`);
  expect(text).toContain(`up to ${thousands(LOST_MS)} ms shorter than the recorder ran`);
  expect(text).toContain(`up to ${thousands(GAINED_MS)} ms longer`);
  expect(text).toContain(`has ${LEAST_PER_SECOND} frames for each second or more`);
  expect(text).toContain(`without one for more than ${thousands(LONGEST_GAP_MS)} ms`);
  expect(text).toContain(`Digests of less than ${thousands(LEAST_BYTES)} bytes`);
  expect(text).toContain(`the first begins ${thousands(NEUTRAL_MS)} ms or more after \`challenge:started\``);
  expect(text).toContain(`each further one ${BETWEEN_ACTIONS_MS} ms or more after`);
  expect(text).toContain(`\`openMouth\` lasts ${shortestActionMs('openMouth')} ms or more, \`turnLeft\` and \`turnRight\` ${shortestActionMs('turnLeft')}, \`nod\` ${shortestActionMs('nod')}`);
  expect(text).toContain(`digits: \`shown\` in order, the first ${thousands(ROOM_MS)} ms or more after \`challenge:started\`, each for its time before the next; ${LAG_MS} ms after`);
  expect(text).toContain(`colours: \`shown\` in order, the first ${BASELINE_MS} ms or more`);
  expect(text).toContain(`${PLAIN_MS} ms or more after that`);
  const { vectors } = JSON.parse(await readFile(join(ROOT, 'test/vectors/evidence/chain.json'), 'utf8')) as { readonly vectors: readonly { readonly manifest: Manifest; readonly parts: readonly string[]; readonly chain: string }[] };
  expect(text).toContain(`its chain is \`${vectors.find(({ parts }) => parts.length === 0)?.chain}\``);
  const named = new Set([...text.matchAll(/^\| `([a-zA-Z.]+)/gm)].map(([, name = '']) => name.split('.')[0]));
  const fields = new Set(vectors.flatMap(({ manifest }) => Object.keys(manifest)));
  for (const field of [...fields, 'chain']) if (field !== 'sessionId' && field !== 'nonce' && field !== 'challenge') expect(named).toContain(field);
});

it('docs/backend.md states the quotas as they are', async () => {
  expect(DEFAULT_QUOTAS).toMatchObject({ intervalMs: 2000, attempts: 0, openSessions: 0 });
  expect(await read('backend.md')).toContain('2,000 ms, no limit, no limit');
});
