/**
 * One verification with `verify()` itself, the real engine and the real backend handler, on scripted hardware and a clock that
 * the test moves: a camera of 25 frames a second, a person who is wherever the test puts them, a recorder that gives a real film.
 */
import { createSourceInspector } from '../../demo/source-inspector.js';
import { FakeAudioContext, fakeMediaDevices, fakeMediaRecorder, fakePlatform, type FakeRecorder, fakeStream, FakeTrack, FakeVideo, fakeVisibility, settle } from '../../src/capture/fake-hardware.js';
import { onTestFinished, vi } from 'vitest';
import * as bestFrame from '../../src/capture/best-frame.js';
import * as challenges from '../../src/liveness/challenges/asked-kinds.js';
import * as burst from '../../src/capture/jpeg-burst.js';
import * as microphone from '../../src/capture/microphone.js';
import type { DetectorFailure, DetectorPort } from '../../src/detector/port.js';
import type { FlowPhase, FlowState, VerifyOptions, VerifyResult } from '../../src/index.js';
import { verify } from '../../src/flow/verify.js';
import { observe, type Scene } from '../../src/liveness/observation.fixture.js';
import type { MediaPlatform } from '../../src/platform/port.js';
import { createHandler, type HandlerOptions } from '../../src/server/index.js';
import type { Challenge, Manifest } from '../../src/transport/protocol.js';
import { PASSING } from '../server/service.js';
import { type Film, filmCanvas, filmRecorder } from './film.js';

const FRAME_MS = 40;
const ENDPOINT = 'https://example.test/api/face';

/** What the flow fetches when it needs it. */
const MODULES: readonly (readonly [string, object])[] = [['best-frame', bestFrame], ['challenges', challenges], ['jpeg-burst', burst], ['microphone', microphone]];

/** What a test may choose of the world. */
export interface RigOptions {
  readonly film: Film;
  /** @default silent, 2 s */
  readonly challenge?: Challenge;
  readonly verify?: Partial<VerifyOptions>;
  readonly platform?: Partial<MediaPlatform>;
  /** Replaces single functions of the detector; `built-in` is the SDK's own, which finds no worker here. */
  readonly detector?: Partial<DetectorPort> | 'built-in';
  /** What getUserMedia does, one after the other; where there is none, it gives a camera or a microphone. */
  readonly answers?: readonly ((() => Promise<MediaStream>) | undefined)[];
  /** What a browser claims to record. @default webm, with sound and without */
  readonly types?: readonly string[];
  /** Another recorder, which may extend the one that gives the film. */
  readonly recorder?: (Film: typeof FakeRecorder, clock: ReturnType<typeof fakePlatform>) => typeof FakeRecorder;
  /** Stands between the flow and the backend. */
  readonly fault?: (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>;
  readonly handler?: Partial<HandlerOptions>;
  /** Gets what a timer throws, as a page's reporting does. @default the test fails with it */
  readonly onTimerError?: (error: unknown) => void;
}

/** A verification under way. */
export interface Rig {
  readonly platform: ReturnType<typeof fakePlatform>;
  readonly page: ReturnType<typeof fakeVisibility>;
  readonly devices: ReturnType<typeof fakeMediaDevices>;
  readonly video: FakeVideo;
  readonly recorders: readonly FakeRecorder[];
  /** Every track that getUserMedia gave. */
  readonly tracks: readonly FakeTrack[];
  readonly states: readonly FlowState[];
  /** The phases without their repetitions. */
  readonly phases: () => readonly FlowPhase[];
  /** Of the submission. */
  readonly manifest: () => Manifest | undefined;
  readonly result: () => VerifyResult | undefined;
  /** The person is like this from now on; `undefined` is nobody, a function is asked for every frame. */
  show(scene: Scene | undefined | (() => Scene)): void;
  /** The microphone hears this from now on: an amplitude, 0–1. */
  hear(amplitude: number): void;
  /** The camera's picture has this size from now on. */
  turn(width: number, height: number): void;
  /** The camera gives no more pictures, and says nothing. */
  freeze(frozen: boolean): void;
  /** The detector gives up. */
  fail(reason: DetectorFailure): void;
  cancel(): void;
  /** The page is being left. */
  leave(): void;
  /** Whether there is a network. */
  connect(online: boolean): void;
  /** Lets time pass, or less where the run ends. */
  pass(ms: number): Promise<void>;
  /** Lets time pass until `reached`. @throws Error where the run ends, or two minutes pass, without it */
  until(reached: (state: FlowState) => boolean): Promise<void>;
  /** Lets time pass until a phase. */
  reach(phase: FlowPhase): Promise<void>;
  /** Lets time pass until the run ends; at most so long. @throws Error where it does not */
  end(withinMs?: number): Promise<VerifyResult>;
  /** What is left once the run has ended: nothing of it should be. */
  leftovers(): Promise<Readonly<Record<string, number>>>;
}

/** Nothing. */
export const NOTHING_LEFT = { tracks: 0, listeners: 0, callbacks: 0, recorders: 0, timers: 0, detectors: 0, attached: 0 };

const inspect = createSourceInspector();

/** What goes on in real time, which the clock of the test waits for: hashes, bytes being read, the backend. */
const atWork = new Set<Promise<unknown>>();
function wait<T>(work: Promise<T>): Promise<T> {
  const settled = work.then(() => undefined, () => undefined).finally(() => atWork.delete(settled));
  atWork.add(settled);
  return work;
}
const digest = crypto.subtle.digest.bind(crypto.subtle);
vi.spyOn(crypto.subtle, 'digest').mockImplementation((algorithm, data) => wait(digest(algorithm, data)));
const read = Blob.prototype.arrayBuffer;
vi.spyOn(Blob.prototype, 'arrayBuffer').mockImplementation(function (this: Blob) {
  return wait(read.call(this));
});

/** Starts one. */
export function startRig(options: RigOptions): Rig {
  const { film, challenge, fault = (request, next) => next(request), answers = [], types = ['video/webm;codecs=vp8', 'video/webm;codecs=vp8,opus'] } = options;
  const page = fakeVisibility();
  const tracks: FakeTrack[] = [];
  const audio = new FakeAudioContext();
  const clock = fakePlatform();
  const { setTimeout } = clock;
  const { onTimerError } = options;
  if (onTimerError) {
    clock.setTimeout = (callback, ms) => setTimeout(() => {
      try {
        callback();
      } catch (error) {
        onTimerError(error);
      }
    }, ms);
  }
  const recorders = fakeMediaRecorder(types, options.recorder?.(filmRecorder(film, clock), clock) ?? filmRecorder(film, clock));
  const video = Object.assign(new FakeVideo().withFrameCallback(), { nodeName: 'VIDEO' });

  const give = (constraints: MediaStreamConstraints): Promise<MediaStream> => {
    const track = new FakeTrack(constraints.audio ? 'audio' : 'video');
    tracks.push(track);
    return Promise.resolve(fakeStream(track));
  };
  const devices = fakeMediaDevices();
  Object.assign(devices.devices, {
    getUserMedia(constraints: MediaStreamConstraints) {
      devices.asked.push(constraints);
      return answers[devices.asked.length - 1]?.() ?? give(constraints);
    },
  });
  void devices.plug({ deviceId: 'secret' });

  let online = true;
  const leavers = new Set<() => void>();
  const platform = Object.assign(clock, {
    ...page,
    isOnline: () => online,
    onPageHide(listener: () => void) {
      leavers.add(listener);
      return () => void leavers.delete(listener);
    },
    importModule: (address: string) => Promise.resolve(MODULES.find(([name]) => address.includes(`/assets/${name}.js`))?.[1] ?? Promise.reject(new TypeError(`nothing at ${address}`))),
    mediaDevices: devices.mediaDevices,
    mediaRecorder: recorders.mediaRecorder,
    ...filmCanvas(film),
    has: () => true,
    allowsFeature: () => true,
    createVideo: () => video.asElement(),
    createInput: () => ({}) as HTMLInputElement,
    createImageBitmap: () => Promise.resolve({ width: 480, height: 360, close: () => undefined } as ImageBitmap),
    createStream: (of: readonly MediaStreamTrack[]) => fakeStream(...(of as unknown as FakeTrack[])),
    audioContext: () => function () { return audio; } as unknown as typeof AudioContext,
    ...options.platform,
  });

  let scene: Scene | undefined | (() => Scene) = {};
  let fail: Rig['fail'] = () => undefined;
  let disposed = 0;
  let loaded = 0;
  const { load, ...scripted } = options.detector === 'built-in' ? {} : (options.detector ?? {});
  const detector: DetectorPort = {
    stage: undefined,
    load(given = {}) {
      loaded += 1;
      fail = (reason) => given.onFailure?.(reason);
      if (load) return load(given);
      given.onStage?.('face');
      given.onStage?.('mesh');
      return Promise.resolve();
    },
    detect: (_frame, time) => Promise.resolve(observe(time, typeof scene === 'function' ? scene() : (scene ?? { faces: 0 }))),
    dispose: () => void (disposed += 1),
    ...scripted,
  };

  let size: [number, number] = [640, 480];
  let filming = true;
  let over = false;
  let shown = 0;
  let sound = 0.002;
  const shoot = (): void => {
    audio.hear(sound, FRAME_MS);
    const [track] = (video.srcObject as ReturnType<typeof fakeStream> | null)?.tracks ?? [];
    shown += FRAME_MS / 1_000;
    if (filming && !video.paused && page.isVisible() && track?.readyState === 'live' && !track.muted) video.showFrame(shown, ...size);
    if (!over) clock.setTimeout(shoot, FRAME_MS);
  };
  shoot();

  let manifest: Manifest | undefined;
  // The first inspection waits for its worker, which a busy machine takes its time to start.
  const handler = createHandler({ vendor: PASSING, inspect, inlineWaitMs: 25_000, basePath: '/api/face', log: () => undefined, ...(challenge && { challenge: () => challenge }), ...options.handler });
  onTestFinished(async () => void (await handler.close()));
  const answer = async (request: Request): Promise<Response> => {
    if (request.url.endsWith('/submission')) ({ manifest } = (await request.clone().json()) as { manifest: Manifest });
    return wait(handler.fetch(request));
  };

  const states: FlowState[] = [];
  const abort = new AbortController();
  let result: VerifyResult | undefined;
  void verify({
    endpoint: ENDPOINT,
    assetBase: '/',
    video: video.asElement(),
    consent: { text: 'May we record your face?', textVersion: 'test', ask: () => Promise.resolve('granted') },
    signal: abort.signal,
    platform,
    ...(options.detector !== 'built-in' && { detector }),
    fetch: (url, init) => (online ? fault(new Request(url, init as RequestInit), answer) : Promise.reject(new TypeError('Failed to fetch'))),
    ...options.verify,
    onState(state) {
      states.push(state);
      options.verify?.onState?.(state);
    },
  }).then((ended) => (result = ended));

  const phases = (): FlowPhase[] => states.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
  const step = async (): Promise<void> => {
    if (atWork.size) await Promise.race(atWork);
    else await platform.advance(FRAME_MS / 2);
    await settle();
  };
  const passUntil = async (done: () => boolean, ms: number): Promise<void> => {
    for (const deadline = platform.now() + ms; !result && !done() && platform.now() < deadline; ) await step();
  };
  const until: Rig['until'] = async (reached) => {
    const last = Math.max(0, states.length - 1);
    const found = (): boolean => states.slice(last).some(reached);
    await passUntil(found, 120_000);
    if (!found()) throw new Error(`not reached: ${phases().join(' → ')}; ${JSON.stringify(result ?? states.at(-1))}`);
  };

  return {
    platform,
    page,
    devices,
    video,
    recorders: recorders.made,
    tracks,
    states,
    phases,
    manifest: () => manifest,
    result: () => result,
    show: (next) => (scene = next),
    hear: (amplitude) => (sound = amplitude),
    turn(width, height) {
      size = [width, height];
      video.showFrame(shown, width, height);
      video.dispatchEvent(new Event('resize'));
    },
    freeze: (frozen) => (filming = !frozen),
    fail: (reason) => fail(reason),
    cancel: () => abort.abort(),
    leave: () => leavers.forEach((listener) => listener()),
    connect: (now) => (online = now),
    pass: (ms) => passUntil(() => false, ms),
    until,
    reach: (phase) => until((state) => state.phase === phase),
    async end(withinMs = 300_000) {
      await passUntil(() => false, withinMs);
      if (!result) throw new Error(`no end within ${withinMs} ms: ${phases().join(' → ')}; ${JSON.stringify(states.at(-1))}`);
      return result;
    },
    async leftovers() {
      over = true;
      await platform.advance(FRAME_MS);
      return {
        tracks: tracks.filter(({ readyState }) => readyState === 'live').length,
        listeners: video.listeners + devices.devices.listeners + tracks.reduce((sum, track) => sum + track.listeners, 0) + audio.listeners + leavers.size,
        callbacks: video.frameCallbacks.size,
        recorders: recorders.made.filter(({ state }) => state !== 'inactive').length,
        timers: platform.pending,
        detectors: loaded > 0 && disposed === 0 ? 1 : 0,
        attached: video.srcObject === null ? 0 : 1,
      };
    },
  };
}
