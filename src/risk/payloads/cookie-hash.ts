import { sha256OfText } from '../sha256.js';

/**
 * `CookieHash`: cookies hashed twice. The same cookies give the same hash, whatever their order and the white space between them;
 * a cookie that is there twice (two paths) counts twice. On the server take that of
 * `facefront/server`, which reads a request's `Cookie` header as pages read their cookies: with HttpOnly cookies in it the hash is
 * another one than the page's, unless `names` leaves them out.
 *
 * `SHA-256(SHA-256(pairs))`, both in lower-case hexadecimal, where `pairs` are the trimmed `name=value` pairs in the order of
 * their UTF-16 code units, joined by `; `.
 *
 * @param header `document.cookie`, or the same from elsewhere.
 * @param names Only these cookies count. Default: all.
 * @returns 64 lower-case hexadecimal digits, or `undefined` where there is no cookie, or no WebCrypto (an insecure context).
 */
export async function hashCookies(header: string, names?: readonly string[]): Promise<string | undefined> {
  const pairs = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && (names === undefined || names.includes((pair.split('=')[0] ?? '').trim())))
    .sort()
    .join('; ');
  const once = pairs ? await sha256OfText(pairs) : undefined;
  return once && sha256OfText(once);
}
