/** Bytes in memory of their own, as WebCrypto and `fetch` take them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** False in insecure contexts, which have no camera either; always true in Node. */
export function canDigest(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

/** SHA-256 through WebCrypto; see {@link canDigest}. */
export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
}

/** Two lower-case digits a byte. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of {@link toHex}'s text, which has to be one: an even number of hexadecimal digits. */
export function fromHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Standard base64 with padding, of short things such as digests. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

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
