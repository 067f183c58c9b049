import type * as channels from '../../src/channels/index.js';

declare global {
  /** What `/facefront-channels.min.js` defines. */
  const FacefrontChannels: typeof channels;
}
