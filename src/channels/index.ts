/** `facefront/channels`: the ways to verify that lead through a vendor's own page. */
export type { Channel, ChannelFailed, ChannelName, ChannelResult, ChannelReturned, ChannelState, ChannelTask } from './channel.js';
export { createDetectAuthH5Channel } from './detectauth-h5.js';
export { createEidH5Channel } from './eid-h5.js';
export { createKycH5Channel, kycLoginAddress } from './kyc-h5/index.js';
export type { KycH5Options, KycH5Task, KycLogin, KycLoginAddressOptions } from './kyc-h5/index.js';
export type { AskFinished } from './await-finished.js';
export { webRedirectPage } from './redirect-page.js';
export type { RedirectPage } from './redirect-page.js';
export { NONCE_PARAMETER } from '../transport/attempt-address.js';
export type { TokenRedirectOptions, TokenRedirectTask } from './token-redirect.js';
export type { VendorAddressOptions } from './vendor-address.js';
