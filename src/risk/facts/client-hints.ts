import { type Collector, type FactAbout } from '../fact.js';
import { pick } from './pick.js';

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
interface UserAgentData extends Pick<ClientHintsValue, 'brands' | 'mobile'> {
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
  async read({ host }) {
    const { userAgentData: hints } = host.page.navigator as { userAgentData?: UserAgentData };
    // Before 90 the answer has only what was asked for, and the platform stands nowhere else.
    return hints && { ...pick(hints, 'brands', 'mobile'), ...(await hints.getHighEntropyValues(['platform', 'architecture', 'bitness', 'model', 'platformVersion', 'fullVersionList'])) };
  },
};
