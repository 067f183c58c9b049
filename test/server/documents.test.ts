import { fork } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { DEFAULT_QUOTAS } from '../../src/server/index.js';
import { PROBLEM_NAMES, createBackendClient } from '../../src/transport/index.js';
import { DEFAULT_RETRY_POLICY } from '../../src/transport/index.js';
import { recording } from './recordings.js';
import { verifyThrough } from './verification.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): Promise<string> => readFile(join(ROOT, 'docs', name), 'utf8');
const blocks = (markdown: string, language: string): string[] => [...markdown.matchAll(new RegExp('```' + language + '\\n([\\s\\S]*?)```', 'g'))].map(([, code]) => code ?? '');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it('the backend of docs/backend.md runs as printed, on the built package, and ends as it should', async () => {
  const [program = ''] = blocks(await read('backend.md'), 'js');
  expect(program.trim().split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(20);
  // Inside the checkout, where the package's own name leads to what was built.
  const folder = join(ROOT, '.cache', `backend-${process.pid}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'server.mjs'), program);
  const port = await freePort();
  const child = fork(join(folder, 'server.mjs'), { env: { ...process.env, PORT: String(port) }, execArgv: [], silent: true });
  const printed: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    const endpoint = `http://127.0.0.1:${port}/api/face`;
    await expect.poll(async () => (child.exitCode === null ? fetch(`${endpoint}/healthz`).then(({ status }) => status, () => 0) : printed.join('')), { timeout: 20_000 }).toBe(200);
    expect((await fetch(`${endpoint}/sessions`, { method: 'POST' })).status).toBe(401);
    const client = createBackendClient({ endpoint, headers: { authorization: 'Bearer t' } });
    expect(await verifyThrough(client, await recording())).toMatchObject({ ok: true, response: { verdict: { decision: 'review' } } });
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
  expect(printed.join('')).toMatch(/user-1 [0-9A-Z-]{14} review/);
  await rm(folder, { recursive: true, force: true });
});

it('docs/protocol.md names every problem, and its numbers are the code\'s', async () => {
  const text = await read('protocol.md');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name]) => name ?? ''));
  expect(named.sort()).toEqual([...PROBLEM_NAMES].sort());
  const { baseMs, capMs, maxAttempts, maxRetryAfterMs } = DEFAULT_RETRY_POLICY;
  expect([baseMs, capMs, maxAttempts, maxRetryAfterMs]).toEqual([300, 3000, 4, 10_000]);
  expect(text).toContain('`300 ms · 2^(attempt−1)`, at most 3 s, four attempts in all');
  expect(text).toContain('up to 10 s, and ends the call above that');
});

it('docs/backend.md states the quotas as they are', async () => {
  expect(DEFAULT_QUOTAS).toMatchObject({ intervalMs: 2000, attempts: 0, openSessions: 0 });
  expect(await read('backend.md')).toContain('2,000 ms, no limit, no limit');
});
