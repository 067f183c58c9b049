import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/server/vendors/outcome.js';
import { createFaceIdClient } from '../../src/server/vendors/tencent/face-id.js';
import type { FaceIdSdkClient } from '../../src/server/vendors/tencent/face-id.js';
import { OfficialFaceIdClient } from './official-sdk.js';
import { KEYS, startVendors, ZHANG } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

/** Stands where the integrator's own SDK client is: answers as the SDK's models have it, and writes down what it was asked. */
function sdkThat(answers: Partial<Record<keyof FaceIdSdkClient, object | (() => Promise<object>)>>): { readonly sdk: FaceIdSdkClient; readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const method = (name: keyof FaceIdSdkClient) => async (request: object): Promise<object> => {
    asked.push({ [name]: request });
    const answer = answers[name];
    return typeof answer === 'function' ? (answer as () => Promise<object>)() : (answer ?? {});
  };
  return { asked, sdk: { DetectAuth: method('DetectAuth'), GetDetectInfoEnhanced: method('GetDetectInfoEnhanced'), GetFaceIdToken: method('GetFaceIdToken'), GetFaceIdResult: method('GetFaceIdResult') } };
}

const BIZ_TOKEN = 'CE661F1A-0F1E-45BD-BE13-34C05CEA7681';
const REDIRECT = 'https://shop.example/done?facefront=nnnnnnnnnnnnnnnnnnnnnn';
const detect = (text: object) => createFaceIdClient({ sdk: sdkThat({ GetDetectInfoEnhanced: { Text: text, RequestId: 'r-1' } }).sdk, ruleId: '1' });

/** As the cloud's SDK throws. */
class TencentCloudSDKHttpException extends Error {
  readonly code: string;
  readonly requestId: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
    this.requestId = 'a1b2c3d4-0000';
  }
}

describe('DetectAuth', () => {
  it('sends the identity as the vendor takes it and gives the page and the token', async () => {
    const { sdk, asked } = sdkThat({ DetectAuth: { Url: 'https://open.faceid.qq.com/v1/api/getCode?bizToken=x', BizToken: BIZ_TOKEN } });
    const client = createFaceIdClient({ sdk, ruleId: '7' });
    expect(await client.detectAuth({ name: ' 张三', idNumber: '11010519491231002x', redirectUrl: REDIRECT, extra: 'order-1' })).toEqual({ ok: true, url: 'https://open.faceid.qq.com/v1/api/getCode?bizToken=x', bizToken: BIZ_TOKEN, expiresInMs: 7_200_000 });
    expect(asked).toEqual([{ DetectAuth: { RuleId: '7', RedirectUrl: REDIRECT, Name: '张三', IdCard: '11010519491231002X', Extra: 'order-1' } }]);
  });

  it.each([
    ['redirectUrl', { redirectUrl: 'http://shop.example' }],
    ['redirectUrl', { redirectUrl: `https://shop.example/${'x'.repeat(1024)}` }],
    ['extra', { redirectUrl: REDIRECT, extra: 'x'.repeat(1025) }],
    ['name', { redirectUrl: REDIRECT, name: '张'.repeat(33) }],
    ['idNumber', { redirectUrl: REDIRECT, idNumber: '110105194912310021' }],
  ])('a wrong %s is not sent', async (field, input) => {
    const { sdk, asked } = sdkThat({});
    expect(await createFaceIdClient({ sdk, ruleId: '7' }).detectAuth(input)).toMatchObject({ ok: false, reason: 'invalid-input', errors: [{ field }] });
    expect(asked).toEqual([]);
  });
});

describe('GetDetectInfoEnhanced', () => {
  it.each([
    [{ ErrCode: 0, LiveStatus: 0, Comparestatus: 0, Sim: '85.5' }, 0, 'passed', '0'],
    [{ ErrCode: 0 }, 0, 'passed', '0'],
    [{ ErrCode: 0, LiveStatus: 0, Comparestatus: 2004 }, 0, 'unfinished', '2004'],
    [{ ErrCode: 2004, LiveStatus: 0, Comparestatus: 2004 }, 7_199_999, 'unfinished', '2004'],
    [{ ErrCode: 2004, LiveStatus: 0, Comparestatus: 2004 }, 7_200_000, 'failed', '2004'],
    [{ ErrCode: 1005, LiveStatus: 1005, Comparestatus: null }, 7_300_000, 'failed', '1005'],
    [{ ErrCode: 1001, LiveStatus: 1001, Comparestatus: null }, 0, 'unfinished', '1001'],
  ] as const)('%j after %i ms is %s', async (text, ageMs, outcome, code) => {
    expect(await detect(text).detectInfo(BIZ_TOKEN, ageMs)).toMatchObject({ ok: true, outcome, entry: { system: 'faceid-wechat', code, known: true } });
  });

  it('before the person has tried there is no code, and nothing is passed', async () => {
    expect(await detect({ ErrCode: null, LiveStatus: null, Comparestatus: null }).detectInfo(BIZ_TOKEN, 1000)).toMatchObject({ ok: true, outcome: 'unfinished', entry: { code: '17', known: true } });
    expect(await detect({}).detectInfo(BIZ_TOKEN, 7_300_000)).toMatchObject({ ok: true, outcome: 'failed', entry: { code: '15', promptId: 'sessionExpired' } });
  });

  it.each([4, 1001, 2001, 4711])('code %i, with the token over, says nothing of the person and is no rejection', async (code) => {
    expect(await detect({ ErrCode: code }).detectInfo(BIZ_TOKEN, 7_300_000)).toEqual({ ok: false, reason: 'vendor-error', code: String(code), error: expect.objectContaining({ code: String(code) }), detail: `faceid GetDetectInfoEnhanced: code ${code}`, sent: true });
  });

  it.each([
    [{ ErrCode: null }, 0, 'waiting'],
    // They may try again.
    [{ ErrCode: 2004, LiveStatus: 0, Comparestatus: 2004 }, 7_199_999, 'waiting'],
    [{ ErrCode: 0, LiveStatus: 0, Comparestatus: 0 }, 0, 'finished'],
    [{ ErrCode: 0, LiveStatus: 0, Comparestatus: 0 }, 7_300_000, 'finished'],
    [{ ErrCode: 2004, LiveStatus: 0, Comparestatus: 2004 }, 7_200_000, 'expired'],
    [{}, 7_200_000, 'expired'],
  ] as const)('of %j after %i ms a page that asks is told "%s"', async (text, ageMs, status) => {
    expect(await detect(text).status(BIZ_TOKEN, ageMs)).toEqual({ ok: true, status });
  });

  it('what keeps the result from being known keeps the status', async () => {
    expect(await detect({}).status('short', 0)).toMatchObject({ ok: false, errors: [{ field: 'bizToken' }] });
    expect(await createFaceIdClient({ sdk: sdkThat({}).sdk, ruleId: '1' }).status(BIZ_TOKEN, 0)).toMatchObject({ ok: false, reason: 'malformed' });
  });

  it('counts what is charged by the vendor’s own marks', async () => {
    const details = [{ IsNeedCharge: true }, { IsNeedCharge: false }, { IsNeedCharge: true }, null];
    expect(await detect({ ErrCode: 0, LivenessDetail: details }).detectInfo(BIZ_TOKEN, 0)).toMatchObject({ charged: 2 });
  });

  it.each([{}, { Text: null }, { Text: 'x' }])('%j is malformed', async (answer) => {
    const client = createFaceIdClient({ sdk: sdkThat({ GetDetectInfoEnhanced: answer }).sdk, ruleId: '1' });
    expect(await client.detectInfo(BIZ_TOKEN, 0)).toMatchObject({ ok: false, reason: 'malformed' });
  });
});

describe('GetFaceIdToken and GetFaceIdResult', () => {
  it('BUSINESS needs the identity, LOCAL a picture', async () => {
    const { sdk, asked } = sdkThat({ GetFaceIdToken: { FaceIdToken: BIZ_TOKEN } });
    const client = createFaceIdClient({ sdk, ruleId: '1' });
    expect(await client.faceIdToken({ compareLib: 'BUSINESS', name: ZHANG.name })).toMatchObject({ ok: false, errors: [{ field: 'idNumber' }] });
    expect(await client.faceIdToken({ compareLib: 'LOCAL' })).toMatchObject({ ok: false, errors: [{ field: 'imageBase64' }] });
    expect(await client.faceIdToken({ compareLib: 'LOCAL', imageBase64: 'x'.repeat(8_388_609) })).toMatchObject({ ok: false, errors: [{ field: 'imageBase64' }] });
    expect(await client.faceIdToken({ compareLib: 'LOCAL', imageBase64: 'eA==', extra: 'x'.repeat(1001) })).toMatchObject({ ok: false, errors: [{ field: 'extra' }] });
    expect(await client.faceIdToken({ compareLib: 'BUSINESS', name: ZHANG.name, idNumber: ZHANG.idNumber, meta: 'm' })).toEqual({ ok: true, faceIdToken: BIZ_TOKEN, expiresInMs: 600_000 });
    expect(asked).toEqual([{ GetFaceIdToken: { CompareLib: 'BUSINESS', Name: ZHANG.name, IdCard: ZHANG.idNumber, Meta: 'm' } }]);
  });

  it.each([
    [{ Result: '0', Similarity: 92.1 }, 'passed', '0'],
    [{ Result: '1004', Similarity: 0 }, 'failed', '1004'],
    [{ Result: '2016', Similarity: 31 }, 'failed', '2016'],
  ])('%j is %s', async (answer, outcome, code) => {
    const client = createFaceIdClient({ sdk: sdkThat({ GetFaceIdResult: answer }).sdk, ruleId: '1' });
    expect(await client.faceIdResult(BIZ_TOKEN)).toMatchObject({ ok: true, outcome, entry: { system: 'faceid-wechat', code, known: true } });
  });

  // 17 is a call made wrongly here, though an attempt not finished in the rest of the family.
  it.each(['4', '17', '123456'])('Result %s says nothing of the person and is no rejection', async (code) => {
    const client = createFaceIdClient({ sdk: sdkThat({ GetFaceIdResult: { Result: code } }).sdk, ruleId: '1' });
    expect(await client.faceIdResult(BIZ_TOKEN)).toMatchObject({ ok: false, reason: 'vendor-error', code });
  });

  it('reads the device’s risk', async () => {
    const client = createFaceIdClient({ sdk: sdkThat({ GetFaceIdResult: { Result: '0', DeviceInfoLevel: '4', DeviceInfoTag: '5001' } }).sdk, ruleId: '1' });
    expect(await client.faceIdResult(BIZ_TOKEN)).toMatchObject({ outcome: 'passed', risk: { decision: 'intercepted' } });
  });

  it('an answer without a result is not a pass', async () => {
    for (const answer of [{}, { Result: null }, { Result: '' }]) {
      const client = createFaceIdClient({ sdk: sdkThat({ GetFaceIdResult: answer }).sdk, ruleId: '1' });
      expect(await client.faceIdResult(BIZ_TOKEN)).toMatchObject({ ok: false, reason: 'malformed' });
    }
  });
});

describe('over HTTP, through the official SDK', () => {
  let vendors: VendorServers;
  beforeEach(async () => {
    vendors = await startVendors();
  });
  afterEach(() => vendors.close());
  const client = (intention = false) => createFaceIdClient({ sdk: new OfficialFaceIdClient(vendors), ruleId: KEYS.ruleId, intention, allowLoopbackHttp: true });
  const attempt = async (intention = false): Promise<string> => {
    const begun = await client(intention).detectAuth({ ...ZHANG, redirectUrl: REDIRECT });
    if (!begun.ok) throw new Error(inspect(begun));
    expect((await fetch(begun.url, { redirect: 'manual' })).headers.get('location')).toBe(`${REDIRECT}&BizToken=${begun.bizToken}`);
    return begun.bizToken;
  };

  it('an attempt may be tried again with the same token until it has passed', async () => {
    vendors.faceId.setOutcome({ code: 1201 });
    const token = await attempt();
    expect(await client().detectInfo(token, 1000)).toMatchObject({ outcome: 'unfinished', entry: { code: '1201' } });
    vendors.faceId.setOutcome({ code: 0 });
    await fetch(`${vendors.origin}/faceid/page?BizToken=${token}`, { redirect: 'manual' });
    expect(await client().detectInfo(token, 2000)).toMatchObject({ outcome: 'passed', similarity: 85.5, charged: 1 });
  });

  it.each([
    [0, 'passed'],
    [-301, 'unfinished'],
    [undefined, 'unfinished'],
  ])('a rule that asks for the intention too, which came to %s: %s', async (intentionCode, outcome) => {
    vendors.faceId.setOutcome({ code: 0, ...(intentionCode !== undefined && { intentionCode }) });
    const token = await attempt(true);
    const result = await client(true).detectInfo(token, 1000);
    expect(result).toMatchObject({ ok: true, outcome });
    // Whoever has refused, or never came to it, has not passed later either.
    if (outcome === 'unfinished') expect(outcomeOf(await client(true).detectInfo(token, 7_300_000), token)).not.toMatchObject({ decision: 'passed' });
  });

  it('a token for the App SDK, and its result', async () => {
    const begun = await client().faceIdToken({ compareLib: 'BUSINESS', ...ZHANG });
    const token = begun.ok ? begun.faceIdToken : begun.detail;
    vendors.faceId.finish(token);
    expect(await client().faceIdResult(token)).toMatchObject({ ok: true, outcome: 'passed', similarity: 85.5 });
    expect(await client().faceIdResult('T'.repeat(36))).toMatchObject({ ok: false, code: 'InvalidParameterValue.BizTokenIllegal' });
    expect(await createFaceIdClient({ sdk: new OfficialFaceIdClient(vendors), ruleId: 'other', allowLoopbackHttp: true }).detectAuth({ redirectUrl: REDIRECT })).toMatchObject({ ok: false, code: 'InvalidParameterValue.RuleIdNotExist' });
  });
});

describe('the client that is passed in', () => {
  it('its errors come back by the cloud’s code, without the message', async () => {
    const failing = sdkThat({ DetectAuth: () => Promise.reject(new TencentCloudSDKHttpException(`IdCard ${ZHANG.idNumber} of SecretId AKIDsecret`, 'InvalidParameterValue.RuleIdNotExist')) });
    const answer = await createFaceIdClient({ sdk: failing.sdk, ruleId: '1' }).detectAuth({ ...ZHANG, redirectUrl: REDIRECT });
    expect(answer).toEqual({ ok: false, reason: 'vendor-error', code: 'InvalidParameterValue.RuleIdNotExist', requestId: 'a1b2c3d4-0000', detail: 'faceid DetectAuth: InvalidParameterValue.RuleIdNotExist', sent: true });
    const broken = sdkThat({ DetectAuth: () => Promise.reject(new Error(`getaddrinfo ${ZHANG.idNumber}`)) });
    const other = await createFaceIdClient({ sdk: broken.sdk, ruleId: '1' }).detectAuth({ ...ZHANG, redirectUrl: REDIRECT });
    expect(other).toMatchObject({ ok: false, reason: 'network' });
    expect(inspect([answer, other], { depth: 9 })).not.toMatch(/AKID|110105/);
  });

  it('is not waited for beyond the deadline', async () => {
    const hanging = sdkThat({ GetFaceIdResult: () => new Promise(() => undefined) });
    expect(await createFaceIdClient({ sdk: hanging.sdk, ruleId: '1', timeoutMs: 20 }).faceIdResult(BIZ_TOKEN)).toMatchObject({ ok: false, reason: 'timeout' });
  });

  it('has to have the four methods', () => {
    expect(() => createFaceIdClient({ sdk: { DetectAuth: async () => ({}) } as never, ruleId: '1' })).toThrow('sdk must have GetDetectInfoEnhanced()');
    expect(() => createFaceIdClient({ sdk: sdkThat({}).sdk, ruleId: '' })).toThrow('ruleId must be');
  });
});
