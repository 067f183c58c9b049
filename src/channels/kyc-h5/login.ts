import { NONCE_PARAMETER, withNonce } from '../../transport/attempt-address.js';
import { readReturnAddress } from '../return-address.js';
import type { TaskAddress } from '../start-redirect.js';
import { checkVendorAddress, LONGEST_ADDRESS } from '../vendor-address.js';
import type { VendorAddressOptions } from '../vendor-address.js';
import type { KycLogin } from '../../transport/protocol.js';
import { RETURN_NAMES } from './return.js';

export type { KycLogin };

/** Options of {@link kycLoginAddress}. */
export interface KycLoginAddressOptions extends VendorAddressOptions {
  readonly login: KycLogin;
  /** Names the attempt in the return address. */
  readonly returnNonce: string;
  /** Where the person comes back to; it stays the page it is, with the nonce and without anything a vendor's page may have left. */
  readonly returnAddress: string;
  /** `App` inside an app's web view, `browser` elsewhere. Default `browser`. */
  readonly from?: 'browser' | 'App';
  /** Whether the vendor's page stays out of the history, so that "back" does not lead to a link that is spent. Default true. */
  readonly replace?: boolean;
}

/** Hosts of the vendor's page. */
const HOSTS = ['qcloud.com', 'tencentcloudapi.com', 'webank.com', 'faceid.qq.com'];

/** What each value may hold: none of it has to be escaped. A space or a `+` in a link breaks the signature on the way. */
const VALUES: { readonly [Name in keyof KycLogin]: RegExp } = {
  origin: /^https?:\/\/[a-z0-9.:[\]-]{1,255}$/i,
  appId: /^[A-Za-z0-9]{1,32}$/,
  version: /^1\.0\.0$/,
  nonce: /^[A-Za-z0-9]{32}$/,
  orderNo: /^[A-Za-z0-9]{1,32}$/,
  userId: /^[\w-]{1,32}$/,
  faceIdName: /^(h5faceId|faceId)$/,
  faceId: /^[\w-]{1,64}$/,
  sign: /^[\dA-Fa-f]{40}$/,
  expiresInMs: /^\d{1,7}$/,
};

/**
 * The address of the vendor's page. Only what the server signed is in it, each value checked, and a field that does not belong there,
 * such as a ticket, is refused. Source: TC 655/32413, 1007/61074, 1007/114178.
 */
export function kycLoginAddress({ login, returnNonce, returnAddress, from = 'browser', replace = true, ...options }: KycLoginAddressOptions): TaskAddress {
  const wrong = (field: string, rule: string): TaskAddress => ({ ok: false, field, rule });
  if (typeof login !== 'object' || login === null) return wrong('login', 'must be an object');
  for (const [name, pattern] of Object.entries(VALUES)) {
    const value: unknown = login[name as keyof KycLogin];
    if ((typeof value !== 'string' && typeof value !== 'number') || !pattern.test(String(value))) return wrong(`login.${name}`, `must match ${pattern.source}`);
  }
  for (const name of Object.keys(login)) if (!Object.prototype.hasOwnProperty.call(VALUES, name)) return wrong(`login.${name.slice(0, 32)}`, 'is not a field of a login');
  const host = checkVendorAddress(login.origin, HOSTS, options);
  if (!host.ok) return wrong('login.origin', host.rule);

  const back = readReturnAddress(returnAddress, [...RETURN_NAMES, NONCE_PARAMETER]).cleaned;
  const url = withNonce(back, returnNonce);
  // The older of the products calls the app `webankAppId`.
  const parameters: readonly (readonly [string, string])[] = [
    [login.faceIdName === 'h5faceId' ? 'webankAppId' : 'appId', login.appId],
    ['version', login.version],
    ['nonce', login.nonce],
    ['orderNo', login.orderNo],
    [login.faceIdName, login.faceId],
    ['url', url],
    // Straight back, without a page of the vendor's that shows the result.
    ['resultType', '1'],
    ['userId', login.userId],
    ['sign', login.sign],
    ['from', from],
    ...(replace ? ([['redirectType', '1']] as const) : []),
  ];
  const address = `${host.url.origin}/api/web/login?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
  return address.length > LONGEST_ADDRESS ? wrong('the page’s address', `is too long: with it the link has ${address.length} of ${LONGEST_ADDRESS} characters`) : { ok: true, address };
}
