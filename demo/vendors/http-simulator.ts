import { Hono } from 'hono';
import { createFaultSwitch } from './faults.js';
import type { Fault, FaultSwitch } from './faults.js';
import { createJuheSimulator } from './juhe.js';
import type { JuheOptions } from './juhe.js';
import { createKycSimulator } from './kyc.js';
import type { KycOptions, KycOutcome, KycSimulator } from './kyc.js';
import { createTencentCloudSimulator } from './tencent-cloud.js';
import type { TencentCloudOptions } from './tencent-cloud.js';
import { createFaceIdSimulator } from './tencent-faceid.js';
import type { FaceIdOutcome, FaceIdSimulator, FaceIdSimulatorOptions } from './tencent-faceid.js';
import { createWeChatSimulator } from './wechat.js';
import type { WeChatOptions, WeChatSimulator } from './wechat.js';

/** Options of {@link createVendorHttpSimulator}. */
export interface VendorHttpSimulatorOptions {
  readonly juhe: JuheOptions;
  readonly kyc: KycOptions;
  readonly wechat: WeChatOptions;
  readonly tencentCloud: TencentCloudOptions;
  readonly faceId: FaceIdSimulatorOptions;
  /** Both kinds of vendor's pages ask how a check ends; see {@link KycOptions.asks}. Default false. */
  readonly asks?: boolean;
}

/** The vendors' servers. */
export interface VendorHttpSimulator {
  readonly app: Hono;
  readonly faults: FaultSwitch;
  readonly juhe: ReturnType<typeof createJuheSimulator>;
  readonly kyc: KycSimulator;
  readonly wechat: WeChatSimulator;
  readonly faceId: FaceIdSimulator;
}

/**
 * All vendors behind one origin, each under its documented paths. Over HTTP, `POST /simulator/fault` takes a {@link Fault}, `DELETE`
 * ends it; `POST /simulator/kyc-outcome` and `POST /simulator/faceid-outcome` take what the next checks on the vendors' pages come to.
 */
export function createVendorHttpSimulator(options: VendorHttpSimulatorOptions): VendorHttpSimulator {
  const { asks = false } = options;
  const faults = createFaultSwitch();
  const juhe = createJuheSimulator(options.juhe);
  const kyc = createKycSimulator({ ...options.kyc, asks });
  const wechat = createWeChatSimulator(options.wechat);
  const faceId = createFaceIdSimulator({ ...options.faceId, asks });
  const app = new Hono();
  app.post('/simulator/fault', async (context) => {
    faults.set((await context.req.json()) as Fault);
    return context.body(null, 204);
  });
  app.delete('/simulator/fault', (context) => {
    faults.clear();
    return context.body(null, 204);
  });
  app.post('/simulator/kyc-outcome', async (context) => {
    kyc.setOutcome((await context.req.json()) as KycOutcome);
    return context.body(null, 204);
  });
  app.post('/simulator/faceid-outcome', async (context) => {
    faceId.setOutcome((await context.req.json()) as FaceIdOutcome);
    return context.body(null, 204);
  });
  app.use(faults.middleware);
  for (const vendor of [juhe.app, kyc.app, wechat.app, createTencentCloudSimulator(options.tencentCloud), faceId.app]) app.route('/', vendor);
  return { app, faults, juhe, kyc, wechat, faceId };
}
