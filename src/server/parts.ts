import { sha256, toHex } from '../transport/chain.js';
import type { ManifestPart } from '../transport/protocol.js';
import { readBody } from './body.js';
import { refuseUnlessCapture } from './channel-choice.js';
import { readContentDigest } from './content-digest.js';
import { EVIDENCE_CODES } from './evidence/checks.js';
import { logId } from './log.js';
import type { Settings } from './options.js';
import { malformed, noContent, refuse } from './problem.js';
import type { Refusal } from './problem.js';
import { expiredSession, findSession, unknownSession } from './sessions.js';
import type { PartClaim, StoredSession } from './stores/port.js';

/** `PUT sessions/{id}/parts/{n}` */
export async function putPart(request: Request, sessionId: string, number: string, subject: string | undefined, settings: Settings): Promise<Response | Refusal> {
  if (!/^(0|[1-9]\d{0,5})$/.test(number)) return malformed([{ field: 'n', rule: 'must be the part\'s number, from 0, without leading zeros' }]);
  const index = Number(number);
  const digest = readContentDigest(request.headers.get('content-digest'));
  if (!digest.ok) return digest;
  const found = await findSession(sessionId, subject, settings);
  if (!found.ok) return found;
  const elsewhere = refuseUnlessCapture(found.value);
  if (elsewhere) return elsewhere;
  const early = foresee(found.value, index, digest.value, settings.now());
  if (early !== undefined && early !== 'present') return refusalOf(early, found.value, index);

  const { limits, expiresAt } = found.value.session;
  const body = await readBody(request, { maxBytes: limits.maxPartBytes, timeoutMs: settings.partTimeoutMs, stallMs: settings.partStallMs });
  if (!body.ok) return body.name === 'too-large' ? { ...body, code: EVIDENCE_CODES.overSize } : body;
  const bytes = body.value;
  if (bytes.length === 0) return { ...malformed([{ field: 'body', rule: 'must hold at least one byte' }]), code: EVIDENCE_CODES.empty };
  if (toHex(await sha256(bytes)) !== digest.value) return refuse('digest-mismatch', `the ${bytes.length} bytes that arrived do not have the SHA-256 of Content-Digest`);
  if (early === 'present') return noContent();

  const part: ManifestPart = { index, bytes: bytes.length, digest: digest.value };
  // Stored before it is claimed: what the session says it has is there, also after a crash in between.
  if ((await settings.evidence.putPart(sessionId, part, bytes, expiresAt)) === 'full') return refuse('overloaded', 'there is no room for evidence', { headers: { 'retry-after': '5' } });
  const claim = await settings.sessions.claimPart(sessionId, part, settings.now());
  if (claim === 'present') return noContent();
  if (claim !== 'claimed') {
    // Never another request's bytes: those of a claimed part would have made the claim 'present'.
    await settings.evidence.deletePart(sessionId, part);
    return refusalOf(claim, found.value, index);
  }
  settings.log({ level: 'info', event: 'part-stored', session: logId(sessionId) });
  return noContent();
}

/** What the claim will say, before a body is read for it. The claim itself decides. */
function foresee({ session, parts, submission, closedAt }: StoredSession, index: number, digest: string, now: number): Exclude<PartClaim, 'claimed' | 'unknown' | 'too-large'> | undefined {
  const there = parts.find((part) => part.index === index);
  if (there?.digest === digest) return 'present';
  if (submission) return 'used';
  if (closedAt !== undefined || now >= session.expiresAt) return 'expired';
  if (there) return 'conflict';
  return index >= session.limits.maxParts ? 'too-many' : undefined;
}

function refusalOf(claim: Exclude<PartClaim, 'claimed' | 'present'>, { session }: StoredSession, index: number): Refusal {
  switch (claim) {
    case 'unknown':
      return unknownSession();
    case 'used':
      return refuse('session-used', 'the session has been submitted');
    case 'expired':
      return expiredSession(session);
    case 'conflict':
      return refuse('part-conflict', `part ${index} has arrived with another digest`);
    case 'too-many':
      return refuse('too-many-parts', `the session takes parts 0 to ${session.limits.maxParts - 1}`);
    case 'too-large':
      return refuse('too-large', `all parts together may hold ${session.limits.maxBytes} bytes`, { code: EVIDENCE_CODES.overSize });
  }
}
