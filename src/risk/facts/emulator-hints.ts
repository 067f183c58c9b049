import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

/** Small things that emulators and telephones in a rack have in common. */
export interface EmulatorHintsValue {
  /** Number of media devices by kind, before any permission: a browser then tells one of each at most. */
  readonly devices?: { readonly cameras: number; readonly microphones: number };
  /** The battery is charging; absent where the browser does not tell. */
  readonly charging?: boolean;
  /** The battery is full. */
  readonly full?: boolean;
  readonly motionEvents: boolean;
}

/** Not in the DOM typings; only Chromium has it. */
interface BatterySource {
  getBattery?(): Promise<{ readonly charging: boolean; readonly level: number }>;
}

export const about: FactAbout = {
  purpose: 'Weigh whether the telephone is an emulator or stands in a rack.',
  value: 'Number of cameras and microphones, whether the battery is charging and full, whether there are motion events.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: '1–50 ms of waiting.',
};

/** Hints of emulators and cloud telephones, each of them weak. */
export const emulatorHints: Collector<EmulatorHintsValue> = {
  group: 'device',
  budgetMs: 500,
  async read({ host: { page } }) {
    const agent = page.navigator as Navigator & BatterySource;
    const [devices, battery] = await Promise.all([agent.mediaDevices?.enumerateDevices().catch(() => undefined), agent.getBattery?.().catch(() => undefined)]);
    const count = (kind: MediaDeviceKind): number => devices?.filter((device) => device.kind === kind).length ?? 0;
    return {
      ...(devices && { devices: { cameras: count('videoinput'), microphones: count('audioinput') } }),
      ...(battery && { charging: battery.charging, full: battery.level === 1 }),
      motionEvents: 'DeviceMotionEvent' in page,
    };
  },
};
