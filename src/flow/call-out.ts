import type { MediaPlatform } from '../platform/port.js';

/** Tells the page something. What it throws must not decide how a verification ends; the error still reaches the page's own reporting. */
export function callOut<Told>(platform: Pick<MediaPlatform, 'setTimeout'>, call: ((told: Told) => void) | undefined, told: Told): void {
  try {
    call?.(told);
  } catch (error) {
    platform.setTimeout(() => {
      throw error;
    }, 0);
  }
}
