import sm3 from 'sm-crypto/src/sm3/index.js';
import { utf8Encode } from './utf8.js';

/**
 * SM3 (GB/T 32905-2016) of a text's UTF-8 bytes, or of bytes: 64 lower-case hexadecimal digits. Not in `index.ts`: only servers
 * need it, and a page should not carry it.
 */
export function sm3Hex(data: string | Uint8Array): string {
  return sm3(typeof data === 'string' ? utf8Encode(data) : data);
}
