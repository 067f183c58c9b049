import type { RiskHost } from './risk-port.js';

/** The only key this SDK keeps in `localStorage`. */
export const STORE_KEY = 'facefront.risk';

/**
 * The risk room's host on a web page. Nothing of the page is read before a method is called, so that a server may import and call
 * this too.
 *
 * @param page The global object to read from: the page's own, or that of a same-origin iframe.
 */
export function webRiskHost(page: typeof globalThis = globalThis): RiskHost {
  // Taken now: a hook that comes later can no longer lie about itself.
  const { toString } = Function.prototype;
  const { apply } = Reflect;
  // The getter itself throws in an opaque sandbox and where the person has switched storage off; writing throws when it is full.
  const guarded = <T>(use: (storage: Storage) => T): T | undefined => {
    try {
      return use(page.localStorage);
    } catch {
      return undefined;
    }
  };

  return {
    page,
    now: () => page.performance.now(),
    setTimeout: (callback, ms) => page.setTimeout(callback, ms),
    clearTimeout: (handle) => page.clearTimeout(handle),
    wallClock: () => Date.now(),
    // Timers are held back to 4 ms once they nest, and to a second in the background; messages are not.
    nextTask: () =>
      new Promise((resolve) => {
        // Old in-app browsers and test pages may have no such thing.
        if (!page.MessageChannel) return void page.setTimeout(resolve);
        const { port1, port2 } = new page.MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(0);
      }),
    functionText: (subject) => apply(toString, subject, []),
    store: {
      read: () => guarded((storage) => storage.getItem(STORE_KEY)) ?? undefined,
      write: (text) => !!guarded((storage) => (storage.setItem(STORE_KEY, text), true)),
      erase: () => guarded((storage) => storage.removeItem(STORE_KEY)),
    },
  };
}
