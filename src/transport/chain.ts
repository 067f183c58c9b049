import { fromHex, sha256, toHex } from '../digest/web-crypto.js';
import { canonicalJson } from './canonical-json.js';
import type { Manifest } from './manifest.js';

/** What the chain is made of, for both halves of the protocol. */
export { canDigest, fromHex, sha256, toBase64, toHex } from '../digest/web-crypto.js';
export type { Bytes } from '../digest/web-crypto.js';

/**
 * SHA-256 of a JSON value's RFC 8785 form, hex.
 *
 * @throws TypeError for what has no such form; see `canonicalJson`.
 */
export async function digestOf(value: unknown): Promise<string> {
  return toHex(await sha256(new TextEncoder().encode(canonicalJson(value))));
}

/**
 * The chain that binds a manifest, and the parts that it lists in their order, to a session: see {@link Manifest.chain}.
 *
 * @param manifest With or without a chain of its own, which does not count.
 * @returns The last link, hex.
 * @throws TypeError for a manifest that has no RFC 8785 form.
 */
export async function chainOf(manifest: Omit<Manifest, 'chain'>): Promise<string> {
  const { nonce, video, bestFrame } = manifest;
  const parts = [...video.parts, ...(bestFrame?.parts ?? [])];
  let link = await sha256(Uint8Array.from(nonce, (character) => character.charCodeAt(0)));
  for (const digest of [...parts.map((part) => part.digest), await digestOf({ ...manifest, chain: undefined })]) {
    const joined = new Uint8Array(64);
    joined.set(link);
    joined.set(fromHex(digest), 32);
    link = await sha256(joined);
  }
  return toHex(link);
}
