import { type Collector, EVERYWHERE, type FactAbout } from '../fact.js';
import { pick } from './pick.js';

/** The screen, in CSS pixels. */
export interface ScreenValue {
  readonly width: number;
  readonly height: number;
  readonly availWidth: number;
  readonly availHeight: number;
  readonly colorDepth: number;
  /** Device pixels to a CSS pixel. */
  readonly pixelRatio: number;
}

export const about: FactAbout = {
  purpose: 'Compare the device with what its user agent claims.',
  value: 'Size, usable size, colour depth and pixel ratio of the screen.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** The screen the page is on. */
export const screen: Collector<ScreenValue> = {
  group: 'device',
  read: ({ host: { page } }) => ({
    ...pick(page.screen, 'width', 'height', 'availWidth', 'availHeight', 'colorDepth'),
    pixelRatio: page.devicePixelRatio,
  }),
};
