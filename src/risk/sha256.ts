import { canDigest, sha256, toHex } from '../digest/web-crypto.js';

/**
 * SHA-256 of a text's UTF-8 bytes, 64 lower-case hexadecimal digits, by WebCrypto: unlike the digest room's it costs the page no
 * code, but insecure contexts have none, and get `undefined`.
 */
export async function sha256OfText(text: string): Promise<string | undefined> {
  return canDigest() ? toHex(await sha256(text)) : undefined;
}
