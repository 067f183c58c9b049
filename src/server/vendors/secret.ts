/**
 * A key as it was given, without the white space that copying adds.
 *
 * @throws TypeError naming the option, never quoting it.
 */
export function requireSecret(option: string, value: unknown): string {
  const secret = typeof value === 'string' ? value.trim() : '';
  if (!/^[\x21-\x7e]{1,512}$/.test(secret)) throw new TypeError(`${option} must be a text of 1 to 512 printable ASCII characters`);
  return secret;
}
