import type * as script from '../../src/script.js';

declare global {
  /** What `/facefront.min.js` defines: the page uses the SDK as any page with a script tag does. */
  const Facefront: typeof script;
}
