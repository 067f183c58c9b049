import core from 'crypto-js/core.js';
import { utf8Encode } from './utf8.js';

/** Text, as its UTF-8 bytes, or bytes, in the form crypto-js digests: big-endian words of 32 bits. */
export function toWords(data: string | Uint8Array): ReturnType<typeof core.lib.WordArray.create> {
  const bytes = typeof data === 'string' ? utf8Encode(data) : data;
  const words: number[] = [];
  bytes.forEach((byte, index) => {
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << (24 - 8 * (index & 3)));
  });
  return core.lib.WordArray.create(words, bytes.length);
}
