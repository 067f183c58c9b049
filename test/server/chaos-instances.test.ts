import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDirectoryEvidenceStore } from '../../src/server/index.js';
import type { Bytes } from '../../src/transport/chain.js';
import { createBackendClient } from '../../src/transport/index.js';
import { recording } from './recordings.js';
import { redisMissing, startRedis } from './redis-server.js';
import type { RedisServer } from './redis-server.js';
import { startRoundRobin } from './round-robin.js';
import type { RoundRobin } from './round-robin.js';
import { inParallel, verifyThrough } from './verification.js';
import type { Ended } from './verification.js';

const missing = redisMissing();
if (missing !== undefined) console.warn(missing);

interface Instance {
  readonly port: number;
  readonly process: ChildProcess;
}

describe.skipIf(missing !== undefined)('two instances behind a round-robin proxy', () => {
  let redis: RedisServer;
  let proxy: RoundRobin;
  let folder: string;
  let video: Bytes;
  const instances: Instance[] = [];

  const startInstance = (port = 0, vendorMs = 50): Promise<Instance> =>
    new Promise((resolve, reject) => {
      const child = fork(fileURLToPath(new URL('instance.ts', import.meta.url)), [redis.url, join(folder, 'evidence'), join(folder, 'decisions'), join(folder, 'log'), String(port), String(vendorMs)], { execArgv: ['--import', 'tsx/esm'] });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the instance ended with ${code}`)));
      child.once('message', (message) => resolve({ port: (message as { port: number }).port, process: child }));
    });
  const end = async ({ process: child }: Instance, signal: NodeJS.Signals): Promise<number | null> => {
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  };
  /** Submissions that these processes were about to take and never saved a verdict for, by the part of their id that is logged. */
  const leftBy = async (killed: readonly (number | undefined)[]): Promise<ReadonlySet<string>> => {
    const left = new Set<string>();
    for (const line of (await readFile(join(folder, 'log'), 'utf8')).split('\n')) {
      const [pid, event, session = ''] = line.split(' ');
      if (!killed.includes(Number(pid))) continue;
      if (event === 'verdict') left.delete(session);
      else left.add(session);
    }
    return left;
  };
  const decisions = async (): Promise<string[]> => (await readFile(join(folder, 'decisions'), 'utf8')).split('\n').filter((line) => line !== '');

  beforeAll(async () => {
    video = await recording({ seconds: 2.2, width: 480, height: 384 });
    folder = await mkdtemp(join(tmpdir(), 'facefront-instances-'));
    for (const name of ['decisions', 'log']) await writeFile(join(folder, name), '');
    redis = await startRedis();
    instances.push(...(await Promise.all([startInstance(), startInstance()])));
    proxy = await startRoundRobin(() => instances.map(({ port }) => port));
  });
  afterAll(async () => {
    await proxy?.close();
    for (const instance of instances) if (instance.process.exitCode === null && instance.process.signalCode === null) await end(instance, 'SIGKILL');
    await redis?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('200 sessions at once, each instance killed in the middle and Redis restarted: none is lost, none accepted twice', async () => {
    let done = 0;
    const events: Promise<void>[] = [];
    const killed: (number | undefined)[] = [];
    const replace = async (index: number): Promise<void> => {
      const old = instances[index] as Instance;
      killed.push(old.process.pid);
      await end(old, 'SIGKILL');
      instances[index] = await startInstance(old.port);
    };
    const restartRedis = async (): Promise<void> => {
      await redis.kill();
      await redis.restart();
    };
    const script = new Map([[20, () => replace(0)], [70, restartRedis], [110, () => replace(1)]]);
    const results = await inParallel(200, 200, async (): Promise<Ended> => {
      const client = createBackendClient({ endpoint: proxy.endpoint, attemptMs: 10_000, overallMs: 100_000, retry: { maxAttempts: 40, baseMs: 100, capMs: 800, maxRetryAfterMs: 10_000 }, circuit: { pauseMs: 500 } });
      const ended = await verifyThrough(client, video);
      const event = script.get((done += 1));
      if (event) events.push(event());
      return ended;
    });
    await Promise.all(events);
    expect(events).toHaveLength(3);

    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    const ended = results.filter((result) => result.ok);
    expect(new Set(ended.map(({ session }) => session.sessionId)).size).toBe(200);
    const asked = await decisions();
    const askedAbout = asked.map((line) => line.split(' ')[0] ?? '');
    // The vendor was asked about each at most once, with the whole recording.
    expect(askedAbout).toHaveLength(new Set(askedAbout).size);
    expect(new Set(asked.map((line) => line.split(' ')[1]))).toEqual(new Set([String(video.length)]));
    // Whoever was being decided by an instance when it died is for a person to look at; nobody passes unseen.
    const left = await leftBy(killed);
    for (const { response, session } of ended) {
      if (response.verdict.decision === 'passed') {
        expect(askedAbout).toContain(session.sessionId);
        continue;
      }
      expect(response.verdict).toMatchObject({ decision: 'review', code: { code: '66660021' } });
      expect(left).toContain(session.sessionId.slice(0, 8));
    }
    // What an instance has in hand at once is what it works on within the vendor's time: few of the hundred it serves.
    expect(left.size).toBeLessThan(100);

    const client = createBackendClient({ endpoint: proxy.endpoint });
    for (const { session, response, submission } of ended) {
      // Each instance says the same, now and for ever.
      expect(await client.state(session.sessionId)).toEqual({ ok: true, state: response });
      expect(await client.submit(session.sessionId, submission)).toEqual({ ok: true, response });
    }
    for (const { session, submission } of ended.slice(0, 20)) {
      expect(await client.submit(session.sessionId, { ...submission, tokens: { again: '1' } })).toMatchObject({ ok: false, code: 'session-used' });
    }
    expect(await decisions()).toHaveLength(asked.length);
    // Deleted with the verdict, but for what a dead instance had no time for: that goes when its moment comes.
    const directory = join(folder, 'evidence');
    expect((await readdir(directory)).length).toBeLessThan(100);
    const later = createDirectoryEvidenceStore({ directory, now: () => Date.now() + 3_700_000 });
    await later.sweep();
    await later.close();
    expect(await readdir(directory)).toEqual([]);
  });

  it('an instance that is asked to end does so when its work is done', async () => {
    const other = instances[0] as Instance;
    // Slow enough to be asked to end in the middle.
    const leaving = await startInstance(0, 1500);
    instances.push(leaving);
    // As a balancer does it: what is on its way stays there, what comes later goes to another.
    let to = leaving.port;
    const balancer = await startRoundRobin(() => [to]);
    const asked = (await decisions()).length;
    const running = verifyThrough(createBackendClient({ endpoint: balancer.endpoint }), video);
    await expect.poll(async () => (await decisions()).length, { timeout: 60_000 }).toBe(asked + 1);
    to = other.port;
    const ended = end(leaving, 'SIGTERM');
    const [inHand = ''] = await leftBy([leaving.process.pid]);
    expect((await decisions())[asked]?.slice(0, 8)).toBe(inHand);
    expect(await ended).toBe(0);
    expect((await readFile(join(folder, 'log'), 'utf8')).split('\n')).toContain(`${leaving.process.pid} verdict ${inHand}`);
    const result = await running;
    expect(result).toMatchObject({ ok: true, response: { verdict: { decision: 'passed' } } });
    if (result.ok) expect(await createBackendClient({ endpoint: `http://127.0.0.1:${other.port}/api/face` }).state(result.session.sessionId)).toEqual({ ok: true, state: result.response });
    expect(await decisions()).toHaveLength(asked + 1);
    await balancer.close();
  });
});
