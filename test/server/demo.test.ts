import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, createDemoApp } from '../../demo/backend.js';
import { CODE_HEADER, LATENCY_HEADER } from '../../demo/vendors/simulator.js';
import { createDirectoryEvidenceStore } from '../../src/server/index.js';
import { createBackendClient } from '../../src/transport/client.js';
import { uploadParts } from '../../src/transport/parts.js';
import type { Bytes } from '../../src/transport/chain.js';
import { recording } from './recordings.js';
import { SESSION_REQUEST, submissionOf } from './service.js';
import { captureOf } from './verification.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const FILES: Readonly<Record<string, string>> = {
  'demo/public/index.html': '<h1>demo</h1>',
  'demo/public/style.css': 'body{}',
  'demo/explorer/index.html': '<h1>explorer</h1>',
  'dist/facefront.min.js': 'var Facefront',
  'dist/codes.json': '{}',
  'dist/demo/demo.js': '1',
  'dist/demo/explorer.js': '2',
  'dist/worker/detector.js': '3',
  'dist/assets/model.wasm': 'wasm',
  'dist/assets/model.bin': 'bin',
  '.cache/sample/sample.mp4': '0123456789',
  'package.json': '{"secret":true}',
};

let root = '';
let base = '';
let stop = async (): Promise<void> => undefined;
let video: Bytes;
beforeAll(async () => {
  video = await recording();
  root = await mkdtemp(join(tmpdir(), 'facefront-demo-'));
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  const evidence = createDirectoryEvidenceStore();
  const server = createAdaptorServer({ fetch: createDemoApp({ staticRoot: root, handler: { inlineWaitMs: 50, evidence } }).fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
    await evidence.close();
  };
});
afterAll(async () => {
  await stop();
  await rm(root, { recursive: true });
});

describe('the pages', () => {
  it.each([
    ['/', 'demo/public/index.html', 'text/html'],
    ['/style.css', 'demo/public/style.css', 'text/css'],
    ['/explorer/', 'demo/explorer/index.html', 'text/html'],
    ['/facefront.min.js', 'dist/facefront.min.js', 'text/javascript'],
    ['/codes.json', 'dist/codes.json', 'application/json'],
    ['/demo.js', 'dist/demo/demo.js', 'text/javascript'],
    ['/explorer/codes.json', 'dist/codes.json', 'application/json'],
    ['/explorer/explorer.js', 'dist/demo/explorer.js', 'text/javascript'],
    ['/worker/detector.js', 'dist/worker/detector.js', 'text/javascript'],
    ['/assets/model.wasm', 'dist/assets/model.wasm', 'application/wasm'],
    ['/assets/model.bin', 'dist/assets/model.bin', 'application/octet-stream'],
    ['/sample/sample.mp4', '.cache/sample/sample.mp4', 'video/mp4'],
  ])('%s is %s', async (path, file, type) => {
    const response = await fetch(base + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')?.split(';')[0]).toBe(type);
    expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(response.headers.get('permissions-policy')).toContain('camera=(self)');
    expect(response.headers.get('cache-control')).toBe(/^\/(assets|sample)\//.test(path) ? 'public, max-age=600' : 'no-cache');
    expect(await response.text()).toBe(FILES[file]);
  });

  it('carry the strict policy and nothing that loosens it', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; media-src 'self' blob:; img-src 'self' blob:");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  });

  it('let a player seek in a video', async () => {
    const response = await fetch(`${base}/sample/sample.mp4`, { headers: { range: 'bytes=2-4' } });
    expect(response.status).toBe(206);
    expect(await response.text()).toBe('234');
  });

  it('lead to a folder with its slash', async () => {
    const response = await fetch(`${base}/explorer`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/explorer/']);
  });

  it.each(['/nowhere', '/worker/none.js', '/package.json', '/assets/../../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json', '//etc/passwd', '/assets//package.json', '/%00', '/assets'])('%s is nothing', async (path) => {
    // Past fetch, which would tidy the path up.
    const status = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(base).port), '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`));
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(status).toMatch(path === '/assets' ? /^HTTP\/1\.1 308 / : /^HTTP\/1\.1 40[04] /);
    expect(status).not.toContain('secret');
  });

  it('before a build are missing, not broken', async () => {
    const app = createDemoApp({ staticRoot: join(root, 'empty') });
    for (const path of ['/', '/facefront.min.js', '/worker/x.js']) expect((await app.request(path)).status).toBe(404);
  });
});

/** A session with a recording handed in, and with the risk report that is given. */
async function run(headers: Readonly<Record<string, string>>, risk?: object) {
  const client = createBackendClient({ endpoint: `${base}/api/face`, headers });
  const opened = await client.createSession(SESSION_REQUEST);
  if (!opened.ok) throw new Error(opened.detail);
  const session = captureOf(opened.session);
  const uploaded = await uploadParts({ client, session, chunks: [video] });
  if (!uploaded.ok) throw new Error(uploaded.detail);
  const submission = { ...(await submissionOf(session, uploaded)), ...(risk && { risk: { ...risk } }) };
  return { client, sessionId: session.sessionId, submitted: await client.submit(session.sessionId, submission) };
}

describe('a withdrawal in the browser', () => {
  const reportOf = (id: string) => ({ facts: { installation: { status: 'ok', ms: 1, value: { id } } } });
  const post = async (event: unknown) => (await fetch(`${base}/withdrawals`, { method: 'POST', body: JSON.stringify(event) })).status;
  const withdrawal = (installation: string) => ({ type: 'consent-withdrawn', at: '2026-11-27T08:00:00.000Z', installation });

  it('ends the sessions of its installation, and no other', async () => {
    const [mine, theirs] = ['ab'.repeat(16), 'cd'.repeat(16)] as const;
    const slow = { [LATENCY_HEADER]: '1500' };
    const [own, other] = await Promise.all([run(slow, reportOf(mine)), run(slow, reportOf(theirs))]);
    expect([own.submitted, other.submitted]).toMatchObject([{ response: { state: 'pending' } }, { response: { state: 'pending' } }]);
    expect(await post(withdrawal(mine))).toBe(204);
    expect(await own.client.awaitVerdict(own.sessionId, { intervalMs: 50 })).toMatchObject({ ok: false, code: 'session-expired' });
    expect(await other.client.awaitVerdict(other.sessionId, { intervalMs: 50 })).toMatchObject({ ok: true, response: { verdict: { decision: 'passed' } } });
    // An id that was withdrawn is not used again; a report that comes later was on its way.
    const late = await run(slow, reportOf(mine));
    expect(await late.client.awaitVerdict(late.sessionId, { intervalMs: 50 })).toMatchObject({ ok: false, code: 'session-expired' });
  });

  it.each<[unknown, number]>([
    [withdrawal('ef'.repeat(16)), 204],
    [withdrawal('somebody'), 400],
    [{ ...withdrawal('ef'.repeat(16)), type: 'other' }, 400],
    [null, 400],
    [{ ...withdrawal('ef'.repeat(16)), more: 'x'.repeat(2_000) }, 413],
  ])('%j is answered with %i', async (event, status) => {
    expect(await post(event)).toBe(status);
  });
});

describe('the simulated vendor', () => {
  it.each([
    [{}, 'passed', ['faceid-sdk', 'result', '0']],
    [{ [CODE_HEADER]: 'faceid-sdk/result/66660023' }, 'rejected', ['faceid-sdk', 'result', '66660023']],
    [{ [CODE_HEADER]: 'faceid-sdk/result/-5020' }, 'rejected', ['faceid-sdk', 'result', '-5020']],
    [{ [CODE_HEADER]: 'faceid-wechat/liveness-silent/1302' }, 'rejected', ['faceid-wechat', 'liveness-silent', '1302']],
    [{ [CODE_HEADER]: 'made-up/table/no-such-code' }, 'rejected', ['made-up', 'table', 'no-such-code']],
  ])('says %j: %s', async (headers, decision, [system, table, code]) => {
    const { client, sessionId } = await run(headers as Record<string, string>);
    expect(await client.awaitVerdict(sessionId, { intervalMs: 50 })).toMatchObject({ ok: true, response: { verdict: { decision, code: { system, table, code } } } });
  });

  it('serves several pages at once, each with its own code', async () => {
    const codes = ['66660004', '66660010', '-1104', '400101'];
    const seen = await Promise.all(
      codes.map(async (code) => {
        const { client, sessionId } = await run({ [CODE_HEADER]: `faceid-sdk/result/${code}` });
        const awaited = await client.awaitVerdict(sessionId, { intervalMs: 50 });
        return awaited.ok ? awaited.response.verdict.code.code : awaited.detail;
      }),
    );
    expect(seen).toEqual(codes);
  });

  it('takes its time where it is told to, and is waited for', async () => {
    const { client, sessionId, submitted } = await run({ [LATENCY_HEADER]: '300', [CODE_HEADER]: 'faceid-sdk/result/66660023' });
    expect(submitted).toMatchObject({ ok: true, response: { state: 'pending' } });
    expect(await client.awaitVerdict(sessionId, { intervalMs: 50 })).toMatchObject({ ok: true, response: { verdict: { code: { code: '66660023' } } } });
  });

  it.each([
    [CODE_HEADER, '66660023'],
    [CODE_HEADER, 'faceid-sdk/66660023'],
    [CODE_HEADER, 'faceid-sdk/result/66660023/1'],
    [CODE_HEADER, 'FaceID/result/0'],
    [CODE_HEADER, ' '],
    [LATENCY_HEADER, '-1'],
    [LATENCY_HEADER, '1.5'],
    [LATENCY_HEADER, '20001'],
  ])('refuses %s: %s, naming it', async (header, value) => {
    expect((await run({ [header]: value })).submitted).toMatchObject({ ok: false, code: 'backend-rejected', status: 400, problem: { errors: [{ field: header }] } });
  });
});

describe('demo/server.ts', () => {
  const start = (env: Record<string, string>) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server.ts'], { cwd: ROOT, env: { ...process.env, ...env } });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    return { child, output: () => output, exit: once(child, 'exit') };
  };

  it.each(['SIGINT', 'SIGTERM'] as const)('prints its address, serves, and ends on %s', async (signal) => {
    const { child, output, exit } = start({ PORT: '0' });
    await expect.poll(output, { timeout: 20_000 }).toMatch(/^facefront demo: http:\/\/127\.0\.0\.1:\d+\/\n$/);
    const address = output().trim().replace('facefront demo: ', '');
    const response = await fetch(`${address}api/face/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(SESSION_REQUEST) });
    expect(response.status).toBe(201);
    child.kill(signal);
    expect(await exit).toEqual([0, null]);
  });

  it('lets a decision end before it does', async () => {
    const { child, output, exit } = start({ PORT: '0' });
    await expect.poll(output, { timeout: 20_000 }).toMatch(/\n$/);
    const endpoint = `${output().trim().replace('facefront demo: ', '')}api/face`;
    const client = createBackendClient({ endpoint, attemptMs: 20_000, headers: { [LATENCY_HEADER]: '2000' } });
    const opened = await client.createSession(SESSION_REQUEST);
    if (!opened.ok) throw new Error(opened.detail);
    const session = captureOf(opened.session);
    const uploaded = await uploadParts({ client, session, chunks: [video] });
    if (!uploaded.ok) throw new Error(uploaded.detail);
    const submitted = client.submit(session.sessionId, await submissionOf(session, uploaded));
    await expect.poll(() => client.state(session.sessionId), { timeout: 10_000 }).toMatchObject({ state: { state: 'pending' } });
    child.kill('SIGTERM');
    expect(await submitted).toMatchObject({ ok: true, response: { sessionId: session.sessionId } });
    expect(await exit).toEqual([0, null]);
  });

  it('says in one line that its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { output, exit } = start({ PORT: String(port) });
    expect(await exit).toEqual([1, null]);
    expect(output()).toBe(`Port ${port} is taken. Choose another one with PORT, or let the system choose: PORT=0 npm run demo\n`);
    taken.close();
  });

  it.each(['abc', '70000', '-1', ''])('says in one line that PORT=%j is none', async (port) => {
    const { output, exit } = start({ PORT: port });
    expect(await exit).toEqual([1, null]);
    expect(output()).toBe(`PORT must be a number from 0 to 65535, not ${JSON.stringify(port)}\n`);
  });
});
