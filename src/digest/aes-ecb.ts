import aes from 'crypto-js/aes.js';
import ecb from 'crypto-js/mode-ecb.js';
import { toWords } from './words.js';

/**
 * AES-128/ECB/PKCS5Padding of a text's UTF-8 bytes, as base64. Only for vendors that demand it: equal texts give equal results,
 * and nothing shows that they were altered. Not in `index.ts`: a key is a server's.
 *
 * @param key 16 ASCII characters.
 */
export function aesEcbBase64(text: string, key: string): string {
  // PKCS7, crypto-js' default, is what Java calls PKCS5Padding.
  return aes.encrypt(toWords(text), toWords(key), { mode: ecb }).toString();
}
