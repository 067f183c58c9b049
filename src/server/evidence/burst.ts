import type { Bytes } from '../../transport/chain.js';
import { MOTION_JPEG } from '../../transport/protocol.js';
import type { ManifestFrame } from '../../transport/protocol.js';
import type { EvidenceFacts, Inspection } from './inspect.js';
import { longestGap } from './frame-rate.js';
import { readJpeg } from './jpeg.js';

/** Pictures after which looking stops. */
const MAX_PICTURES = 20_000;

/** Longest time that the last picture is taken to have lasted. */
const LAST_PICTURE_MS = 1000;

/** Whether the bytes begin as a JPEG picture does. */
export function isBurst(bytes: Bytes): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** Finds the pictures of a burst by themselves, whatever anybody says of their lengths. All of them have to be whole and of one size. */
export function inspectBurst(bytes: Bytes): Inspection {
  const pictures: number[] = [];
  const broken: number[] = [];
  let size: { readonly width: number; readonly height: number } | undefined;
  for (let offset = 0; offset < bytes.length && pictures.length < MAX_PICTURES; ) {
    const picture = readJpeg(bytes, offset);
    size ??= picture;
    if (!picture || picture.width !== size?.width || picture.height !== size.height) broken.push(pictures.length);
    const end = picture?.end ?? nextPicture(bytes, offset + 2);
    pictures.push(end - offset);
    offset = end;
  }
  if (!size || broken.length > 0) return { readable: false, bytes: bytes.length, reason: 'undecodable', broken };
  const { width, height } = size;
  return { readable: true, bytes: bytes.length, mediaType: MOTION_JPEG, codec: 'mjpeg', width, height, durationMs: 0, frames: pictures.length, pictures };
}

/** What was measured of a burst, with the length that the client's times give it: the pictures themselves have none. */
export function withTimes(facts: EvidenceFacts, frames: readonly ManifestFrame[]): EvidenceFacts {
  const first = frames[0]?.at ?? 0;
  const span = (frames[frames.length - 1]?.at ?? 0) - first;
  const tail = frames.length > 1 ? Math.min(LAST_PICTURE_MS, span / (frames.length - 1)) : 0;
  return { ...facts, durationMs: Math.round(span + tail), longestGapMs: Math.round(longestGap(frames.map(({ at }) => at))) };
}

function nextPicture(bytes: Bytes, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff) return at;
  }
  return bytes.length;
}
