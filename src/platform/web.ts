import type { MediaPlatform, PolicyFeature, Unsubscribe } from './port.js';
import { uuidOf } from './uuid.js';

/** Chromium's name for `document.permissionsPolicy`, which no browser ships; neither is in the DOM typings. */
interface FeaturePolicy {
  features(): readonly string[];
  allowsFeature(feature: string): boolean;
}

/**
 * The platform of a web page. Nothing is read before a method is called, so that a server may import and call this too:
 * there the page counts as visible, online, insecure and without a camera.
 *
 * @param host The global object to work on: the page's own, or that of a same-origin iframe.
 */
export function webPlatform(host: typeof globalThis = globalThis): MediaPlatform {
  // Absent on a server, which the DOM typings do not know.
  const page = (): Document | undefined => host.document;
  const agent = (): Navigator | undefined => host.navigator;
  const listen = (target: EventTarget | undefined, type: string, listener: (event: Event) => void): Unsubscribe => {
    target?.addEventListener(type, listener);
    return () => target?.removeEventListener(type, listener);
  };

  return {
    now: () => host.performance.now(),
    setTimeout: (callback, ms) => host.setTimeout(callback, ms),
    clearTimeout: (handle) => host.clearTimeout(handle),
    isVisible: () => page()?.visibilityState !== 'hidden',
    onVisibilityChange: (listener) => listen(page(), 'visibilitychange', () => listener(page()?.visibilityState !== 'hidden')),
    onPageHide: (listener) => listen(page() && host.window, 'pagehide', listener),
    onPageRestore: (listener) =>
      listen(page() && host.window, 'pageshow', (event) => {
        if ((event as PageTransitionEvent).persisted) listener();
      }),
    isOnline: () => agent()?.onLine !== false,
    randomUUID: () => randomUUID(host.crypto),

    prefersReducedMotion: () => host.matchMedia?.('(prefers-reduced-motion: reduce)').matches === true,
    isSecureContext: () => host.isSecureContext === true,
    isFramed: () => page() !== undefined && host.window.parent !== host.window,
    userAgent: () => agent()?.userAgent ?? '',
    mediaDevices: () => agent()?.mediaDevices,
    allowsFeature: (feature) => allowsFeature(page(), feature),
    // Absent in Safari before 16; Firefox before 132 rejects the name.
    permissionOf: async (device) => (await (agent()?.permissions as Permissions | undefined)?.query({ name: device as PermissionName }))?.state,
    has: (name) => name in host,
    mediaRecorder: () => host.MediaRecorder,
    // The prefixed name is Safari's before 14.1.
    audioContext: () => host.AudioContext ?? (host as { webkitAudioContext?: typeof AudioContext }).webkitAudioContext,
    createStream: (tracks) => new host.MediaStream([...tracks]),
    createVideo: () => host.document.createElement('video'),
    createInput: () => host.document.createElement('input'),
    createCanvas: (width, height) => Object.assign(host.document.createElement('canvas'), { width, height }),
    createObjectURL(content) {
      const url = host.URL.createObjectURL(content);
      return { url, revoke: () => host.URL.revokeObjectURL(url) };
    },
    createImageBitmap: async (source, options) => host.createImageBitmap(source, options),
    // Tried in Chromium, which alone has that processor in pages. A browser that forgets how the phone is held would turn the face.
    createVideoFrame: (video) => ('MediaStreamTrackProcessor' in host ? new host.VideoFrame(video) : undefined),
    // Not the bundler's to follow. An address is relative to whatever file this code ends up in, unless it is whole.
    importModule: async (address) => import(/* webpackIgnore: true */ /* @vite-ignore */ new URL(address, page()?.baseURI).href),
    requestAnimationFrame(callback) {
      const handle = host.requestAnimationFrame(callback);
      return () => host.cancelAnimationFrame(handle);
    },
  };
}

function allowsFeature(page: Document | undefined, feature: PolicyFeature): boolean | undefined {
  const { permissionsPolicy, featurePolicy } = (page ?? {}) as { permissionsPolicy?: FeaturePolicy; featurePolicy?: FeaturePolicy };
  const policy = permissionsPolicy ?? featurePolicy;
  // A feature the browser has not heard of counts as forbidden; that is no answer.
  return policy?.features().includes(feature) ? policy.allowsFeature(feature) : undefined;
}

/** `crypto.randomUUID` is missing in insecure contexts and before iOS 15.4; `getRandomValues` is not. */
function randomUUID(crypto: Crypto): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return uuidOf(crypto.getRandomValues(new Uint8Array(16)));
}
