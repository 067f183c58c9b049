import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkTc3Signature } from '../../demo/vendors/tc3-signature.js';
import { OfficialFaceIdClient } from './official-sdk.js';
import { KEYS, startVendors } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

let vendors: VendorServers;
beforeAll(async () => {
  vendors = await startVendors();
});
afterAll(() => vendors.close());

const get = async (path: string): Promise<unknown> => (await fetch(`${vendors.origin}${path}`)).json();

describe('the simulator over HTTP', () => {
  it('its faults are switched on and off by request', async () => {
    const control = (method: string, body?: object) => fetch(`${vendors.origin}/simulator/fault`, { method, ...(body && { body: JSON.stringify(body) }) });
    await control('POST', { status: 503, times: 2, path: '/anti_fraud' });
    const query = (): Promise<number> => fetch(`${vendors.origin}/anti_fraud/query?key=${KEYS.unknown}`).then(({ status }) => status);
    expect([await query(), await query(), await query()]).toEqual([503, 503, 200]);
    await control('POST', { status: 503, times: 9 });
    await control('DELETE');
    expect(await query()).toBe(200);
    await control('POST', { latencyMs: 150 });
    const before = performance.now();
    await query();
    expect(performance.now() - before).toBeGreaterThanOrEqual(145);
  });

  it('takes GET for anti_fraud, as documented, and no key is 10001', async () => {
    expect(await get(`/anti_fraud/query?key=${KEYS.antiFraud}&idcard=11010519491231002X&mobile=13123456789&realname=${encodeURIComponent('张三')}`)).toMatchObject({ error_code: 0, result: { found: 1, riskScore: 63 } });
    expect(await get('/anti_fraud/queryV2?idcard=11010519491231002X&mobile=13123456789')).toMatchObject({ error_code: 10_001 });
    expect(await get(`/anti_fraud/queryV2?key=${KEYS.antiFraud}&mobile=13123456789`)).toMatchObject({ error_code: 237_001 });
  });

  it('refuses a replayed request of Tencent Cloud with 4500, and what else seed 000 lists', async () => {
    const signed = (change: Record<string, string> = {}, key = 'test-secret-key'): string => {
      const parameters: Record<string, string> = { Action: 'AntiFraud', SecretId: 'AKID-test', Timestamp: String(vendors.clock.now / 1000), Nonce: '1001', ...change };
      const text = Object.keys(parameters).sort().map((name) => `${name}=${parameters[name]}`).join('&');
      const signature = createHmac('sha1', key).update(`GET${new URL(vendors.origin).host}/v2/index.php?${text}`).digest('base64');
      return `/v2/index.php?${new URLSearchParams({ ...parameters, Signature: signature }).toString()}`;
    };
    expect(await get(signed())).toMatchObject({ code: 0 });
    expect(await get(signed())).toMatchObject({ code: 4500 });
    expect(await get(signed({ Nonce: '1002', Timestamp: String(vendors.clock.now / 1000 - 301) }))).toMatchObject({ code: 4500 });
    expect(await get(signed({ Nonce: '1003' }, 'another key'))).toMatchObject({ code: 4100 });
    expect(await get(signed({ Nonce: '1004', SecretId: 'AKID-other' }))).toMatchObject({ code: 4104 });
    expect(await get('/v2/index.php?Action=AntiFraud')).toMatchObject({ code: 4000 });
  });

  it('refuses what the cloud refuses, with its own names', async () => {
    const official = new OfficialFaceIdClient(vendors);
    const codeOf = (call: Promise<object>): Promise<unknown> => call.then(() => 'accepted', ({ code }: { code?: unknown }) => code);
    expect(await codeOf(official.request('DeleteEverything', {}))).toBe('InvalidAction');
    expect(await codeOf(official.GetEidToken({}))).toBe('MissingParameter');
    expect(await codeOf(official.GetEidToken({ MerchantId: KEYS.merchantId, Config: { InputType: '4' } }))).toBe('MissingParameter');
    expect(await codeOf(official.GetEidToken({ MerchantId: KEYS.merchantId, Config: { InputType: '5' } }))).toBe('InvalidParameterValue');
    expect(await codeOf(official.GetEidToken({ MerchantId: KEYS.merchantId, Name: '张三', IdCard: '11010519491231002x' }))).toBe('InvalidParameterValue');
    expect(await codeOf(official.GetFaceIdToken({ CompareLib: 'LOCAL' }))).toBe('MissingParameter');
    expect(await codeOf(official.GetFaceIdToken({ CompareLib: 'BUSINESS', Name: '张三' }))).toBe('MissingParameter');
    expect(await codeOf(official.GetEidResult({}))).toBe('MissingParameter');
    expect(await codeOf(new OfficialFaceIdClient(vendors, { secretKey: 'other' }).GetEidToken({}))).toBe('AuthFailure.SignatureFailure');
    const unsigned = await fetch(vendors.origin, { method: 'POST', headers: { 'x-tc-action': 'GetEidToken' }, body: '{}' });
    expect(await unsigned.json()).toMatchObject({ Response: { Error: { Code: 'AuthFailure.InvalidAuthorization' } } });
  });

  it('refuses a signature that is too old or of a key it does not know', () => {
    const request = (secretId: string, timestamp: number): Request =>
      new Request('https://faceid.tencentcloudapi.com/', { method: 'POST', headers: { authorization: `TC3-HMAC-SHA256 Credential=${secretId}/2026-11-21/faceid/tc3_request, SignedHeaders=content-type;host, Signature=${'0'.repeat(64)}`, 'x-tc-timestamp': String(timestamp) } });
    const check = (secretId: string, timestamp: number): string | undefined => checkTc3Signature(request(secretId, timestamp), '{}', { known: 'key' }, 1_000_000_000);
    expect([check('other', 1_000_000), check('known', 999_699), check('known', 1_000_301), check('known', 1_000_000)]).toEqual(['AuthFailure.SecretIdNotFound', 'AuthFailure.SignatureExpire', 'AuthFailure.SignatureExpire', 'AuthFailure.SignatureFailure']);
  });
});
