import { sha256, toHex } from '../transport/chain.js';

/** What vendors call the one value that names an attempt; whatever else comes along, an attempt with this value is that attempt. */
const ATTEMPT_NAMES: readonly string[] = ['token', 'BizToken', 'orderNo', 'verifyId'];

/** Values below this length, such as a return code, are the same for many attempts. */
const MIN_TELLING_LENGTH = 16;

/**
 * Digests by which tokens are known again, whoever brings them, under whatever channel: of what names the attempt, else of all of them.
 * None where they would be everybody's, as a bare return code is.
 */
export async function tokenDigests(tokens: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const entries = sortedEntries(tokens);
  const named = entries.filter(([name]) => ATTEMPT_NAMES.includes(name));
  const telling = entries.some(([, value]) => value.length >= MIN_TELLING_LENGTH) ? [entries] : [];
  // Marked as tokens: no digest of a part is ever taken for one.
  return Promise.all((named.length > 0 ? named : telling).map((own) => digestOfJson(['tokens', own])));
}

/** Names tokens of one channel with all that came with them. */
export function tokensKey(channel: string, tokens: Readonly<Record<string, string>>): Promise<string> {
  return digestOfJson([channel, sortedEntries(tokens)]);
}

function sortedEntries(tokens: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(tokens).sort(([a], [b]) => (a < b ? -1 : 1));
}

async function digestOfJson(value: unknown): Promise<string> {
  return toHex(await sha256(JSON.stringify(value)));
}
