/**
 * Whether a frame's first bytes are what its codec writes. There is no decoder on a server; this tells a bitstream from
 * noise, from zeros and from another codec, not a good picture from a bad one.
 *
 * @param description The codec's configuration record (`avcC`, `hvcC`), where it has one.
 */
export function isFrameSyntax(codec: string, frame: Uint8Array, description: Uint8Array | undefined): boolean {
  switch (codec) {
    case 'vp8':
      return isVp8Frame(frame);
    case 'vp9':
      // VP9 bitstream specification, 6.2: frame_marker is 2.
      return byte(frame, 0) >> 6 === 2;
    case 'av1':
      // AV1 specification, 5.3.2: the forbidden and the reserved bit of an OBU header are 0.
      return (byte(frame, 0) & 0b1000_0001) === 0;
    case 'avc':
      return description === undefined || areNalUnits(frame, (byte(description, 4) & 0b11) + 1);
    case 'hevc':
      return description === undefined || areNalUnits(frame, (byte(description, 21) & 0b11) + 1);
    default:
      return true;
  }
}

/** RFC 6386 §9.1: the first partition fits into the frame, a key frame has its start code. */
function isVp8Frame(frame: Uint8Array): boolean {
  const tag = byte(frame, 0) | (byte(frame, 1) << 8) | (byte(frame, 2) << 16);
  const isKey = (tag & 1) === 0;
  const header = isKey ? 10 : 3;
  if (isKey && (byte(frame, 3) !== 0x9d || byte(frame, 4) !== 0x01 || byte(frame, 5) !== 0x2a)) return false;
  return header + (tag >> 5) <= frame.length;
}

/** ISO/IEC 14496-15: units, each behind its length, fill the frame; the first bit of each is 0. */
function areNalUnits(frame: Uint8Array, lengthSize: number): boolean {
  let offset = 0;
  while (offset < frame.length) {
    let length = 0;
    for (let index = 0; index < lengthSize; index++) length = length * 256 + byte(frame, offset + index);
    offset += lengthSize;
    if (length === 0 || offset + length > frame.length || byte(frame, offset) >= 0x80) return false;
    offset += length;
  }
  return true;
}

/** 0 past the end, where no rule of this file holds. */
function byte(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
