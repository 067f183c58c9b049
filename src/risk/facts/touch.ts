import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';

/** Three ways of asking for a touch screen. */
export interface TouchValue {
  readonly maxTouchPoints: number;
  readonly touchEvents: boolean;
  readonly coarsePointer: boolean;
}

export const about: FactAbout = {
  purpose: 'See a telephone that cannot be touched.',
  value: 'Number of touch points, touch events, and whether the main pointer is a finger.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** Whether the device can be touched. */
export const touch: Collector<TouchValue> = {
  group: 'device',
  read: ({ host: { page } }) => ({
    maxTouchPoints: page.navigator.maxTouchPoints ?? 0,
    touchEvents: 'ontouchstart' in page,
    coarsePointer: page.matchMedia?.('(pointer: coarse)').matches ?? false,
  }),
};
