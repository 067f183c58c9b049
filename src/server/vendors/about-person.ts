import type { Entry } from '../../codes/entry.js';

/**
 * Whether a code other than "passed" says something of the person or their device. Those that say something of the request, the
 * account or the vendor's servers must not become a rejection.
 */
export function isAboutPerson({ known, audience, remedy }: Entry): boolean {
  return known && (audience === 'user' || remedy === 'stop');
}
