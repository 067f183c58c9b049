/** Digests that vendors ask for and WebCrypto does not have everywhere. One UTF-8 encoder under all of them. */
export { md5Hex } from './md5.js';
export { sha256Hex } from './sha256.js';
export { utf8Encode } from './utf8.js';
