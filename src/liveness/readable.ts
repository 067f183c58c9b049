import type { Observation } from './observation.js';

/** Largest frame side taken for real, pixels. */
const LARGEST_SIDE = 1e5;

/**
 * Whether an observation has a frame with a size and a list of faces. A crashed worker or a plug-in may hand over anything at
 * all; single numbers inside are looked at where they are used.
 */
export function isReadable(observation: Observation | undefined): observation is Observation {
  const frame = observation?.frame;
  return !!frame && frame.width > 0 && frame.height > 0 && frame.width < LARGEST_SIDE && frame.height < LARGEST_SIDE && Array.isArray(observation.faces);
}
