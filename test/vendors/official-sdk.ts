import { FaceIdSdk } from '../../demo/vendors/faceid-sdk.js';
import { KEYS } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

/** The official SDK's client, with the keys of the tests' account. */
export class OfficialFaceIdClient extends FaceIdSdk {
  constructor({ origin }: Pick<VendorServers, 'origin'>, { secretKey = KEYS.secretKey as string, reqTimeout = 1 } = {}) {
    super({ origin, secretId: KEYS.secretId, secretKey, reqTimeout });
  }
}
