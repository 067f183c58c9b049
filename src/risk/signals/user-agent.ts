/** Whether a user agent claims to be a telephone's. Tablets that ask for desktop pages do not, and are none here. */
export function claimsPhone(userAgent = ''): boolean {
  return /Android|iP(hone|ad|od)|Harmony/.test(userAgent);
}

/** Whether the engine is Chromium, whatever the browser is called. */
export function isChromium(userAgent = ''): boolean {
  return /Chrom(e|ium)\//.test(userAgent);
}
