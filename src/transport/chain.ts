import { fromHex, sha256, toHex } from '../digest/web-crypto.js';

/** What the chain is made of, for both halves of the protocol. */
export { canDigest, fromHex, sha256, toBase64, toHex } from '../digest/web-crypto.js';
export type { Bytes } from '../digest/web-crypto.js';

/**
 * The chain that binds parts to a session and to their order: see `Manifest.chain` in protocol.ts.
 *
 * @param nonce The session's nonce, as sent.
 * @param digests SHA-256 of each part, hex, in order.
 * @returns The last link, hex.
 */
export async function chainOf(nonce: string, digests: readonly string[]): Promise<string> {
  let link = await sha256(Uint8Array.from(nonce, (character) => character.charCodeAt(0)));
  for (const digest of digests) {
    const joined = new Uint8Array(64);
    joined.set(link);
    joined.set(fromHex(digest), 32);
    link = await sha256(joined);
  }
  return toHex(link);
}
