import { AbstractClient } from 'tencentcloud-sdk-nodejs-common';

/** How the cloud is reached. */
export interface FaceIdSdkOptions {
  /** Of the simulator. */
  readonly origin: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** Seconds for one call. Default 10. */
  readonly reqTimeout?: number;
}

/**
 * The official SDK's `faceid` v20180301 client as `tencentcloud-sdk-nodejs` generates it, on the SDK's own core: it signs, sends and
 * throws as that does. The package with all products is a hundred times as large.
 */
export class FaceIdSdk extends AbstractClient {
  constructor({ origin, secretId, secretKey, reqTimeout = 10 }: FaceIdSdkOptions) {
    const { host } = new URL(origin);
    super('faceid.tencentcloudapi.com', '2018-03-01', { credential: { secretId, secretKey }, profile: { httpProfile: { endpoint: host, protocol: 'http://', reqTimeout } } });
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
