import { describe, expect, it } from 'vitest';
import type { MediaPlatform } from '../platform/port.js';
import { deferred, fakePlatform, FakeVideo, settle } from './fake-hardware.js';
import { type FrameLoopOptions, startFrameLoop } from './frame-loop.js';

/** A bitmap that knows whether it was closed. */
function fakeBitmap(options: ImageBitmapOptions) {
  return { width: options.resizeWidth, height: options.resizeHeight, closed: false, close() { this.closed = true; } };
}

function start(video: FakeVideo, options: Partial<FrameLoopOptions> = {}, overrides: Partial<MediaPlatform> = {}) {
  const bitmaps: ReturnType<typeof fakeBitmap>[] = [];
  const platform = fakePlatform({
    createImageBitmap: async (_source, how) => {
      const bitmap = fakeBitmap(how);
      bitmaps.push(bitmap);
      return bitmap as unknown as ImageBitmap;
    },
    ...overrides,
  });
  const sizes: (readonly [number, number])[] = [];
  const times: number[] = [];
  const stalls: string[] = [];
  const errors: unknown[] = [];
  const loop = startFrameLoop({
    platform,
    video: video.asElement(),
    onFrame: (frame, time) => {
      const { width, height } = frame as ImageBitmap;
      sizes.push([width, height]);
      times.push(time);
    },
    onError: (error) => errors.push(error),
    onStall: ({ code, detail }) => stalls.push(`${code}: ${detail}`),
    stallTimeoutMs: 1_000,
    ...options,
  });
  return { platform, loop, bitmaps, sizes, times, stalls, errors };
}

/** A canvas whose pixels come from nowhere, for browsers without createImageBitmap. */
function fakeCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = { width, height };
  const context = { canvas, drawImage: () => undefined, getImageData: (_x: number, _y: number, w: number, h: number) => ({ width: w, height: h, data: [] }) };
  return { ...canvas, getContext: () => context } as unknown as HTMLCanvasElement;
}

async function show(video: FakeVideo, ...seconds: number[]): Promise<void> {
  for (const second of seconds) {
    video.showFrame(second);
    await settle();
  }
}

describe('startFrameLoop', () => {
  it('hands over each frame, scaled to 480, with its media time', async () => {
    const video = new FakeVideo().withFrameCallback();
    const { loop, sizes, times, bitmaps } = start(video);
    await show(video, 0.1, 0.2, 0.3);
    expect(times).toEqual([100, 200, 300]);
    expect(sizes).toEqual([[480, 270], [480, 270], [480, 270]]);
    expect(loop.counts()).toEqual({ delivered: 3, dropped: 0, unreadable: 0 });
    expect(bitmaps.some(({ closed }) => closed)).toBe(false);
  });

  it('does not enlarge a small frame', async () => {
    const video = new FakeVideo().withFrameCallback();
    const { sizes } = start(video);
    video.showFrame(0.1, 240, 320);
    await settle();
    expect(sizes).toEqual([[240, 320]]);
  });

  it('drops frames while the consumer is busy, and grabs none of them', async () => {
    const video = new FakeVideo().withFrameCallback();
    const busy = [deferred<void>(), deferred<void>()];
    const times: number[] = [];
    const { loop, bitmaps } = start(video, { onFrame: (_frame, time) => busy[times.push(time) - 1]?.promise });
    await show(video, 0.1, 0.2, 0.3);
    expect([bitmaps.length, loop.counts()]).toEqual([1, { delivered: 1, dropped: 2, unreadable: 0 }]);
    busy[0]?.resolve();
    await settle();
    await show(video, 0.4);
    expect(times).toEqual([100, 400]);
  });

  it('goes on after a consumer that throws, and says so', async () => {
    const video = new FakeVideo().withFrameCallback();
    const { loop, errors } = start(video, { onFrame: () => Promise.reject(new Error('detector')) });
    await show(video, 0.1, 0.2);
    expect(errors).toEqual([new Error('detector'), new Error('detector')]);
    expect(loop.counts().delivered).toBe(2);
  });

  it('is paced by animation frames where there is no frame callback', async () => {
    const video = new FakeVideo();
    const { platform, times } = start(video);
    await platform.advance(100);
    expect(times).toEqual([]);
    await show(video, 0.1);
    await platform.advance(100);
    await show(video, 0.2);
    await platform.advance(100);
    expect(times).toHaveLength(2);
    expect(Number(times[1]) - Number(times[0])).toBeGreaterThan(80);
  });

  it('takes no picture twice where the clock of the video runs on between two of them', async () => {
    const video = new FakeVideo();
    const { platform, times } = start(video);
    for (let tick = 0; tick < 60; tick += 1) {
      video.showFrame(tick / 60);
      await platform.advance(1_000 / 60);
    }
    expect(times.length).toBeGreaterThanOrEqual(28);
    expect(times.length).toBeLessThanOrEqual(32);
  });

  it('takes frames by timer where neither callback comes', async () => {
    const video = new FakeVideo().withFrameCallback();
    const { platform, loop, stalls } = start(video);
    for (let second = 1; second <= 4; second += 1) {
      Object.assign(video, { readyState: 4, videoWidth: 640, videoHeight: 480, currentTime: second });
      await platform.advance(1_000);
    }
    expect(loop.counts().delivered).toBe(4);
    expect(stalls).toEqual([]);
  });

  it('falls back to a canvas for good when createImageBitmap fails', async () => {
    const video = new FakeVideo().withFrameCallback();
    let tries = 0;
    const createImageBitmap = () => Promise.reject(new Error(`no ${(tries += 1)}`));
    const { sizes } = start(video, {}, { createImageBitmap, createCanvas: fakeCanvas });
    await show(video, 0.1);
    video.showFrame(0.2, 720, 1280);
    await settle();
    expect(sizes).toEqual([[480, 270], [270, 480]]);
    expect(tries).toBe(1);
  });

  it('tells of a stall once, recovers by itself, and tells of the next one', async () => {
    const video = new FakeVideo().withFrameCallback();
    const { platform, times, stalls } = start(video);
    await show(video, 0.1);
    await platform.advance(3_000);
    expect(stalls).toEqual(['camera-no-frames: no frame for 1000 ms']);
    await show(video, 0.2);
    await platform.advance(3_000);
    expect([times.length, stalls.length]).toEqual([2, 2]);
  });

  it('tells of a stall when frames come but cannot be read, and when a grab hangs', async () => {
    const unreadable = new FakeVideo().withFrameCallback();
    const refused = () => Promise.reject(new Error('refused'));
    const noContext = () => ({ getContext: () => null }) as unknown as HTMLCanvasElement;
    const broken = start(unreadable, {}, { createImageBitmap: refused, createCanvas: noContext });
    const hanging = new FakeVideo().withFrameCallback();
    const hung = start(hanging, {}, { createImageBitmap: () => new Promise(() => undefined) });
    for (const time of [0.5, 1, 1.5]) {
      await show(unreadable, time);
      await show(hanging, time);
      await broken.platform.advance(500);
      await hung.platform.advance(500);
    }
    expect(broken.stalls).toEqual(['camera-no-frames: no frame for 1000 ms (Error: the browser gives no 2d canvas context)']);
    expect(broken.loop.counts()).toEqual({ delivered: 0, dropped: 0, unreadable: 3 });
    expect(hung.stalls).toHaveLength(1);
  });

  it('does not blame the camera for a slow consumer, nor for a hidden page', async () => {
    const video = new FakeVideo().withFrameCallback();
    const slow = start(video, { onFrame: () => new Promise<void>(() => undefined) });
    for (const time of [0.5, 1, 1.5, 2, 2.5]) {
      await show(video, time);
      await slow.platform.advance(500);
    }
    expect(slow.stalls).toEqual([]);
    const hidden = start(new FakeVideo().withFrameCallback(), {}, { isVisible: () => false });
    await hidden.platform.advance(10_000);
    expect(hidden.stalls).toEqual([]);
  });

  it.each(['stop', 'abort'])('ends on %s: no timer, no callback, and the frame in the making is closed', async (how) => {
    const video = new FakeVideo().withFrameCallback();
    const controller = new AbortController();
    const { platform, loop, sizes, bitmaps } = start(video, { signal: controller.signal });
    video.showFrame(0.1);
    if (how === 'stop') loop.stop();
    else controller.abort();
    loop.stop();
    await settle();
    await show(video, 0.2);
    expect(sizes).toEqual([]);
    expect(bitmaps.map(({ closed }) => closed)).toEqual([true]);
    expect([platform.pending, video.frameCallbacks.size]).toEqual([0, 0]);
  });

  it('does not start when aborted already', () => {
    const video = new FakeVideo().withFrameCallback();
    const { platform } = start(video, { signal: AbortSignal.abort() });
    expect([platform.pending, video.frameCallbacks.size]).toEqual([0, 0]);
  });
});
