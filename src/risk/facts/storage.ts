import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

/** Where the page may keep things. */
export interface StorageValue {
  readonly cookies: boolean;
  readonly local: boolean;
  readonly session: boolean;
  readonly indexedDb: boolean;
}

export const about: FactAbout = {
  purpose: 'Tell a browser that keeps nothing from one that was emptied.',
  value: 'Whether cookies, localStorage, sessionStorage and IndexedDB are open to the page. Nothing is written.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** Which kinds of storage the page has. */
export const storage: Collector<StorageValue> = {
  group: 'browser',
  // Without an origin a page is told of cookies and has the object of IndexedDB all the same, and may use neither.
  read: ({ host: { page } }) => ({
    cookies: page.navigator.cookieEnabled && page.origin !== 'null',
    local: isOpen(() => page.localStorage),
    session: isOpen(() => page.sessionStorage),
    indexedDb: isOpen(() => page.indexedDB) && page.origin !== 'null',
  }),
};

/** The getters throw where storage is switched off, and in a sandbox without an origin. */
function isOpen(read: () => unknown): boolean {
  try {
    return read() != null;
  } catch {
    return false;
  }
}
