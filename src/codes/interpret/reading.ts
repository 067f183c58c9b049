/** Reading what vendors send: fields may be missing, null, or a number where the document says text. */

/** A field of something that may not be an object. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A whole number or trimmed text, as the text of a code. Anything else stays what it is, and is looked up as an unknown code. */
export function codeText(value: unknown): unknown {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' ? value.trim() : value;
}

/** A number, also one written as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A list, also one written as text with separators. Null and empty give none. */
export function listOf(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return value.split(/[\s,，、;；|/]+/).filter(Boolean);
  if (Array.isArray(value)) return value.filter((item) => item != null && item !== '');
  return value == null ? [] : [value];
}
