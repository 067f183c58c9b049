import { chainOf } from '../transport/chain.js';
import type { ConsentRecord, Manifest } from '../transport/protocol.js';
import type { FieldError } from '../transport/shape.js';
import { refuse } from './problem.js';
import type { Refusal } from './problem.js';
import type { StoredSession } from './stores/port.js';

/**
 * Holds a manifest against the session and against what arrived: bound to this session's nonce, parts without gaps, every
 * digest as received, the chain as computed here. A video over the session's size is not expected to have arrived.
 */
export async function checkManifest({ manifest, consent }: { readonly manifest: Manifest; readonly consent: ConsentRecord }, { session, parts }: StoredSession): Promise<Refusal | undefined> {
  const unbound: FieldError[] = [];
  if (manifest.sessionId !== session.sessionId) unbound.push({ field: 'manifest.sessionId', rule: 'must be the session submitted to' });
  if (manifest.nonce !== session.nonce) unbound.push({ field: 'manifest.nonce', rule: "must be the session's nonce" });
  if (unbound.length > 0) return refuse('nonce-mismatch', 'the manifest belongs to another session', { errors: unbound });

  const { video } = manifest;
  const wrong: FieldError[] = [];
  const missing: FieldError[] = [];
  if (!isSameJson(manifest.challenge, session.challenge)) {
    wrong.push({ field: 'manifest.challenge', rule: 'must be the challenge the session was opened with' });
  }
  if (session.takes && !session.takes.includes(containerOf(video.mediaType))) {
    wrong.push({ field: 'manifest.video.mediaType', rule: `must be ${session.takes.join(' or ')}` });
  }
  if (consent.textDigest !== session.consent.textDigest || consent.textVersion !== session.consent.textVersion) {
    wrong.push({ field: 'consent', rule: 'must be to the text the session was opened with' });
  }
  if (video.parts.reduce((sum, part) => sum + part.bytes, 0) !== video.bytes) wrong.push({ field: 'manifest.video.bytes', rule: 'must be the sum of the parts' });
  if (manifest.chain !== (await chainOf(session.nonce, video.parts.map((part) => part.digest)))) {
    wrong.push({ field: 'manifest.chain', rule: 'must be the chain over the nonce and the digests of the parts in order' });
  }
  const expected = video.bytes <= session.limits.maxBytes;
  const arrived = new Map(parts.map((part) => [part.index, part]));
  video.parts.forEach((part, position) => {
    const field = `manifest.video.parts[${position}]`;
    const there = arrived.get(part.index);
    if (part.index !== position) wrong.push({ field: `${field}.index`, rule: `must be ${position}: parts are listed from 0 without gaps` });
    else if (expected && there === undefined) missing.push({ field, rule: 'must have arrived' });
    else if (there !== undefined && there.digest !== part.digest) wrong.push({ field: `${field}.digest`, rule: 'must be the digest of the part that arrived' });
    else if (there !== undefined && there.bytes !== part.bytes) wrong.push({ field: `${field}.bytes`, rule: 'must be the size of the part that arrived' });
  });
  for (const { index } of parts) if (index >= video.parts.length) wrong.push({ field: 'manifest.video.parts', rule: `must list part ${index}, which arrived` });

  const errors = [...wrong, ...missing].slice(0, 50);
  if (wrong.length > 0) return refuse('manifest-mismatch', wrong.map(({ field, rule }) => `${field} ${rule}`).slice(0, 5).join('; '), { errors });
  return missing.length > 0 ? refuse('part-missing', `${missing.length} of ${video.parts.length} parts have not arrived`, { errors }) : undefined;
}

/** A media type without its parameters. */
function containerOf(mediaType: string): string {
  return mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The same value, in whatever order its fields were written. */
function isSameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [own, other] = [Object.entries(a), new Map(Object.entries(b))];
  return own.length === other.size && own.every(([key, value]) => other.has(key) && isSameJson(value, other.get(key)));
}
