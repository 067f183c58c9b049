import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enterRoom, type RoomServer, serveRoom } from './capture-room.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';

/** A camera whose every frame is the test's own, set up in the page. */
interface Studio {
  readonly track: MediaStreamTrack;
  /** Delivers a frame of a colour; black if none is given. */
  show(width: number, height: number, hue?: number): Promise<void>;
  /** Calls back 25 times a second, until the returned function is called. */
  film(next: (frame: number) => void): () => void;
  close(): Promise<void>;
}

/** Runs in the page, before anything else. */
function installStudio(): void {
  const openStudio = (): Studio => {
    // Not in the DOM typings.
    const Generator = Reflect.get(globalThis, 'MediaStreamTrackGenerator') as new (options: object) => MediaStreamTrack & { writable: WritableStream<VideoFrame> };
    const track = new Generator({ kind: 'video' });
    const writer = track.writable.getWriter();
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    let drawn = 0;
    return {
      track,
      async show(width, height, hue) {
        Object.assign(canvas, { width, height });
        context.fillStyle = hue === undefined ? 'black' : `hsl(${hue} 80% 50%)`;
        context.fillRect(0, 0, width, height);
        if (hue !== undefined) context.clearRect((drawn += 7) % width, 40, 30, 30);
        await writer.write(new VideoFrame(canvas, { timestamp: performance.now() * 1_000, alpha: 'discard' }));
      },
      film(next) {
        let frame = 0;
        const timer = setInterval(() => next((frame += 1)), 40);
        return () => clearInterval(timer);
      },
      close: () => writer.close(),
    };
  };
  Object.assign(globalThis, { openStudio });
}

declare const openStudio: () => Studio;

/** Ends the browser's own process that holds the device: what a driver that crashes or a cable that is pulled looks like. */
async function killService(browser: Browser, name: 'video_capture' | 'audio'): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const service = processInfo.find(({ type }) => type.startsWith(`${name}.`));
  if (!service) throw new Error(`no ${name} among ${processInfo.map(({ type }) => type).join(' ')}`);
  process.kill(service.id, 'SIGKILL');
  await session.detach();
}

let server: RoomServer;
let address = '';

beforeAll(async () => {
  server = await serveRoom();
  address = `http://localhost:${server.port}/`;
});
afterAll(() => server.close());

describe('a camera that misbehaves', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck }) });
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });

  const enter = async () => {
    const { page, room } = await enterRoom(browser, address);
    await page.evaluate(installStudio);
    return { page, room };
  };

  it('is turned in the middle of a recording: the preview tells, and recording goes on or anew', async () => {
    const { page, room } = await enter();
    const types = await page.evaluate(({ recorderTypes, webPlatform }) => recorderTypes(webPlatform()), room);
    for (const type of types) {
      const seen = await page.evaluate(
        async ({ room: { adoptStream, attachPreview, startRecording, webPlatform }, type }) => {
          const studio = openStudio();
          let size: [number, number] = [640, 480];
          const stop = studio.film((frame) => void studio.show(...size, frame * 7));
          const platform = webPlatform();
          const stream = new MediaStream([studio.track]);
          const video = document.querySelector('video') as HTMLVideoElement;
          const camera = adoptStream(stream, { platform });
          const preview = await attachPreview({ platform, stream, video });
          if (!camera.ok || !preview.ok) throw new Error('no camera or no preview');
          const first = await startRecording({ platform, stream, mediaType: type });
          if (!first.ok) throw new Error(`${first.code}: ${first.detail}`);
          const turned = new Promise<string>((resolve) => preview.value.onResize(() => resolve(`${preview.value.width}×${preview.value.height}`)));
          size = [480, 640];
          const shown = await turned;
          await new Promise((resolve) => setTimeout(resolve, 800));
          const before = await first.value.stop();
          const second = await startRecording({ platform, stream, mediaType: type });
          if (!second.ok) throw new Error(`${second.code}: ${second.detail}`);
          await new Promise((resolve) => setTimeout(resolve, 800));
          const after = await second.value.stop();
          stop();
          preview.value.detach();
          camera.value.stop();
          return { shown, before: before.ok ? before.value.endedBy : before.code, after: after.ok ? after.value.endedBy : after.code };
        },
        { room, type },
      );
      expect(seen.shown, type).toBe('480×640');
      expect(['stopped', 'recorder-failed'], type).toContain(seen.before);
      expect(seen.after, type).toBe('stopped');
    }
  });

  it('begins black, and is neither a stall nor an empty recording', async () => {
    const { page, room } = await enter();
    const seen = await page.evaluate(async ({ adoptStream, attachPreview, startFrameLoop, startRecording, webPlatform }) => {
      const studio = openStudio();
      const stop = studio.film((frame) => void studio.show(640, 480, frame > 15 ? frame * 7 : undefined));
      const platform = webPlatform();
      const stream = new MediaStream([studio.track]);
      const video = document.querySelector('video') as HTMLVideoElement;
      const camera = adoptStream(stream, { platform });
      const preview = await attachPreview({ platform, stream, video });
      if (!camera.ok || !preview.ok) throw new Error('no camera or no preview');
      const probe = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D;
      const brightness: number[] = [];
      const failures: string[] = [];
      const started = await startRecording({ platform, stream });
      if (!started.ok) throw new Error(`${started.code}: ${started.detail}`);
      await new Promise<void>((resolve) => {
        const loop = startFrameLoop({
          platform,
          video,
          onFrame(frame) {
            probe.drawImage(frame as ImageBitmap, 0, 0, 1, 1);
            (frame as ImageBitmap).close();
            brightness.push(Math.max(...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)));
            if (brightness.filter((value) => value > 60).length < 5) return;
            loop.stop();
            resolve();
          },
          onError: (error) => failures.push(String(error)),
          onStall: ({ code }) => failures.push(code),
        });
      });
      const stopped = await started.value.stop();
      stop();
      preview.value.detach();
      camera.value.stop();
      return { failures, black: brightness.filter((value) => value < 10).length, recorded: stopped.ok || stopped.code };
    }, room);
    expect(seen).toMatchObject({ failures: [], recorded: true });
  });

  it('loses a fifth of its frames, and nothing else is lost', async () => {
    const { page, room } = await enter();
    const seen = await page.evaluate(async ({ adoptStream, attachPreview, startEvidence, startFrameLoop, startJpegBurst, webPlatform }) => {
      const studio = openStudio();
      const stop = studio.film((frame) => {
        if (frame % 5) void studio.show(640, 480, frame * 7);
      });
      const platform = webPlatform();
      const stream = new MediaStream([studio.track]);
      const video = document.querySelector('video') as HTMLVideoElement;
      const camera = adoptStream(stream, { platform });
      const preview = await attachPreview({ platform, stream, video });
      if (!camera.ok || !preview.ok) throw new Error('no camera or no preview');
      const times: number[] = [];
      const failures: string[] = [];
      const loop = startFrameLoop({
        platform,
        video,
        onFrame(frame, time) {
          (frame as ImageBitmap).close();
          times.push(time);
        },
        onError: (error) => failures.push(String(error)),
        onStall: ({ code }) => failures.push(code),
      });
      const outcomes: unknown[] = [];
      for (const mediaRecorder of [platform.mediaRecorder, () => undefined]) {
        const started = await startEvidence({ platform: { ...platform, mediaRecorder }, stream, video, loadBurst: async () => ({ startJpegBurst }) });
        if (!started.ok) throw new Error(`${started.code}: ${started.detail}`);
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        const stopped = await started.value.stop();
        outcomes.push([started.value.rung, stopped.ok || stopped.code]);
      }
      loop.stop();
      stop();
      preview.value.detach();
      camera.value.stop();
      return { outcomes, failures, times };
    }, room);
    expect(seen).toMatchObject({ outcomes: [['recording', true], ['jpeg-burst', true]], failures: [] });
    expect(seen.times.length).toBeGreaterThan(40);
    expect(seen.times.every((time, index) => index === 0 || time > (seen.times[index - 1] ?? Infinity))).toBe(true);
  });

  it('never lets play() resolve: frames are proof enough, and without them there is a deadline', async () => {
    const { page, room } = await enter();
    const seen = await page.evaluate(async ({ attachPreview, openCamera, webPlatform }) => {
      const platform = webPlatform();
      const video = document.querySelector('video') as HTMLVideoElement;
      const play = video.play.bind(video);
      const camera = await openCamera({ platform });
      if (!camera.ok) throw new Error(camera.code);
      video.play = () => (void play(), new Promise(() => undefined));
      const playing = await attachPreview({ platform, stream: camera.value.stream, video });
      if (playing.ok) playing.value.detach();
      // The track of a call that is never answered: live, and without a frame.
      const call = new RTCPeerConnection();
      const { track } = call.addTransceiver('video').receiver;
      const dead = await attachPreview({ platform, stream: new MediaStream([track]), video, playTimeoutMs: 300, firstFrameTimeoutMs: 300 });
      camera.value.stop();
      call.close();
      return [playing.ok, dead.ok || dead.code, video.srcObject];
    }, room);
    expect(seen).toEqual([true, 'playback-blocked', null]);
  });

  it('is never given: getUserMedia has a deadline, and a stream that comes after it is stopped', async () => {
    const { page, room } = await enter();
    const seen = await page.evaluate(async ({ openCamera, webPlatform }) => {
      let answer = (): void => undefined;
      const late = new Promise<void>((resolve) => (answer = resolve)).then(() => navigator.mediaDevices.getUserMedia({ video: true }));
      const platform = { ...webPlatform(), mediaDevices: () => ({ getUserMedia: () => late }) as unknown as MediaDevices };
      const opened = await openCamera({ platform, timeoutMs: 400 });
      answer();
      const stream = await late;
      await Promise.resolve();
      return [opened.ok || opened.code, stream.active];
    }, room);
    expect(seen).toEqual(['camera-timeout', false]);
  });

  it('loses its recorder in the middle: whoever waits hears of it at once, and another try works', async () => {
    const { page, room } = await enter();
    const seen = await page.evaluate(async ({ openCamera, startRecording, webPlatform }) => {
      const platform = webPlatform();
      const camera = await openCamera({ platform });
      if (!camera.ok) throw new Error(camera.code);
      const stream = new MediaStream([camera.value.track]);
      const first = await startRecording({ platform, stream });
      if (!first.ok) throw new Error(first.detail);
      // Browsers give up a recording whose stream gets another track.
      stream.addTrack(camera.value.track.clone());
      const ended = await first.value.ended;
      const second = await startRecording({ platform, stream: camera.value.stream });
      if (second.ok) second.value.abort();
      for (const track of stream.getTracks()) track.stop();
      camera.value.stop();
      return [ended.ok || ended.code, second.ok];
    }, room);
    expect(seen).toEqual(['recorder-failed', true]);
  });

  it('dies in the middle and is opened again: preview, frames and recording go on in the same element', async () => {
    const { page, room } = await enter();
    const running = await page.evaluateHandle(async ({ attachPreview, openCamera, startRecording, webPlatform }) => {
      const platform = webPlatform();
      const video = document.querySelector('video') as HTMLVideoElement;
      const camera = await openCamera({ platform });
      if (!camera.ok) throw new Error(camera.code);
      const preview = await attachPreview({ platform, stream: camera.value.stream, video });
      if (!preview.ok) throw new Error(preview.code);
      const recording = await startRecording({ platform, stream: camera.value.stream });
      if (!recording.ok) throw new Error(recording.detail);
      const lost = new Promise<string>((resolve) => camera.value.onLost(({ code }) => resolve(code)));
      return { platform, video, camera: camera.value, preview: preview.value, recording: recording.value, lost };
    }, room);
    await killService(browser, 'video_capture');
    const seen = await page.evaluate(
      async ({ room: { attachPreview, reacquireCamera, startFrameLoop, startRecording }, running: { platform, video, camera, preview, recording, lost } }) => {
        const events: unknown[] = [await lost];
        const half = await recording.ended;
        events.push(half.ok ? half.value.endedBy : half.code);
        preview.detach();
        const again = await reacquireCamera(camera, { platform });
        if (!again.ok) throw new Error(again.code);
        events.push(again.value.deviceId === camera.deviceId, again.value.rung);
        const shown = await attachPreview({ platform, stream: again.value.stream, video });
        if (!shown.ok) throw new Error(shown.code);
        await new Promise<void>((resolve) => {
          let frames = 0;
          const loop = startFrameLoop({
            platform,
            video,
            onFrame(frame) {
              (frame as ImageBitmap).close();
              if ((frames += 1) < 10) return;
              loop.stop();
              resolve();
            },
            onError: (error) => events.push(error),
            onStall: ({ code }) => events.push(code),
          });
        });
        const another = await startRecording({ platform, stream: again.value.stream });
        events.push(another.ok);
        if (another.ok) another.value.abort();
        shown.value.detach();
        again.value.stop();
        events.push([camera, again.value].flatMap(({ stream }) => stream.getTracks()).every(({ readyState }) => readyState === 'ended'));
        return events;
      },
      { room, running },
    );
    expect(seen).toEqual(['camera-lost', 'stream-ended', true, 'hd', true, true]);
  });

  it('dies while the microphone goes on, and the other way round', async () => {
    const { page, room } = await enter();
    const running = await page.evaluateHandle(async ({ openCamera, openMicrophone, webPlatform }) => {
      const platform = webPlatform();
      const [camera, microphone] = [await openCamera({ platform }), await openMicrophone({ platform })];
      if (!camera.ok || !microphone.ok) throw new Error('no camera or no microphone');
      const heard: string[] = [];
      const lost = (device: typeof camera.value | typeof microphone.value) => new Promise<void>((resolve) => device.onLost(({ code }) => resolve(void heard.push(code))));
      return { heard, camera: lost(camera.value), microphone: lost(microphone.value), level: () => microphone.value.level() };
    }, room);
    await killService(browser, 'video_capture');
    await page.evaluate(({ camera }) => camera, running);
    expect(await page.evaluate(({ heard, level }) => [...heard, typeof level()], running)).toEqual(['camera-lost', 'number']);
    await killService(browser, 'audio');
    await page.evaluate(({ microphone }) => microphone, running);
    expect(await page.evaluate(({ heard, level }) => [...heard, typeof level()], running)).toEqual(['camera-lost', 'microphone-failed', 'undefined']);
  });
});

describe('a machine with two cameras', () => {
  it('lists them, and changes from one to the other', async () => {
    const browser = await launchBrowser({ args: ['--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'] });
    try {
      const { page, room } = await enterRoom(browser, address);
      const seen = await page.evaluate(async ({ attachPreview, listCameras, openCamera, reacquireCamera, webPlatform }) => {
        const platform = webPlatform();
        const before = await listCameras({ platform });
        const first = await openCamera({ platform });
        if (!first.ok) throw new Error(first.code);
        const listed = await listCameras({ platform });
        if (!listed.ok) throw new Error(listed.code);
        const other = listed.value.find(({ deviceId }) => deviceId !== first.value.deviceId);
        const second = await reacquireCamera(first.value, { platform, deviceId: other?.deviceId });
        if (!second.ok) throw new Error(second.code);
        const video = document.querySelector('video') as HTMLVideoElement;
        const preview = await attachPreview({ platform, stream: second.value.stream, video });
        const states = [first.value.track.readyState, second.value.track.readyState];
        second.value.stop();
        return { before: before.ok, listed: listed.value.length, labels: listed.value.every(({ label }) => label), changed: second.value.deviceId === other?.deviceId, plays: preview.ok, states };
      }, room);
      expect(seen).toEqual({ before: true, listed: 2, labels: true, changed: true, plays: true, states: ['ended', 'live'] });
    } finally {
      await browser.close();
    }
  });
});
