import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';

/** A redis-server of the test's own, which keeps what it was told over a restart. */
export interface RedisServer {
  readonly url: string;
  /** A client that is connected. */
  connect(): Promise<ReturnType<typeof createClient>>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and with the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Why Redis tests cannot run here; `undefined` if they can. In CI they run or fail. */
export function redisMissing(): string | undefined {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    if (process.env['CI'] !== undefined) throw new Error('redis-server is not on the PATH: apt-get install redis-server');
    return 'redis-server is not on the PATH: these tests are skipped. apt-get install redis-server';
  }
}

/** Starts one on a free port of loopback; everything it writes is removed with it. */
export async function startRedis(): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'facefront-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const clients: ReturnType<typeof createClient>[] = [];
  const start = (): Promise<ChildProcess> =>
    new Promise((resolve, reject) => {
      // Synced with every step: the condition for what is promised over a crash.
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];
      const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Ready to accept connections')) resolve(child);
      });
    });
  let running = await start();
  const kill = async (): Promise<void> => {
    const ended = new Promise((resolve) => running.once('exit', resolve));
    if (running.kill('SIGKILL')) await ended;
  };
  return {
    url,
    async connect() {
      const client = createClient({ url, socket: { reconnectStrategy: 50 } });
      client.on('error', () => undefined);
      await client.connect();
      clients.push(client as ReturnType<typeof createClient>);
      return client as ReturnType<typeof createClient>;
    },
    kill,
    async restart() {
      running = await start();
    },
    async close() {
      for (const client of clients) client.destroy();
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
