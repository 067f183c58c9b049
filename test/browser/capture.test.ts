import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import type { Browser, JSHandle, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GAINED_MS, LOST_MS } from '../../src/server/evidence/against-video.js';
import { enterRoom, loadRoom, type Room, type RoomServer, serveRoom } from './capture-room.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';

let server: RoomServer;
let port = 0;

beforeAll(async () => {
  server = await serveRoom();
  ({ port } = server);
});

afterAll(() => server.close());

function enter(browser: Browser, address = `http://localhost:${port}/`): Promise<{ page: Page; room: JSHandle<Room> }> {
  return enterRoom(browser, address);
}

describe('with a camera', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser({
      fakeCamera: await cameraFile({ input: VIDEOS.franck }),
      args: ['--host-resolver-rules=MAP insecure.test 127.0.0.1'],
    });
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });

  it('shows the person, hands over frames, and gives everything back', async () => {
    const { page, room } = await enter(browser);
    const seen = await page.evaluate(async ({ attachPreview, openCamera, startFrameLoop, webPlatform }) => {
      const platform = webPlatform();
      const video = document.querySelector('video') as HTMLVideoElement;
      const opened = await openCamera({ platform });
      if (!opened.ok) throw new Error(opened.code);
      const { stream } = opened.value;
      const preview = await attachPreview({ platform, stream, video });
      if (!preview.ok) throw new Error(preview.code);
      const size = [preview.value.width, preview.value.height];
      const times: number[] = [];
      const frames: string[] = [];
      const failures: unknown[] = [];
      await new Promise<void>((resolve) => {
        const loop = startFrameLoop({
          platform,
          video,
          onFrame(frame, time) {
            times.push(time);
            const { width, height } = frame as ImageBitmap;
            frames.push(`${frame.constructor.name} ${width}×${height}`);
            (frame as ImageBitmap).close();
            if (times.length < 30) return;
            loop.stop();
            resolve();
          },
          onError: (error) => failures.push(error),
          onStall: (reason) => failures.push(reason),
        });
      });
      const settings = opened.value.settings();
      preview.value.detach();
      opened.value.stop();
      return {
        size,
        settings,
        times,
        frames: [...new Set(frames)],
        failures,
        tracks: stream.getTracks().map(({ kind, readyState }) => `${kind} ${readyState}`),
        video: video.outerHTML,
        source: video.srcObject,
      };
    }, room);
    expect(seen).toMatchObject({
      size: [640, 480],
      settings: { width: 640, height: 480, synthetic: false },
      frames: ['ImageBitmap 480×360'],
      failures: [],
      tracks: ['video ended'],
      video: '<video id="preview"></video>',
      source: null,
    });
    const steps = seen.times.slice(1).map((time, index) => time - (seen.times[index] ?? NaN));
    expect(steps).toHaveLength(29);
    expect(Math.min(...steps)).toBeGreaterThan(0);
    // A camera of 30 frames a second; a busy machine loses some, but none comes sooner.
    expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeGreaterThan(30);
  });

  it('reads frames without createImageBitmap and without requestVideoFrameCallback', async () => {
    const { page, room } = await enter(browser);
    const seen = await page.evaluate(async ({ attachPreview, openCamera, startFrameLoop, webPlatform }) => {
      Reflect.deleteProperty(globalThis, 'createImageBitmap');
      Reflect.deleteProperty(HTMLVideoElement.prototype, 'requestVideoFrameCallback');
      const platform = webPlatform();
      const video = document.querySelector('video') as HTMLVideoElement;
      const opened = await openCamera({ platform });
      if (!opened.ok) throw new Error(opened.code);
      const preview = await attachPreview({ platform, stream: opened.value.stream, video });
      if (!preview.ok) throw new Error(preview.code);
      const digests = new Set<number>();
      const kinds = new Set<string>();
      await new Promise<void>((resolve, reject) => {
        const loop = startFrameLoop({
          platform,
          video,
          onFrame(frame) {
            const { width, height, data } = frame as ImageData;
            kinds.add(`${frame.constructor.name} ${width}×${height}`);
            digests.add(data.reduce((sum, value) => sum + value, 0));
            if (digests.size < 5) return;
            loop.stop();
            resolve();
          },
          onError: reject,
          onStall: reject,
        });
      });
      opened.value.stop();
      return [...kinds];
    }, room);
    // Five different pictures came: neither black nor the same one again.
    expect(seen).toEqual(['ImageData 480×360']);
  });

  it('records in every container that the browser claims, and each file plays as long as it says', async () => {
    const { page, room } = await enter(browser);
    const types = await page.evaluate(({ recorderTypes, webPlatform }) => recorderTypes(webPlatform()), room);
    expect(types).toContain('video/webm;codecs=vp8');
    for (const type of types) {
      const recorded = await page.evaluate(
        async ({ room: { openCamera, startRecording, webPlatform }, type }) => {
          const platform = webPlatform();
          const opened = await openCamera({ platform });
          if (!opened.ok) throw new Error(opened.code);
          const starts: number[] = [];
          const started = await startRecording({ platform, stream: opened.value.stream, mediaType: type, onStart: (at) => starts.push(at) });
          if (!started.ok) throw new Error(`${started.code}: ${started.detail}`);
          await new Promise((resolve) => setTimeout(resolve, 1_500 - (performance.now() - started.value.startedAt)));
          const stopped = await started.value.stop();
          opened.value.stop();
          if (!stopped.ok) throw new Error(`${stopped.code}: ${stopped.detail}`);
          const { chunks, ...recording } = stopped.value;
          const file = new Uint8Array(await new Blob([...chunks]).arrayBuffer());
          return { recording, starts: starts.length, rejected: started.value.rejectedTypes, empty: chunks.filter(({ size }) => !size).length, file };
        },
        { room, type },
      );
      const { recording, file } = recorded;
      expect(recorded).toMatchObject({ starts: 1, rejected: [], empty: 0, recording: { bytes: file.length, endedBy: 'stopped' } });
      // Chromium makes a Matroska of H.264 that it was asked for in WebM, and says so.
      expect(recording.mediaType.split(';')[0]).toBe(type.includes('h264') ? 'video/x-matroska' : type.split(';')[0]);
      const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
      const track = await input.getPrimaryVideoTrack();
      expect([track?.displayWidth, track?.displayHeight]).toEqual([640, 480]);
      const seconds = await input.computeDuration();
      // What a server forgives: an encoder may start late on a busy machine, and a recorder say late that it has started.
      const difference = seconds * 1_000 - recording.durationMs;
      const told = `${type}: ${seconds} s in the file, ${recording.durationMs} ms by the clock`;
      expect(difference, told).toBeLessThan(GAINED_MS);
      expect(difference, told).toBeGreaterThan(-LOST_MS);
      expect(recording.durationMs).toBeGreaterThan(1_400);
    }
  });

  it('stops a stream that comes after the caller gave up', async () => {
    const { page, room } = await enter(browser);
    const late = await page.evaluate(async ({ openCamera, webPlatform }) => {
      const streams: Promise<MediaStream>[] = [];
      const getUserMedia = (constraints: MediaStreamConstraints): Promise<MediaStream> => {
        streams.push(navigator.mediaDevices.getUserMedia(constraints));
        return streams[0] as Promise<MediaStream>;
      };
      const platform = { ...webPlatform(), mediaDevices: () => ({ getUserMedia }) as unknown as MediaDevices };
      const controller = new AbortController();
      const opening = openCamera({ platform, signal: controller.signal });
      controller.abort();
      const result = await opening;
      const [stream] = await Promise.all(streams);
      await Promise.resolve();
      return [result.ok || result.code, stream?.active];
    }, room);
    expect(late).toEqual(['cancelled', false]);
  });

  it('leaves no track running after twenty runs', async () => {
    const { page, room } = await enter(browser);
    const states = await page.evaluate(async ({ attachPreview, openCamera, webPlatform }) => {
      const platform = webPlatform();
      const video = document.querySelector('video') as HTMLVideoElement;
      const tracks: MediaStreamTrack[] = [];
      for (let run = 0; run < 20; run += 1) {
        const opened = await openCamera({ platform });
        if (!opened.ok) throw new Error(opened.code);
        const preview = await attachPreview({ platform, stream: opened.value.stream, video });
        if (!preview.ok) throw new Error(preview.code);
        preview.value.detach();
        opened.value.stop();
        tracks.push(...opened.value.stream.getTracks());
      }
      return tracks.map(({ readyState }) => readyState);
    }, room);
    expect(states).toEqual(Array.from({ length: 20 }, () => 'ended'));
  });

  it('knows an iframe that may not use the camera from one that may', async () => {
    const inside = encodeURIComponent(`http://127.0.0.1:${port}/`);
    for (const [allow, expected] of [['', 'permissions-policy'], ['camera', 'any stream']] as const) {
      const page = await browser.newPage();
      await page.goto(`http://localhost:${port}/frame?allow=${allow}&src=${inside}`);
      const frame = page.frames()[1];
      if (!frame) throw new Error('no iframe');
      const room = await loadRoom(frame);
      const [outcome, check] = await frame.evaluate(async ({ openCamera, preflight, webPlatform }) => {
        const platform = webPlatform();
        const before = preflight({ platform }).checks.find(({ id }) => id === 'permissions-policy');
        const opened = await openCamera({ platform });
        if (opened.ok) opened.value.stop();
        return [opened.ok ? 'any stream' : opened.code, before?.status];
      }, room);
      expect([outcome, check]).toEqual([expected, expected === 'any stream' ? 'ok' : 'fail']);
    }
  });

  it('names the insecure context, and preflight asks for nothing', async () => {
    const insecure = await enter(browser, `http://insecure.test:${port}/`);
    const code = await insecure.page.evaluate(async ({ openCamera, webPlatform }) => {
      const opened = await openCamera({ platform: webPlatform() });
      return opened.ok || opened.code;
    }, insecure.room);
    expect(code).toBe('insecure-context');

    const { page, room } = await enter(browser);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const report = await page.evaluate(({ preflight, webPlatform }) => {
      const asked: string[] = [];
      for (const name of ['getUserMedia', 'enumerateDevices'] as const) {
        Reflect.set(navigator.mediaDevices, name, () => {
          asked.push(name);
          return Promise.reject(new Error(name));
        });
      }
      return { ...preflight({ platform: webPlatform() }), asked };
    }, room);
    expect(report).toMatchObject({ status: 'ok', asked: [] });
    expect(requests).toEqual([]);
  });

  it('notices a source that goes black, comes back, and ends', async () => {
    const { page, room } = await enter(browser);
    const events = await page.evaluate(async ({ adoptStream, attachPreview, startFrameLoop, startRecording, webPlatform }) => {
      // A camera whose every frame is ours; not in the DOM typings.
      const Generator = Reflect.get(globalThis, 'MediaStreamTrackGenerator') as new (options: object) => MediaStreamTrack & { writable: WritableStream<VideoFrame> };
      const track = new Generator({ kind: 'video' });
      const writer = track.writable.getWriter();
      const canvas = new OffscreenCanvas(320, 240);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      let drawn = 0;
      const write = async (): Promise<void> => {
        context.fillStyle = `hsl(${(drawn += 1) * 7} 80% 50%)`;
        context.fillRect(0, 0, 320, 240);
        context.fillText(String(drawn), drawn % 300, 120);
        await writer.write(new VideoFrame(canvas, { timestamp: performance.now() * 1_000 }));
      };

      const platform = webPlatform();
      const video = document.querySelector('video') as HTMLVideoElement;
      const stream = new MediaStream([track]);
      const adopted = adoptStream(stream, { platform });
      if (!adopted.ok) throw new Error(adopted.code);
      const events: unknown[] = [];
      const black = await attachPreview({ platform, stream, video, playTimeoutMs: 300, firstFrameTimeoutMs: 300 });
      events.push(black.ok || ['playback-blocked', 'camera-no-frames'].includes(black.code));

      let feeding = setInterval(() => void write(), 40);
      const preview = await attachPreview({ platform, stream, video });
      events.push(preview.ok);
      let delivered = 0;
      let frameCame = (): void => undefined;
      let stalled = (): void => undefined;
      const loop = startFrameLoop({
        platform,
        video,
        stallTimeoutMs: 800,
        onFrame(frame) {
          (frame as ImageBitmap).close();
          delivered += 1;
          frameCame();
        },
        onError: (error) => events.push(error),
        onStall: ({ code }) => {
          events.push(code);
          stalled();
        },
      });
      await new Promise<void>((resolve) => (frameCame = resolve));
      const stall = new Promise<void>((resolve) => (stalled = resolve));
      clearInterval(feeding);
      await stall;
      const before = delivered;
      const back = new Promise<void>((resolve) => (frameCame = resolve));
      feeding = setInterval(() => void write(), 40);
      await back;
      events.push(delivered > before);

      const started = await startRecording({ platform, stream });
      if (!started.ok) throw new Error(`${started.code}: ${started.detail}`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const lost = new Promise((resolve) => adopted.value.onLost(({ code }) => resolve(code)));
      clearInterval(feeding);
      await writer.close();
      events.push(await lost);
      const stopped = await started.value.stop();
      events.push(stopped.ok && stopped.value.endedBy);
      loop.stop();
      adopted.value.stop();
      return events;
    }, room);
    expect(events).toEqual([true, true, 'camera-no-frames', true, 'camera-lost', 'stream-ended']);
  });
});

describe('without a stream', () => {
  it.each([
    ['camera-absent', []],
    ['camera-denied', ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream=deny']],
  ])('says %s', async (code, args) => {
    const browser = await launchBrowser({ args });
    try {
      const { page, room } = await enter(browser);
      const result = await page.evaluate(({ openCamera, webPlatform }) => openCamera({ platform: webPlatform(), timeoutMs: 10_000 }), room);
      expect(result).toMatchObject({ ok: false, code });
    } finally {
      await browser.close();
    }
  });
});
