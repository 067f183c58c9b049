import { describe, expect, it } from 'vitest';
import type { Camera, Preview } from '../capture/index.js';
import { fakeCanvas, fakeMediaRecorder, fakePlatform, FakeRecorder, fakeStream, FakeVideo, settle } from '../capture/fake-hardware.js';
import * as burst from '../capture/jpeg-burst.js';
import { createAttempts } from './attempts.js';

const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8'];

function room({ Recorder = FakeRecorder, types = TYPES, maxBytes = 1_000_000 }: { Recorder?: typeof FakeRecorder; types?: readonly string[]; maxBytes?: number } = {}) {
  const recorders = fakeMediaRecorder(types, Recorder);
  const platform = fakePlatform({ ...recorders, ...fakeCanvas(() => 20_000), importModule: async () => burst });
  const video = new FakeVideo();
  const log: string[] = [];
  const attempts = createAttempts({
    platform,
    assetBase: '/',
    sources: { camera: { stream: fakeStream() } as unknown as Camera, preview: { video: video.asElement() } as Preview, microphone: undefined },
    limits: { maxBytes, maxDurationMs: 30_000 },
    onStart: () => log.push('start'),
    onBytes: () => log.push('bytes'),
    onBroken: ({ code, detail }) => log.push(`broken ${code}: ${detail}`),
    onFailed: ({ code }) => log.push(`failed ${code}`),
  });
  /** The camera goes on: a burst sees another picture each time. */
  const film = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) {
      video.showFrame((video.currentTime * 10 + 1) / 10);
      await platform.advance(100);
    }
  };
  return { platform, recorders, video, log, attempts, film, latest: () => recorders.made.at(-1) as FakeRecorder };
}

describe('an attempt', () => {
  it('gives what was recorded, once', async () => {
    const { attempts, latest, platform, log } = room();
    attempts.begin();
    attempts.begin();
    expect(attempts.collect()).toBeUndefined();
    latest().chunk(5_000);
    await platform.advance(100);
    const collected = attempts.collect();
    expect(attempts.collect()).toBeUndefined();
    expect(await collected).toMatchObject({ recording: { bytes: 5_000, endedBy: 'stopped' }, fallbacks: [] });
    expect(log).toEqual(['start', 'bytes']);
  });

  it('is forgotten, and another is begun on the type that worked', async () => {
    const { attempts, latest, recorders, platform } = room({ types: ['video/webm'] });
    attempts.begin();
    latest().chunk(5_000);
    await platform.advance(100);
    attempts.drop();
    expect(recorders.made[0]?.state).toBe('inactive');
    attempts.begin();
    latest().chunk(6_000);
    await platform.advance(100);
    expect(await attempts.collect()).toMatchObject({ recording: { bytes: 6_000 } });
  });
});

describe('a recorder that breaks in the middle', () => {
  it('is not tried again on the same type', async () => {
    const { attempts, latest, log, platform } = room();
    attempts.begin();
    latest().chunk(5_000);
    await platform.advance(100);
    latest().onerror?.({ error: new DOMException('encoder', 'UnknownError') });
    await settle();
    expect(log.at(-1)).toBe('broken recorder-failed: UnknownError: encoder');
    attempts.begin();
    expect(latest().mimeType).toBe(TYPES[1]);
    latest().chunk(5_000);
    await platform.advance(100);
    expect(await attempts.collect()).toMatchObject({ fallbacks: [`recorder-rejected:${TYPES[0]}`] });
  });

  it('only when it is stopped, leaves nothing to hand in, and is not tried again either', async () => {
    const { attempts, latest, log, platform } = room();
    attempts.begin();
    latest().chunk(5_000);
    await platform.advance(100);
    latest().stop = () => undefined;
    const collected = attempts.collect();
    await platform.advance(5_000);
    expect(await collected).toBeUndefined();
    expect(log.at(-1)).toMatch(/^broken recorder-failed/);
    attempts.begin();
    expect(latest().mimeType).toBe(TYPES[1]);
  });

  it('once too often ends it', async () => {
    const { attempts, latest, log, platform } = room({ types: ['video/mp4', ...TYPES, 'video/webm'] });
    for (let time = 0; time < 4; time++) {
      attempts.begin();
      latest().chunk(5_000);
      await platform.advance(100);
      latest().onerror?.({ error: new DOMException('encoder', 'UnknownError') });
      await settle();
    }
    expect(log.filter((entry) => entry.startsWith('broken'))).toHaveLength(3);
    expect(log.at(-1)).toBe('failed recorder-failed');
  });

  it('on every type leaves the burst', async () => {
    const { attempts, latest, film, platform, log } = room({ types: ['video/webm'] });
    attempts.begin();
    latest().chunk(5_000);
    await platform.advance(100);
    latest().onerror?.({ error: new DOMException('encoder', 'UnknownError') });
    await settle();
    attempts.begin();
    await film(1_000);
    expect(log.at(-1)).toBe('bytes');
    expect(await attempts.collect()).toMatchObject({ recording: { mediaType: 'video/x-motion-jpeg' }, fallbacks: expect.arrayContaining(['recorder-rejected:video/webm', 'evidence:jpeg-burst']) });
  });
});

describe('a recorder that makes more bytes than it was asked for', () => {
  it('is asked for fewer', async () => {
    const { attempts, latest, recorders, platform, log } = room({ maxBytes: 100_000 });
    attempts.begin();
    latest().chunk(40_000);
    await platform.advance(1_000);
    latest().chunk(40_000);
    await settle();
    expect(log.at(-1)).toBe('broken recorder-failed: the recording ended by itself: size-limit');
    attempts.begin();
    const [first, second] = recorders.made.map(({ options }) => options.bitsPerSecond ?? NaN);
    expect(second).toBeLessThan(first as number);
    expect(latest().mimeType).toBe(recorders.made[0]?.mimeType);
  });
});

describe('where no recorder gives anything', () => {
  class Empty extends FakeRecorder {}

  it('each start begins the challenge anew, and the burst is remembered', async () => {
    const { attempts, film, log, recorders } = room({ Recorder: Empty, types: ['video/webm'] });
    attempts.begin();
    await film(5_000);
    expect(log).toEqual(['start', 'start', 'bytes']);
    attempts.drop();
    attempts.begin();
    await settle();
    await film(300);
    expect(recorders.made).toHaveLength(1);
    expect(log).toEqual(['start', 'start', 'bytes', 'start', 'bytes']);
  });
});
