import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';
import { pick } from './pick.js';

/** What the browser says of the machine. */
export interface HardwareValue {
  /** `navigator.platform`: `Win32`, `MacIntel`, `iPhone`, `Linux armv81`, … */
  readonly platform: string;
  readonly vendor: string;
  /** Logical processors. */
  readonly hardwareConcurrency?: number;
  /** Gigabytes, rounded, at most 8; only Chromium tells. */
  readonly deviceMemory?: number;
}

export const about: FactAbout = {
  purpose: 'Compare the device with what its user agent claims.',
  value: 'Platform, vendor, processor cores and memory as the browser gives them.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** Processor, memory and platform. */
export const hardware: Collector<HardwareValue> = {
  group: 'device',
  read: ({ host }) => pick(host.page.navigator as HardwareValue, 'platform', 'vendor', 'hardwareConcurrency', 'deviceMemory'),
};
