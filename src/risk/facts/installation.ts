import { toHex } from '../../digest/web-crypto.js';
import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';
import { readRecord } from '../record.js';

/** What this browser remembers of its own visits. */
export interface InstallationValue {
  /** 32 hexadecimal digits, made at the first visit. */
  readonly id: string;
  /** Day of the first visit, `YYYY-MM-DD`. */
  readonly since: string;
  readonly visits: number;
  /** Parameters of the device that have a value which is none of the last few they had. */
  readonly changed: readonly string[];
  /** How often that was seen since the first visit. */
  readonly changes: number;
}

/**
 * Parameters that stay the same on one device, whatever the browser's version and the screen plugged into it, and the facts they are
 * part of. Not the number of processors and the memory, for which Brave gives other numbers each time.
 */
const STABLE = { platform: 'hardware', maxTouchPoints: 'touch', rendererUnmasked: 'gpu' };

/** A fact of the device, with a value where it was read. */
interface Readable {
  readonly value?: Readonly<Record<string, unknown>>;
}

/** Values kept of each: a laptop may have two graphics processors, each known by two names. */
const KEPT = 4;

export const about: FactAbout = {
  purpose: 'See a device whose parameters are changed again and again, and let the server find what to delete after a withdrawal.',
  value: 'A random id, the day of the first visit, the number of visits, and which of three device parameters have a value not seen before.',
  personalData: 'identifier',
  platforms: EVERYWHERE,
  cost: 'Under 2 ms; keeps about 250 bytes, and up to 500 more where they change, in the one key of localStorage that is ours, until consent is withdrawn.',
};

/** This browser's own record of its visits; missing where the page cannot keep one. */
export const installation: Collector<InstallationValue> = {
  group: 'identity',
  budgetMs: 1_450,
  async read({ fact, host, pause }) {
    const found: Record<string, unknown> = {};
    for (const [field, id] of Object.entries(STABLE)) found[field] = ((await fact(id)) as Readable | undefined)?.value?.[field];
    // The run may have ended, and consent with it, while the others were read: this rejects then.
    await pause();
    // From here on nothing is waited for: what another tab wipes meanwhile would come back, and two runs would each make an id.
    const { id, since, visits, changes, parameters } = readRecord(host) ?? {
      id: toHex(host.page.crypto.getRandomValues(new Uint8Array(16))),
      since: new Date(host.wallClock()).toISOString().slice(0, 10),
      visits: 0,
      changes: 0,
      parameters: {} as Record<string, unknown>,
    };
    const changed: string[] = [];
    for (const [field, now] of Object.entries(found)) {
      const seen = [parameters[field] ?? []].flat();
      if (!now || seen.includes(now)) continue;
      if (seen.length > 0) changed.push(field);
      parameters[field] = [now, ...seen].slice(0, KEPT);
    }
    const value = { id, since, visits: visits + 1, changes: changes + changed.length };
    return host.store.write(JSON.stringify({ ...value, parameters })) ? { ...value, changed } : undefined;
  },
};
