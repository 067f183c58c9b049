/** Which addresses a channel may go to. */
export interface VendorAddressOptions {
  /** Host names, each with all below it, that are a vendor's page besides the vendor's own, such as a proxy of yours. */
  readonly hosts?: readonly string[];
  /** Takes http on `127.0.0.1`, `[::1]` and `localhost`, for a simulator. Default false. */
  readonly allowLoopbackHttp?: boolean;
}

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Longest address, characters. Some in-app browsers and `navigateTo` of mini-programs cut longer ones, and a page that was cut is a
 * signature that is wrong.
 */
export const LONGEST_ADDRESS = 2048;

/** The address, where it is the vendor's; otherwise the rule that is broken. */
export function checkVendorAddress(address: unknown, own: readonly string[], { hosts = [], allowLoopbackHttp = false }: VendorAddressOptions): { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly rule: string } {
  if (typeof address !== 'string' || address.length > LONGEST_ADDRESS || /[\s\\]|[^\x21-\x7e]/.test(address)) return { ok: false, rule: `must be an address of at most ${LONGEST_ADDRESS} ASCII characters without spaces` };
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return { ok: false, rule: 'must be a whole address' };
  }
  if (url.username !== '' || url.password !== '') return { ok: false, rule: 'must not hold a user' };
  const isLoopback = allowLoopbackHttp && LOOPBACK.includes(url.hostname);
  if (url.protocol !== 'https:' && !(isLoopback && url.protocol === 'http:')) return { ok: false, rule: 'must be https' };
  const isOwn = [...own, ...hosts].some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  return isOwn || isLoopback ? { ok: true, url } : { ok: false, rule: 'must be on a host of the vendor; name others in hosts' };
}
