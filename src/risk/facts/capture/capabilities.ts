import { type CollectContext, EVERYWHERE, type FactAbout } from '../../fact.js';

/** What the camera could do. */
export interface CameraCapabilitiesValue {
  /** Names of the capabilities that hold something, sorted: a telephone's camera has torch, zoom, focus and exposure. */
  readonly names: readonly string[];
  /** The largest size it can give, pixels; absent where it does not tell. */
  readonly maxWidth?: number;
  readonly maxHeight?: number;
}

export const about: FactAbout = {
  purpose: 'See a stream without the abilities of a camera.',
  value: 'Names of the camera\'s capabilities and its largest size.',
  personalData: 'device',
  platforms: EVERYWHERE,
  cost: 'Under 1 ms.',
};

/** How rich the camera's capabilities are. */
export function readCapabilities({ camera }: CollectContext): CameraCapabilitiesValue | undefined {
  // Firefox before 132 has none.
  const capabilities: MediaTrackCapabilities | undefined = camera?.track.getCapabilities?.();
  if (!capabilities) return undefined;
  const { width, height } = capabilities;
  return {
    // Empty lists and texts are both empty as a text.
    names: (Object.keys(capabilities) as (keyof typeof capabilities)[]).filter((name) => String(capabilities[name]) !== '').sort(),
    ...(width?.max && { maxWidth: width.max }),
    ...(height?.max && { maxHeight: height.max }),
  };
}
