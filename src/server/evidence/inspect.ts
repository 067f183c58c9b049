import { BufferSource, EncodedPacketSink, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';
import { sha256, toHex } from '../../transport/chain.js';
import type { Bytes } from '../../transport/chain.js';
import { inspectBurst, isBurst } from './burst.js';
import { longestGap } from './frame-rate.js';
import { isFrameSyntax } from './frame-syntax.js';
import { LEAST_BYTES } from './marks.js';

/** What was measured of a recording, from its packets and never from a header's claim. */
export interface EvidenceFacts {
  readonly readable: true;
  readonly bytes: number;
  /** Of the container found: `video/webm`, `video/mp4`, `video/x-matroska` (Chrome's H.264 in webm), `video/quicktime`, `video/x-motion-jpeg`. */
  readonly mediaType: string;
  /** `vp8`, `vp9`, `av1`, `avc`, `hevc`, `mjpeg`. */
  readonly codec: string;
  /** As shown: turned and with square pixels. */
  readonly width: number;
  readonly height: number;
  /** From the first frame's start to the last one's end. A burst holds no times: 0 here, and by the manifest's for the vendor. */
  readonly durationMs: number;
  readonly frames: number;
  /** Longest time from one frame to the next, milliseconds; of a burst by the manifest. Absent where an inspector of your own does not measure it. */
  readonly longestGapMs?: number;
  /**
   * SHA-256 of encoded key frames, hex, in order; those of 1,024 bytes and more, 100 at most. The same recording in another
   * container, or cut shorter, has the same. Absent from a burst, and where an inspector of your own does not look at them.
   */
  readonly keyFrames?: readonly string[];
  /** Of a burst only: the bytes of each picture, in order. */
  readonly pictures?: readonly number[];
}

/** Why nothing could be measured. `empty`: no bytes, or a container without a single frame. */
export interface UnreadableEvidence {
  readonly readable: false;
  readonly bytes: number;
  readonly reason: 'empty' | 'undecodable';
  /** Of a burst only: the pictures, from 0, that are not whole or not of the first one's size. */
  readonly broken?: readonly number[];
}

/** See {@link EvidenceFacts} and {@link UnreadableEvidence}. */
export type Inspection = EvidenceFacts | UnreadableEvidence;

/** Looks into a recording. Never rejects: what it cannot make sense of is `undecodable`. */
export type EvidenceInspector = (bytes: Bytes) => Promise<Inspection>;

/** Frames after which counting stops: minutes of video, where sessions last seconds. */
const MAX_FRAMES = 20_000;

/** Recorders make a key frame every second or less often. */
const MAX_KEY_FRAMES = 100;

/**
 * Reads a recording in this very thread. A hostile file can claim billions of frames in a few bytes and so keep the thread
 * busy or use up its memory; the handler therefore runs this in a worker (see `createWorkerInspector`).
 *
 * There is no video decoder on a server. A recording counts as decodable if its container can be walked, its codec is
 * known, its first frame is a key frame, and every frame that is there has its codec's syntax.
 */
export async function inspectEvidence(bytes: Bytes): Promise<Inspection> {
  if (bytes.length === 0) return { readable: false, bytes: 0, reason: 'empty' };
  if (isBurst(bytes)) return inspectBurst(bytes);
  const input = new Input({ formats: [WEBM, MATROSKA, MP4, QTFF], source: new BufferSource(bytes) });
  try {
    return await measure(input, bytes.length);
  } catch {
    // The demuxer throws what it likes on a broken file.
    return { readable: false, bytes: bytes.length, reason: 'undecodable' };
  } finally {
    input.dispose();
  }
}

async function measure(input: Input, bytes: number): Promise<Inspection> {
  const undecodable: Inspection = { readable: false, bytes, reason: 'undecodable' };
  const format = await input.getFormat();
  // Not the primary track: finding that one reads the packets of all.
  const [track] = await input.getVideoTracks();
  const codec = await track?.getCodec();
  if (track === undefined || codec == null) return undecodable;

  const configuration = (await track.getDecoderConfig())?.description;
  const description = configuration && toBytes(configuration);

  let frames = 0;
  const times: number[] = [];
  const keyFrames: string[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) {
    const mayCount = packet.byteLength >= LEAST_BYTES && keyFrames.length < MAX_KEY_FRAMES;
    // By the bitstream where it tells: a container may call any frame what it likes.
    const isKey = (frames === 0 || mayCount) && ((await track.determinePacketType(packet)) ?? packet.type) === 'key';
    if (frames === 0 && !isKey) return undecodable;
    if (isKey && mayCount) keyFrames.push(toHex(await sha256(new Uint8Array(packet.data))));
    // An empty frame behind the first is one the encoder dropped: decoders show the one before it again.
    if ((frames === 0 || packet.byteLength > 0) && !isFrameSyntax(codec, packet.data, description)) return undecodable;
    times.push(packet.timestamp);
    if (++frames >= MAX_FRAMES) break;
  }
  if (frames === 0) return { readable: false, bytes, reason: 'empty' };

  // MediaRecorder's webm says nothing of the last frame's duration; it lasted about as long as the others. A single frame
  // is a picture, whatever duration its file gives it.
  const span = times.reduce((last, time) => Math.max(last, time), -Infinity) - times.reduce((first, time) => Math.min(first, time), Infinity);
  const tail = frames > 1 ? span / (frames - 1) : 0;
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  const facts: EvidenceFacts = { readable: true, bytes, mediaType: format.mimeType, codec, width, height, durationMs: Math.round((span + tail) * 1000), frames, longestGapMs: Math.round(longestGap(times) * 1000), keyFrames };
  return [width, height, facts.durationMs].every(Number.isFinite) ? facts : undecodable;
}

function toBytes(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
}
