import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { webPlatform } from './web.js';

// The package ships no typings.
const { JSDOM } = createRequire(import.meta.url)('jsdom') as {
  JSDOM: new (html: string, options: object) => { readonly window: Window & typeof globalThis };
};

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A real page, without a browser around it. */
function page() {
  const { window } = new JSDOM('', { url: 'https://example.test/', pretendToBeVisual: true });
  return { window, platform: webPlatform(window) };
}

describe('webPlatform on a server', () => {
  it('answers every question without a page', () => {
    const platform = webPlatform();
    expect([platform.isVisible(), platform.isOnline(), platform.isSecureContext(), platform.isFramed()]).toEqual([true, true, false, false]);
    expect([platform.mediaDevices(), platform.mediaRecorder(), platform.audioContext(), platform.allowsFeature('camera')]).toEqual([undefined, undefined, undefined, undefined]);
    expect([platform.has('MediaRecorder'), platform.has('WebAssembly')]).toEqual([false, true]);
    expect(platform.randomUUID()).toMatch(UUID_V4);
    platform.onVisibilityChange(() => undefined)();
    platform.onPageHide(() => undefined)();
    platform.onPageRestore(() => undefined)();
  });

  it('has a clock and timers', async () => {
    const platform = webPlatform();
    const before = platform.now();
    const fired: string[] = [];
    platform.clearTimeout(platform.setTimeout(() => fired.push('cleared'), 1));
    platform.clearTimeout(undefined);
    await new Promise<void>((resolve) => platform.setTimeout(resolve, 5));
    expect(fired).toEqual([]);
    expect(platform.now() - before).toBeGreaterThan(3);
  });

  it('rejects rather than throws where images cannot be made', async () => {
    await expect(webPlatform().createImageBitmap(new Blob(), {})).rejects.toThrow(TypeError);
  });
});

describe('webPlatform on a page', () => {
  it('tells when the page is hidden, shown and left, until unsubscribed', () => {
    const { window, platform } = page();
    const heard: string[] = [];
    const ends = [platform.onVisibilityChange((visible) => heard.push(visible ? 'shown' : 'hidden')), platform.onPageHide(() => heard.push('left')), platform.onPageRestore(() => heard.push('restored'))];
    const show = (visibilityState: string): void => {
      Object.defineProperty(window.document, 'visibilityState', { value: visibilityState, configurable: true });
      window.document.dispatchEvent(new window.Event('visibilitychange'));
    };
    show('hidden');
    expect(platform.isVisible()).toBe(false);
    show('visible');
    expect(platform.isVisible()).toBe(true);
    window.dispatchEvent(new window.Event('pagehide'));
    // A page that opens for the first time is shown too.
    window.dispatchEvent(new window.PageTransitionEvent('pageshow', { persisted: false }));
    window.dispatchEvent(new window.PageTransitionEvent('pageshow', { persisted: true }));
    for (const end of ends) end();
    show('hidden');
    window.dispatchEvent(new window.Event('pagehide'));
    window.dispatchEvent(new window.PageTransitionEvent('pageshow', { persisted: true }));
    expect(heard).toEqual(['hidden', 'shown', 'left', 'restored']);
  });

  it.each(['permissionsPolicy', 'featurePolicy'])('reads document.%s, and takes an unknown feature for no answer', (name) => {
    const { window, platform } = page();
    const allowed = { camera: false };
    Object.assign(window.document, { [name]: { features: () => Object.keys(allowed), allowsFeature: (feature: string) => Reflect.get(allowed, feature) ?? false } });
    expect([platform.allowsFeature('camera'), platform.allowsFeature('microphone')]).toEqual([false, undefined]);
  });

  it('knows what was said of the devices before, where the browser tells', async () => {
    const { window, platform } = page();
    expect(await platform.permissionOf('camera')).toBeUndefined();
    Object.assign(window.navigator, { permissions: { query: async ({ name }: { name: string }) => ({ state: name === 'camera' ? 'denied' : 'granted' }) } });
    expect([await platform.permissionOf('camera'), await platform.permissionOf('microphone')]).toEqual(['denied', 'granted']);
  });

  it('makes elements, and animation frames that can be taken back', async () => {
    const { platform } = page();
    expect(platform.createVideo().tagName).toBe('VIDEO');
    expect(platform.createCanvas(3, 2)).toMatchObject({ width: 3, height: 2 });
    const fired: string[] = [];
    platform.requestAnimationFrame(() => fired.push('cancelled'))();
    await new Promise<void>((resolve) => platform.requestAnimationFrame(resolve));
    expect(fired).toEqual([]);
  });

  it('makes streams, file inputs and addresses of files, and knows audio by either name', () => {
    const { window, platform } = page();
    expect(platform.createInput().tagName).toBe('INPUT');
    expect(platform.audioContext()).toBeUndefined();
    const revoked: string[] = [];
    const prefixed = class {};
    const MediaStream = class {
      readonly tracks: readonly unknown[];
      constructor(tracks: readonly unknown[]) {
        this.tracks = tracks;
      }
    };
    const URL = { createObjectURL: (content: Blob) => `blob:${content.size}`, revokeObjectURL: (url: string) => revoked.push(url) };
    Object.assign(window, { webkitAudioContext: prefixed, MediaStream, URL });
    expect(platform.audioContext()).toBe(prefixed);
    Object.assign(window, { AudioContext: class {} });
    expect(platform.audioContext()).not.toBe(prefixed);
    expect(platform.createStream(['track' as unknown as MediaStreamTrack])).toMatchObject({ tracks: ['track'] });
    const { url, revoke } = platform.createObjectURL(new Blob(['four']));
    expect([url, revoked]).toEqual(['blob:4', []]);
    revoke();
    expect(revoked).toEqual(['blob:4']);
  });

  it('knows that it is framed', () => {
    const { window } = page();
    const frame = window.document.createElement('iframe');
    window.document.body.append(frame);
    expect(webPlatform(window).isFramed()).toBe(false);
    expect(webPlatform(frame.contentWindow as unknown as typeof globalThis).isFramed()).toBe(true);
  });

  it('makes UUIDs without crypto.randomUUID', () => {
    const crypto = { getRandomValues: (bytes: Uint8Array) => bytes.fill(0xff) };
    const platform = webPlatform({ crypto } as unknown as typeof globalThis);
    expect(platform.randomUUID()).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  });
});
