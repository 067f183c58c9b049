import { toHex } from '../../../transport/chain.js';

/**
 * The vendor's signature: the values in dictionary order (of UTF-16 units, as Java sorts), put together, SHA-1, 40 upper-case
 * hexadecimal digits. Source: TC 655/32412, 1007/114177.
 *
 * @throws TypeError where a value is missing: an empty one would be signed over silently, and refused by the vendor.
 */
export async function kycSign(values: readonly string[]): Promise<string> {
  if (values.some((value) => typeof value !== 'string' || value === '')) throw new TypeError('every value of a signature must be a text that is not empty');
  const bytes = new TextEncoder().encode([...values].sort().join(''));
  return toHex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-1', bytes))).toUpperCase();
}

/** Whether two signatures are the same, in either case; takes as long for a near miss as for any other. */
export function isSameSignature(one: string, other: string): boolean {
  const [left, right] = [one.toUpperCase(), other.toUpperCase()];
  let difference = left.length ^ right.length;
  for (let index = 0; index < left.length; index++) difference |= left.charCodeAt(index) ^ right.charCodeAt(index % Math.max(1, right.length));
  return difference === 0;
}
