import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../demo/vendors/faults.js';
import { createVendorHttp } from '../../src/server/vendors/http.js';
import type { VendorHttpOptions } from '../../src/server/vendors/http.js';
import { createAntiFraudClient } from '../../src/server/vendors/juhe/anti-fraud.js';
import { createAntiRushClient } from '../../src/server/vendors/juhe/anti-rush.js';
import { createKycClient } from '../../src/server/vendors/tencent/kyc.js';
import { createWeChatFaceClient } from '../../src/server/vendors/wechat/face.js';
import { KEYS, startVendors, ZHANG } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

let vendors: VendorServers;
beforeAll(async () => {
  vendors = await startVendors();
});
afterAll(() => vendors.close());
afterEach(() => vendors.faults.clear());

/** Faults, what the client makes of them, and whether a call that only reads survives one. */
const FAULTS: readonly (readonly [string, Fault, string, boolean])[] = [
  ['a 500', { status: 500 }, 'status', true],
  ['a 503', { status: 503 }, 'status', true],
  ['a 404', { status: 404 }, 'status', false],
  ['a 429', { status: 429 }, 'status', false],
  ['a redirect', { body: 'redirect' }, 'status', false],
  ['no answer', { connection: 'hang' }, 'timeout', true],
  ['a slow answer', { latencyMs: 600 }, 'timeout', true],
  ['a connection closed at once', { connection: 'reset' }, 'network', true],
  ['an answer cut short', { connection: 'cut' }, 'network', true],
  ['half a JSON text', { body: 'truncated' }, 'malformed', false],
  ['a proxy’s page', { body: 'html' }, 'malformed', false],
  ['bytes that are no UTF-8', { body: 'not-utf8' }, 'malformed', false],
  ['four megabytes', { body: 'huge' }, 'too-large', false],
];

/** Short only where the fault is to be waited out: a busy machine takes longer over an answer. */
const timeoutFor = ({ connection, latencyMs }: Fault): number => (connection === 'hang' || latencyMs !== undefined ? 300 : 10_000);

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const fraud = () => createAntiFraudClient({ key: KEYS.antiFraud, openId: KEYS.openId, version: 'v2', ...vendors.http });

/** The calls that may be charged. */
const CHARGED = {
  anti_fraud: (options: VendorHttpOptions) => createAntiFraudClient({ key: KEYS.antiFraud, openId: KEYS.openId, version: 'v2', ...options }).query(ZHANG),
  antiRush: (options: VendorHttpOptions) => createAntiRushClient({ key: KEYS.antiRush, ...options }).query({ fields: { UserIp: '223.122.53.5', Account: { AccountType: 4, OtherAccount: { AccountId: ZHANG.mobile } } } as object }),
};

describe.each(Object.keys(CHARGED) as (keyof typeof CHARGED)[])('a call of %s, which is charged', (name) => {
  it.each(FAULTS)('%s ends it after one request', async (_what, fault, reason) => {
    vendors.faults.set({ ...fault, times: 5 });
    let requests = 0;
    const counted: typeof fetch = (...given) => {
      requests++;
      return fetch(...given);
    };
    const answer = await CHARGED[name]({ ...vendors.http, timeoutMs: timeoutFor(fault), attempts: 3, fetch: counted });
    expect(answer).toMatchObject({ ok: false, reason, sent: true });
    expect(requests).toBe(1);
    vendors.faults.clear();
    expect(await CHARGED[name](vendors.http)).toMatchObject({ ok: true });
  });
});

describe('a call that is charged', () => {
  it('is made again where no connection was made, and says that nothing was sent', async () => {
    const port = await closedPort();
    let attempts = 0;
    const counted: typeof fetch = (...given) => {
      attempts++;
      return fetch(...given);
    };
    const answer = await createAntiFraudClient({ key: KEYS.antiFraud, version: 'v2', origin: `http://127.0.0.1:${port}`, allowLoopbackHttp: true, fetch: counted }).query(ZHANG);
    expect(answer).toMatchObject({ ok: false, reason: 'unreachable', sent: false, detail: 'juhe anti_fraud/queryV2: ECONNREFUSED' });
    expect(attempts).toBe(2);
  });

  it('is ended by the caller’s signal', async () => {
    vendors.faults.set({ connection: 'hang' });
    const controller = new AbortController();
    const answer = fraud().query({ ...ZHANG, signal: controller.signal });
    controller.abort();
    expect(await answer).toMatchObject({ ok: false, reason: 'cancelled' });
    expect(await fraud().query({ ...ZHANG, signal: AbortSignal.abort() })).toMatchObject({ reason: 'cancelled', sent: false });
  });
});

describe('a call that only reads', () => {
  const read = (times: number, fault: Fault) => {
    vendors.faults.set({ ...fault, times });
    const http = createVendorHttp({ ...vendors.http, timeoutMs: timeoutFor(fault), random: () => 0 });
    return http({ name: 'test read', method: 'GET', path: '/anti_fraud/query', query: { key: KEYS.unknown }, repeat: 'always' });
  };
  it.each(FAULTS)('%s once: gone over where that can help', async (_what, fault, reason, survives) => {
    expect(await read(1, fault)).toMatchObject(survives ? { ok: true, body: { error_code: 10001 } } : { ok: false, reason });
  });
  it('waits as long as the vendor says, if that is not long', async () => {
    const before = performance.now();
    expect(await read(1, { status: 503, retryAfter: '1' })).toMatchObject({ ok: true });
    expect(performance.now() - before).toBeGreaterThanOrEqual(990);
    expect(await read(1, { status: 503, retryAfter: '3' })).toMatchObject({ ok: false, reason: 'status', status: 503 });
  });
  it.each(FAULTS)('%s twice: the reason', async (_what, fault, reason) => {
    expect(await read(2, fault)).toMatchObject({ ok: false, reason });
  });
});

describe('origins', () => {
  it.each(['http://apis.juhe.cn', 'ftp://127.0.0.1', 'https://user:pass@apis.juhe.cn', 'https://apis.juhe.cn/antiRush', 'https://apis.juhe.cn?x=1', 'apis.juhe.cn', 'http://127.0.0.1.example.com'])('%s is refused, loopback allowed or not', (origin) => {
    expect(() => createVendorHttp({ origin, allowLoopbackHttp: true })).toThrow(/^origin must be/);
  });
  it('http is for loopback, and only when asked for', () => {
    expect(() => createVendorHttp({ origin: 'http://127.0.0.1:8080' })).toThrow('origin must be https');
    for (const host of ['127.0.0.1:8080', 'localhost:8080', '[::1]:8080']) expect(() => createVendorHttp({ origin: `http://${host}`, allowLoopbackHttp: true })).not.toThrow();
  });
  it('the defaults of all clients are https', async () => {
    const asked: string[] = [];
    const spy: typeof fetch = async (url) => {
      asked.push(new URL(url as string).origin);
      return Response.json({ error_code: 0, code: '0', errcode: 0, result: {} });
    };
    for (const call of Object.values(CHARGED)) await call({ fetch: spy });
    await createKycClient({ appId: KEYS.kycAppId, secret: KEYS.kycSecret, fetch: spy }).query('order1');
    await createWeChatFaceClient({ accessToken: () => KEYS.weChatToken, fetch: spy }).getVerifyId({ outSeqNo: 'seq_0001', openId: 'oUser-1', name: ZHANG.name, idNumber: ZHANG.idNumber });
    expect(asked).toEqual(['https://apis.juhe.cn', 'https://apis.juhe.cn', 'https://kyc1.qcloud.com', 'https://api.weixin.qq.com']);
  });
});

describe('secrets and names', () => {
  it('are in no failure and in no client, whatever goes wrong', async () => {
    const written: string[] = [];
    const faults: (Fault | undefined)[] = [...FAULTS.map(([, fault]) => fault), undefined];
    for (const fault of faults) {
      for (const key of [KEYS.antiFraud, KEYS.unknown, KEYS.antiRush]) {
        if (fault) vendors.faults.set(fault);
        const client = createAntiFraudClient({ key, openId: KEYS.openId, version: 'v2', ...vendors.http, timeoutMs: 100 });
        const answer = await client.query({ ...ZHANG, ...(fault === undefined && { mobile: '1' }) });
        if (fault) vendors.faults.set(fault);
        const rush = createAntiRushClient({ key, ...vendors.http, timeoutMs: 100 });
        const risk = await rush.query({ fields: { UserIp: '223.122.53.5', Account: { AccountType: 4, OtherAccount: { AccountId: fault === undefined ? `x${ZHANG.mobile}` : ZHANG.mobile } } } as object });
        written.push(inspect([risk, rush], { depth: 9, showHidden: true }), JSON.stringify(answer), inspect(answer, { depth: 9 }), inspect(client, { depth: 9, showHidden: true }));
      }
    }
    expect(written.length).toBeGreaterThan(100);
    for (const secret of [KEYS.antiFraud, KEYS.unknown, KEYS.antiRush, KEYS.openId, ZHANG.idNumber, ZHANG.mobile, ZHANG.name]) expect(written.join('\n')).not.toContain(secret);
  });

  it('are in no message of a TypeError', () => {
    for (const key of ['a secret with spaces', '密钥', 'x'.repeat(600)]) {
      expect(() => createAntiFraudClient({ key, version: 'v2' })).toThrow(/^key must be a text of 1 to 512 printable ASCII characters$/);
    }
  });
});
