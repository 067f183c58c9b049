/** Ends what the call that returned it began. Calling it again does nothing. */
export type Unsubscribe = () => void;

/** Opaque; goes back to {@link Platform.clearTimeout}. */
export type TimerHandle = ReturnType<typeof setTimeout>;

/** What pages and Node have as globals, for a host that has to bring it along. */
export interface Primitives {
  /** Default `AbortController`. */
  createAbortController(): AbortController;
  /** Of bytes, or of a text's UTF-8 bytes. Default WebCrypto's. */
  sha256(data: string | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** Standard base64 with padding. Default `btoa`. */
  toBase64(bytes: Uint8Array): string;
}

/** What every host has: a clock, timers, a page that can go away, a network that can be off. */
export interface Platform extends Partial<Primitives> {
  /** Milliseconds on a clock that never goes back; only differences mean anything. */
  now(): number;
  setTimeout(callback: () => void, ms: number): TimerHandle;
  /** `undefined` and handles already spent are ignored. */
  clearTimeout(handle: TimerHandle | undefined): void;
  /** False while the person cannot see the page (another tab, another app, a locked screen). */
  isVisible(): boolean;
  onVisibilityChange(listener: (visible: boolean) => void): Unsubscribe;
  /** The page is being left; nothing asynchronous is sure to run after the listener. */
  onPageHide(listener: () => void): Unsubscribe;
  /** The page that was left is back as it was, by the "back" button say. */
  onPageRestore(listener: () => void): Unsubscribe;
  /** False only where the host is sure that there is no network. */
  isOnline(): boolean;
  /** RFC 9562 version 4, from the host's secure generator. */
  randomUUID(): string;
}

/** Devices that {@link MediaPlatform.allowsFeature} asks the document's permissions policy about, and {@link MediaPlatform.permissionOf} the browser. */
export type PolicyFeature = 'camera' | 'microphone';

/** Globals whose presence {@link MediaPlatform.has} tells. */
export type GlobalName = 'MediaRecorder' | 'WebAssembly' | 'Worker' | 'OffscreenCanvas' | 'createImageBitmap' | 'VideoEncoder' | 'VideoDecoder';

/** A host with a DOM and `getUserMedia`: what the capture room needs on top of {@link Platform}. */
export interface MediaPlatform extends Platform {
  isSecureContext(): boolean;
  /** The person asked their system for less motion; then nothing flashes. */
  prefersReducedMotion(): boolean;
  /** True inside an iframe, whatever its origin. */
  isFramed(): boolean;
  /** Read only where the answer is used; empty where there is none. */
  userAgent(): string;
  /** `undefined` in an insecure context and in browsers that have none. */
  mediaDevices(): MediaDevices | undefined;
  /** What the permissions policy (the iframe's `allow`) says; `undefined` where the browser does not tell. */
  allowsFeature(feature: PolicyFeature): boolean | undefined;
  /** What the person has said of a device before; nobody is asked. `undefined` or rejects where the browser does not tell. */
  permissionOf(device: PolicyFeature): Promise<PermissionState | undefined>;
  has(name: GlobalName): boolean;
  mediaRecorder(): typeof MediaRecorder | undefined;
  /** By whichever name the browser has it. */
  audioContext(): typeof AudioContext | undefined;
  /** Of tracks that stay their owners' to stop. */
  createStream(tracks: readonly MediaStreamTrack[]): MediaStream;
  createVideo(): HTMLVideoElement;
  /** Not in the document. */
  createInput(): HTMLInputElement;
  /** Not in the document. */
  createCanvas(width: number, height: number): HTMLCanvasElement;
  /** An address for the content, and what takes it back. */
  createObjectURL(content: Blob): { readonly url: string; readonly revoke: Unsubscribe };
  /** Rejects where the browser has no `createImageBitmap`. */
  createImageBitmap(source: ImageBitmapSource, options: ImageBitmapOptions): Promise<ImageBitmap>;
  /** What a video shows at this moment, uncopied; `undefined` where the browser is not known to do that soundly. Throws where there is no picture. */
  createVideoFrame?(video: HTMLVideoElement): VideoFrame | undefined;
  /** An ES module by its address, relative to the page's; where this is called it is loaded, never before. Rejects where it cannot be had. */
  importModule(address: string): Promise<unknown>;
  /** Once, before the next paint; never while the page is hidden. */
  requestAnimationFrame(callback: () => void): Unsubscribe;
}

/** What is read of an answer. */
export interface HttpAnswer {
  readonly status: number;
  /** By any case of the name. */
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** What is used of `fetch`, so that another HTTP client can stand in for it. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string | Uint8Array<ArrayBuffer>;
    readonly signal: AbortSignal;
    readonly credentials: RequestCredentials;
    readonly redirect: 'error';
    readonly cache: 'no-store';
    /** The request may outlive the page. */
    readonly keepalive?: boolean;
  },
) => Promise<HttpAnswer>;

/** What an {@link Upload} sends. */
export interface UploadRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
  /** Cookies go to another origin too; to the page's own they always go. */
  readonly withCredentials: boolean;
  /** How many bytes of the body have been handed to the network so far. */
  readonly onProgress: (sentBytes: number) => void;
}

/** A request whose body can be seen going out. Rejects where there is no answer, and when the signal aborts. */
export type Upload = (url: string, request: UploadRequest) => Promise<HttpAnswer>;
