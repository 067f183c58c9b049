import { sha256Hex } from '../../../digest/sha256.js';
import { utf8Encode } from '../../../digest/utf8.js';
import { toBase64 } from '../../../transport/chain.js';

/**
 * `cert_hash` of an identity card, as WeChat wants it: SHA-256, lower-case hexadecimal, of the type, name and number in base64.
 * Source: WeChat, api_getfaceidentifyimage.
 */
export function certHash(name: string, idNumber: string): string {
  const base64 = (text: string): string => toBase64(utf8Encode(text));
  return sha256Hex(`cert_type=${base64('IDENTITY_CARD')}&cert_name=${base64(name)}&cert_no=${base64(idNumber)}`);
}
