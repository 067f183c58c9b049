import sha256 from 'crypto-js/sha256.js';
import { toWords } from './words.js';

/**
 * SHA-256 of a text's UTF-8 bytes, or of bytes: 64 lower-case hexadecimal digits. Synchronous and free of WebCrypto, so that it
 * works in insecure contexts; for short things, a few kilobytes. Media and whatever must be secure go through WebCrypto.
 */
export function sha256Hex(data: string | Uint8Array): string {
  return sha256(toWords(data)).toString();
}
