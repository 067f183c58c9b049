/**
 * The UTF-8 bytes of a text. A lone surrogate becomes U+FFFD, as in the platform's `TextEncoder`, which mini-programs do not have;
 * the encoders of most digest packages throw on one instead.
 */
export function utf8Encode(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (const character of text) {
    const read = character.codePointAt(0) as number;
    const point = read >= 0xd800 && read <= 0xdfff ? 0xfffd : read;
    if (point < 0x80) {
      bytes.push(point);
      continue;
    }
    const following = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    bytes.push(((0xf80 >> following) & 0xff) | (point >> (6 * following)));
    for (let index = following - 1; index >= 0; index--) bytes.push(0x80 | ((point >> (6 * index)) & 0x3f));
  }
  return Uint8Array.from(bytes);
}
