import type { Bytes } from '../../transport/chain.js';

/** One whole picture in a file. */
export interface JpegPicture {
  /** Offset of the first byte behind it. */
  readonly end: number;
  /** Pixels, as the frame header says; a decoder makes the picture by the same numbers. */
  readonly width: number;
  readonly height: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const TEM = 0x01;
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
/** SOF0 to SOF2, baseline to progressive: what decoders take. */
const isFrameHeader = (marker: number): boolean => marker >= 0xc0 && marker <= 0xc2;
/** SOF3 and above: lossless, hierarchical, arithmetic. DHT, JPG and DAC lie between them. */
const isForeignFrame = (marker: number): boolean => marker >= 0xc3 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * Walks the markers of the JPEG picture that begins at `start` (ITU-T T.81, annex B): one frame header with a size, a scan
 * behind it, an end. There is no decoder on a server: this tells a whole picture from a cut one and from noise, not a good one
 * from a bad one.
 *
 * @returns `undefined` if it is none
 */
export function readJpeg(bytes: Bytes, start = 0): JpegPicture | undefined {
  const word = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  if (bytes[start] !== 0xff || bytes[start + 1] !== SOI) return undefined;
  let at = start + 2;
  let size: { readonly width: number; readonly height: number } | undefined;
  let scanned = false;
  for (;;) {
    if (bytes[at] !== 0xff) return undefined;
    // Any number of fill bytes may stand in front of a marker.
    while (bytes[at] === 0xff) at += 1;
    const marker = bytes[at];
    at += 1;
    if (marker === undefined) return undefined;
    if (marker === EOI) return size && scanned ? { end: at, ...size } : undefined;
    if (marker === TEM || isRestart(marker)) continue;
    const length = word(at);
    if (marker === 0 || marker === SOI || isForeignFrame(marker) || length < 2 || at + length > bytes.length) return undefined;
    if (isFrameHeader(marker)) {
      if (size || length < 8) return undefined;
      size = { height: word(at + 3), width: word(at + 5) };
      if (size.width === 0 || size.height === 0) return undefined;
    }
    at += length;
    if (marker !== SOS) continue;
    if (!size) return undefined;
    scanned = true;
    at = endOfScan(bytes, at);
  }
}

/** Offset of the next marker that is not part of the scan's own data; the end of the bytes if there is none. */
function endOfScan(bytes: Bytes, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return bytes.length;
    const next = bytes[at + 1];
    if (next !== 0 && (next === undefined || !isRestart(next))) return at;
    at += 2;
  }
}
