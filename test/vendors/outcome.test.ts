import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/server/vendors/outcome.js';
import { createKycClient } from '../../src/server/vendors/tencent/kyc.js';
import { createWeChatFaceClient } from '../../src/server/vendors/wechat/face.js';
import { KEYS, startVendors, ZHANG } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

let vendors: VendorServers;
beforeAll(async () => {
  vendors = await startVendors();
});
afterAll(() => vendors.close());

describe('what an answer decides', () => {
  it('of the kyc page: unfinished is pending, an error of the request and no answer are for review', async () => {
    const kyc = (secret: string) => createKycClient({ appId: KEYS.kycAppId, secret, now: () => vendors.clock.now, ...vendors.http, attempts: 1 });
    expect(outcomeOf(await kyc(KEYS.kycSecret).query('order1'), 'order1')).toEqual({ status: 'pending', reference: 'order1' });
    expect(outcomeOf(await kyc('wrong').query('order1'), 'order1')).toEqual({ status: 'decided', decision: 'review', code: { system: 'faceid-sdk', table: 'result', code: '400103' }, reference: 'order1' });
    vendors.faults.set({ status: 500 });
    expect(outcomeOf(await kyc(KEYS.kycSecret).query('order1'), 'order1')).toMatchObject({ decision: 'review', code: { code: '66660021' } });
  });

  it('of WeChat: 10000 passes, a code about the person rejects with that code, any other is for review', async () => {
    const client = createWeChatFaceClient({ accessToken: () => KEYS.weChatToken, ...vendors.http });
    const attempt = { outSeqNo: 'seq_0002', openId: 'oUser-1', name: ZHANG.name, idNumber: ZHANG.idNumber };
    const made = await client.getVerifyId(attempt);
    const verifyId = made.ok ? made.verifyId : '';
    vendors.wechat.finish(verifyId, 10_000);
    expect(outcomeOf(await client.queryVerifyInfo({ ...attempt, verifyId }), verifyId)).toMatchObject({ decision: 'passed', code: { system: 'wechat-native', table: 'verify-ret', code: '10000' } });
    vendors.wechat.finish(verifyId, 90_004);
    expect(outcomeOf(await client.queryVerifyInfo({ ...attempt, verifyId }), verifyId)).toMatchObject({ decision: 'rejected', code: { code: '90004' } });
    for (const [verifyRet, code] of [[90_018, '90018'], [90_199, '90199'], [90_020, '66660021']] as const) {
      vendors.wechat.finish(verifyId, verifyRet);
      expect(outcomeOf(await client.queryVerifyInfo({ ...attempt, verifyId }), verifyId)).toMatchObject({ status: 'decided', decision: 'review', code: { code } });
    }
    expect(outcomeOf(await client.queryVerifyInfo({ ...attempt, verifyId: 'other' }), verifyId)).toMatchObject({ decision: 'review', code: { code: '66660021' } });
  });
});
