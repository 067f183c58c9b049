import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kycLoginAddress } from '../../src/channels/kyc-h5/index.js';
import type { VendorChoice } from '../../src/server/index.js';
import { createBackendClient } from '../../src/transport/index.js';
import type { VendorSession } from '../../src/transport/index.js';
import { codeBlocks } from '../packaging/readme.js';
import { redisMissing, startRedis } from '../server/redis-server.js';
import { CONSENT, SESSION_REQUEST } from '../server/service.js';
import { KEYS, startVendors, ZHANG } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

/* Every program of docs/vendors.md, as printed, on the built package, against the vendors' servers over HTTP. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BLOCKS = codeBlocks(join(ROOT, 'docs/vendors.md'), 'js');
const blockWith = (mark: string): string => {
  const found = BLOCKS.filter((block) => block.includes(mark));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
};
const NONCE = 'n'.repeat(43);
const SHOP = 'https://shop.example/done';

/** Stands for `tencentcloud-sdk-nodejs`, which has a hundred products: the same client on the SDK's own core, sent to the simulator. */
const SDK = `
const { Agent } = require('node:http');
const { connect } = require('node:net');
const { AbstractClient } = require('tencentcloud-sdk-nodejs-common');
class Client extends AbstractClient {
  constructor(config) {
    const agent = new Agent();
    agent.createConnection = () => connect(Number(process.env.SIMULATOR_PORT), '127.0.0.1');
    super('faceid.tencentcloudapi.com', '2018-03-01', { ...config, profile: { httpProfile: { protocol: 'http://', agent } } });
  }
}
for (const action of ['DetectAuth', 'GetDetectInfoEnhanced', 'GetFaceIdToken', 'GetFaceIdResult', 'GetEidToken', 'CheckEidTokenStatus', 'GetEidResult']) {
  Client.prototype[action] = function (request) { return this.request(action, request); };
}
module.exports = { faceid: { v20180301: { Client } } };
`;

const ENVIRONMENT = {
  JUHE_ANTI_RUSH_KEY: KEYS.antiRush,
  JUHE_FRAUD_KEY: KEYS.antiFraud,
  JUHE_OPENID: KEYS.openId,
  KYC_APP_ID: KEYS.kycAppId,
  KYC_SECRET: KEYS.kycSecret,
  TENCENT_SECRET_ID: KEYS.secretId,
  TENCENT_SECRET_KEY: KEYS.secretKey,
  FACEID_RULE_ID: KEYS.ruleId,
  EID_MERCHANT_ID: KEYS.merchantId,
};

let vendors: VendorServers;
let port: number;
let folder: string;
let closeSimulator: () => Promise<unknown>;
const children: ChildProcess[] = [];
beforeEach(async () => {
  vendors = await startVendors();
  // What ends TLS in front of the vendors: they see the address that was asked for.
  const server = createAdaptorServer({ fetch: (incoming, bindings) => vendors.app.fetch(new Request(incoming.url.replace(/^http:/, 'https:'), incoming), bindings) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  closeSimulator = () => new Promise((resolve) => server.close(resolve));
  folder = join(ROOT, '.cache', `vendor-documents-${process.pid}`);
  const sdk = join(folder, 'node_modules/tencentcloud-sdk-nodejs');
  await mkdir(sdk, { recursive: true });
  await writeFile(join(sdk, 'package.json'), '{"name":"tencentcloud-sdk-nodejs","main":"index.js"}');
  await writeFile(join(sdk, 'index.js'), SDK);
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
  }
  await closeSimulator();
  await vendors.close();
  await rm(folder, { recursive: true, force: true });
});

interface Sample {
  /** The port it serves its handler on. */
  readonly port?: number;
  /** What a page's program did. */
  readonly told?: readonly { readonly left?: string; readonly tokens?: unknown }[];
  readonly storage?: unknown;
  call(name: string, ...args: unknown[]): Promise<unknown>;
}

/** Runs a program; `others` are the modules that it says are the reader's own. */
async function run(program: string, { others = {}, env = {}, page }: { readonly others?: Readonly<Record<string, string>>; readonly env?: Readonly<Record<string, string>>; readonly page?: object } = {}): Promise<Sample> {
  for (const [name, content] of Object.entries({ 'sample.mjs': program, ...others })) await writeFile(join(folder, name), content);
  const child = fork(fileURLToPath(new URL('sample-process.mjs', import.meta.url)), [join(folder, 'sample.mjs'), String(port), page ? JSON.stringify(page) : ''], { env: { ...process.env, ...ENVIRONMENT, SIMULATOR_PORT: String(port), ...env }, execArgv: [], silent: true });
  children.push(child);
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const message = (): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      child.once('message', (value) => resolve(value as Record<string, unknown>));
      child.once('exit', (code) => reject(new Error(`ended with ${code}: ${printed.join('')}`)));
    });
  const ready = await message();
  return {
    ...ready,
    async call(name, ...args) {
      const answer = message();
      child.send({ call: name, args });
      return (await answer)['value'];
    },
  };
}

/** Opens a vendor's page as a browser would that finds the vendor at the simulator. What the page adds to the way back. */
async function visit(address: string): Promise<Record<string, string>> {
  const { host, pathname, search } = new URL(address);
  const sent = request({ host: '127.0.0.1', port, path: pathname + search, headers: { host } }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  const back = new URL(answer.headers.location ?? 'https://none.example');
  expect([answer.statusCode, back.origin, back.searchParams.get('facefront')]).toEqual([302, 'https://shop.example', NONCE]);
  back.searchParams.delete('facefront');
  return Object.fromEntries(back.searchParams);
}

it('has the programs that are run here, and no others', () => {
  expect(BLOCKS).toHaveLength(8);
  // The last two, a mini-program's and its backend's, are run where there is no more than it has: test/server/miniprogram-globals.test.ts.
  expect(BLOCKS.filter((block) => block.includes('wx'))).toHaveLength(1);
});

it('聚合数据', async () => {
  const sample = await run(blockWith('createAntiRushClient'));
  const clientPart = { UserAgent: 'Mozilla/5.0', DeviceType: '1' };
  expect(await sample.call('riskOf', clientPart, '119.147.0.1', ZHANG)).toEqual(['pass', 'review']);
  vendors.faults.set({ status: 500, times: 9 });
  expect(await sample.call('riskOf', clientPart, '119.147.0.1', ZHANG)).toEqual(['unknown', 'unknown']);
});

it('独立H5: a whole backend, which a client goes through', async () => {
  const users = `export const userOf = (request) => request.headers.get('x-user') ?? undefined; export const identityOf = async () => (${JSON.stringify({ name: ZHANG.name, idNumber: ZHANG.idNumber })});`;
  const sample = await run(blockWith('createKycAttempts'), { others: { 'users.mjs': users } });
  for (const [user, code, decision] of [['user-1', '0', 'passed'], ['user-2', '66660004', 'rejected']] as const) {
    vendors.kyc.setOutcome({ code });
    const client = createBackendClient({ endpoint: `http://127.0.0.1:${sample.port}/api/face`, headers: { 'x-user': user } });
    const opened = await client.createSession({ ...SESSION_REQUEST, channels: ['capture', 'kyc-h5'] });
    if (!opened.ok) throw new Error(JSON.stringify(opened));
    const { channel, task, nonce } = opened.session as VendorSession;
    if (channel !== 'kyc-h5') throw new Error(channel);
    const made = kycLoginAddress({ login: task.login, returnNonce: NONCE, returnAddress: SHOP });
    expect(made).toMatchObject({ ok: true, address: expect.stringMatching(/^https:\/\/kyc1\.qcloud\.com\/api\/web\/login\?/) as string });
    const tokens = await visit(made.ok ? made.address : '');
    expect(await client.postToken({ channel, nonce, tokens, consent: CONSENT })).toMatchObject({ ok: true, response: { verdict: { decision, code: { code } } } });
  }
  const capturing = createBackendClient({ endpoint: `http://127.0.0.1:${sample.port}/api/face`, headers: { 'x-user': 'user-3' } });
  expect(await capturing.createSession(SESSION_REQUEST)).toMatchObject({ ok: true, session: { channel: 'capture' } });
});

const missing = redisMissing();
if (missing !== undefined) console.warn(missing);

it.skipIf(missing !== undefined)('独立H5: two instances that share their tickets', async () => {
  const redis = await startRedis();
  try {
    const instances = await Promise.all([1, 2].map(() => run(blockWith('createRedisTicketStore'), { env: { REDIS_URL: redis.url } })));
    const answers = await Promise.all([...instances, ...instances].map((sample) => sample.call('client.query', 'order1')));
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, outcome: 'unfinished' });
    expect(vendors.kyc.counts.get('/api/oauth2/access_token')).toBe(1);
  } finally {
    await redis.close();
  }
});

it.each([['faceId', 'detectauth-h5'], ['eid', 'eid-h5']] as const)('FaceID and E证通: %s', async (name, channel) => {
  const sample = await run(blockWith('createEidAttempts'));
  const choice = (await sample.call(`${name}.begin`, { nonce: NONCE }, { name: ZHANG.name, idNumber: ZHANG.idNumber, redirectUrl: SHOP })) as Extract<VendorChoice, { channel: 'detectauth-h5' | 'eid-h5' }>;
  expect(choice).toMatchObject({ channel });
  const tokens = await visit(choice.task.url);
  expect(tokens).toEqual(choice.expected);
  const question = { tokens, expected: choice.expected, session: { createdAt: Date.now() }, signal: { aborted: false } };
  expect(await sample.call(`${name}.confirm`, question)).toMatchObject({ status: 'decided', decision: 'passed' });
});

it('WeChat', async () => {
  const sample = await run(blockWith('createWeChatFaceClient'), { others: { 'wechat.mjs': `export const accessToken = async () => '${KEYS.weChatToken}';` } });
  const attempt = { outSeqNo: 'seq_0001', openId: 'oUser-1', name: ZHANG.name, idNumber: ZHANG.idNumber };
  const { verifyId } = (await sample.call('begin', attempt)) as { readonly verifyId: string };
  vendors.wechat.finish(verifyId, 10_000);
  expect(await sample.call('decide', attempt, verifyId)).toMatchObject({ status: 'decided', decision: 'passed' });
});

it('the page: goes to the vendor, and comes back with what the backend is to have', async () => {
  const login = { origin: 'https://kyc1.qcloud.com', appId: 'IDAtest1', version: '1.0.0', nonce: 'a'.repeat(32), orderNo: 'order1', userId: 'user-1', faceIdName: 'faceId', faceId: 'tx1', sign: 'A'.repeat(40), expiresInMs: 110_000 };
  const variables = { sessionId: 'session-1', nonce: NONCE, expiresInMs: 110_000, login };
  const program = blockWith('createKycH5Channel');
  const first = await run(program, { page: { address: SHOP, storage: [], variables } });
  expect(first.told).toEqual([{ left: expect.stringMatching(/^https:\/\/kyc1\.qcloud\.com\/api\/web\/login\?.*facefront/) as string }]);
  const tokens = { code: '0', orderNo: 'order1', newSignature: 'B'.repeat(40) };
  const back = await run(program, { page: { address: `${SHOP}?${new URLSearchParams({ facefront: NONCE, ...tokens }).toString()}`, storage: first.storage, variables } });
  expect(back.told).toEqual([{ tokens: expect.objectContaining(tokens) as object }]);
});
