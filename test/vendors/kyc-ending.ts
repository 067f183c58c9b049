import { once } from 'node:events';
import { createKycClient } from '../../src/server/vendors/tencent/kyc.js';
import { KEYS } from './vendor-servers.js';

/* A process that asks for a result, once more twenty minutes later by its own clock, when its tickets are due, and has nothing else to do. */

const [origin = ''] = process.argv.slice(2);
let now = Date.now();
const kyc = createKycClient({ appId: KEYS.kycAppId, secret: KEYS.kycSecret, now: () => now, origin, allowLoopbackHttp: true, timeoutMs: 500, attempts: 1 });
process.send?.(await kyc.query('order1'));
await once(process, 'message');
now += 21 * 60_000;
process.send?.(await kyc.query('order1'));
process.disconnect();
