import type { Platform } from '../platform/port.js';

/**
 * A function of the page's that must not decide how a verification ends: what it throws reaches the page's own reporting, and
 * `otherwise` is the answer.
 */
export function guarded<Arguments extends unknown[], Answer>(platform: Pick<Platform, 'setTimeout'>, call: (...args: Arguments) => Answer, otherwise: Answer): (...args: Arguments) => Answer {
  return (...args) => {
    try {
      return call(...args);
    } catch (error) {
      platform.setTimeout(() => {
        throw error;
      }, 0);
      return otherwise;
    }
  };
}
