import { toHex } from '../../digest/web-crypto.js';
import { type Collector, EVERYWHERE, type Fact, type FactAbout } from '../fact.js';
import { readRecord } from '../record.js';

/** What this browser remembers of its own visits. */
export interface InstallationValue {
  /** 32 hexadecimal digits, made at the first visit. */
  readonly id: string;
  /** Day of the first visit, `YYYY-MM-DD`. */
  readonly since: string;
  readonly visits: number;
  /** Parameters of the device that are not what they were at the last visit. */
  readonly changed: readonly string[];
  /** How often a parameter has changed since the first visit. */
  readonly changes: number;
}

/**
 * Facts that stay the same on one device, whatever the browser's version and the screen plugged into it. Not the number of processors
 * and the memory, for which Brave gives other numbers each time.
 */
const STABLE: readonly (readonly [fact: string, field: string])[] = [
  ['hardware', 'platform'],
  ['touch', 'maxTouchPoints'],
  ['gpu', 'rendererUnmasked'],
];

export const about: FactAbout = {
  purpose: 'See a device whose parameters are changed again and again, and let the server find what to delete after a withdrawal.',
  value: 'A random id, the day of the first visit, the number of visits, and which of three device parameters changed.',
  personalData: 'identifier',
  platforms: EVERYWHERE,
  cost: 'Under 2 ms; keeps about 250 bytes in the one key of localStorage that is ours, until consent is withdrawn.',
};

/** This browser's own record of its visits; missing where the page cannot keep one. */
export const installation: Collector<InstallationValue> = {
  group: 'identity',
  budgetMs: 1_450,
  async read({ fact, host, signal }) {
    const before = readRecord(host);
    const parameters: Record<string, unknown> = {};
    for (const [id, field] of STABLE) {
      const known = (await fact(id)) as Fact<Record<string, unknown>> | undefined;
      if (known?.status === 'ok' && known.value[field]) parameters[field] = known.value[field];
    }
    // The run may have ended, and consent with it, while the others were read.
    if (signal.aborted) return undefined;
    const { id, since, visits, changes, parameters: old } = before ?? {
      id: toHex(host.page.crypto.getRandomValues(new Uint8Array(16))),
      since: new Date(host.wallClock()).toISOString().slice(0, 10),
      visits: 0,
      changes: 0,
      parameters,
    };
    const changed = Object.keys(parameters).filter((name) => name in old && old[name] !== parameters[name]);
    const value = { id, since, visits: visits + 1, changes: changes + changed.length };
    return host.store.write(JSON.stringify({ ...value, parameters: { ...old, ...parameters } })) ? { ...value, changed } : undefined;
  },
};
