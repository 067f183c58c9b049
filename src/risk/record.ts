import type { RiskHost } from '../platform/risk-port.js';

/** All that is ever stored, as JSON under the one key. */
export interface StoredRecord {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** `YYYY-MM-DD`. */
  readonly since: string;
  readonly visits: number;
  readonly changes: number;
  /** The last few values of some parameters of the device, by name, the last first. */
  readonly parameters: Record<string, unknown>;
}

/** The record of the last visit; `undefined` where there is none, no storage, or something under our key that is not one. */
export function readRecord({ store }: Pick<RiskHost, 'store'>): StoredRecord | undefined {
  try {
    const record = JSON.parse(store.read() ?? '') as StoredRecord;
    const { id, since, visits, changes, parameters } = record;
    // As JSON, in which a number that was stored as a text is told from one.
    return /^\["[\da-f]{32}","\d{4}-\d\d-\d\d",\d+,\d+]$/.test(JSON.stringify([id, since, visits, changes])) && parameters instanceof Object ? record : undefined;
  } catch {
    // The next write replaces it.
    return undefined;
  }
}
