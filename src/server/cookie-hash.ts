import { hashCookies as hashDecoded } from '../risk/payloads/cookie-hash.js';

/**
 * `hashCookies` of `facefront/risk/payloads` for the `Cookie` header of a request: servers hand over a header's bytes as one character
 * each (Latin-1), pages read their cookies as UTF-8. The same cookies give the hash that the page's `cookieHash` fact has.
 *
 * @param header The header as Node, or a `Request`, has it; one that was decoded before is taken as it is.
 * @param names Only these cookies count. Default: all; HttpOnly cookies, which the page does not see, are among them.
 * @returns 64 lower-case hexadecimal digits, or `undefined` where there is no cookie.
 */
export function hashCookies(header: string, names?: readonly string[]): Promise<string | undefined> {
  return hashDecoded(decode(header), names);
}

function decode(header: string): string {
  const codes = Array.from(header, (character) => character.codePointAt(0) ?? 0);
  if (codes.some((code) => code > 0xff)) return header;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(codes));
  } catch {
    // Not UTF-8: browsers do not agree on what it is then, and neither reading is better.
    return header;
  }
}
