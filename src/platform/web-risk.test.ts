import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { STORE_KEY, webRiskHost } from './web-risk.js';

// The package ships no typings.
const { JSDOM } = createRequire(import.meta.url)('jsdom') as {
  JSDOM: new (html: string, options: object) => { readonly window: Window & typeof globalThis };
};

describe('webRiskHost', () => {
  it('can be made and asked on a server, where there is nothing to find', async () => {
    const host = webRiskHost();
    expect([host.store.read(), host.store.write('x'), host.store.erase()]).toEqual([undefined, false, undefined]);
    const before = host.now();
    await host.nextTask();
    expect(host.now()).toBeGreaterThanOrEqual(before);
    expect(host.wallClock()).toBeGreaterThan(1_700_000_000_000);
  });

  it('gives a task of its own', async () => {
    const order: string[] = [];
    const host = webRiskHost();
    const next = host.nextTask().then(() => order.push('task'));
    await Promise.resolve();
    order.push('microtask');
    await next;
    expect(order).toEqual(['microtask', 'task']);
  });

  it('keeps one key, and leaves the others alone', () => {
    const { window } = new JSDOM('', { url: 'https://example.test/' });
    window.localStorage.setItem('theirs', 'x');
    const { store } = webRiskHost(window);
    expect([store.read(), store.write('ours'), store.read()]).toEqual([undefined, true, 'ours']);
    expect(window.localStorage.getItem(STORE_KEY)).toBe('ours');
    store.erase();
    expect({ ...window.localStorage }).toEqual({ theirs: 'x' });
  });

  it('does without storage: no origin, or none left', () => {
    const opaque = webRiskHost(new JSDOM('', {}).window).store;
    expect([opaque.read(), opaque.write('x'), opaque.erase()]).toEqual([undefined, false, undefined]);
    const { window } = new JSDOM('', { url: 'https://example.test/', storageQuota: 20 });
    expect(webRiskHost(window).store.write('x'.repeat(100))).toBe(false);
  });

  it('reads functions as they were told when it was made', () => {
    const host = webRiskHost();
    const { toString } = Function.prototype;
    Function.prototype.toString = () => 'a lie';
    try {
      expect(host.functionText(Date.now)).toMatch(/^function now\(\)\s*\{\s*\[native code\]\s*\}$/);
    } finally {
      Function.prototype.toString = toString;
    }
  });
});
