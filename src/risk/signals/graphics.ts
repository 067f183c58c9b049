import type { GpuValue } from '../facts/gpu.js';

/** The graphics by their own name. Firefox tells any page, in the place where other browsers name themselves. */
export function graphicsOf(gpu: GpuValue | undefined): string {
  return gpu?.rendererUnmasked || gpu?.renderer || '';
}
