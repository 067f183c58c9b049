import { describe, expect, it } from 'vitest';
import { deferred, fakeStream, FakeTrack, settle } from '../capture/fake-hardware.js';
import { give, refuse, room, track } from './live-sources.fixture.js';
import type { LiveSourcesOptions } from './live-sources.js';

describe('a camera that is lost', () => {
  it('is opened again, and plays where it played', async () => {
    const [first, second] = [fakeStream(), fakeStream()];
    const { open, log, platform, video } = room([give(first), give(second)]);
    const sources = await open();
    track(first).end();
    await platform.advance(1);
    expect(log).toEqual(['gone camera-lost', 'reacquiring', 'back']);
    expect(video.srcObject).toBe(second);
    expect(sources.camera.stream).toBe(second);
    expect(sources.fallbacks).toEqual(['camera:reacquired']);
    sources.stop();
    expect(track(second).readyState).toBe('ended');
    expect([track(first).listeners, track(second).listeners, video.listeners, platform.pending]).toEqual([0, 0, 0, 0]);
  });

  it('waits for a hidden page to be seen', async () => {
    const [first, second] = [fakeStream(), fakeStream()];
    const { open, log, platform, page, devices } = room([give(first), give(second)]);
    await open();
    page.show(false);
    track(first).end();
    await platform.advance(60_000);
    expect(devices.asked).toHaveLength(1);
    page.show(true);
    await platform.advance(1);
    expect(log.at(-1)).toBe('back');
  });

  it('is given up after a few times', async () => {
    const streams = [fakeStream(), fakeStream(), fakeStream(), fakeStream()];
    const { open, log, platform } = room(streams.map(give));
    await open();
    for (const stream of streams) {
      track(stream).end();
      await platform.advance(1);
    }
    expect(log.filter((entry) => entry === 'back')).toHaveLength(3);
    expect(log.at(-1)).toBe('failed camera-lost');
  });

  it('that was lost again before anybody looked is opened once more', async () => {
    const [first, second, third] = [fakeStream(), fakeStream(), fakeStream()];
    const { open, log, platform } = room([give(first), () => { setImmediate(() => track(second).end()); return Promise.resolve(second); }, give(third)]);
    const sources = await open();
    track(first).end();
    await platform.advance(1);
    await platform.advance(1);
    expect(sources.camera.stream).toBe(third);
    expect(log.at(-1)).toBe('back');
  });

  it('and cannot be had again says why', async () => {
    const first = fakeStream();
    const { open, log, platform } = room([give(first), ...Array.from({ length: 20 }, () => refuse('NotAllowedError'))]);
    await open();
    track(first).end();
    await platform.advance(30_000);
    expect(log).toEqual(['gone camera-lost', 'reacquiring', 'failed camera-denied']);
  });

  it('came from outside: its maker makes another', async () => {
    const streams = [fakeStream(), fakeStream()];
    let made = 0;
    const { open, log, platform } = room([], { stream: () => streams[made++] as MediaStream });
    const sources = await open();
    track(streams[0] as ReturnType<typeof fakeStream>).end();
    await platform.advance(1);
    expect(log.at(-1)).toBe('back');
    expect(made).toBe(2);
    expect(sources.fallbacks).toEqual(['camera:adopted', 'camera:reacquired', 'camera:adopted']);
  });

  it('is not kept when it comes after the end', async () => {
    const [first, second] = [fakeStream(), fakeStream()];
    const late = deferred<MediaStream>();
    const { open, log, platform, video } = room([give(first), () => late.promise]);
    const sources = await open();
    track(first).end();
    await platform.advance(1);
    sources.stop();
    late.resolve(second);
    await settle();
    expect(track(second).readyState).toBe('ended');
    expect(video.srcObject).toBeNull();
    expect(log.at(-1)).toBe('reacquiring');
  });
});

describe('the first camera', () => {
  it('is exchanged where the browser chose the infrared one', async () => {
    const infrared = new FakeTrack();
    infrared.settings = { deviceId: 'infrared' };
    const colour = fakeStream();
    const { open, devices } = room([give(fakeStream(infrared)), give(colour)]);
    await devices.plug({ deviceId: 'infrared', label: 'IR Camera' }, { deviceId: 'secret', label: 'Front Camera' });
    const sources = await open();
    expect(sources.camera.stream).toBe(colour);
    expect(infrared.readyState).toBe('ended');
  });

  it('is kept where the person chose another than the built-in one', async () => {
    const chosen = fakeStream();
    const { open, devices } = room([give(chosen)]);
    await devices.plug({ deviceId: 'built-in', label: 'FaceTime HD Camera' }, { deviceId: 'secret', label: 'Logitech BRIO' });
    const sources = await open();
    expect([sources.camera.stream, devices.asked.length]).toEqual([chosen, 1]);
  });

  it('that is too small for the backend ends the run', async () => {
    const stream = fakeStream();
    const { opening, video, platform } = room([give(stream)]);
    video.playing = async () => video.showFrame(0.04, 320, 240);
    await platform.advance(1);
    expect(await opening).toMatchObject({ ok: false, code: 'camera-too-small' });
    expect(track(stream).readyState).toBe('ended');
  });

  it('becomes too small when it is turned', async () => {
    const { open, log, video } = room([give(fakeStream())]);
    await open();
    video.showFrame(0.08, 720, 1280);
    video.dispatchEvent(new Event('resize'));
    video.showFrame(0.12, 240, 320);
    video.dispatchEvent(new Event('resize'));
    expect(log).toEqual(['resized', 'failed camera-too-small']);
  });
});

describe('a tap', () => {
  const blocked = () => {
    let tapped = false;
    const room1 = room([give(fakeStream())], { onTapNeeded: () => tap.promise });
    const tap = deferred<void>();
    room1.video.playing = async () => {
      if (!tapped) throw new DOMException('gesture', 'NotAllowedError');
      room1.video.showFrame(0.04);
    };
    return { ...room1, tap: () => { tapped = true; tap.resolve(); } };
  };

  it('starts a preview that the browser blocks', async () => {
    const { opening, tap, log, platform } = blocked();
    await platform.advance(1);
    expect(log).toEqual(['camera', 'tap']);
    tap();
    await platform.advance(1);
    expect(await opening).toMatchObject({ ok: true });
  });

  it('that never comes ends the run', async () => {
    const { opening, platform } = blocked();
    await platform.advance(120_000);
    expect(await opening).toMatchObject({ ok: false, code: 'playback-blocked', detail: expect.stringContaining('no tap') });
  });

  const black = (options: Partial<LiveSourcesOptions['options']> = {}) => {
    const tap = deferred<void>();
    const room1 = room([give(fakeStream())], { onTapNeeded: () => tap.promise, ...options });
    room1.video.playing = () => Promise.resolve();
    return { ...room1, tap };
  };

  it('starts a preview that plays and shows nothing: WeChat on iOS', async () => {
    const { opening, tap, log, platform, video } = black();
    await platform.advance(8_000);
    expect(log).toEqual(['camera', 'tap']);
    video.playing = async () => video.showFrame(0.04);
    tap.resolve();
    await platform.advance(1);
    expect(await opening).toMatchObject({ ok: true });
  });

  it('that brings no picture either is not asked for again', async () => {
    const { opening, tap, log, platform } = black();
    await platform.advance(8_000);
    tap.resolve();
    await platform.advance(8_000);
    expect(await opening).toMatchObject({ ok: false, code: 'camera-no-frames' });
    expect(log).toEqual(['camera', 'tap']);
  });

  it('that nobody gives leaves the reason it was asked for', async () => {
    const { opening, platform } = black();
    await platform.advance(128_000);
    expect(await opening).toMatchObject({ ok: false, code: 'camera-no-frames', detail: expect.stringContaining('no tap') });
  });

  it('is asked for where a camera that is opened again shows nothing', async () => {
    const streams = [fakeStream(), fakeStream()];
    const { open, log, platform, video } = room(streams.map(give), { onTapNeeded: () => Promise.resolve() });
    await open();
    video.playing = () => Promise.resolve();
    streams[0]?.tracks[0]?.end();
    await platform.advance(16_000);
    expect(log).toEqual(['gone camera-lost', 'reacquiring', 'tap', 'failed camera-no-frames']);
  });
});

describe('the microphone', () => {
  it('is asked for after the camera, and opened again alone', async () => {
    const [picture, sound, again] = [fakeStream(), fakeStream(new FakeTrack('audio')), fakeStream(new FakeTrack('audio'))];
    const { open, log, devices, platform } = room([give(picture), give(sound), give(again)], {}, 'microphone');
    const sources = await open();
    expect(devices.asked.map(({ audio }) => audio)).toEqual([false, true]);
    track(sound).end();
    await platform.advance(1);
    expect(log).toEqual(['gone microphone-failed', 'reacquiring', 'microphone', 'back']);
    expect(sources.camera.stream).toBe(picture);
    expect(sources.microphone?.track).toBe(again.tracks[0]);
    expect(sources.fallbacks).toEqual(['microphone:reacquired']);
  });
});

it('tells of a camera that the system holds for a moment', async () => {
  const stream = fakeStream();
  const { open, log } = room([give(stream)]);
  await open();
  track(stream).mute(true);
  track(stream).mute(false);
  expect(log).toEqual(['muted', 'unmuted']);
});
