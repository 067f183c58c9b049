import { describe, expect, it } from 'vitest';
import { fakeCanvas, fakePlatform, fakeStream, FakeVideo, settle } from './fake-hardware.js';
import { BURST_TYPE, type JpegBurstOptions, startJpegBurst } from './jpeg-burst.js';
import type { ActiveRecording } from './recorder.js';
import type { CaptureResult } from './result.js';

/** A camera of 30 frames a second, of which `lost` says which do not come. */
function playing(platform: ReturnType<typeof fakePlatform>, lost: (frame: number) => boolean = () => false): FakeVideo {
  const video = new FakeVideo();
  let frame = 0;
  const next = (): void => {
    frame += 1;
    if (!lost(frame)) video.showFrame(frame / 30);
    platform.setTimeout(next, 1_000 / 30);
  };
  next();
  return video;
}

function begin(bytesOf: (quality: number) => number, options: Partial<JpegBurstOptions> & { lost?: (frame: number) => boolean } = {}) {
  const canvas = fakeCanvas(bytesOf);
  const platform = fakePlatform(canvas);
  const stream = fakeStream();
  const video = playing(platform, options.lost);
  const result = startJpegBurst({ platform, stream, video: video.asElement(), firstChunkTimeoutMs: 1_000, ...options });
  return { platform, stream, canvas, video, result };
}

function active(result: CaptureResult<ActiveRecording>): ActiveRecording {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}

async function finished(recording: ActiveRecording) {
  const stopped = await recording.stop();
  if (!stopped.ok) throw new Error(`${stopped.code}: ${stopped.detail}`);
  return stopped.value;
}

describe('startJpegBurst', () => {
  it('takes pictures in time, scaled down, each with its own', async () => {
    const starts: number[] = [];
    const { platform, canvas, result } = begin(() => 20_000, { onStart: (at) => starts.push(at) });
    const recording = active(await result);
    expect([recording.mediaType, recording.startedAt, recording.rejectedTypes, starts]).toEqual([BURST_TYPE, 0, [], [0]]);
    await platform.advance(2_000);
    const { chunks, frames = [], ...rest } = await finished(recording);
    expect(rest).toEqual({ mediaType: BURST_TYPE, durationMs: 2_000, bytes: chunks.length * 20_000, endedBy: 'stopped' });
    expect(chunks.map(({ size, type }) => `${size} ${type}`)).toEqual(Array.from({ length: 21 }, () => '20000 image/jpeg'));
    expect(frames.map(({ at }) => at)).toEqual(Array.from({ length: 21 }, (_, index) => index * 100));
    expect(new Set(canvas.drawn)).toEqual(new Set(['640×360']));
    expect(await recording.ended).toEqual(await recording.stop());
  });

  it('takes no picture twice, and loses none that comes, when a fifth of the frames are lost', async () => {
    const { platform, result } = begin(() => 20_000, { framesPerSecond: 30, lost: (frame) => frame % 5 === 0 });
    const recording = active(await result);
    await platform.advance(3_000);
    const { frames = [], endedBy } = await finished(recording);
    expect(endedBy).toBe('stopped');
    expect(frames.length).toBeGreaterThanOrEqual(70);
    expect(frames.length).toBeLessThanOrEqual(73);
    const steps = frames.slice(1).map(({ at }, index) => at - (frames[index]?.at ?? NaN));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(Math.max(...steps)).toBeLessThan(110);
  });

  it('takes none while the picture stands still, and goes on when it moves again', async () => {
    const { platform, result } = begin(() => 20_000, { lost: (frame) => frame > 30 && frame < 60 });
    const recording = active(await result);
    await platform.advance(3_000);
    const { frames = [] } = await finished(recording);
    expect(frames.filter(({ at }) => at > 1_010 && at < 1_950)).toEqual([]);
    expect(frames.filter(({ at }) => at >= 2_000).length).toBeGreaterThan(8);
  });

  it('keeps its size by the quality first', async () => {
    const { platform, result } = begin((quality) => quality * 100_000, { maxBytes: 1_000_000, maxDurationMs: 2_000 });
    const recording = active(await result);
    expect(recording.bitsPerSecond).toBe(3_200_000);
    await platform.advance(2_000);
    const { bytes, chunks, endedBy } = await finished(recording);
    expect(endedBy).toBe('stopped');
    expect(chunks.length).toBeGreaterThanOrEqual(20);
    expect(bytes).toBeLessThan(1_000_000);
    expect(bytes).toBeGreaterThan(600_000);
    // It does not stay at its worst.
    expect(Math.min(...chunks.slice(-8).map(({ size }) => size))).toBeGreaterThan(25_000);
  });

  it('keeps its size by the number of pictures where the worst quality does not do', async () => {
    const { platform, result } = begin(() => 100_000, { maxBytes: 1_000_000, maxDurationMs: 5_000 });
    const recording = active(await result);
    await platform.advance(5_000);
    const { bytes, frames = [], endedBy } = await finished(recording);
    expect(endedBy).toBe('stopped');
    expect(bytes).toBeLessThanOrEqual(1_000_000);
    expect(frames.at(-1)?.at).toBeGreaterThan(3_000);
  });

  it('ends while it still fits where the caller goes on too long', async () => {
    const { platform, result } = begin(() => 30_000, { maxBytes: 200_000 });
    const recording = active(await result);
    await platform.advance(10_000);
    expect(await recording.ended).toMatchObject({ ok: true, value: { endedBy: 'size-limit', bytes: 180_000 } });
    expect(await finished(recording)).toMatchObject({ endedBy: 'size-limit' });
  });

  it('spreads the parts that there may be over the time', async () => {
    const { platform, result } = begin(() => 20_000, { maxFrames: 12, maxDurationMs: 6_000 });
    const recording = active(await result);
    await platform.advance(5_900);
    expect((await finished(recording)).chunks).toHaveLength(12);
  });

  it('keeps what there was when the stream ends', async () => {
    const { platform, stream, result } = begin(() => 20_000);
    const recording = active(await result);
    await platform.advance(450);
    stream.tracks[0]?.end();
    await platform.advance(200);
    expect(await recording.ended).toMatchObject({ ok: true, value: { endedBy: 'stream-ended', bytes: 100_000 } });
  });

  it('forgives a canvas that fails for a moment, and not one that goes on failing', async () => {
    let calls = 0;
    const moment = begin(() => ((calls += 1) === 3 ? 0 : 20_000));
    const recording = active(await moment.result);
    await moment.platform.advance(500);
    expect((await finished(recording)).chunks).toHaveLength(5);

    let broken = false;
    const forever = begin(() => (broken ? 0 : 20_000));
    const second = active(await forever.result);
    broken = true;
    await forever.platform.advance(500);
    expect(await second.ended).toEqual({ ok: false, code: 'recorder-failed', detail: 'Error: the canvas gave an empty picture' });
    expect(await second.stop()).toMatchObject({ code: 'recorder-failed' });
  });

  it('is recorder-failed on a canvas that never answers', async () => {
    const platform = fakePlatform(fakeCanvas(() => 1));
    const make = platform.createCanvas;
    Object.assign(platform, { createCanvas: (width: number, height: number) => Object.assign(make(width, height), { toBlob: () => undefined }) });
    const video = playing(platform);
    const result = startJpegBurst({ platform, stream: fakeStream(), video: video.asElement(), firstChunkTimeoutMs: 60_000 });
    await platform.advance(8_000);
    expect(await result).toMatchObject({ code: 'recorder-failed', detail: 'no JPEG within 2000 ms' });
  });

  it.each([
    ['recorder-unavailable', 'a browser without canvas', fakePlatform({ createCanvas: () => ({ getContext: () => null }) as unknown as HTMLCanvasElement })],
    ['recorder-unavailable', 'a canvas without toBlob', fakePlatform({ createCanvas: () => ({ getContext: () => ({ canvas: {} }) }) as unknown as HTMLCanvasElement })],
    ['recorder-empty', 'a video without a picture', fakePlatform(fakeCanvas(() => 1))],
  ] as const)('is %s with %s', async (code, _what, platform) => {
    const result = startJpegBurst({ platform, stream: fakeStream(), video: new FakeVideo().asElement(), firstChunkTimeoutMs: 1_000 });
    await platform.advance(1_000);
    expect(await result).toMatchObject({ code });
    expect(platform.pending).toBe(0);
  });

  it('is camera-lost on a dead stream', async () => {
    const stream = fakeStream();
    stream.tracks[0]?.stop();
    expect(await begin(() => 1, { stream }).result).toMatchObject({ code: 'camera-lost' });
  });

  it.each(['before', 'signal', 'abort()'])('ends and forgets by %s', async (how) => {
    const controller = new AbortController();
    if (how === 'before') controller.abort();
    const { result } = begin(() => 20_000, { signal: controller.signal });
    if (how === 'before') return expect(await result).toMatchObject({ code: 'cancelled' });
    const recording = active(await result);
    if (how === 'signal') controller.abort();
    else recording.abort();
    expect(await recording.stop()).toMatchObject({ code: 'cancelled' });
    await settle();
    expect(await recording.ended).toMatchObject({ code: 'cancelled' });
  });
});
