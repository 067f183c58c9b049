import { randomUUID } from 'node:crypto';
import type { HandlerOptions, VendorPort } from '../src/server/index.js';
import { createDetectAuthAttempts, createEidAttempts, createEidClient, createFaceIdClient, createKycAttempts, createKycClient } from '../src/server/vendors/index.js';
import { DEMO_ACCOUNT, DEMO_PERSON } from './vendors/demo-account.js';
import { FaceIdSdk } from './vendors/faceid-sdk.js';

/** Names the channel that the next session is to go. Without it, and where the client does not offer it, `capture`. */
export const CHANNEL_HEADER = 'x-simulated-channel';

/** The page that people come back to. */
export const CHANNEL_PAGE = '/channel/';

/** The demo's own choice, through the vendors' real protocols, and who decides about what comes back. */
export interface DemoChannels {
  readonly channel: NonNullable<HandlerOptions['channel']>;
  readonly confirm: NonNullable<VendorPort['confirm']>;
}

/** @param vendorOrigin where the simulated vendors are, on loopback */
export function createDemoChannels({ vendorOrigin }: { readonly vendorOrigin: string }): DemoChannels {
  const { kycAppId, kycSecret, secretId, secretKey, ruleId, merchantId } = DEMO_ACCOUNT;
  const sdk = new FaceIdSdk({ origin: vendorOrigin, secretId, secretKey });
  const onFailure = (detail: string): void => console.error(detail);
  const kyc = createKycAttempts({ client: createKycClient({ appId: kycAppId, secret: kycSecret, origin: vendorOrigin, allowLoopbackHttp: true }), onFailure });
  const faceId = createDetectAuthAttempts({ client: createFaceIdClient({ sdk, ruleId, allowLoopbackHttp: true }), onFailure });
  const eid = createEidAttempts({ client: createEidClient({ sdk, merchantId, allowLoopbackHttp: true }), onFailure });

  const { name, idNumber } = DEMO_PERSON;
  return {
    async channel(request) {
      const wanted = request.headers.get(CHANNEL_HEADER) ?? 'capture';
      // Browsers send it with every POST.
      const redirectUrl = `${request.headers.get('origin') ?? ''}${CHANNEL_PAGE}`;
      switch (request.channels.find((offered) => offered === wanted)) {
        case 'kyc-h5':
          // The vendor gives a user one ticket in two seconds; whoever tries the demo should not wait for that.
          return kyc.begin(request, { userId: randomUUID().slice(0, 32), name, idNumber });
        case 'detectauth-h5':
          return faceId.begin(request, { redirectUrl, name, idNumber });
        case 'eid-h5':
          return eid.begin(request, { redirectUrl, name, idNumber });
        default:
          return { channel: 'capture' };
      }
    },
    async confirm(question) {
      const attempts = { 'kyc-h5': kyc, 'detectauth-h5': faceId, 'eid-h5': eid }[question.channel];
      if (!attempts) throw new TypeError(`no channel ${question.channel}`);
      return attempts.confirm(question);
    },
  };
}
