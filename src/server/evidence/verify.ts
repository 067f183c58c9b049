import type { Bytes } from '../../transport/chain.js';
import { MOTION_JPEG } from '../../transport/protocol.js';
import type { CodeReference, Manifest } from '../../transport/protocol.js';
import type { FieldError } from '../../transport/shape.js';
import type { Session } from '../stores/port.js';
import { checkContainer, compareWithVideo } from './against-video.js';
import { withTimes } from './burst.js';
import { EVIDENCE_CODES, checkEvidence } from './checks.js';
import { checkFrameRate } from './frame-rate.js';
import type { EvidenceFacts, Inspection } from './inspect.js';
import { readJpeg } from './jpeg.js';

/** Evidence that a vendor may see, or the code it is refused with and what does not fit. */
export type Verified = { readonly ok: true; readonly facts: EvidenceFacts } | { readonly ok: false; readonly code: CodeReference; readonly findings: readonly FieldError[] };

/** What {@link verifyEvidence} looks at. */
export interface EvidenceInQuestion {
  readonly session: Pick<Session, 'challenge' | 'limits' | 'takes'>;
  readonly manifest: Manifest;
  /** Of the video. */
  readonly inspection: Inspection;
  /** The best frame's bytes, where the manifest has one. */
  readonly bestFrame: Bytes | undefined;
}

/**
 * Holds what was measured of the evidence against the session's limits, then against what its manifest says. The first kind of
 * fault gives the code; within it everything is named.
 */
export function verifyEvidence({ session, manifest, inspection, bestFrame }: EvidenceInQuestion): Verified {
  const refused = (code: CodeReference, findings: readonly FieldError[] = []): Verified => ({ ok: false, code, findings: findings.slice(0, 50) });
  const limits = { ...session.limits, minDurationMs: Math.max(session.limits.minDurationMs, session.challenge.minimumMs) };
  if (!inspection.readable) {
    const broken = manifest.video.frames ? (inspection.broken ?? []) : [];
    return refused(checkEvidence(inspection, limits) ?? EVIDENCE_CODES.undecodable, broken.map((index) => ({ field: `manifest.video.frames[${index}]`, rule: 'must be a whole JPEG picture of the size of the first' })));
  }
  const container = checkContainer(manifest, inspection, session.takes);
  if (container.length > 0) return refused(EVIDENCE_CODES.undecodable, container);
  const facts = inspection.mediaType === MOTION_JPEG ? withTimes(inspection, manifest.video.frames ?? []) : inspection;
  const code = checkEvidence(facts, limits);
  if (code !== undefined) return refused(code);
  const sparse = checkFrameRate(facts);
  if (sparse.length > 0) return refused(EVIDENCE_CODES.undecodable, sparse);
  const video = compareWithVideo(manifest, facts);
  if (video.length > 0) return refused(EVIDENCE_CODES.spliced, video);
  const picture = checkBestFrame(manifest, bestFrame);
  return picture.length > 0 ? refused(EVIDENCE_CODES.badPicture, picture) : { ok: true, facts };
}

function checkBestFrame({ bestFrame }: Manifest, bytes: Bytes | undefined): readonly FieldError[] {
  if (!bestFrame) return [];
  const picture = bytes && readJpeg(bytes);
  if (!picture || picture.end !== bytes?.length) return [{ field: 'manifest.bestFrame', rule: 'must be one whole JPEG picture' }];
  return (['width', 'height'] as const).flatMap((side) => (picture[side] === bestFrame[side] ? [] : [{ field: `manifest.bestFrame.${side}`, rule: `must be that of the picture, ${picture[side]}` }]));
}
