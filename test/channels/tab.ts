import { NONCE_PARAMETER } from '../../src/channels/index.js';
import type { RedirectPage } from '../../src/channels/index.js';

/** A tab that can be looked into: addresses are written down instead of loaded, its clock is set by hand. */
export interface Tab extends RedirectPage {
  /** What the page shows as its address. Set it to load another page in the tab. */
  current: string;
  /** Where the page went. */
  readonly left: string[];
  readonly storage: Map<string, string>;
  clock: number;
  /** What the browser calls itself. */
  browser: string;
  /** How often leaving was given up. */
  stayed: number;
  /** Opens the address of another tab, without its storage. */
  elsewhere(): Tab;
}

/** Opens one. */
export function openTab(current = 'https://shop.example/verify'): Tab {
  const storage = new Map<string, string>();
  const left: string[] = [];
  const tab: Tab = {
    current,
    left,
    storage,
    clock: 1_000_000,
    browser: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
    stayed: 0,
    address: () => tab.current,
    replaceAddress: (address) => void (tab.current = address),
    go: (address) => void left.push(address),
    stay: () => void (tab.stayed += 1),
    read: (key) => storage.get(key),
    write: (key, value) => void (value === undefined ? storage.delete(key) : storage.set(key, value)),
    userAgent: () => tab.browser,
    now: () => tab.clock,
    elsewhere: () => openTab(tab.current),
  };
  return tab;
}

/** What a server makes for an attempt. */
export const NONCE = 'n0nce-0123456789abcdef';

/** The parameter of a return address. */
export const MARK = `${NONCE_PARAMETER}=${NONCE}`;
