import { canDigest, fromHex, sha256, toHex } from '../digest/web-crypto.js';
import type { Primitives } from '../platform/port.js';
import { canonicalJson } from './canonical-json.js';
import type { Manifest } from './manifest.js';

/** What the chain is made of, for both halves of the protocol. */
export { canDigest, fromHex, sha256, toBase64, toHex } from '../digest/web-crypto.js';
export type { Bytes } from '../digest/web-crypto.js';

/** Where SHA-256 comes from: a platform that has its own, or WebCrypto. */
export type DigestHost = Partial<Pick<Primitives, 'sha256'>>;

/** SHA-256 as this host has it; `undefined` where it has none. */
export function digesterOf(host: DigestHost): Primitives['sha256'] | undefined {
  return host.sha256 ?? (canDigest() ? sha256 : undefined);
}

/**
 * SHA-256 of a JSON value's RFC 8785 form, hex.
 *
 * @param host Default WebCrypto; a mini-program's platform.
 * @throws TypeError for what has no such form; see `canonicalJson`.
 */
export async function digestOf(value: unknown, host: DigestHost = {}): Promise<string> {
  return toHex(await (host.sha256 ?? sha256)(canonicalJson(value)));
}

/**
 * The chain that binds a manifest, and the parts that it lists in their order, to a session: see {@link Manifest.chain}.
 *
 * @param manifest With or without a chain of its own, which does not count.
 * @param host As for {@link digestOf}.
 * @returns The last link, hex.
 * @throws TypeError for a manifest that has no RFC 8785 form.
 */
export async function chainOf(manifest: Omit<Manifest, 'chain'>, host: DigestHost = {}): Promise<string> {
  const hash = host.sha256 ?? sha256;
  const { nonce, video, bestFrame } = manifest;
  const parts = [...video.parts, ...(bestFrame?.parts ?? [])];
  let link = await hash(Uint8Array.from(nonce, (character) => character.charCodeAt(0)));
  for (const digest of [...parts.map((part) => part.digest), await digestOf({ ...manifest, chain: undefined }, host)]) {
    const joined = new Uint8Array(64);
    joined.set(link);
    joined.set(fromHex(digest), 32);
    link = await hash(joined);
  }
  return toHex(link);
}
