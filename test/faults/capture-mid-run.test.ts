/**
 * What phones do in the middle of a run, as a script: a rig drives camera, preview, frame loop and recording the way a run
 * does, something breaks, and the test says who hears of it, with which code, and that nothing is left behind.
 */
import { describe, expect, it } from 'vitest';
import {
  deferred,
  fakeCanvas,
  fakeMediaDevices,
  fakeMediaRecorder,
  fakePlatform,
  FakeRecorder,
  fakeStream,
  FakeTrack,
  FakeVideo,
  fakeVisibility,
  settle,
} from '../../src/capture/fake-hardware.js';
import { attachPreview, type Camera, openCamera, reacquireCamera, startEvidence, startFrameLoop } from '../../src/capture/index.js';
import * as burst from '../../src/capture/jpeg-burst.js';

const FRAME_MS = 40;

/** A person before a camera of 25 frames a second, being recorded; everything that happens is written down. */
async function run({ lost = () => false, Recorder = FakeRecorder, further = [] }: { lost?: (frame: number) => boolean; Recorder?: typeof FakeRecorder; further?: Parameters<typeof fakeMediaDevices> } = {}) {
  const page = fakeVisibility();
  const track = new FakeTrack();
  const stream = fakeStream(track);
  const devices = fakeMediaDevices(() => Promise.resolve(stream), ...further);
  await devices.plug({ deviceId: 'secret' });
  const recorders = fakeMediaRecorder(['video/webm'], Recorder);
  const image = { width: 480, height: 270, close: () => undefined } as ImageBitmap;
  const platform = fakePlatform({ ...page, ...devices, ...recorders, ...fakeCanvas(() => 20_000), createImageBitmap: () => Promise.resolve(image) });
  const video = new FakeVideo().withFrameCallback();
  const log: string[] = [];
  const frames: number[] = [];

  let size: [number, number] = [1280, 720];
  let filming = true;
  let frame = 0;
  const film = (): void => {
    frame += 1;
    if (filming && page.isVisible() && !track.muted && track.readyState === 'live' && !lost(frame)) video.showFrame((frame * FRAME_MS) / 1_000, ...size);
    if (frame < 2_000) platform.setTimeout(film, FRAME_MS);
  };

  const opened = await openCamera({ platform });
  if (!opened.ok) throw new Error(opened.code);
  const camera = opened.value;
  camera.onLost(({ code, detail }) => log.push(`lost ${code}: ${detail}`));
  camera.onMuteChange((muted) => log.push(muted ? 'muted' : 'unmuted'));
  const previewing = attachPreview({ platform, stream, video: video.asElement() });
  film();
  await platform.advance(FRAME_MS);
  const preview = await previewing;
  if (!preview.ok) throw new Error(preview.code);
  preview.value.onResize(() => log.push(`turned ${preview.value.width}×${preview.value.height}`));
  const loop = startFrameLoop({
    platform,
    video: video.asElement(),
    onFrame: (_frame, time) => void frames.push(time),
    onError: (error) => log.push(`error ${String(error)}`),
    onStall: ({ code }) => log.push(`stall ${code}`),
  });
  const starting = startEvidence({ platform, stream, video: video.asElement(), loadBurst: async () => burst, firstChunkTimeoutMs: 1_000 });
  await settle();
  recorders.made[0]?.chunk(5_000);
  await platform.advance(1_200);
  const started = await starting;
  if (started.ok) void started.value.ended.then((result) => log.push(result.ok ? `ended ${result.value.endedBy}` : `ended ${result.code}`));

  return {
    platform, page, track, devices, recorder: recorders.made[0], video, camera, preview: preview.value, loop, started, log, frames,
    turn: (width: number, height: number) => (size = [width, height]),
    /** The camera gives no more pictures, and says nothing. */
    freeze: (frozen: boolean) => (filming = !frozen),
    /** Ends what a run ends, and says what is left. */
    async leave(current: Camera = camera) {
      loop.stop();
      if (started.ok) started.value.abort();
      preview.value.detach();
      camera.stop();
      current.stop();
      frame = Infinity;
      await platform.advance(60_000);
      return {
        timers: platform.pending,
        listeners: track.listeners + video.listeners + devices.devices.listeners,
        callbacks: video.frameCallbacks.size,
        tracks: [...camera.stream.getTracks(), ...current.stream.getTracks()].filter(({ readyState }) => readyState === 'live').length,
        recorder: recorders.made.filter(({ state }) => state !== 'inactive').length,
      };
    },
  };
}

const NOTHING = { timers: 0, listeners: 0, callbacks: 0, tracks: 0, recorder: 0 };
type Run = Awaited<ReturnType<typeof run>>;

describe('in the middle of a run', () => {
  it.each([
    ['nothing', async () => undefined, []],
    ['the device is pulled out', async ({ track }: Run) => track.end(), ['lost camera-lost: the video track ended']],
    ['the device is pulled out and its track does not say so', async ({ devices }: Run) => devices.plug(), ['lost camera-lost: the camera is no longer among the devices']],
    ['another device is plugged in', async ({ devices }: Run) => devices.plug({ deviceId: 'secret' }, { deviceId: 'usb' }), []],
    ['a call comes and stays', async ({ track, platform }: Run) => (track.mute(true), platform.advance(3_000)), ['muted', 'lost camera-lost: the video track stayed muted for 3000 ms']],
    ['a call comes and is refused', async ({ track, platform }: Run) => (track.mute(true), await platform.advance(2_000), track.mute(false), platform.advance(5_000)), ['muted', 'unmuted']],
    ['the page is hidden for a minute, which mutes the camera', async ({ page, track, platform }: Run) => (page.show(false), track.mute(true), await platform.advance(60_000), page.show(true), track.mute(false), platform.advance(1_000)), ['muted', 'unmuted']],
    ['the page comes back and the camera does not', async ({ page, track, platform }: Run) => (page.show(false), track.mute(true), await platform.advance(60_000), page.show(true), platform.advance(3_000)), ['muted', 'stall camera-no-frames', 'lost camera-lost: the video track stayed muted for 3000 ms']],
    ['the phone is turned', async ({ turn, platform, video }: Run) => (turn(720, 1280), await platform.advance(FRAME_MS), video.dispatchEvent(new Event('resize'))), ['turned 720×1280']],
    ['the picture freezes', async ({ freeze, platform }: Run) => (freeze(true), platform.advance(3_500)), ['stall camera-no-frames']],
    ['the picture freezes and comes back', async ({ freeze, platform }: Run) => (freeze(true), await platform.advance(2_500), freeze(false), platform.advance(3_000)), []],
    ['the recorder breaks', async ({ recorder }: Run) => recorder?.onerror?.({ error: new DOMException('encoder', 'UnknownError') }), ['ended recorder-failed']],
    ['the recorder stops by itself', async ({ recorder, track }: Run) => (track.end(), recorder?.stop()), ['lost camera-lost: the video track ended', 'ended stream-ended']],
  ] as const)('%s', async (_what, happen, expected) => {
    const running = await run();
    expect(running.started).toMatchObject({ ok: true, value: { rung: 'recording' } });
    await happen(running);
    await settle();
    expect(running.log).toEqual(expected);
    expect(await running.leave()).toEqual(NOTHING);
    expect(running.log.filter((line) => !line.startsWith('ended'))).toEqual(expected.filter((line) => !line.startsWith('ended')));
  });

  it('a fifth of the frames are lost, and nobody minds', async () => {
    const running = await run({ lost: (frame) => frame > 5 && frame % 5 === 0 });
    const before = running.frames.length;
    await running.platform.advance(10_000);
    expect(running.log).toEqual([]);
    expect(running.frames.length - before).toBe(200);
    expect(running.frames.every((time, index) => index === 0 || time > (running.frames[index - 1] ?? Infinity))).toBe(true);
    expect(await running.leave()).toEqual(NOTHING);
  });

  it('three frames a second are enough to go on', async () => {
    const running = await run({ lost: (frame) => frame > 5 && frame % 8 !== 0 });
    await running.platform.advance(10_000);
    expect(running.log).toEqual([]);
    expect(await running.leave()).toEqual(NOTHING);
  });

  it('the recorder yields nothing but empty chunks: pictures are taken instead', async () => {
    class Empty extends FakeRecorder {
      override chunk(): void {
        super.chunk(0);
      }
    }
    const running = await run({ Recorder: Empty });
    expect(running.started).toMatchObject({ ok: true, value: { rung: 'jpeg-burst', rejectedTypes: ['video/webm'] } });
    await running.platform.advance(2_000);
    if (!running.started.ok) throw new Error(running.started.code);
    const stopped = await running.started.value.stop();
    expect(stopped.ok && stopped.value.frames?.length).toBeGreaterThan(15);
    expect(running.log).toEqual(['ended stopped']);
    expect(await running.leave()).toEqual(NOTHING);
  });
});

describe('after the camera was lost', () => {
  const again = (running: Run, options: { attempts?: number } = {}) => {
    running.loop.stop();
    running.preview.detach();
    return reacquireCamera(running.camera, { platform: running.platform, ...options });
  };

  it('it is had again when the call is over, and shown in the same element', async () => {
    const busy = () => Promise.reject(new DOMException('Could not start video source', 'NotReadableError'));
    const stream = fakeStream();
    const running = await run({ further: [...Array.from({ length: 7 }, () => busy), () => Promise.resolve(stream)] });
    running.track.end();
    const coming = again(running);
    await running.platform.advance(1_000);
    const camera = await coming;
    if (!camera.ok) throw new Error(camera.code);
    const showing = attachPreview({ platform: running.platform, stream: camera.value.stream, video: running.video.asElement() });
    await settle();
    running.video.showFrame(99);
    const shown = await showing;
    expect([shown.ok, running.video.srcObject]).toEqual([true, stream]);
    if (shown.ok) shown.value.detach();
    expect(await running.leave(camera.value)).toEqual(NOTHING);
  });

  it.each([
    ['the person has taken the permission back', 'camera-denied', 'NotAllowedError'],
    ['there is no camera any more', 'camera-absent', 'NotFoundError'],
    ['another application keeps it', 'camera-in-use', 'NotReadableError'],
    ['no camera can do it', 'camera-overconstrained', 'OverconstrainedError'],
  ])('%s: the run ends with %s', async (_what, code, name) => {
    const running = await run({ further: Array.from({ length: 14 }, () => () => Promise.reject(new DOMException('no', name))) });
    running.track.end();
    const coming = again(running, { attempts: 2 });
    await running.platform.advance(2_000);
    expect(await coming).toMatchObject({ ok: false, code });
    expect(await running.leave()).toEqual(NOTHING);
  });

  it('getUserMedia never answers again: there is a deadline, and a stream that comes after all is stopped', async () => {
    const late = deferred<MediaStream>();
    const running = await run({ further: [() => late.promise] });
    running.track.end();
    const coming = again(running);
    await running.platform.advance(30_000);
    expect(await coming).toMatchObject({ ok: false, code: 'camera-timeout' });
    const stream = fakeStream();
    late.resolve(stream);
    await settle();
    expect(stream.active).toBe(false);
    expect(await running.leave()).toEqual(NOTHING);
  });

  it('the new camera ends before it is shown: it says so to whoever asks then', async () => {
    const track = new FakeTrack();
    const running = await run({ further: [() => Promise.resolve(fakeStream(track))] });
    running.track.end();
    const camera = await again(running);
    if (!camera.ok) throw new Error(camera.code);
    track.end();
    const heard: string[] = [];
    camera.value.onLost(({ code }) => heard.push(code));
    expect(heard).toEqual(['camera-lost']);
    expect(await running.leave(camera.value)).toEqual(NOTHING);
  });
});
