/** Name of the parameter of a return address that holds the attempt's nonce. */
export const NONCE_PARAMETER = 'facefront';

/** The address with the attempt's name in it: before the hash, so that a vendor's page, which knows nothing of hashes, can add to it. */
export function withNonce(address: string, nonce: string): string {
  const [, before = address, hash = ''] = /^([^#]*)(#.*)?$/s.exec(address) ?? [];
  return `${before}${before.includes('?') ? '&' : '?'}${NONCE_PARAMETER}=${nonce}${hash}`;
}
