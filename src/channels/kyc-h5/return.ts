import type { CodeReference } from '../../codes/entry.js';
import { kycReturnReference } from '../../codes/interpret/kyc-return.js';

/** Everything the vendor's page is known to add to a return address. */
export const RETURN_NAMES = ['code', 'orderNo', 'h5faceId', 'faceId', 'newSignature', 'newSign', 'liveRate', 'faceCode', 'willCode'] as const;

/** What each may hold; anything else is left out. */
const VALUES: { readonly [Name in (typeof RETURN_NAMES)[number]]: RegExp } = {
  code: /^-?\d{1,12}$/,
  orderNo: /^[A-Za-z0-9]{1,32}$/,
  h5faceId: /^[\w-]{1,64}$/,
  faceId: /^[\w-]{1,64}$/,
  newSignature: /^[\dA-Fa-f]{40}$/,
  newSign: /^[\dA-Fa-f]{40}$/,
  liveRate: /^\d{1,3}(\.\d{1,6})?$/,
  faceCode: /^-?\d{1,12}$/,
  willCode: /^-?\d{1,12}$/,
};

/** What came back. Whether the signature is the vendor's, only the server can tell. */
export interface KycReturned {
  readonly tokens: Readonly<Record<string, string>>;
  /** Absent where every code is 0. */
  readonly code?: CodeReference;
}

/** What speaks for a return: our nonce in the address, an attempt of this tab that has not come back, or nothing of ours. */
export type ReturnMark = 'nonce' | 'attempt' | 'none';

/** Source: TC 655/18936, 1007/35895 (`newSign`), 1007/77308 (`faceCode`, `willCode`). `undefined` for an address of another kind. */
export function readKycReturn(values: ReadonlyMap<string, string>, mark: ReturnMark): KycReturned | undefined {
  const tokens: Record<string, string> = {};
  for (const name of RETURN_NAMES) {
    const value = values.get(name);
    if (value !== undefined && VALUES[name].test(value)) tokens[name] = value;
  }
  const { code, orderNo, newSignature, newSign, h5faceId, faceId } = tokens;
  // Other pages come back with a `code` as well. Where the camera cannot be used at all, the vendor's page may give nothing else.
  const isOrders = orderNo !== undefined && (mark === 'attempt' || (newSignature ?? newSign ?? h5faceId ?? faceId) !== undefined);
  if (code === undefined || !(mark === 'nonce' || isOrders)) return undefined;
  const failed = kycReturnReference(tokens);
  return { tokens, ...(failed && { code: failed }) };
}
