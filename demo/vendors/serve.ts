import { createAdaptorServer } from '@hono/node-server';
import { createDemoVendors } from './demo-account.js';

/*
 * The vendors' servers on loopback, for trying a backend without an account: `PORT` chooses the port, 0 lets the system choose. With
 * `ASKS=1` their pages ask how a check ends; otherwise they send the person back at once.
 */

const HOST = '127.0.0.1';

const { app } = createDemoVendors({ asks: process.env['ASKS'] === '1' });
const server = createAdaptorServer({ fetch: app.fetch });
server.listen(Number(process.env['PORT'] ?? 8788), HOST, () => {
  const address = server.address();
  console.log(`vendor simulator: http://${HOST}:${typeof address === 'object' ? address?.port : ''}/ (AppKeys 0…, 1…, 2…; WBappid IDAdemo1, secret demo-secret; access_token demo-token; SecretId AKID-demo, SecretKey demo-secret, RuleId 1, MerchantId demo-merchant)`);
});
