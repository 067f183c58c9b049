import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createFaceIdClient } from '../../src/server/vendors/tencent/face-id.js';
import type { FaceIdSdkClient } from '../../src/server/vendors/tencent/face-id.js';
import { ZHANG } from './vendor-servers.js';

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
    [{ ErrCode: 1001, LiveStatus: 1001, Comparestatus: null }, 7_300_000, 'failed', '1001'],
  ] as const)('%j after %i ms is %s', async (text, ageMs, outcome, code) => {
    expect(await detect(text).detectInfo(BIZ_TOKEN, ageMs)).toMatchObject({ ok: true, outcome, entry: { system: 'faceid-wechat', code, known: true } });
  });

  it('before the person has tried there is no code, and nothing is passed', async () => {
    expect(await detect({ ErrCode: null, LiveStatus: null, Comparestatus: null }).detectInfo(BIZ_TOKEN, 1000)).toMatchObject({ ok: true, outcome: 'unfinished', entry: { known: false } });
    expect(await detect({}).detectInfo(BIZ_TOKEN, 7_300_000)).toMatchObject({ ok: true, outcome: 'failed' });
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
  it('LOCAL needs the identity, BUSINESS a picture', async () => {
    const { sdk, asked } = sdkThat({ GetFaceIdToken: { FaceIdToken: BIZ_TOKEN } });
    const client = createFaceIdClient({ sdk, ruleId: '1' });
    expect(await client.faceIdToken({ compareLib: 'LOCAL', name: ZHANG.name })).toMatchObject({ ok: false, errors: [{ field: 'idNumber' }] });
    expect(await client.faceIdToken({ compareLib: 'BUSINESS' })).toMatchObject({ ok: false, errors: [{ field: 'imageBase64' }] });
    expect(await client.faceIdToken({ compareLib: 'LOCAL', name: ZHANG.name, idNumber: ZHANG.idNumber, meta: 'm' })).toEqual({ ok: true, faceIdToken: BIZ_TOKEN, expiresInMs: 600_000 });
    expect(asked).toEqual([{ GetFaceIdToken: { CompareLib: 'LOCAL', Name: ZHANG.name, IdCard: ZHANG.idNumber, Meta: 'm' } }]);
  });

  it.each([
    [{ Result: '0', Similarity: 92.1 }, 'passed', '0'],
    [{ Result: '66660004', Similarity: 31 }, 'failed', '66660004'],
    [{ Result: '123456' }, 'failed', '123456'],
  ])('%j is %s', async (answer, outcome, code) => {
    const client = createFaceIdClient({ sdk: sdkThat({ GetFaceIdResult: answer }).sdk, ruleId: '1' });
    expect(await client.faceIdResult(BIZ_TOKEN)).toMatchObject({ ok: true, outcome, entry: { system: 'faceid-sdk', code } });
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
