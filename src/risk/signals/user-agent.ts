/** Whether a user agent claims to be a telephone's. Tablets that ask for desktop pages do not, and are none here. */
export function claimsPhone(userAgent = ''): boolean {
  return /Android|iP(hone|ad|od)|Harmony/.test(userAgent);
}

/** Whether the engine is Chromium, of this major version or a later one, whatever the browser is called. */
export function isChromium(userAgent = '', since = 0): boolean {
  return Number(/Chrom(?:e|ium)\/(\d+)/.exec(userAgent)?.[1]) >= since;
}
