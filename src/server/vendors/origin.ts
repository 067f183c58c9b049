/** Hosts that no packet to leaves the machine. */
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Scheme and host of an address.
 *
 * @throws TypeError where it is not https, nor http on loopback where that is allowed, or holds a user, a query or a fragment.
 */
export function originOf(address: string, allowLoopbackHttp: boolean): string {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new TypeError('origin must be an address such as https://apis.juhe.cn');
  }
  const secure = url.protocol === 'https:' || (allowLoopbackHttp && isLoopbackHttp(url));
  if (!secure) throw new TypeError('origin must be https; allowLoopbackHttp takes http on loopback besides');
  if (url.href !== `${url.origin}/`) throw new TypeError('origin must be a scheme and a host, without user, path, query or fragment');
  return url.origin;
}

/** Whether an address is http and stays on this machine. */
export function isLoopbackHttp({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && LOOPBACK.includes(hostname);
}
