import type { Manifest, ManifestPart } from '../transport/protocol.js';
import type { FieldError } from '../transport/shape.js';
import { LEAST_BYTES } from './evidence/marks.js';
import type { StoredSession } from './stores/port.js';

/** Every part that a manifest lists, with its place in it, in the order of the chain. */
export function listedParts({ video, bestFrame }: Manifest): readonly { readonly part: ManifestPart; readonly field: string }[] {
  const named = (parts: readonly ManifestPart[], owner: string) => parts.map((part, position) => ({ part, field: `manifest.${owner}.parts[${position}]` }));
  return [...named(video.parts, 'video'), ...named(bestFrame?.parts ?? [], 'bestFrame')];
}

/** The digests by which this evidence is told again in another session before its parts are put together. */
export function evidenceDigests(manifest: Manifest): readonly string[] {
  return [...new Set(listedParts(manifest).filter(({ part }) => part.bytes >= LEAST_BYTES).map(({ part }) => part.digest))];
}

/** Bytes of all the evidence, as the manifest says. */
export function evidenceBytes({ video, bestFrame }: Manifest): number {
  return video.bytes + (bestFrame?.bytes ?? 0);
}

/**
 * Holds the parts of a manifest against those that arrived: without gaps, of the same digests and sizes, none left out. Evidence
 * over the session's size is not expected to have arrived.
 */
export function checkParts(manifest: Manifest, { session, parts }: StoredSession): { readonly wrong: readonly FieldError[]; readonly missing: readonly FieldError[] } {
  const wrong: FieldError[] = [];
  const missing: FieldError[] = [];
  for (const owner of ['video', 'bestFrame'] as const) {
    const own = manifest[owner];
    if (own && own.parts.reduce((sum, part) => sum + part.bytes, 0) !== own.bytes) wrong.push({ field: `manifest.${owner}.bytes`, rule: 'must be the sum of the parts' });
  }
  const expected = evidenceBytes(manifest) <= session.limits.maxBytes;
  const arrived = new Map(parts.map((part) => [part.index, part]));
  const listed = listedParts(manifest);
  listed.forEach(({ part, field }, position) => {
    const there = arrived.get(part.index);
    if (part.index !== position) wrong.push({ field: `${field}.index`, rule: `must be ${position}: parts are listed from 0 without gaps` });
    else if (expected && there === undefined) missing.push({ field, rule: 'must have arrived' });
    else if (there !== undefined && there.digest !== part.digest) wrong.push({ field: `${field}.digest`, rule: 'must be the digest of the part that arrived' });
    else if (there !== undefined && there.bytes !== part.bytes) wrong.push({ field: `${field}.bytes`, rule: 'must be the size of the part that arrived' });
  });
  for (const { index } of parts) if (index >= listed.length) wrong.push({ field: 'manifest.video.parts', rule: `must list part ${index}, which arrived` });
  return { wrong, missing };
}
