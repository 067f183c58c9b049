import { AbstractClient } from 'tencentcloud-sdk-nodejs-common';
import { KEYS } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

/**
 * The official SDK's `faceid` v20180301 client as `tencentcloud-sdk-nodejs` generates it, on the SDK's own core: it signs, sends and
 * throws as that does. The package with all products is a hundred times as large.
 */
export class OfficialFaceIdClient extends AbstractClient {
  constructor({ origin }: VendorServers, { secretKey = KEYS.secretKey as string, reqTimeout = 1 } = {}) {
    const { host } = new URL(origin);
    super('faceid.tencentcloudapi.com', '2018-03-01', { credential: { secretId: KEYS.secretId, secretKey }, profile: { httpProfile: { endpoint: host, protocol: 'http://', reqTimeout } } });
  }
  DetectAuth(request: object): Promise<object> {
    return this.request('DetectAuth', request);
  }
  GetDetectInfoEnhanced(request: object): Promise<object> {
    return this.request('GetDetectInfoEnhanced', request);
  }
  GetFaceIdToken(request: object): Promise<object> {
    return this.request('GetFaceIdToken', request);
  }
  GetFaceIdResult(request: object): Promise<object> {
    return this.request('GetFaceIdResult', request);
  }
  GetEidToken(request: object): Promise<object> {
    return this.request('GetEidToken', request);
  }
  CheckEidTokenStatus(request: object): Promise<object> {
    return this.request('CheckEidTokenStatus', request);
  }
  GetEidResult(request: object): Promise<object> {
    return this.request('GetEidResult', request);
  }
}
