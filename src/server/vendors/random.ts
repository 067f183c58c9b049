const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits, each as likely as any other. */
export function randomAlphanumeric(length: number, randomBytes: (length: number) => Uint8Array): string {
  let text = '';
  while (text.length < length) {
    // 248 is the largest multiple of 62 in a byte; what lies above would make the first letters likelier.
    for (const byte of randomBytes(length * 2)) if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
  }
  return text;
}

/** A number for an attempt, 32 letters and digits, that nobody has made before. */
export function newAttemptNumber(): string {
  return randomAlphanumeric(32, (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)));
}
