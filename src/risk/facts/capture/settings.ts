import { type CollectContext, EVERYWHERE, type FactAbout } from '../../fact.js';
import { pick } from '../pick.js';

/** What the track says it gives, and which of the demands that were made of it it does not meet. */
export interface CameraSettingsValue {
  /** Pixels, frames a second, `user` or `environment`; what the track does not tell is absent. */
  readonly granted: Pick<MediaTrackSettings, 'width' | 'height' | 'frameRate' | 'facingMode'>;
  /** Names of the constraints asked for with `exact`, `min` or `max` that the settings break. Wishes (`ideal`) cannot be broken. */
  readonly broken: readonly string[];
}

export const about: FactAbout = {
  purpose: 'See a stream that was put in the place of the camera that was asked for.',
  value: 'Granted size, frame rate and facing mode, and which demands they break.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** Requested against granted settings. */
export function readSettings({ camera }: CollectContext): CameraSettingsValue | undefined {
  if (!camera) return undefined;
  const granted = pick(camera.track.getSettings(), 'width', 'height', 'frameRate', 'facingMode');
  const demands = pick(camera.requested ?? {}, 'width', 'height', 'frameRate', 'facingMode');
  const names = Object.keys(demands) as (keyof typeof granted)[];
  return { granted, broken: names.filter((name) => breaks(granted[name], demands[name] as Demand)) };
}

/** A constraint of any of the compared kinds. A bare value is a wish, and has none of these. */
interface Demand {
  readonly exact?: unknown;
  readonly min?: number;
  readonly max?: number;
}

function breaks(granted: number | string | undefined, { exact, min = -Infinity, max = Infinity }: Demand): boolean {
  const allowed: unknown[] = [exact].flat();
  if (exact !== undefined) return !allowed.includes(granted);
  return typeof granted === 'number' ? granted < min || granted > max : min > 0 || max < Infinity;
}
