import { readFile } from 'node:fs/promises';
import type { Browser, JSHandle, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as risk from '../../src/risk/index.js';
import { bundleForPage } from '../risk/page-bundle.js';
import { type PageServer, servePage } from '../risk/page-server.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';

type Room = typeof risk;
type Report = Awaited<ReturnType<Room['collectRisk']>>;

let server: PageServer;
let browser: Browser;
let page: Page;
let room: JSHandle<Room>;

beforeAll(async () => {
  server = await servePage(await bundleForPage({ input: 'src/risk/index.ts', minify: true }), {
    '/person.mp4': { type: 'video/mp4', body: await readFile(VIDEOS.franck) },
  });
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck }) });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/**
 * Opens a page and looks through a track.
 *
 * @param source Body of an async function that returns the track; `camera()` opens the browser's own, `drawing()` is a canvas on
 *   which something moves, `show(stream)` a video that plays a stream.
 */
async function lookThrough(source: string, requested: MediaTrackConstraints = {}): Promise<Report> {
  await page?.close();
  page = await browser.newPage();
  await page.goto(server.origin);
  room = await page.evaluateHandle<Room>("import('/entry.js')");
  const track = await page.evaluateHandle<MediaStreamTrack>(`(async () => {
    const show = async (stream) => { const video = document.createElement('video'); video.muted = true; video.srcObject = stream; document.body.append(video); await video.play(); return video; };
    const camera = async (demands = true) => (await navigator.mediaDevices.getUserMedia({ video: demands })).getVideoTracks()[0];
    const drawing = () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
      const pen = canvas.getContext('2d');
      let step = 0;
      const draw = () => { pen.fillStyle = \`hsl(\${step += 7} 80% 50%)\`; pen.fillRect(0, 0, 640, 480); requestAnimationFrame(draw); };
      draw();
      return canvas;
    };
    ${source}
  })()`);
  return page.evaluate(
    async ({ room: { collectRisk }, track, requested }) => {
      const video = document.createElement('video');
      video.muted = true;
      video.srcObject = new MediaStream([track]);
      document.body.append(video);
      await video.play();
      return collectRisk({ consent: { granted: true }, groups: ['camera', 'integrity', 'browser'], exclude: ['automation'], deadlineMs: 5_000, camera: { track, video, requested, probe: 'clone' } });
    },
    { room, track, requested },
  );
}

const ids = ({ signals }: Report): string[] => signals.map(({ id }) => id).filter((id) => !id.startsWith('headless'));

/** The camera of these tests is a film that Chromium plays as a camera, which its label says; every other sign is that of a camera. */
const HONEST = ['virtualCamera'];

describe('a camera', () => {
  it('raises nothing but its label', async () => {
    const report = await lookThrough('return camera({ width: { exact: 640 }, frameRate: { min: 10 } });', { width: { exact: 640 }, frameRate: { min: 10 }, height: 9_999 });
    expect(ids(report)).toEqual(HONEST);
    expect(report.facts).toMatchObject({
      cameraDevice: { status: 'ok', value: { trackClass: 'MediaStreamTrack', label: 'file', grouped: true, listed: true, sameLabel: true } },
      cameraSettings: { status: 'ok', value: { granted: { width: 640, height: 480, frameRate: 30 }, broken: [] } },
      cameraCapabilities: { status: 'ok', value: { names: expect.arrayContaining(['groupId', 'width', 'height']), maxWidth: 640, maxHeight: 480 } },
      cameraFrames: { status: 'ok', value: { frames: 20, withCaptureTime: 20 } },
      cameraResponse: { status: 'ok', value: { outcome: 'obeyed' } },
      permissions: { status: 'ok' },
    });
    const frames = report.facts.cameraFrames;
    if (frames?.status !== 'ok') throw new Error('no frames');
    expect(frames.value.meanIntervalMs).toBeGreaterThan(25);
    expect(frames.value.meanIntervalMs).toBeLessThan(60);
    // The label is a path of this machine: it must not leave the page.
    expect(JSON.stringify(report)).not.toContain('mjpeg');
    expect(await page.evaluate(() => [...document.querySelectorAll('video')].map((video) => (video.srcObject as MediaStream).getVideoTracks()[0]?.getSettings().width))).toEqual([640]);
  });

  it('passed on by video.captureStream() is known not to be visible', async () => {
    const report = await lookThrough('const video = await show(new MediaStream([await camera()])); return video.captureStream().getVideoTracks()[0];');
    expect(ids(report)).toEqual(HONEST);
    expect(report.facts.cameraDevice).toMatchObject({ value: { trackClass: 'MediaStreamTrack', grouped: true, listed: true, sameLabel: true } });
    expect(report.facts.cameraFrames).toMatchObject({ value: { withCaptureTime: 20 } });
  });

  it('passed on frame by frame through a generator is visible by its class, though its frames keep their capture time', async () => {
    const report = await lookThrough(`
      const { readable } = new MediaStreamTrackProcessor({ track: await camera() });
      const generator = new MediaStreamTrackGenerator({ kind: 'video' });
      readable.pipeTo(generator.writable);
      return generator;`);
    expect(ids(report)).toEqual(['syntheticCamera', 'unlistedCamera', 'poorCamera', 'unresponsiveCamera']);
    expect(report.facts.cameraFrames).toMatchObject({ value: { withCaptureTime: 20 } });
  });
});

describe('a stream that a page made', () => {
  it('canvas.captureStream() posing as a camera behind getUserMedia', async () => {
    const report = await lookThrough(`
      await camera();
      const stream = drawing().captureStream(30);
      MediaDevices.prototype.getUserMedia = async function getUserMedia() { return stream; };
      return camera();`);
    expect(ids(report)).toEqual(['syntheticCamera', 'uncapturedFrames', 'unlistedCamera', 'cameraHook', 'functionHook', 'poorCamera']);
    expect(report.facts.cameraDevice).toMatchObject({ value: { trackClass: 'CanvasCaptureMediaStreamTrack', label: 'identifier', grouped: false, listed: false } });
    expect(report.facts.cameraFrames).toMatchObject({ value: { withCaptureTime: 0 } });
    expect(report.signals[0]).toMatchObject({
      sentence: 'Camera stream is synthetic: a page made it.',
      codes: [{ system: 'faceid-risk', table: 'device-tag', code: '5007' }, { system: 'faceid-risk', table: 'device-tag', code: '1005' }],
    });
  });

  it('canvas.captureStream() with the settings, the label and the class of the camera', async () => {
    const report = await lookThrough(`
      const real = await camera();
      const track = drawing().captureStream(30).getVideoTracks()[0];
      const settings = real.getSettings();
      Object.defineProperties(track, {
        label: { value: real.label },
        getSettings: { value: () => settings },
        getCapabilities: { value: () => real.getCapabilities() },
        [Symbol.toStringTag]: { value: 'MediaStreamTrack' },
      });
      return track;`);
    // Whatever it says of itself, its frames were never captured, and what it says stands in the wrong place.
    expect(ids(report)).toEqual(['uncapturedFrames', 'virtualCamera', 'cameraHook']);
  });

  it('a MediaStreamTrackGenerator', async () => {
    const report = await lookThrough(`
      const generator = new MediaStreamTrackGenerator({ kind: 'video' });
      const writer = generator.writable.getWriter();
      const canvas = drawing();
      let count = 0;
      setInterval(() => writer.write(new VideoFrame(canvas, { timestamp: 33_333 * count++ })), 33);
      return generator;`);
    expect(ids(report)).toEqual(['syntheticCamera', 'uncapturedFrames', 'unlistedCamera', 'poorCamera', 'unresponsiveCamera']);
    expect(report.facts.cameraDevice).toMatchObject({ value: { trackClass: 'MediaStreamTrackGenerator' } });
    expect(report.facts.cameraResponse).toMatchObject({ value: { outcome: 'refused' } });
  });

  it('the sample person: a film played by the page', async () => {
    const report = await lookThrough(`
      const film = Object.assign(document.createElement('video'), { src: '/person.mp4', muted: true, loop: true });
      document.body.append(film);
      await film.play();
      return film.captureStream().getVideoTracks()[0];`);
    expect(ids(report)).toEqual(expect.arrayContaining(['syntheticCamera', 'uncapturedFrames']));
    expect(report.facts.cameraDevice).toMatchObject({ value: { trackClass: 'MediaStreamTrack', label: 'identifier', grouped: false } });
  });

  it('a still picture repeats itself', async () => {
    const report = await lookThrough(`
      const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
      const pen = canvas.getContext('2d');
      // Painted again and again with the same, or the stream would have no frames at all.
      setInterval(() => { pen.fillStyle = '#345'; pen.fillRect(0, 0, 640, 480); }, 33);
      return canvas.captureStream(30).getVideoTracks()[0];`);
    expect(ids(report)).toContain('repeatedFrames');
    expect(report.facts.cameraFrames).toMatchObject({ value: { frames: 20, duplicates: 19 } });
  });
});

it('a stream with demands it does not meet', async () => {
  const report = await lookThrough('return camera();', { facingMode: { exact: 'user' }, width: { min: 1_920 }, height: { ideal: 1_080 }, frameRate: { max: 60 } });
  expect(report.facts.cameraSettings).toMatchObject({ value: { broken: ['width', 'facingMode'] } });
  expect(ids(report)).toEqual(['virtualCamera', 'cameraSettingsMismatch']);
});

it('a stream that has ended gives no frames and hangs nothing, and leaves no callback behind', async () => {
  await page?.close();
  page = await browser.newPage();
  await page.goto(server.origin);
  room = await page.evaluateHandle<Room>("import('/entry.js')");
  const { report, pending } = await page.evaluate(async ({ collectRisk }) => {
    const open = new Set<number>();
    const video = document.createElement('video');
    const request = video.requestVideoFrameCallback.bind(video);
    const cancel = video.cancelVideoFrameCallback.bind(video);
    video.requestVideoFrameCallback = (callback) => {
      const handle = request((now, data) => {
        open.delete(handle);
        callback(now, data);
      });
      open.add(handle);
      return handle;
    };
    video.cancelVideoFrameCallback = (handle) => {
      open.delete(handle);
      cancel(handle);
    };
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const [track] = stream.getVideoTracks();
    if (!track) throw new Error('no track');
    video.srcObject = stream;
    await video.play();
    const whole = await collectRisk({ consent: { granted: true }, groups: ['camera'], camera: { track, video }, deadlineMs: 3_000 });
    if (whole.facts.cameraFrames?.status !== 'ok') throw new Error(JSON.stringify(whole));
    track.stop();
    const ended = await collectRisk({ consent: { granted: true }, groups: ['camera'], camera: { track, video }, deadlineMs: 3_000 });
    return { report: ended, pending: open.size };
  }, room);
  expect(report.facts.cameraFrames).toMatchObject({ status: 'missing' });
  expect(report.outcome).toBe('complete');
  expect(pending).toBe(0);
});
