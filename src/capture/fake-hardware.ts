/**
 * Scripted hardware for tests: a platform whose time moves only when told, and cameras, videos and recorders that do what
 * the test says. Nothing of the SDK imports this.
 */
import type { MediaPlatform } from '../platform/port.js';
import { webPlatform } from '../platform/web.js';

/** Lets everything that is already settled run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A platform at time 0, with a clock of its own. Any method can be replaced by the test. */
export function fakePlatform(overrides: Partial<MediaPlatform> = {}): MediaPlatform & {
  /** Moves the clock on, running each timer at its time. */
  advance(ms: number): Promise<void>;
  /** Timers and animation frames still waiting. */
  readonly pending: number;
} {
  let now = 0;
  const timers = new Map<object, { at: number; callback: () => void }>();
  const add = (callback: () => void, ms: number): object => {
    const handle = {};
    timers.set(handle, { at: now + ms, callback });
    return handle;
  };
  return {
    // A server's platform: every page question has its harmless answer.
    ...webPlatform({ performance, crypto } as unknown as typeof globalThis),
    isSecureContext: () => true,
    now: () => now,
    setTimeout: (callback, ms) => add(callback, ms) as ReturnType<typeof setTimeout>,
    clearTimeout: (handle) => void timers.delete(handle as object),
    requestAnimationFrame(callback) {
      const handle = add(callback, 16);
      return () => void timers.delete(handle);
    },
    ...overrides,
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const [due] = [...timers].filter(([, timer]) => timer.at <= until).sort(([, a], [, b]) => a.at - b.at);
        if (!due) break;
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].callback();
        await settle();
      }
      now = until;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** Knows how many listeners it has. */
export class CountingTarget extends EventTarget {
  readonly #registered = new Map<string, Set<unknown>>();

  get listeners(): number {
    return [...this.#registered.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.#registered.set(args[0], (this.#registered.get(args[0]) ?? new Set()).add(args[1]));
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.#registered.get(args[0])?.delete(args[1]);
    super.removeEventListener(...args);
  }
}

/** A track that ends and mutes when told. */
export class FakeTrack extends CountingTarget {
  readonly kind: 'video' | 'audio';
  readyState: MediaStreamTrackState = 'live';
  muted = false;
  settings: MediaTrackSettings = { width: 640, height: 480, frameRate: 30, deviceId: 'secret' };

  constructor(kind: 'video' | 'audio' = 'video') {
    super();
    this.kind = kind;
  }

  getSettings(): MediaTrackSettings {
    return this.settings;
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** What the browser does when the device goes away. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  mute(muted: boolean): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
}

/** A stream of the given tracks, one video track by default. */
export function fakeStream(...tracks: FakeTrack[]): MediaStream & { readonly tracks: readonly FakeTrack[] } {
  const all = tracks.length ? tracks : [new FakeTrack()];
  return {
    tracks: all,
    getTracks: () => all,
    getVideoTracks: () => all.filter((track) => track.kind === 'video'),
    getAudioTracks: () => all.filter((track) => track.kind === 'audio'),
    get active() {
      return all.some((track) => track.readyState === 'live');
    },
  } as unknown as MediaStream & { readonly tracks: readonly FakeTrack[] };
}

/**
 * Cameras and microphones that give the scripted answers one after the other, remember what they were asked, and are plugged
 * in and out. The list of devices is empty until `plug` is called.
 */
export function fakeMediaDevices(...answers: (() => Promise<MediaStream>)[]): {
  readonly asked: MediaStreamConstraints[];
  readonly mediaDevices: () => MediaDevices;
  readonly devices: CountingTarget;
  /** Another list of devices, and the event that says so. */
  readonly plug: (...cameras: { readonly deviceId: string; readonly label?: string; readonly facingMode?: string }[]) => Promise<void>;
} {
  const asked: MediaStreamConstraints[] = [];
  let list: readonly object[] = [];
  const getUserMedia = (constraints: MediaStreamConstraints): Promise<MediaStream> => {
    asked.push(constraints);
    const answer = answers[asked.length - 1];
    if (!answer) throw new Error('the script has no further answer');
    return answer();
  };
  const devices = Object.assign(new CountingTarget(), { getUserMedia, enumerateDevices: () => Promise.resolve(list) });
  return {
    asked,
    devices,
    mediaDevices: () => devices as unknown as MediaDevices,
    plug(...cameras) {
      list = [
        { kind: 'audioinput', deviceId: 'sound', label: 'Microphone' },
        ...cameras.map(({ deviceId, label = '', facingMode }) => ({
          kind: 'videoinput',
          deviceId,
          label,
          ...(facingMode !== undefined && { getCapabilities: () => ({ facingMode: [facingMode] }) }),
        })),
      ];
      devices.dispatchEvent(new Event('devicechange'));
      return settle();
    },
  };
}

/** A promise and its handles. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** A video element that plays when told. */
export class FakeVideo extends CountingTarget {
  readonly attributes = new Map<string, string>();
  muted = false;
  #source: unknown = null;
  readyState = 0;
  videoWidth = 0;
  videoHeight = 0;
  currentTime = 0;
  paused = true;
  playing: () => Promise<void> = () => Promise.resolve();
  /** Set by {@link FakeVideo.withFrameCallback}. */
  requestVideoFrameCallback?: (callback: VideoFrameRequestCallback) => number;
  cancelVideoFrameCallback?: (handle: number) => void;
  readonly frameCallbacks = new Map<number, VideoFrameRequestCallback>();

  get srcObject(): unknown {
    return this.#source;
  }

  set srcObject(source: unknown) {
    this.#source = source;
    if (source) setImmediate(() => this.dispatchEvent(new Event('loadstart')));
  }

  hasAttribute(name: string): boolean {
    return this.attributes.has(name);
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  play(): Promise<void> {
    this.paused = false;
    return this.playing();
  }

  pause(): void {
    this.paused = true;
  }

  withFrameCallback(): this {
    let handle = 0;
    this.requestVideoFrameCallback = (callback) => {
      this.frameCallbacks.set((handle += 1), callback);
      return handle;
    };
    this.cancelVideoFrameCallback = (cancelled) => void this.frameCallbacks.delete(cancelled);
    return this;
  }

  /** The camera delivers a picture. */
  showFrame(seconds: number, width = 1280, height = 720): void {
    Object.assign(this, { readyState: 4, videoWidth: width, videoHeight: height, currentTime: seconds });
    this.dispatchEvent(new Event('timeupdate'));
    const callbacks = [...this.frameCallbacks.values()];
    this.frameCallbacks.clear();
    for (const callback of callbacks) callback(0, { mediaTime: seconds } as VideoFrameCallbackMetadata);
  }

  asElement(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement;
  }
}

/** A recorder whose events the test fires. */
export class FakeRecorder {
  readonly mimeType: string;
  readonly options: MediaRecorderOptions;
  state: RecordingState = 'inactive';
  timeslice: number | undefined;
  onstart: (() => void) | null = null;
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  onstop: (() => void) | null = null;

  constructor(_stream: MediaStream, options: MediaRecorderOptions) {
    this.options = options;
    this.mimeType = options.mimeType ?? '';
  }

  start(timeslice: number): void {
    this.state = 'recording';
    this.timeslice = timeslice;
    this.onstart?.();
  }

  stop(): void {
    this.state = 'inactive';
    this.onstop?.();
  }

  chunk(bytes: number): void {
    this.ondataavailable?.({ data: new Blob([new Uint8Array(bytes)], { type: this.mimeType }) });
  }
}

/**
 * A `MediaRecorder` that claims `types` and makes recorders of `Recorder`.
 *
 * @returns The constructor for a platform, and the recorders made so far.
 */
export function fakeMediaRecorder(types: readonly string[], Recorder: typeof FakeRecorder = FakeRecorder): { made: FakeRecorder[]; mediaRecorder: () => typeof MediaRecorder } {
  const made: FakeRecorder[] = [];
  class Listed extends Recorder {
    static isTypeSupported(type: string): boolean {
      return types.includes(type);
    }

    constructor(stream: MediaStream, options: MediaRecorderOptions) {
      super(stream, options);
      made.push(this);
    }
  }
  return { made, mediaRecorder: () => Listed as unknown as typeof MediaRecorder };
}

/** A page that hides and shows when told. */
export function fakeVisibility(): Pick<MediaPlatform, 'isVisible' | 'onVisibilityChange'> & { show(visible: boolean): void } {
  const listeners = new Set<(visible: boolean) => void>();
  let current = true;
  return {
    isVisible: () => current,
    onVisibilityChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    show(visible) {
      current = visible;
      for (const listener of listeners) listener(visible);
    },
  };
}

/** Audio that starts when allowed to, and hears what the test says. */
export class FakeAudioContext extends CountingTarget {
  state: AudioContextState | 'interrupted' = 'suspended';
  /** Whether `resume()` may start it. */
  allowed: boolean;
  readonly sampleRate = 1_000;
  /** Everything heard so far. */
  readonly #heard: number[] = [];

  constructor(allowed = true) {
    super();
    this.allowed = allowed;
  }

  get currentTime(): number {
    return this.#heard.length / this.sampleRate;
  }

  /** Lets so many milliseconds of a sound pass, every sample of it `amplitude`. */
  hear(amplitude: number, ms: number): void {
    for (let sample = 0; sample < ms; sample++) this.#heard.push(amplitude);
  }

  become(state: AudioContextState | 'interrupted'): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }

  /** Like Chrome's: pending until it is allowed. */
  resume(): Promise<void> {
    if (!this.allowed) return new Promise(() => undefined);
    if (this.state !== 'running') this.become('running');
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.state = 'closed';
    return Promise.resolve();
  }

  createAnalyser(): object {
    return {
      fftSize: 0,
      getFloatTimeDomainData: (samples: Float32Array) => {
        const latest = this.#heard.slice(-samples.length);
        samples.fill(0).set(latest, samples.length - latest.length);
      },
    };
  }

  createMediaStreamSource(): object {
    return { connect: () => undefined, disconnect: () => undefined };
  }
}

/**
 * A canvas that makes pictures of the size the test says.
 *
 * @param bytesOf The size of a picture by its quality; 0 gives none.
 */
export function fakeCanvas(bytesOf: (quality: number) => number): Pick<MediaPlatform, 'createCanvas'> & { readonly drawn: string[] } {
  const drawn: string[] = [];
  return {
    drawn,
    createCanvas(width, height) {
      const canvas = {
        width,
        height,
        getContext: () => ({ canvas, drawImage: () => drawn.push(`${canvas.width}×${canvas.height}`) }),
        toBlob(callback: (blob: Blob | null) => void, type: string, quality: number) {
          const bytes = bytesOf(quality);
          callback(bytes ? new Blob([new Uint8Array(bytes)], { type }) : null);
        },
      };
      return canvas as unknown as HTMLCanvasElement;
    },
  };
}
