import type { CodeReference, SessionLimits } from '../../transport/protocol.js';
import type { Inspection } from './inspect.js';

const sdk = (code: string): CodeReference => ({ system: 'faceid-sdk', table: 'result', code });

/** The vendor codes that evidence is refused with before any vendor is asked (and paid). */
export const EVIDENCE_CODES = {
  /** The recording is shorter than `minDurationMs`. */
  tooShort: { system: 'faceid-wechat', table: 'liveness-silent', code: '1303' },
  /** Shorter side below `minWidth` or longer side below `minHeight`. */
  tooSmall: sdk('-5015'),
  /** More bytes than `maxBytes`. */
  overSize: sdk('400601'),
  /** No bytes, or no frame. */
  empty: sdk('66664001'),
  /** Not a video that can be read to its end, one longer than `maxDurationMs`, or one of too few frames: "format or size of the video is not valid". */
  undecodable: sdk('66660016'),
  /** The manifest tells of another video than this: "suspected of being spliced". */
  spliced: sdk('-15003'),
  /** The best frame is no picture, or not the one that the manifest tells of. */
  badPicture: sdk('66660045'),
  /** The same bytes came in another session: "the video was not recorded in real time". */
  replayed: sdk('400604'),
} as const satisfies Record<string, CodeReference>;

/** The code a recording is refused with; `undefined` if a vendor may see it. */
export function checkEvidence(inspection: Inspection, limits: SessionLimits): CodeReference | undefined {
  if (inspection.bytes > limits.maxBytes) return EVIDENCE_CODES.overSize;
  if (!inspection.readable) return inspection.reason === 'empty' ? EVIDENCE_CODES.empty : EVIDENCE_CODES.undecodable;
  const { width, height, durationMs } = inspection;
  if (durationMs < limits.minDurationMs) return EVIDENCE_CODES.tooShort;
  if (durationMs > limits.maxDurationMs) return EVIDENCE_CODES.undecodable;
  if (Math.min(width, height) < limits.minWidth || Math.max(width, height) < limits.minHeight) return EVIDENCE_CODES.tooSmall;
  return undefined;
}
