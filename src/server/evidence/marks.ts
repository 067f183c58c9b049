import { sha256, toHex } from '../../transport/chain.js';
import type { Bytes } from '../../transport/chain.js';
import type { EvidenceFacts } from './inspect.js';

/** Below so many bytes two pieces of evidence may well be alike; a camera's noise makes every larger one the only one of its kind. */
export const LEAST_BYTES = 1024;

/** Something of the evidence that is the same however it was cut into parts. */
export interface Mark {
  /** SHA-256, hex. */
  readonly digest: string;
  /** What of the manifest it is of. */
  readonly field: string;
}

/** What {@link marksOf} looks at. */
export interface GatheredEvidence {
  readonly video: Bytes;
  readonly bestFrame: Bytes | undefined;
  readonly facts: EvidenceFacts;
}

/**
 * What the evidence is told again by in another session. The client chooses where it cuts the parts, so their digests alone tell
 * only those apart who do not try: these are of the video and the best frame as a whole, of each picture of a burst, and of the
 * encoded key frames, which come through another container and a cut.
 */
export async function marksOf({ video, bestFrame, facts }: GatheredEvidence): Promise<readonly Mark[]> {
  let offset = 0;
  const pictures = (facts.pictures ?? []).map((length, index) => {
    const bytes = video.subarray(offset, offset + length);
    offset += length;
    return { bytes, field: `manifest.video.frames[${index}]` };
  });
  const pieces = [{ bytes: video, field: 'manifest.video' }, ...pictures, ...(bestFrame ? [{ bytes: bestFrame, field: 'manifest.bestFrame' }] : [])];
  const marks = await Promise.all(pieces.filter(({ bytes }) => bytes.length >= LEAST_BYTES).map(async ({ bytes, field }) => ({ digest: toHex(await sha256(bytes)), field })));
  return [...marks, ...(facts.keyFrames ?? []).map((digest) => ({ digest, field: 'manifest.video' }))];
}
