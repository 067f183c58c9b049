/**
 * The one text of a JSON value that RFC 8785 (JSON Canonicalization Scheme) allows: no white space, fields in the order of their
 * names' UTF-16 code units, numbers as ECMAScript writes them. A field whose value is `undefined` is left out.
 *
 * @throws TypeError for what has no such text: numbers that are not finite, lone surrogates, anything that is not JSON.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, own]) => own !== undefined);
    // Names are compared as JavaScript compares them, which is what the RFC asks for; a locale's order would be another one.
    fields.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, own]) => `${canonicalJson(name)}:${canonicalJson(own)}`).join()}}`;
  }
  const isJson = typeof value === 'string' ? !/\p{Cs}/u.test(value) : typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean' || value === null;
  if (!isJson) throw new TypeError(`${typeof value} without a canonical form in JSON`);
  return JSON.stringify(value);
}
