import { createClient } from 'redis';
import { createKycClient } from '../../src/server/vendors/tencent/kyc.js';
import { createRedisTicketStore } from '../../src/server/vendors/tencent/redis-ticket-store.js';
import { KEYS } from './vendor-servers.js';

/* One instance of a backend, as a process that a test can kill: asks for a result as soon as it is there. */

const [redisUrl = '', origin = '', now = ''] = process.argv.slice(2);
const client = createClient({ url: redisUrl });
client.on('error', () => undefined);
await client.connect();
const kyc = createKycClient({ appId: KEYS.kycAppId, secret: KEYS.kycSecret, ticketStore: createRedisTicketStore({ client }), now: () => Number(now), origin, allowLoopbackHttp: true });
process.send?.(await kyc.query('order1'));
