import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createVendorHttpSimulator } from '../../demo/vendors/http-simulator.js';
import type { VendorHttpSimulator } from '../../demo/vendors/http-simulator.js';

/** Keys of the simulated accounts. None opens anything. */
export const KEYS = {
  antiRush: 'a1'.repeat(16),
  antiFraud: 'b2'.repeat(16),
  expired: 'c3'.repeat(16),
  oneQuery: 'd4'.repeat(16),
  unknown: 'e5'.repeat(16),
  openId: 'JH' + 'f6'.repeat(15),
  otherOpenId: 'JH' + '07'.repeat(15),
  kycAppId: 'IDAtest1',
  kycSecret: 'S'.repeat(64),
  secretId: 'AKID-test',
  secretKey: 'test-secret-key',
  ruleId: '7',
  merchantId: '0NSJ-test',
  certifiedMerchantId: 'cert-0NSJ',
  weChatToken: 'W'.repeat(64),
  weChatOldToken: 'V'.repeat(64),
} as const;

/** People the simulator knows. Their numbers have right check characters and belong to nobody. */
export const ZHANG = { name: '张三', idNumber: '11010519491231002X', mobile: '13123456789' } as const;

/** The simulator behind a real server on loopback. */
export interface VendorServers extends VendorHttpSimulator {
  readonly origin: string;
  /** What every client is given besides its keys. */
  readonly http: { readonly origin: string; readonly allowLoopbackHttp: true };
  /** The clock of the vendors, milliseconds since 1970; set it to move on. */
  readonly clock: { now: number };
  close(): Promise<void>;
}

/** Starts one. @param asks see `VendorHttpSimulatorOptions` */
export async function startVendors({ asks = false }: { readonly asks?: boolean } = {}): Promise<VendorServers> {
  const clock = { now: Date.parse('2026-11-21T08:00:00Z') };
  const now = (): number => clock.now;
  const simulator = createVendorHttpSimulator({
    asks,
    juhe: {
      keys: {
        [KEYS.antiRush]: { product: 'antiRush' },
        [KEYS.antiFraud]: { product: 'anti_fraud', openId: KEYS.openId },
        [KEYS.expired]: { product: 'antiRush', refuse: 10003 },
        [KEYS.oneQuery]: { product: 'antiRush', quota: 1 },
      },
      people: [{ ...ZHANG, riskScore: 63, riskInfo: [{ riskCode: 1101, riskCodeValue: 2 }, { riskCode: 21001, riskCodeValue: 3 }] }],
      accounts: { '13800000000': { level: 'reject', types: [1, 2062] } },
    },
    kyc: { apps: { [KEYS.kycAppId]: KEYS.kycSecret }, now },
    wechat: { accessTokens: () => ({ valid: [KEYS.weChatToken], expired: [KEYS.weChatOldToken] }), now },
    tencentCloud: { secrets: { [KEYS.secretId]: KEYS.secretKey }, now },
    faceId: { secrets: { [KEYS.secretId]: KEYS.secretKey }, ruleIds: [KEYS.ruleId], merchantIds: [KEYS.merchantId, KEYS.certifiedMerchantId], now },
  });
  const server = createAdaptorServer({ fetch: simulator.app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...simulator,
    origin,
    http: { origin, allowLoopbackHttp: true },
    clock,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
