import { type Collector, type FactAbout } from '../fact.js';

/** The high-entropy user agent client hints that Chromium gives to any page. */
export interface ClientHintsValue {
  readonly brands: readonly { readonly brand: string; readonly version: string }[];
  readonly mobile: boolean;
  /** `Android`, `Windows`, `macOS`, `Linux`, `Chrome OS`, … */
  readonly platform: string;
  readonly architecture?: string;
  readonly bitness?: string;
  /** Of a telephone; empty elsewhere. */
  readonly model?: string;
  readonly platformVersion?: string;
  readonly fullVersionList?: readonly { readonly brand: string; readonly version: string }[];
}

/** Not in the DOM typings. */
interface UserAgentData {
  getHighEntropyValues(hints: readonly string[]): Promise<ClientHintsValue>;
}

export const about: FactAbout = {
  purpose: 'See a user agent that was changed by hand: the hints are set in another place.',
  value: 'Brands, versions, platform, architecture and model of the user agent client hints.',
  personalData: 'device',
  platforms: ['chromium'],
  cost: '1–150 ms of waiting.',
};

/** User agent client hints. */
export const clientHints: Collector<ClientHintsValue> = {
  group: 'browser',
  budgetMs: 500,
  read: ({ host }) =>
    (host.page.navigator as { userAgentData?: UserAgentData }).userAgentData?.getHighEntropyValues(['architecture', 'bitness', 'model', 'platformVersion', 'fullVersionList']),
};
