import { type CollectContext, EVERYWHERE, type FactAbout } from '../../fact.js';
import { pick } from '../pick.js';

const TOLD = ['width', 'height', 'frameRate', 'facingMode'] as const;

/** What the track says it gives, and which of the demands that were made of it it does not meet. */
export interface CameraSettingsValue {
  /** Pixels, frames a second, `user` or `environment`; what the track does not tell is absent. */
  readonly granted: Pick<MediaTrackSettings, (typeof TOLD)[number]>;
  /** What was asked for of these, as constraints; empty where the caller did not say. */
  readonly requested: Pick<MediaTrackConstraints, (typeof TOLD)[number]>;
  /**
   * Names of the constraints asked for with `exact`, `min` or `max` that the settings break, `deviceId` among them where a certain
   * camera was asked for. Wishes (`ideal`) cannot be broken.
   */
  readonly broken: readonly string[];
}

export const about: FactAbout = {
  purpose: 'See a stream that was put in the place of the camera that was asked for.',
  value: 'Size, frame rate and facing mode, as asked for and as granted, and which demands are broken, that for a certain camera included. No id of a camera.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** Requested against granted settings. */
export function readSettings({ camera }: CollectContext): CameraSettingsValue | undefined {
  if (!camera) return undefined;
  const { requested = {}, track } = camera;
  const settings = track.getSettings();
  return {
    granted: pick(settings, ...TOLD),
    requested: pick(requested, ...TOLD),
    broken: ([...TOLD, 'deviceId'] as const).filter((name) => breaks(settings[name], (requested[name] ?? {}) as Demand)),
  };
}

/** A constraint of any of the compared kinds. A bare value is a wish, and has none of these. */
interface Demand {
  readonly exact?: unknown;
  readonly min?: number;
  readonly max?: number;
}

function breaks(granted: number | string | undefined, { exact, min = -Infinity, max = Infinity }: Demand): boolean {
  if (exact !== undefined) return !([exact].flat() as unknown[]).includes(granted);
  return typeof granted === 'number' ? granted < min || granted > max : min > 0 || max < Infinity;
}
