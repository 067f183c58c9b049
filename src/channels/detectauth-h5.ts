import type { Channel } from './channel.js';
import { createTokenRedirectChannel } from './token-redirect.js';
import type { TokenRedirectOptions, TokenRedirectTask } from './token-redirect.js';

/** Tencent FaceID in WeChat (浮层 H5, 普通 H5): `DetectAuth` gave the address, `BizToken` comes back. Source: TC 1007/78124, 1007/103091. */
export function createDetectAuthH5Channel(options: TokenRedirectOptions = {}): Channel<TokenRedirectTask> {
  return createTokenRedirectChannel({ name: 'detectauth-h5', parameter: 'BizToken', isCommonName: false, hosts: ['faceid.qq.com', 'open.weixin.qq.com', 'tencentcloudapi.com'] }, options);
}
