import type { Channel } from './channel.js';
import { createTokenRedirectChannel } from './token-redirect.js';
import type { TokenRedirectOptions, TokenRedirectTask } from './token-redirect.js';

/** E证通 as an H5 page: `GetEidToken` gave the address, `token` comes back. Source: TC 1007/54089. */
export function createEidH5Channel(options: TokenRedirectOptions = {}): Channel<TokenRedirectTask> {
  return createTokenRedirectChannel({ name: 'eid-h5', parameter: 'token', isCommonName: true, hosts: ['faceid.qq.com', 'open.weixin.qq.com', 'tencentcloudapi.com'] }, options);
}
