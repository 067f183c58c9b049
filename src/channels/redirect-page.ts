/** What a channel that leaves the page needs of it. */
export interface RedirectPage {
  /** The whole address. */
  address(): string;
  /** Shows another address without loading it or leaving a step in the history. */
  replaceAddress(address: string): void;
  /** Leaves the page. */
  go(address: string): void;
  /** Gives up leaving, where that is still possible. */
  stay(): void;
  /** From the storage of the tab, which ends with it. `undefined` where there is none or it is off. */
  read(key: string): string | undefined;
  /** Does nothing where there is no storage. */
  write(key: string, value: string | undefined): void;
  /** The browser's own name for itself. */
  userAgent(): string;
  /** Milliseconds since 1970: page loads do not share any other clock. */
  now(): number;
}

/** A browser's page. Nothing is touched before a method is called. */
export function webRedirectPage(host: typeof globalThis = globalThis): RedirectPage {
  // Reading the property itself throws where a user has switched storage off.
  const stored = <T>(act: (storage: Storage) => T): T | undefined => {
    try {
      return act(host.sessionStorage);
    } catch {
      return undefined;
    }
  };
  return {
    address: () => host.location.href,
    replaceAddress: (address) => host.history.replaceState(host.history.state, '', address),
    go: (address) => host.location.assign(address),
    stay: () => host.stop(),
    read: (key) => stored((storage) => storage.getItem(key) ?? undefined),
    write: (key, value) => stored((storage) => (value === undefined ? storage.removeItem(key) : storage.setItem(key, value))),
    // Not every host that has a page has one.
    userAgent: () => (host.navigator as Navigator | undefined)?.userAgent ?? '',
    now: () => Date.now(),
  };
}
