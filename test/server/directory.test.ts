import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDirectoryEvidenceStore } from '../../src/server/index.js';
import { PASSING, openSession, pieces, postJson, problemOf, putPart, startService, submissionFor, verify } from './service.js';
import { recording } from './recordings.js';

const part = (index: number, mark = 'a') => ({ index, bytes: 3, digest: mark.repeat(64) });
const BYTES = new Uint8Array([1, 2, 3]);
const ID = 'A'.repeat(22);

const made: string[] = [];
async function folder(): Promise<string> {
  const path = await fs.mkdtemp(join(tmpdir(), 'facefront-test-'));
  made.push(path);
  return path;
}
afterEach(async () => {
  for (const path of made.splice(0)) await fs.rm(path, { recursive: true, force: true });
});

describe('evidence in a directory', () => {
  it('of its own keeps parts together that arrive at once, the first ones of all', async () => {
    const store = createDirectoryEvidenceStore();
    const parts = [0, 1, 2].map((index) => part(index));
    await Promise.all(parts.map((each) => store.putPart(ID, each, BYTES, Date.now() + 10_000)));
    for (const each of parts) expect(await store.readPart(ID, each)).toEqual(BYTES);
    await store.close();
  });

  it('is given back by another instance, and readable by nobody else', async () => {
    const directory = join(await folder(), 'a', 'b');
    const [one, two] = [createDirectoryEvidenceStore({ directory }), createDirectoryEvidenceStore({ directory })];
    expect(await one.putPart(ID, part(0), BYTES, Date.now() + 10_000)).toBe('stored');
    expect(await two.readPart(ID, part(0))).toEqual(BYTES);
    expect(await two.readPart(ID, part(1))).toBeUndefined();
    expect(await two.readPart(ID, part(0, 'b'))).toBeUndefined();
    expect((await fs.stat(join(directory, ID))).mode & 0o777).toBe(0o700);
    for (const name of await fs.readdir(join(directory, ID))) expect((await fs.stat(join(directory, ID, name))).mode & 0o777).toBe(0o600);
    await two.deletePart(ID, part(0));
    await two.deletePart(ID, part(0));
    expect(await one.readPart(ID, part(0))).toBeUndefined();
    await one.deleteSession(ID);
    expect(await fs.readdir(directory)).toEqual([]);
    await one.close();
    await two.close();
  });

  it('goes when its time comes, whichever instance looks, and a later moment stands', async () => {
    const directory = await folder();
    let clock = 1000;
    const [one, two] = [createDirectoryEvidenceStore({ directory, now: () => clock }), createDirectoryEvidenceStore({ directory, now: () => clock })];
    await one.putPart(ID, part(0), BYTES, 2000);
    await one.expireSession(ID, 5000);
    await two.putPart(ID, part(1), BYTES, 2000);
    clock = 4999;
    await two.sweep();
    expect(await two.readPart(ID, part(0))).toEqual(BYTES);
    clock = 5000;
    expect(await two.readPart(ID, part(0))).toBeUndefined();
    await two.sweep();
    expect(await fs.readdir(directory)).toEqual([]);
    await one.expireSession(ID, 9000);
    expect(await fs.readdir(directory)).toEqual([]);
    await one.close();
    await two.close();
  });

  it('is looked through without anybody asking', async () => {
    const directory = await folder();
    const store = createDirectoryEvidenceStore({ directory, sweepIntervalMs: 20 });
    await store.putPart(ID, part(0), BYTES, Date.now() + 100);
    await expect.poll(() => fs.readdir(directory), { timeout: 10_000 }).toEqual([]);
    await store.close();
  });

  it('that an instance left behind goes though nothing is asked of the next one', async () => {
    const directory = await folder();
    const crashed = createDirectoryEvidenceStore({ directory });
    await crashed.putPart(ID, part(0), BYTES, Date.now());
    await crashed.close();
    const next = createDirectoryEvidenceStore({ directory, sweepIntervalMs: 20 });
    await expect.poll(() => fs.readdir(directory), { timeout: 10_000 }).toEqual([]);
    await next.close();
  });

  it('left by a crash between two steps goes after an hour', async () => {
    const directory = await folder();
    await fs.mkdir(join(directory, ID));
    await fs.writeFile(join(directory, ID, `0-${'a'.repeat(64)}.1234.tmp`), 'half');
    const store = createDirectoryEvidenceStore({ directory });
    await store.sweep();
    expect(await fs.readdir(directory)).toEqual([ID]);
    const old = new Date(Date.now() - 3_600_001);
    await fs.utimes(join(directory, ID), old, old);
    await store.sweep();
    expect(await fs.readdir(directory)).toEqual([]);
    await store.close();
  });

  it('one folder that cannot be removed does not keep the others', async () => {
    const directory = await folder();
    let stuck = true;
    const rm = (async (path: string, options) => {
      if (stuck && path.includes('CCC')) throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
      await fs.rm(path, options);
    }) as typeof fs.rm;
    // The order of a listing is the file system's own; here the one that is stuck comes first.
    const readdir = (async (path: string) => (await fs.readdir(path)).sort()) as unknown as typeof fs.readdir;
    const store = createDirectoryEvidenceStore({ directory, files: { ...fs, rm, readdir } });
    for (const letter of 'CDE') await store.putPart(letter.repeat(22), part(0), BYTES, 1);
    await expect(store.sweep()).rejects.toMatchObject({ code: 'EACCES' });
    expect(await fs.readdir(directory)).toEqual(['C'.repeat(22)]);
    stuck = false;
    await store.sweep();
    expect(await fs.readdir(directory)).toEqual([]);
    await store.close();
  });

  it('never leaves the directory', async () => {
    const directory = await folder();
    const store = createDirectoryEvidenceStore({ directory });
    for (const id of ['..', '../x', 'a/b', '', '.', 'a\0']) await expect(store.putPart(id, part(0), BYTES, 1)).rejects.toThrow('sessionId');
    expect(await fs.readdir(directory)).toEqual([]);
  });

  it('without a directory of its own is private, and leaves nothing in the temporary files', async () => {
    const before = await fs.readdir(tmpdir());
    const store = createDirectoryEvidenceStore();
    await store.deleteSession(ID);
    await store.putPart(ID, part(0), BYTES, Date.now() + 10_000);
    const [own = ''] = (await fs.readdir(tmpdir())).filter((name) => name.startsWith('facefront-evidence-') && !before.includes(name));
    expect((await fs.stat(join(tmpdir(), own))).mode & 0o777).toBe(0o700);
    expect(await store.readPart(ID, part(0))).toEqual(BYTES);
    await store.deleteSession(ID);
    expect(await fs.readdir(join(tmpdir(), own))).toEqual([]);
    await store.close();
    expect(await fs.readdir(tmpdir())).not.toContain(own);
  });

  it('takes nothing after its end, and ends after what is being written', async () => {
    const before = await fs.readdir(tmpdir());
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const started: string[] = [];
    const slow = (async (path: string, data: Uint8Array) => {
      started.push(path);
      await held;
      return fs.writeFile(path, data);
    }) as unknown as typeof fs.writeFile;
    const store = createDirectoryEvidenceStore({ files: { ...fs, writeFile: slow } });
    const written = store.putPart(ID, part(0), BYTES, Date.now() + 10_000);
    await expect.poll(() => started.length).toBe(1);
    const closing = store.close();
    release();
    await Promise.all([written, closing]);
    await expect(store.putPart(ID, part(1), BYTES, Date.now() + 10_000)).rejects.toThrow('closed');
    expect((await fs.readdir(tmpdir())).filter((name) => name.startsWith('facefront-evidence-') && !before.includes(name))).toEqual([]);
  });
});

it('a process that has made stores, and nothing else to do, ends', async () => {
  const program = `
    import { createDirectoryEvidenceStore, createHandler, createS3EvidenceStore } from './src/server/index.ts';
    const directory = createDirectoryEvidenceStore({ directory: process.env.DIRECTORY });
    const s3 = createS3EvidenceStore({ s3: {}, bucket: 'b' });
    for (const evidence of [directory, s3, undefined]) createHandler({ vendor: { decide() {} }, ...(evidence && { evidence }) });
    console.log('made');`;
  const run = { env: { ...process.env, DIRECTORY: await folder() }, encoding: 'utf8', timeout: 60_000 } as const;
  expect(execFileSync(process.execPath, ['--import', 'tsx/esm', '--input-type=module', '--eval', program], run)).toBe('made\n');
});

it('a runtime that allows no timers yet gets its look for what has expired with the first part', async () => {
  const directory = await folder();
  const refusing = vi.spyOn(globalThis, 'setTimeout').mockImplementation(() => {
    throw new Error('no timers outside of a request');
  });
  const store = createDirectoryEvidenceStore({ directory, sweepIntervalMs: 20 });
  refusing.mockRestore();
  await store.putPart(ID, part(0), BYTES, Date.now());
  await expect.poll(() => fs.readdir(directory), { timeout: 10_000 }).toEqual([]);
  await store.close();
});

it('the temporary folder goes with the process', () => {
  const program = `
    import { createDirectoryEvidenceStore } from './src/server/index.ts';
    import { readdirSync } from 'node:fs';
    const store = createDirectoryEvidenceStore();
    await store.putPart('${ID}', { index: 0, bytes: 1, digest: 'a' }, new Uint8Array(1), Date.now() + 60000);
    console.log(readdirSync(process.env.TMPDIR).length);
    process.exit(0);`;
  const TMPDIR = mkdtempSync(join(tmpdir(), 'facefront-test-'));
  made.push(TMPDIR);
  const told = execFileSync(process.execPath, ['--import', 'tsx/esm', '--input-type=module', '--eval', program], { env: { ...process.env, TMPDIR }, encoding: 'utf8' });
  expect(Number(told)).toBeGreaterThan(0);
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith('facefront-evidence-'))).toEqual([]);
});

describe('a disk that is full', () => {
  // The kernel's own ENOSPC: every write to this device gets it.
  const onFullDisk: typeof fs.writeFile = (_path, data) => fs.writeFile('/dev/full', data);

  it('refuses the part for now, leaves no half of it, and takes it when there is room', async () => {
    const directory = await folder();
    let full = true;
    const files = { ...fs, writeFile: ((path, data, options) => (full ? onFullDisk(path, data) : fs.writeFile(path, data, options))) as typeof fs.writeFile };
    const service = await startService({ evidence: createDirectoryEvidenceStore({ directory, files }) });
    const session = await openSession(service);
    const video = await recording();
    const refused = await putPart(service, session.sessionId, 0, video);
    expect(problemOf(refused)).toMatchObject({ status: 503, name: 'overloaded' });
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await fs.readdir(directory, { recursive: true })).toEqual([session.sessionId]);
    full = false;
    for (const [index, piece] of pieces(video, 100_000).entries()) expect((await putPart(service, session.sessionId, index, piece)).status).toBe(204);
    expect(await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, pieces(video, 100_000)))).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    expect(await fs.readdir(directory)).toEqual([]);
    await service.close();
  });

  it('by the time of the submission keeps no verdict: that evidence is kept longer is all that is lost', async () => {
    const directory = await folder();
    let full = false;
    const files = { ...fs, writeFile: ((path, data, options) => (full ? onFullDisk(path, data) : fs.writeFile(path, data, options))) as typeof fs.writeFile };
    let asked = 0;
    const service = await startService({ evidence: createDirectoryEvidenceStore({ directory, files }), vendor: { decide: async (question) => ((asked += 1), PASSING.decide(question)) } });
    const session = await openSession(service);
    const parts = pieces(await recording(), 100_000);
    for (const [index, piece] of parts.entries()) await putPart(service, session.sessionId, index, piece);
    full = true;
    expect(await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, parts))).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
    expect(asked).toBe(1);
    expect(service.log).toContainEqual(expect.objectContaining({ level: 'error', event: 'failed', session: session.sessionId.slice(0, 8) }));
    await service.close();
  });

  it('is not filled to its end', async () => {
    const directory = await folder();
    const { bavail, bsize } = await fs.statfs(directory);
    const store = createDirectoryEvidenceStore({ directory, minFreeBytes: bavail * bsize * 2 });
    expect(await store.putPart(ID, part(0), BYTES, 1)).toBe('full');
    await store.close();
  });

  it('that fails otherwise is an error, not a lack of room', async () => {
    const directory = await folder();
    await fs.writeFile(join(directory, 'file'), '');
    const store = createDirectoryEvidenceStore({ directory: join(directory, 'file') });
    await expect(store.putPart(ID, part(0), BYTES, 1)).rejects.toThrow('EEXIST');
    await expect(store.ping?.()).rejects.toThrow('EEXIST');
    await store.close();
  });
});

it('a handler keeps evidence in files unless told otherwise, and no longer than to the verdict', async () => {
  const before = await fs.readdir(tmpdir());
  const service = await startService();
  const session = await openSession(service);
  await putPart(service, session.sessionId, 0, BYTES);
  const own = (await fs.readdir(tmpdir())).filter((name) => name.startsWith('facefront-evidence-') && !before.includes(name));
  const holding = await Promise.all(own.map(async (name) => (await fs.readdir(join(tmpdir(), name))).includes(session.sessionId)));
  expect(holding).toContain(true);
  await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, [BYTES]));
  for (const name of own) expect(await fs.readdir(join(tmpdir(), name)).catch(() => [])).not.toContain(session.sessionId);
  expect((await verify(service, await recording())).answer.status).toBe(200);
  await service.close();
});
