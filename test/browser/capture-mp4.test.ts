import { ALL_FORMATS, BufferSource, type EncodedPacket, EncodedPacketSink, Input, type InputVideoTrack } from 'mediabunny';
import type { Browser, JSHandle, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as mp4 from '../../src/capture/mp4.js';
import type { GlobalName } from '../../src/platform/port.js';
import { enterRoom, loadModule, type Room, type RoomServer, serveRoom } from './capture-room.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';

let server: RoomServer;
let browser: Browser;
let page: Page;
let room: JSHandle<Room>;
let converter: JSHandle<typeof mp4>;

beforeAll(async () => {
  server = await serveRoom();
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck }) });
  ({ page, room } = await enterRoom(browser, `http://localhost:${server.port}/`));
  converter = await loadModule(page, '/src/capture/mp4.js');
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

interface Conversion {
  readonly mediaType: string;
  readonly sound?: boolean;
  readonly lacks?: readonly GlobalName[];
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly abortAfterMs?: number;
  /** A recorder of the test's own that begins a cluster so often, milliseconds. */
  readonly clusterMs?: number;
}

/** Records two seconds in `mediaType`, or as long as it takes to exceed `maxBytes`, and makes mp4 of them. */
function convert(conversion: Conversion) {
  return page.evaluate(
    async ({ room: { openCamera, openMicrophone, startRecording, webPlatform }, converter: { toMp4 }, conversion }) => {
      const { mediaType, sound, lacks = [], maxBytes, timeoutMs, abortAfterMs, clusterMs } = conversion;
      const platform = webPlatform();
      const camera = await openCamera({ platform });
      if (!camera.ok) throw new Error(camera.code);
      const microphone = sound ? await openMicrophone({ platform }) : undefined;
      if (microphone && !microphone.ok) throw new Error(microphone.code);
      const stream = microphone ? microphone.value.join(camera.value.stream) : camera.value.stream;
      let recordedBytes = 0;
      let onBytes = (): void => undefined;
      class WatchedRecorder extends MediaRecorder {
        constructor(recorded: MediaStream, options?: MediaRecorderOptions) {
          // Not in the DOM typings: a key frame begins a cluster.
          super(recorded, { ...options, ...(clusterMs && { videoKeyFrameIntervalDuration: clusterMs }) });
          this.addEventListener('dataavailable', ({ data }) => {
            recordedBytes += data.size;
            onBytes();
          });
        }
      }
      const started = await startRecording({ platform: { ...platform, mediaRecorder: () => WatchedRecorder }, stream, mediaType });
      if (!started.ok) throw new Error(started.detail);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      // A busy machine's recorder takes longer for as much.
      while (recordedBytes <= (maxBytes ?? 0)) await new Promise<void>((resolve) => (onBytes = resolve));
      const stopped = await started.value.stop();
      camera.value.stop();
      microphone?.value.stop();
      if (!stopped.ok) throw new Error(stopped.detail);
      const controller = new AbortController();
      if (abortAfterMs !== undefined) setTimeout(() => controller.abort(), abortAfterMs);
      const progress: number[] = [];
      const result = await toMp4({
        platform: { ...platform, has: (name) => !lacks.includes(name) && platform.has(name) },
        recording: stopped.value,
        signal: controller.signal,
        maxBytes,
        timeoutMs,
        onProgress: (done) => progress.push(done),
      });
      const bytesOf = async (chunks: readonly Blob[]) => new Uint8Array(await new Blob([...chunks]).arrayBuffer());
      const recorded = { mediaType: stopped.value.mediaType, file: await bytesOf(stopped.value.chunks) };
      if (!result.ok) return { result, file: new Uint8Array(), progress, recorded };
      const { chunks, ...value } = result.value;
      return { result: { ok: true as const, value }, file: await bytesOf(chunks), progress, recorded };
    },
    { room, converter, conversion },
  );
}

async function inspect(file: Uint8Array<ArrayBuffer>) {
  const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
  const picture = await input.getPrimaryVideoTrack();
  const sound = await input.getPrimaryAudioTrack();
  return {
    container: (await input.getFormat()).mimeType,
    picture: await picture?.getCodec(),
    size: [await picture?.getDisplayWidth(), await picture?.getDisplayHeight()],
    sound: await sound?.getCodec(),
    seconds: (await input.computeDuration()) - (await input.getFirstTimestamp()),
    ...(picture ? await countPictures(picture) : { pictures: 0, shown: 0, clusters: 0 }),
  };
}

/** `shown`: pictures that are followed by a later one. Two can have the same millisecond, and a webm does not say how long its last is shown. */
async function countPictures(track: InputVideoTrack) {
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  return {
    pictures: packets.length,
    shown: packets.filter(({ timestamp }, index) => (packets[index + 1]?.timestamp ?? timestamp) > timestamp).length,
    clusters: packets.filter(({ type }) => type === 'key').length,
  };
}

describe('toMp4', () => {
  it('works under the strict policy', async () => {
    const violations = await page.evaluateHandle(() => {
      const seen: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => seen.push(`${violatedDirective} ${blockedURI}`));
      return seen;
    });
    expect((await convert({ mediaType: 'video/webm;codecs=vp9,opus', sound: true })).result).toMatchObject({ ok: true, value: { made: 'transcoded' } });
    expect(await violations.jsonValue()).toEqual([]);
    // The policy is really there.
    await page.evaluate(() => void new Image().setAttribute('src', 'https://elsewhere.test/picture'));
    await expect.poll(() => violations.jsonValue()).toEqual(['img-src https://elsewhere.test/picture']);
  });

  it.each([
    ['video/webm;codecs=vp8', 'transcoded'],
    ['video/webm;codecs=vp9', 'transcoded'],
    ['video/webm;codecs=h264', 'remuxed'],
    ['video/mp4;codecs=avc1.42E01E', 'as-is'],
  ])('makes H.264 in mp4 of %s: %s', async (mediaType, made) => {
    const { result, file, recorded } = await convert({ mediaType });
    expect(result, recorded.mediaType).toMatchObject({ ok: true, value: { made, bytes: file.length, endedBy: 'stopped' } });
    const [found, before] = [await inspect(file), await inspect(recorded.file)];
    expect(found).toMatchObject({ container: 'video/mp4', picture: 'avc', size: [640, 480] });
    expect(before.pictures).toBeGreaterThan(5);
    expect(found.pictures).toBe(made === 'transcoded' ? before.shown : before.pictures);
    expect(found.seconds).toBeCloseTo(before.seconds, 2);
  });

  it('leaves out no picture where the recorder began a new cluster', async () => {
    const { result, file, recorded } = await convert({ mediaType: 'video/webm;codecs=vp8', clusterMs: 100 });
    expect(result).toMatchObject({ ok: true, value: { made: 'transcoded' } });
    const [found, before] = [await inspect(file), await inspect(recorded.file)];
    expect(before.clusters).toBeGreaterThan(1);
    expect(found.pictures).toBe(before.shown);
  });

  it('keeps the sound, as AAC where the browser makes it and else as it was', async () => {
    const { result, file } = await convert({ mediaType: 'video/webm;codecs=vp8,opus', sound: true });
    expect(result).toMatchObject({ ok: true, value: { made: 'transcoded' } });
    const makesAac = await page.evaluate(async () => (await AudioEncoder.isConfigSupported({ codec: 'mp4a.40.2', sampleRate: 48_000, numberOfChannels: 1, bitrate: 64_000 })).supported);
    expect(await inspect(file)).toMatchObject({ picture: 'avc', sound: makesAac ? 'aac' : 'opus' });
  });

  it('fits the size it is told, and says how far it is', async () => {
    const { result, progress, recorded } = await convert({ mediaType: 'video/webm;codecs=vp8', maxBytes: 50_000 });
    if (!result.ok) throw new Error(result.detail);
    expect(recorded.file.length).toBeGreaterThan(50_000);
    expect(result.value.bytes).toBeLessThanOrEqual(50_000);
    expect(progress.length).toBeGreaterThan(1);
    expect(progress.every((done) => done >= 0 && done <= 1)).toBe(true);
  });

  it('makes one anew that is right but too large', async () => {
    const { result, file, recorded } = await convert({ mediaType: 'video/mp4;codecs=avc1.42E01E', maxBytes: 50_000 });
    expect(recorded.file.length).toBeGreaterThan(50_000);
    expect(result).toMatchObject({ ok: true, value: { made: 'transcoded', bytes: file.length } });
    expect(file.length).toBeLessThanOrEqual(50_000);
    expect(await inspect(file)).toMatchObject({ container: 'video/mp4', picture: 'avc', size: [640, 480] });
  });

  it('makes it half as large where no rate is low enough, and says so where that is not enough', async () => {
    const small = await convert({ mediaType: 'video/webm;codecs=vp8', maxBytes: 22_000 });
    expect(small.result).toMatchObject({ ok: true, value: { made: 'transcoded' } });
    expect(small.file.length).toBeLessThanOrEqual(22_000);
    const { result } = await convert({ mediaType: 'video/webm;codecs=vp8', maxBytes: 4_000 });
    expect(result).toMatchObject({ ok: false, code: 'recorder-failed', detail: expect.stringContaining('of 4000') as string });
  });

  it.each([
    ['recorder-unavailable', 'there is no encoder', { mediaType: 'video/webm;codecs=vp8', lacks: ['VideoEncoder'] }],
    ['recorder-unavailable', 'there is no decoder', { mediaType: 'video/webm;codecs=vp9', lacks: ['VideoDecoder'] }],
    ['recorder-failed', 'it takes too long', { mediaType: 'video/webm;codecs=vp8', timeoutMs: 5 }],
    ['cancelled', 'it is called off', { mediaType: 'video/webm;codecs=vp8', abortAfterMs: 0 }],
  ] as readonly [string, string, Conversion][])('is %s where %s', async (code, _why, conversion) => {
    expect((await convert(conversion)).result).toMatchObject({ ok: false, code });
  });

  it('needs no WebCodecs for another container alone', async () => {
    const { result } = await convert({ mediaType: 'video/webm;codecs=h264', lacks: ['VideoEncoder', 'VideoDecoder'] });
    expect(result).toMatchObject({ ok: true, value: { made: 'remuxed' } });
  });

  it.each([
    ['nothing', ''],
    ['noise', 'no film at all '.repeat(1_000)],
  ])('is recorder-failed for %s', async (_what, text) => {
    const result = await page.evaluate(
      ({ room: { webPlatform }, converter: { toMp4 }, text }) =>
        toMp4({ platform: webPlatform(), recording: { chunks: [new Blob([text])], mediaType: 'video/webm', durationMs: 1_000, bytes: text.length, endedBy: 'stopped' } }),
      { room, converter, text },
    );
    expect(result).toMatchObject({ ok: false, code: 'recorder-failed' });
  });
});
