import { createVendorHttpSimulator } from './http-simulator.js';
import type { VendorHttpSimulator } from './http-simulator.js';

/** Keys of the account that the simulated vendors know. None opens anything. */
export const DEMO_ACCOUNT = {
  antiRush: '0'.repeat(32),
  antiFraud: '1'.repeat(32),
  expired: '2'.repeat(32),
  kycAppId: 'IDAdemo1',
  kycSecret: 'demo-secret',
  weChatToken: 'demo-token',
  secretId: 'AKID-demo',
  secretKey: 'demo-secret',
  ruleId: '1',
  merchantId: 'demo-merchant',
} as const;

/** Somebody whom the simulated vendors know. The number has a right check character and belongs to nobody. */
export const DEMO_PERSON = { name: '张三', idNumber: '11010519491231002X', mobile: '13123456789' } as const;

/** The vendors with that account. @param asks whether their pages ask how a check ends */
export function createDemoVendors({ asks }: { readonly asks: boolean }): VendorHttpSimulator {
  const { antiRush, antiFraud, expired, kycAppId, kycSecret, weChatToken, secretId, secretKey, ruleId, merchantId } = DEMO_ACCOUNT;
  return createVendorHttpSimulator({
    asks,
    juhe: {
      keys: { [antiRush]: { product: 'antiRush' }, [antiFraud]: { product: 'anti_fraud', openId: 'JHdemo' }, [expired]: { product: 'antiRush', refuse: 10003 } },
      people: [{ ...DEMO_PERSON, riskScore: 63, riskInfo: [{ riskCode: 1101, riskCodeValue: 2 }] }],
      accounts: { '13800000000': { level: 'reject', types: [1, 2062] } },
    },
    kyc: { apps: { [kycAppId]: kycSecret } },
    wechat: { accessTokens: () => ({ valid: [weChatToken] }) },
    tencentCloud: { secrets: { [secretId]: secretKey } },
    faceId: { secrets: { [secretId]: secretKey }, ruleIds: [ruleId], merchantIds: [merchantId] },
  });
}
