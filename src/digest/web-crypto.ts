/** Bytes in memory of their own, as WebCrypto and `fetch` take them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** False in insecure contexts, which have no camera either; always true in Node. */
export function canDigest(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

/** SHA-256 of bytes, or of a text's UTF-8 bytes, through WebCrypto, which costs a page no code; see {@link canDigest}. */
export async function sha256(data: string | Bytes): Promise<Bytes> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', typeof data === 'string' ? new TextEncoder().encode(data) : data));
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
