import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWeChatFaceClient } from '../../src/server/vendors/wechat/face.js';
import type { WeChatFaceClientOptions } from '../../src/server/vendors/wechat/face.js';
import { KEYS, startVendors, ZHANG } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

let vendors: VendorServers;
beforeAll(async () => {
  vendors = await startVendors();
});
afterAll(() => vendors.close());
afterEach(() => vendors.faults.clear());

const client = (options: Partial<WeChatFaceClientOptions> = {}) => createWeChatFaceClient({ accessToken: () => KEYS.weChatToken, ...vendors.http, timeoutMs: 500, ...options });
const ATTEMPT = { outSeqNo: 'seq_0001', openId: 'oUser-1', name: ZHANG.name, idNumber: ZHANG.idNumber };

async function verifyIdOf(): Promise<string> {
  const answer = await client().getVerifyId(ATTEMPT);
  if (!answer.ok) throw new Error(inspect(answer));
  expect(answer.expiresInMs).toBe(3_600_000);
  return answer.verifyId;
}

describe('WeChat’s face verification', () => {
  it('passes only what WeChat calls 10000, and fails only whom a result is about', async () => {
    const verifyId = await verifyIdOf();
    for (const [verifyRet, outcome] of [[10_003, 'failed'], [10_004, 'failed'], [90_004, 'failed'], [90_008, 'failed'], [90_107, 'failed'], [10_000, 'passed']] as const) {
      vendors.wechat.finish(verifyId, verifyRet);
      expect(await client().queryVerifyInfo({ ...ATTEMPT, verifyId })).toMatchObject({ ok: true, outcome, entry: { system: 'wechat-native', table: 'verify-ret', code: String(verifyRet), known: true } });
    }
  });

  it.each([
    ['before the person began', undefined, '90199', true],
    ['that is WeChat’s own fault', 90_018, '90018', true],
    ['that is WeChat’s own fault, when it fetched something', 90_104, '90104', true],
    ['that is about the request', 10_001, '10001', true],
    ['that the table does not have', 90_020, '90020', false],
    ['that is no result', 0, '0', false],
    ['that is another way to say success elsewhere', 1, '1', false],
  ])('a result %s is an error of WeChat’s, with its entry, and rejects nobody', async (_what, verifyRet, code, known) => {
    const verifyId = await verifyIdOf();
    if (verifyRet !== undefined) vendors.wechat.finish(verifyId, verifyRet);
    expect(await client().queryVerifyInfo({ ...ATTEMPT, verifyId })).toEqual({ ok: false, reason: 'vendor-error', errcode: 0, error: expect.objectContaining({ system: 'wechat-native', table: 'verify-ret', code, known }) as object, detail: `wechat queryVerifyInfo: verify_ret ${code}`, sent: true });
  });

  it('does not pass verify_ret 10000 beside an errcode', async () => {
    const verifyId = await verifyIdOf();
    vendors.wechat.finish(verifyId, 10_000);
    // Another person's number: WeChat refuses, and the simulator puts 10000 beside the refusal.
    expect(await client().queryVerifyInfo({ ...ATTEMPT, name: '李四', verifyId })).toMatchObject({ ok: false, reason: 'vendor-error', errcode: 40_097 });
    expect(await client().queryVerifyInfo({ ...ATTEMPT, openId: 'oUser-2', verifyId })).toMatchObject({ ok: false, reason: 'vendor-error' });
    expect(await client().queryVerifyInfo({ ...ATTEMPT, idNumber: ATTEMPT.idNumber.toLowerCase(), verifyId })).toMatchObject({ ok: true, outcome: 'passed' });
  });

  it.each([{ verify_ret: 10_000 }, { errcode: null, verify_ret: 10_000 }, { errcode: '', verify_ret: 10_000 }, { errcode: false, verify_ret: 10_000 }, { errcode: 0 }, { errcode: 0, verify_ret: null }, [], null])('%j passes nobody', async (body) => {
    const answering: typeof fetch = async () => Response.json(body);
    expect(await client({ fetch: answering }).queryVerifyInfo({ ...ATTEMPT, verifyId: 'v' })).toMatchObject({ ok: false, reason: 'malformed' });
  });

  it('asks for a new access_token once when the old one is refused', async () => {
    const asked: boolean[] = [];
    const renewing = client({
      accessToken(refresh) {
        asked.push(refresh);
        return refresh ? KEYS.weChatToken : KEYS.weChatOldToken;
      },
    });
    expect(await renewing.getVerifyId(ATTEMPT)).toMatchObject({ ok: true });
    expect(asked).toEqual([false, true]);
    expect(await client({ accessToken: () => 'unknown' }).getVerifyId(ATTEMPT)).toMatchObject({ ok: false, reason: 'vendor-error', errcode: 40_001 });
    expect(await client({ accessToken: () => Promise.reject(new Error(KEYS.weChatToken)) }).getVerifyId(ATTEMPT)).toMatchObject({ ok: false, reason: 'unreachable', sent: false });
  });

  it('waits for an access_token no longer than for WeChat', async () => {
    const asked: boolean[] = [];
    const stuck = client({ timeoutMs: 50, accessToken: (refresh) => (asked.push(refresh), new Promise<string>(() => undefined)) });
    expect(await stuck.getVerifyId(ATTEMPT)).toEqual({ ok: false, reason: 'timeout', detail: 'wechat getVerifyId: accessToken() gave none within 50 ms', sent: false });
    expect(await stuck.queryVerifyInfo({ ...ATTEMPT, verifyId: 'v' })).toMatchObject({ ok: false, reason: 'timeout', sent: false });
    expect(asked).toEqual([false, false]);
  });

  it('is called off by its caller, whatever it waits for', async () => {
    const waiting = { token: client({ timeoutMs: 60_000, accessToken: () => new Promise<string>(() => undefined) }), answer: client({ timeoutMs: 60_000 }) };
    const verifyId = await verifyIdOf();
    for (const [name, own] of Object.entries(waiting)) {
      vendors.faults.set({ connection: 'hang', times: 9 });
      for (const call of [(signal: AbortSignal) => own.getVerifyId({ ...ATTEMPT, signal }), (signal: AbortSignal) => own.queryVerifyInfo({ ...ATTEMPT, verifyId, signal })]) {
        const stop = new AbortController();
        const answer = call(stop.signal);
        stop.abort();
        expect(await answer).toMatchObject({ ok: false, reason: 'cancelled', ...(name === 'token' && { sent: false }) });
        expect(await call(stop.signal)).toMatchObject({ ok: false, reason: 'cancelled', sent: false });
      }
    }
  });

  it.each([
    ['outSeqNo', { outSeqNo: 'abcd' }],
    ['outSeqNo', { outSeqNo: 'a b c d' }],
    ['openId', { openId: '' }],
    ['idNumber', { idNumber: '123' }],
    ['name', { name: '' }],
  ])('a wrong %s is not sent', async (field, change) => {
    expect(await client().getVerifyId({ ...ATTEMPT, ...change })).toMatchObject({ ok: false, reason: 'invalid-input', sent: false, errors: [{ field }] });
  });

  it('queries go over a 500, requests for a verify_id do not; nothing written holds a token or a name', async () => {
    const verifyId = await verifyIdOf();
    vendors.wechat.finish(verifyId, 10_000);
    vendors.faults.set({ status: 500 });
    expect(await client().queryVerifyInfo({ ...ATTEMPT, verifyId })).toMatchObject({ ok: true });
    const written: unknown[] = [];
    for (const fault of [{ status: 500 }, { connection: 'reset' }, { connection: 'hang' }, { body: 'html' }, { body: 'truncated' }, { body: 'huge' }] as const) {
      vendors.faults.set(fault);
      const answer = await client({ timeoutMs: 100 }).getVerifyId(ATTEMPT);
      expect(answer.ok).toBe(false);
      written.push(answer);
    }
    expect(inspect(written, { depth: 9 })).not.toMatch(new RegExp([KEYS.weChatToken, ZHANG.name, ZHANG.idNumber, 'oUser'].join('|')));
  });
});
