import type { UnknownEntry } from './entry.js';
import { defaultHandling } from './prompt-ids.js';

/** The entry of a code the catalogue does not have. Takes anything; keeps text as it is and the rest as near to text as it goes. */
export function unknownEntry(system: unknown, table: unknown, code: unknown): UnknownEntry {
  const [remedy, audience] = defaultHandling('unknown');
  return {
    known: false,
    system: toText(system),
    table: toText(table),
    code: toText(code),
    meaning: '',
    promptId: 'unknown',
    remedy,
    audience,
    source: '',
  };
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return (typeof value === 'object' && value !== null && JSON.stringify(value)) || String(value);
  } catch {
    // A circular object, or one whose own conversion throws.
    return typeof value;
  }
}

/** Longest code a sentence quotes, in UTF-16 units. Vendors' codes have at most eight characters, our own at most twenty. */
const QUOTED_LENGTH = 32;

/** A code as it may stand in a sentence: one line, bounded, without the control and direction characters that would disturb it. */
export function quotable(code: string): string {
  const clean = code.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return (clean.length > QUOTED_LENGTH ? `${clean.slice(0, QUOTED_LENGTH)}…` : clean) || '?';
}
