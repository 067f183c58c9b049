import md5 from 'crypto-js/md5.js';
import { toWords } from './words.js';

/**
 * MD5 of a text's UTF-8 bytes, or of bytes: 32 lower-case hexadecimal digits. Only for what vendors demand as MD5: it hides
 * nothing that can be guessed, such as a telephone number.
 */
export function md5Hex(data: string | Uint8Array): string {
  return md5(toWords(data)).toString();
}
