import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { createAdaptorServer } from '@hono/node-server';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Handler } from '../../src/server/index.js';
import { digestOf as nodeDigestOf, sha256 as nodeSha256, toBase64 as nodeToBase64, toHex } from '../../src/transport/chain.js';
import type { Bytes } from '../../src/transport/chain.js';
import type { CaptureSession, ConsentRecord, Manifest } from '../../src/transport/protocol.js';
import { codeBlocks } from '../packaging/readme.js';
import { bundleForPage } from '../risk/page-bundle.js';
import { KEYS, startVendors, ZHANG } from '../vendors/vendor-servers.js';
import type { VendorServers } from '../vendors/vendor-servers.js';
import type * as App from './miniprogram-app.js';
import { hangUp, silence, startMisbehaving } from './misbehaving.js';
import { recording } from './recordings.js';
import { CONSENT, SESSION_REQUEST, startService, TIMELINE } from './service.js';
import type { Service } from './service.js';
import { wechat } from './wechat-host.js';

/* The client's half in a context that has what the language has, timers, a console and `wx`, and nothing of a browser's or of Node's. */

/** What Node has, and pages, and a mini-program has not. */
const ABSENT = ['AbortController', 'AbortSignal', 'performance', 'crypto', 'btoa', 'atob', 'TextEncoder', 'URL', 'fetch', 'Blob', 'DOMException', 'Event', 'EventTarget', 'window', 'self', 'document', 'navigator', 'XMLHttpRequest', 'process', 'Buffer', 'require', 'queueMicrotask', 'structuredClone'];

let code: string;
let video: Bytes;
beforeAll(async () => {
  const [chunk] = await bundleForPage({ input: 'test/server/miniprogram-app.ts', global: 'app' });
  code = chunk?.code ?? '';
  video = await recording();
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A mini-program that has loaded the code; `changes` to its `wx`. */
function miniProgram(changes: object = {}) {
  const host = wechat();
  const context = createContext({ setTimeout, clearTimeout, console, wx: { ...host.wx, ...changes } });
  expect(ABSENT.filter((name) => runInContext(`typeof ${name}`, context) !== 'undefined')).toEqual([]);
  runInContext(code, context);
  // Made of the context's own values: bytes of another realm would not be what a mini-program reads from a file.
  const ownBytes = runInContext('(values) => Uint8Array.from(values)', context) as (values: Bytes) => Bytes;
  const app = runInContext('app', context) as typeof App;
  const common = runInContext('({ fetch: app.miniProgramFetch(wx), platform: app.miniProgramPlatform(wx) })', context) as { readonly fetch: ReturnType<typeof App.miniProgramFetch>; readonly platform: ReturnType<typeof App.miniProgramPlatform> };
  /** Runs a program that is printed somewhere: its imports are the app's, and what stands outside of it are its parameters. */
  const printed = (program: string, result: string, given: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const scope = { ...app, ...given };
    const body = program.replace(/^import .*$/gm, '');
    return (runInContext(`(async ({ ${Object.keys(scope).join(', ')} }) => {${body}\nreturn ${result}; })`, context) as (scope: object) => Promise<unknown>)(scope);
  };
  return { app, common, host, ownBytes, printed };
}

async function serve(...given: Parameters<typeof startService>): Promise<Service> {
  const service = await startService(...given);
  closing.push(() => service.close());
  return service;
}

const PRINTED = codeBlocks('docs/vendors.md', 'js');

/** The backend that docs/vendors.md prints for mini-programs, on the source, with the vendors' clients and the people that it leaves to its reader. */
async function serveMiniProgramBackend({ origin }: VendorServers, way: string): Promise<string> {
  const [program = ''] = PRINTED.filter((block) => block.includes('createWeChatAttempts'));
  const source = (path: string): string => JSON.stringify(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
  const onSource = (code: string): string => code.replace(/'facefront\/server'/g, source('src/server/index.ts')).replace(/'facefront\/server\/vendors'/g, source('src/server/vendors/index.ts'));
  const folder = fileURLToPath(new URL(`../../.cache/mini-program-${process.pid}-${randomUUID()}/`, import.meta.url));
  await mkdir(folder, { recursive: true });
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const sdk = `new FaceIdSdk(${JSON.stringify({ origin, secretId: KEYS.secretId, secretKey: KEYS.secretKey })})`;
  await writeFile(join(folder, 'users.mjs'), `export const userOf = () => 'user-1'; export const wayOf = () => '${way}'; export const personOf = async (userId) => userId === 'user-1' && (${JSON.stringify({ openId: 'oUser-1', name: ZHANG.name, idNumber: ZHANG.idNumber })});`);
  await writeFile(
    join(folder, 'vendors.mjs'),
    `import { FaceIdSdk } from ${source('demo/vendors/faceid-sdk.ts')};
    ${onSource("import { createEidClient, createFaceIdClient, createWeChatFaceClient } from 'facefront/server/vendors';")}
    const sdk = ${sdk};
    export const eidClient = createEidClient({ sdk, merchantId: '${KEYS.merchantId}', allowLoopbackHttp: true });
    export const faceIdClient = createFaceIdClient({ sdk, ruleId: '${KEYS.ruleId}', allowLoopbackHttp: true });
    export const weChatClient = createWeChatFaceClient({ accessToken: () => '${KEYS.weChatToken}', origin: '${origin}', allowLoopbackHttp: true });`,
  );
  await writeFile(join(folder, 'backend.mjs'), onSource(program));
  const { handler } = (await import(/* @vite-ignore */ join(folder, 'backend.mjs'))) as { readonly handler: Handler };
  const server = createAdaptorServer({ fetch: handler.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.close();
    server.closeAllConnections();
    await handler.close({ deadlineMs: 500 });
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/face`;
}

describe('with nothing but what a mini-program has', () => {
  it.each<[string, number, string, string]>([
    ['wechat-native', 10_000, 'passed', '10000'],
    ['wechat-native', 90_004, 'rejected', '90004'],
    ['wechat-native', 90_018, 'review', '90018'],
    ['verify-mpsdk', 0, 'passed', '0'],
    ['verify-mpsdk', 2016, 'rejected', '2016'],
    ['eid-mpsdk', 0, 'passed', '0'],
    ['eid-mpsdk', 2016, 'rejected', '2016'],
  ])('%s: both halves as docs/vendors.md prints them, from the session to the verdict; a check that came to %s is %s', async (way, result, decision, code) => {
    const vendors = await startVendors();
    closing.push(() => vendors.close());
    const endpoint = await serveMiniProgramBackend(vendors, way);
    vendors.faceId.setOutcome({ code: result });
    const started: string[] = [];
    const finish = (token: string): void => {
      started.push(token);
      if (way === 'wechat-native') vendors.wechat.finish(token, result);
      else vendors.faceId.finish(token);
    };
    // As the vendors document their functions: asynchronous, each with its own way to tell that the person is done.
    const wx = {
      requestFacialVerify: ({ verifyId, complete }: { verifyId: string; complete(): void }) => void setTimeout(() => (finish(verifyId), complete())),
      startVerify: ({ data, ...told }: { data: { token: string }; success(answer: object): void; fail(error: object): void }) => void setTimeout(() => (finish(data.token), result === 0 ? told.success({ BizToken: data.token }) : told.fail({ ErrorCode: result }))),
    };
    const startEid = ({ data: { token }, verifyDoneCallback }: { data: { token: string }; verifyDoneCallback(answer: object): void }): void => void setTimeout(() => (finish(token), verifyDoneCallback({ token, verifyDone: true })));

    const [program = ''] = PRINTED.filter((block) => block.includes('miniProgramPlatform'));
    const here = program.replace('https://backend.example/api/face', endpoint);
    expect(here).not.toBe(program);
    expect(await miniProgram(wx).printed(here, 'answer', { consent: CONSENT, startEid })).toMatchObject({ ok: true, response: { verdict: { decision, code: { code } } } });
    expect(started).toHaveLength(1);
  });

  it('a recording goes from the session to the verdict, over answers that are lost', async () => {
    let lost = 0;
    const service = await serve({}, (request, next, end) => (request.method === 'PUT' && (lost += 1) <= 2 ? (end(), new Promise(() => undefined)) : next(request)));
    const { app, common, ownBytes } = miniProgram();
    const { platform } = common;
    const client = app.createBackendClient({ endpoint: service.endpoint, ...common });
    const opened = await client.createSession({ ...SESSION_REQUEST });
    if (!opened.ok) throw new Error(opened.detail);
    const session = opened.session as CaptureSession;
    const sent: number[] = [];
    const uploaded = await app.uploadParts({ client, session, chunks: [ownBytes(video)], partBytes: 60_000, platform, onProgress: ({ sentBytes }) => sent.push(sentBytes) });
    if (!uploaded.ok) throw new Error(uploaded.detail);
    expect([lost >= 2, sent.at(-1)]).toEqual([true, video.length]);
    const consent: ConsentRecord = CONSENT;
    const manifest: Omit<Manifest, 'chain'> = {
      version: 1,
      sessionId: session.sessionId,
      nonce: session.nonce,
      challenge: session.challenge,
      consentDigest: await app.digestOf(consent, platform),
      video: { mediaType: 'video/webm;codecs=vp8', bytes: uploaded.bytes, durationMs: 3000, parts: uploaded.parts },
      timeline: TIMELINE,
      camera: { width: 640, height: 480, synthetic: false },
      fallbacks: [],
    };
    const chain = await app.chainOf(manifest, platform);
    expect(await client.submit(session.sessionId, { manifest: { ...manifest, chain }, consent })).toMatchObject({ ok: true, response: { verdict: { decision: 'passed' } } });
  });

  it('a call is called off, takes too long, or finds nobody, and never rejects', async () => {
    const server = await startMisbehaving(silence, silence, hangUp);
    closing.push(() => server.close());
    const { app, common, host } = miniProgram();
    const stop = app.createAbortController();
    const client = app.createBackendClient({ endpoint: server.endpoint, ...common, attemptMs: 200, retry: { maxAttempts: 1, baseMs: 1, capMs: 1, maxRetryAfterMs: 1 } });
    const call = client.state('A'.repeat(22), { signal: stop.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    stop.abort();
    expect([await call, host.aborted(), stop.signal.aborted]).toMatchObject([{ code: 'cancelled' }, 1, true]);
    expect(await client.state('A'.repeat(22))).toMatchObject({ code: 'backend-timeout' });
    expect(await client.state('A'.repeat(22))).toMatchObject({ code: 'network-failed' });
    expect(await client.abandon('A'.repeat(22), 'cancelled')).toBe('refused');
  });

  it('digests and base64 are those of the web, of any length', async () => {
    const { common, ownBytes } = miniProgram();
    const { platform } = common;
    for (const length of [0, 1, 2, 3, 32, 55, 64, 1000]) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37) % 256);
      expect([toHex(await platform.sha256(ownBytes(bytes))), platform.toBase64(ownBytes(bytes))]).toEqual([toHex(await nodeSha256(bytes)), nodeToBase64(bytes)]);
    }
    expect(toHex(await platform.sha256('正脸 👩🏽‍🦰'))).toBe(toHex(await nodeSha256(new TextEncoder().encode('正脸 👩🏽‍🦰'))));
    expect(await miniProgram().app.digestOf({ text: '正脸' }, platform)).toBe(await nodeDigestOf({ text: '正脸' }));
  });

  const broken = (): never => {
    throw new Error('not here');
  };
  it.each([
    ['the host’s generator', {}],
    ['an old host without one', { getRandomValues: undefined }],
    ['one that fails', { getRandomValues: ({ fail }: { fail(): void }) => fail() }],
    ['one that throws', { getRandomValues: broken }],
  ])('keys are UUIDs, each another one: %s', async (_what, changes) => {
    const { platform } = miniProgram(changes).common;
    const made = await Promise.all(Array.from({ length: 100 }, () => platform.randomUUID()));
    expect(new Set(made).size).toBe(100);
    for (const each of made) expect(each).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
