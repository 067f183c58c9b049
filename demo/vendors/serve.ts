import { createAdaptorServer } from '@hono/node-server';
import { createVendorHttpSimulator } from './http-simulator.js';

/* The vendors' servers on loopback, for trying a backend without an account: `PORT` chooses the port, 0 lets the system choose. */

const HOST = '127.0.0.1';
const KEY = '0'.repeat(32);

const { app } = createVendorHttpSimulator({
  juhe: {
    keys: { [KEY]: { product: 'antiRush' }, ['1'.repeat(32)]: { product: 'anti_fraud', openId: 'JHdemo' }, ['2'.repeat(32)]: { product: 'antiRush', refuse: 10003 } },
    people: [{ name: '张三', idNumber: '11010519491231002X', mobile: '13123456789', riskScore: 63, riskInfo: [{ riskCode: 1101, riskCodeValue: 2 }] }],
    accounts: { '13800000000': { level: 'reject', types: [1, 2062] } },
  },
  kyc: { apps: { IDAdemo1: 'demo-secret' } },
  wechat: { accessTokens: () => ({ valid: ['demo-token'] }) },
  tencentCloud: { secrets: { 'AKID-demo': 'demo-secret' } },
  faceId: { secrets: { 'AKID-demo': 'demo-secret' }, ruleIds: ['1'], merchantIds: ['demo-merchant'] },
});
const server = createAdaptorServer({ fetch: app.fetch });
server.listen(Number(process.env['PORT'] ?? 8788), HOST, () => {
  const address = server.address();
  console.log(`vendor simulator: http://${HOST}:${typeof address === 'object' ? address?.port : ''}/ (AppKeys 0…, 1…, 2…; WBappid IDAdemo1, secret demo-secret; access_token demo-token; SecretId AKID-demo, SecretKey demo-secret, RuleId 1, MerchantId demo-merchant)`);
});
