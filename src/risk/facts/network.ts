import { type Collector, type FactAbout } from '../fact.js';
import { pick } from './pick.js';

/** The connection as the Network Information API rounds it. */
export interface NetworkValue {
  /** `wifi`, `cellular`, …, where the browser tells. */
  readonly type?: string;
  /** `slow-2g`, `2g`, `3g` or `4g`: how fast it seems. */
  readonly effectiveType?: string;
  /** Milliseconds, rounded to 25. */
  readonly rtt?: number;
  /** Megabits a second. */
  readonly downlink?: number;
}

export const about: FactAbout = {
  purpose: 'Know why an upload is slow, and let the server compare the network with the address.',
  value: 'Kind of connection, its speed class, round trip and bandwidth, all rounded by the browser.',
  personalData: 'device',
  platforms: ['chromium'],
  cost: 'Under 1 ms.',
};

/** `navigator.connection`. */
export const network: Collector<NetworkValue> = {
  group: 'device',
  read({ host }) {
    const { connection } = host.page.navigator as { connection?: NetworkValue };
    return connection && pick(connection, 'type', 'effectiveType', 'rtt', 'downlink');
  },
};
