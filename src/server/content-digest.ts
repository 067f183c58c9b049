import { toHex } from '../transport/chain.js';
import { malformed, refuse } from './problem.js';
import type { Outcome } from './problem.js';

/** A dictionary member of RFC 8941 whose value is a byte sequence: `sha-256=:…:`. */
const MEMBER = /^([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):$/;

/** The SHA-256 of an RFC 9530 `Content-Digest`, hex. Other algorithms beside it are allowed and ignored. */
export function readContentDigest(header: string | null): Outcome<string> {
  if (header === null) return missing('Content-Digest with sha-256 is required');
  let digest: string | undefined;
  for (const member of header.split(',')) {
    const match = MEMBER.exec(member.trim());
    if (match === null) return malformed([{ field: 'Content-Digest', rule: 'must be sha-256=:…: with base64 between the colons (RFC 9530)' }]);
    if (match[1] === 'sha-256') digest = match[2];
  }
  if (digest === undefined) return missing('Content-Digest has no sha-256');
  // 32 bytes are 43 characters and one for padding; anything else is no SHA-256.
  if (!/^[A-Za-z0-9+/]{43}=$/.test(digest)) return malformed([{ field: 'Content-Digest', rule: 'must hold 32 bytes for sha-256' }]);
  return { ok: true, value: toHex(Uint8Array.from(atob(digest), (character) => character.charCodeAt(0))) };
}

function missing(detail: string): Outcome<string> {
  return refuse('digest-missing', detail, { headers: { 'want-content-digest': 'sha-256=10' } });
}
