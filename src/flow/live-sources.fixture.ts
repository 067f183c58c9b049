import { FakeAudioContext, fakeMediaDevices, fakePlatform, fakeStream, FakeTrack, FakeVideo, fakeVisibility } from '../capture/fake-hardware.js';
import * as microphone from '../capture/microphone.js';
import type { CaptureFailure } from '../capture/result.js';
import { type LiveSourcesOptions, openLiveSources } from './live-sources.js';

const LIMITS = { minWidth: 480, minHeight: 640 };
/** An answer of the browser's: this stream. */
export const give = (stream: MediaStream) => () => Promise.resolve(stream);
/** An answer of the browser's: none, for a reason of this name. */
export const refuse = (name: string) => () => Promise.reject(new DOMException('scripted', name));

/** A page with scripted cameras, and everything that the sources say in its order. */
export function room(answers: Parameters<typeof fakeMediaDevices>, options: Partial<LiveSourcesOptions['options']> = {}, sound: LiveSourcesOptions['sound'] = 'none') {
  const page = fakeVisibility();
  const devices = fakeMediaDevices(...answers);
  const context = new FakeAudioContext();
  const platform = fakePlatform({ importModule: async () => microphone, ...page, ...devices, audioContext: () => (function () { return context; }) as unknown as typeof AudioContext });
  const video = new FakeVideo();
  video.playing = async () => video.showFrame(0.04);
  const abort = new AbortController();
  const log: string[] = [];
  const opening = openLiveSources({ platform, options: { assetBase: '/', video: video.asElement(), ...options }, limits: LIMITS, sound, signal: abort.signal, emit: ({ phase }) => log.push(phase) });
  const open = async () => {
    await platform.advance(1);
    const opened = await opening;
    if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
    const failed = ({ code }: CaptureFailure) => log.push(`failed ${code}`);
    opened.value.watch({
      onGone: ({ code }) => log.push(`gone ${code}`),
      onBack: () => log.push('back'),
      onFailed: failed,
      onResize: () => log.push('resized'),
      onMuteChange: (muted) => log.push(muted ? 'muted' : 'unmuted'),
    });
    log.length = 0;
    return opened.value;
  };
  return { page, devices, platform, video, abort, log, opening, open };
}

/** A stream of the camera of this name. */
export function streamOf(deviceId: string): ReturnType<typeof fakeStream> {
  const own = new FakeTrack();
  own.settings = { deviceId };
  return fakeStream(own);
}

/** The only one of a scripted stream. */
export const track = (stream: ReturnType<typeof fakeStream>): FakeTrack => stream.tracks[0] as FakeTrack;
