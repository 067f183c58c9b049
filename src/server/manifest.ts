import { canonicalJson } from '../transport/canonical-json.js';
import { chainOf, digestOf } from '../transport/chain.js';
import { MOTION_JPEG } from '../transport/protocol.js';
import type { Manifest, ManifestVideo, SubmissionRequest } from '../transport/protocol.js';
import type { FieldError } from '../transport/shape.js';
import { containerOf } from './evidence/against-video.js';
import { checkRungs } from './evidence/rungs.js';
import { CLOCK_SLACK_MS, checkTimeline } from './evidence/timeline.js';
import { checkParts } from './manifest-parts.js';
import { refuse } from './problem.js';
import type { Refusal } from './problem.js';
import type { StoredSession } from './stores/port.js';

/**
 * Holds a manifest against the session, against what arrived and against itself: bound to this session's nonce, every part as
 * received, all of it under the chain as computed here, and possible.
 */
export async function checkManifest({ manifest, consent }: Pick<SubmissionRequest, 'manifest' | 'consent'>, stored: StoredSession): Promise<Refusal | undefined> {
  const { session } = stored;
  const unbound: FieldError[] = [];
  if (manifest.sessionId !== session.sessionId) unbound.push({ field: 'manifest.sessionId', rule: 'must be the session submitted to' });
  if (manifest.nonce !== session.nonce) unbound.push({ field: 'manifest.nonce', rule: "must be the session's nonce" });
  if (unbound.length > 0) return refuse('nonce-mismatch', 'the manifest belongs to another session', { errors: unbound });

  const wrong: FieldError[] = [];
  if (canonicalJson(manifest.challenge) !== canonicalJson(session.challenge)) {
    wrong.push({ field: 'manifest.challenge', rule: 'must be the challenge the session was opened with' });
  }
  if (canonicalJson(manifest.substitutions ?? []) !== canonicalJson(session.substitutions ?? [])) {
    wrong.push({ field: 'manifest.substitutions', rule: 'must be those the session was asked for with' });
  }
  if (session.takes && !session.takes.includes(containerOf(manifest.video.mediaType))) {
    wrong.push({ field: 'manifest.video.mediaType', rule: `must be ${session.takes.join(' or ')}` });
  }
  if (consent.textDigest !== session.consent.textDigest || consent.textVersion !== session.consent.textVersion) {
    wrong.push({ field: 'consent', rule: 'must be to the text the session was opened with' });
  }
  if (manifest.consentDigest !== (await digestOf(consent))) wrong.push({ field: 'manifest.consentDigest', rule: 'must be the digest of the consent' });
  const parts = checkParts(manifest, stored);
  wrong.push(...parts.wrong, ...checkFrames(manifest.video), ...checkBestFrameTime(manifest), ...checkRungs(manifest), ...checkTimeline(manifest, session.challenge));
  if (manifest.chain !== (await chainOf(manifest))) {
    wrong.push({ field: 'manifest.chain', rule: 'must be the chain over the nonce, the digests of the parts in order, and the manifest' });
  }

  const errors = [...wrong, ...parts.missing].slice(0, 50);
  if (wrong.length > 0) return refuse('manifest-mismatch', wrong.map(({ field, rule }) => `${field} ${rule}`).slice(0, 5).join('; '), { errors });
  return parts.missing.length > 0 ? refuse('part-missing', `${parts.missing.length} parts have not arrived`, { errors }) : undefined;
}

/** A burst lists its pictures, in order and within the recording; a container has times of its own. */
function checkFrames({ mediaType, bytes, durationMs, frames }: ManifestVideo): readonly FieldError[] {
  const field = 'manifest.video.frames';
  if (containerOf(mediaType) !== MOTION_JPEG) return frames ? [{ field, rule: `must not be there: ${containerOf(mediaType)} has times of its own` }] : [];
  if (!frames) return [{ field, rule: `must list the pictures of ${MOTION_JPEG}` }];
  const errors: FieldError[] = frames.reduce((sum, frame) => sum + frame.bytes, 0) === bytes ? [] : [{ field, rule: 'must hold as many bytes as the video' }];
  frames.forEach(({ at }, index) => {
    if (at < 0 || at > durationMs + CLOCK_SLACK_MS) errors.push({ field: `${field}[${index}].at`, rule: 'must lie within the recording' });
    if (at <= (frames[index - 1]?.at ?? -Infinity)) errors.push({ field: `${field}[${index}].at`, rule: 'must be after the picture in front of it' });
  });
  return errors;
}

function checkBestFrameTime({ bestFrame, video }: Manifest): readonly FieldError[] {
  const isWithin = bestFrame === undefined || (bestFrame.at >= -CLOCK_SLACK_MS && bestFrame.at <= video.durationMs + CLOCK_SLACK_MS);
  return isWithin ? [] : [{ field: 'manifest.bestFrame.at', rule: 'must lie within the recording' }];
}
