import { describe, expect, it } from 'vitest';
import { type fakeMediaDevices, fakeStream, FakeTrack, type FakeVideo, settle } from '../capture/fake-hardware.js';
import { give, refuse, room, streamOf, track } from './live-sources.fixture.js';

describe('the first camera that is no use, where another is listed', () => {
  const TWO = [{ deviceId: 'secret', label: 'Front 1' }, { deviceId: 'other', label: 'Front 2' }];
  const NO_USE: readonly (readonly [string, string, (video: FakeVideo) => void])[] = [
    ['gives no picture', 'camera-no-frames', () => undefined],
    ['gives too small a picture', 'camera-too-small', (video) => video.showFrame(0.04, 320, 240)],
  ];

  it.each(NO_USE)('%s: the other one is opened', async (_what, _code, plays) => {
    const [first, other] = [fakeStream(), streamOf('other')];
    const { opening, devices, platform, video } = room([give(first), give(other)]);
    video.playing = async () => (video.srcObject === first ? plays(video) : video.showFrame(0.04));
    await devices.plug(...TWO);
    await platform.advance(8_000);
    const opened = await opening;
    expect(opened).toMatchObject({ ok: true, value: { camera: { deviceId: 'other' }, fallbacks: ['camera:other'] } });
    expect([track(first).readyState, video.srcObject]).toEqual(['ended', other]);
    if (opened.ok) opened.value.stop();
    expect([track(other).readyState, video.srcObject, video.listeners, platform.pending]).toEqual(['ended', null, 0, 0]);
  });

  it('is in use: the other one is opened', async () => {
    const rungs = ['hd', 'vga', 'any-size', 'any-camera'].map(() => refuse('NotReadableError'));
    const { opening, devices, platform } = room([...rungs, give(streamOf('other'))]);
    await devices.plug(...TWO);
    await platform.advance(1);
    expect(await opening).toMatchObject({ ok: true, value: { camera: { deviceId: 'other' }, fallbacks: ['camera:other'] } });
    expect(devices.asked.at(-1)?.video).toMatchObject({ deviceId: { exact: 'other' } });
  });

  it.each(NO_USE)('%s, and the other does neither: that is all that is tried', async (_what, code, plays) => {
    const { opening, devices, platform, video } = room([give(fakeStream()), give(streamOf('other'))]);
    video.playing = async () => plays(video);
    await devices.plug(...TWO, { deviceId: 'third', label: 'Front 3' });
    await platform.advance(16_000);
    expect(await opening).toMatchObject({ ok: false, code });
    expect(devices.asked).toHaveLength(2);
  });

  it('is not exchanged for one that is no good for a face', async () => {
    const { opening, devices, platform, video } = room([give(fakeStream())]);
    video.playing = () => Promise.resolve();
    await devices.plug({ deviceId: 'secret', label: 'Front Camera' }, { deviceId: 'back', label: 'Back Camera' }, { deviceId: 'ir', label: 'IR Camera' }, { deviceId: 'program', label: 'OBS Virtual Camera' });
    await platform.advance(8_000);
    expect(await opening).toMatchObject({ ok: false, code: 'camera-no-frames' });
    expect(devices.asked).toHaveLength(1);
  });

  it('comes from outside, and is nobody’s to exchange', async () => {
    const { opening, devices, platform, video } = room([], { stream: () => fakeStream() });
    video.playing = () => Promise.resolve();
    await devices.plug(...TWO);
    await platform.advance(8_000);
    expect(await opening).toMatchObject({ ok: false, code: 'camera-no-frames' });
    expect(devices.asked).toEqual([]);
  });

  it('is given up with the run', async () => {
    const { opening, devices, platform, video, abort } = room([give(fakeStream()), () => new Promise(() => undefined)]);
    video.playing = () => Promise.resolve();
    await devices.plug(...TWO);
    await platform.advance(8_000);
    abort.abort();
    expect(await opening).toMatchObject({ ok: false, code: 'cancelled' });
  });
});

describe('a choice of cameras', () => {
  it('is offered, and changes the camera without counting as a loss', async () => {
    const other = new FakeTrack();
    other.settings = { deviceId: 'other' };
    const controls: { deviceId: string | undefined; cameras: readonly unknown[]; use: (id: string) => void }[] = [];
    const { open, log, devices, platform } = room([give(fakeStream()), give(fakeStream(other))], { onCamera: (control) => controls.push(control) });
    await devices.plug({ deviceId: 'secret', label: 'Front 1' }, { deviceId: 'other', label: 'Front 2' });
    const sources = await open();
    await settle();
    expect(controls).toMatchObject([{ deviceId: 'secret', cameras: [{ deviceId: 'secret' }, { deviceId: 'other' }] }]);
    controls[0]?.use('secret');
    controls[0]?.use('nobody');
    expect(log).toEqual([]);
    controls[0]?.use('other');
    await platform.advance(1);
    expect(log).toEqual(['gone camera-lost', 'reacquiring', 'back']);
    expect(devices.asked.at(-1)?.video).toMatchObject({ deviceId: { exact: 'other' } });
    expect(sources.fallbacks).toEqual(['camera:chosen']);
    expect(controls.at(-1)).toMatchObject({ deviceId: 'other' });
  });

  it('is told to be in use before guidance goes on, though the list comes late', async () => {
    const order: (string | undefined)[] = [];
    let use = (_id: string): void => undefined;
    const { open, devices, platform, log } = room([give(streamOf('secret')), give(streamOf('other'))], {
      onCamera(control) {
        ({ use } = control);
        order.push(control.deviceId, log.at(-1));
      },
    });
    await devices.plug({ deviceId: 'secret', label: 'Front 1' }, { deviceId: 'other', label: 'Front 2' });
    await open();
    await settle();
    Object.assign(devices.devices, { enumerateDevices: () => new Promise(() => undefined) });
    use('other');
    await platform.advance(1);
    expect([order.slice(-2), log.at(-1)]).toEqual([['other', 'reacquiring'], 'back']);
  });
});

describe('a camera that is chosen and is no use', () => {
  /** Guidance with one camera, and another one to choose that is answered with `answers`. */
  async function choosing(answers: Parameters<typeof fakeMediaDevices>, plays: (video: FakeVideo) => void = (video) => video.showFrame(0.04)) {
    const told: (string | undefined)[] = [];
    let use = (_id: string): void => undefined;
    const made = room([give(streamOf('secret')), ...answers], { onCamera: (control) => void (told.push(control.deviceId), ({ use } = control)) });
    await made.devices.plug({ deviceId: 'secret', label: 'Front 1' }, { deviceId: 'other', label: 'Front 2' });
    const sources = await made.open();
    await settle();
    made.video.playing = async () => (sources.camera.deviceId === 'other' ? plays(made.video) : made.video.showFrame(0.08));
    use('other');
    return { ...made, sources, told, use: (id: string) => use(id) };
  }

  it.each<[string, readonly string[], (back: ReturnType<typeof fakeStream>, bad: ReturnType<typeof fakeStream>) => Parameters<typeof fakeMediaDevices>, (video: FakeVideo) => void]>([
    ['gives no picture', ['camera:chosen', 'camera:other'], (back, bad) => [give(bad), give(back)], () => undefined],
    ['gives too small a picture', ['camera:chosen', 'camera:other'], (back, bad) => [give(bad), give(back)], (video) => video.showFrame(0.08, 320, 240)],
    ['is refused', ['camera:other'], (back) => [refuse('NotAllowedError'), give(back)], () => undefined],
  ])('%s: the one before is there again', async (_what, fallbacks, answers, plays) => {
    const [back, bad] = [streamOf('secret'), streamOf('other')];
    const { log, platform, sources, devices, video, told } = await choosing(answers(back, bad), plays);
    await platform.advance(8_000);
    expect(log).toEqual(['gone camera-lost', 'reacquiring', 'back']);
    expect([sources.camera.stream, video.srcObject, sources.fallbacks]).toEqual([back, back, fallbacks]);
    expect(devices.asked.at(-1)?.video).toMatchObject({ deviceId: { exact: 'secret' } });
    await platform.advance(1);
    expect(told, 'the page hears of none that it cannot have').toEqual(['secret']);
    sources.stop();
    expect([track(back).readyState, video.srcObject, video.listeners, platform.pending]).toEqual(['ended', null, 0, 0]);
    if (fallbacks.includes('camera:chosen')) expect(track(bad).readyState).toBe('ended');
  });

  it('and so is the one before, by then: why is said', async () => {
    const { log, platform } = await choosing([give(streamOf('other')), refuse('NotAllowedError')], () => undefined);
    await platform.advance(8_000);
    expect(log).toEqual(['gone camera-lost', 'reacquiring', 'failed camera-denied']);
  });

  it('leaves another choice open', async () => {
    const { log, platform, sources, use } = await choosing([refuse('NotAllowedError'), give(streamOf('secret')), give(streamOf('other'))]);
    await platform.advance(1);
    use('other');
    await platform.advance(1);
    expect([log.at(-1), sources.camera.deviceId, sources.fallbacks]).toEqual(['back', 'other', ['camera:other', 'camera:chosen']]);
  });

  it('is not waited for once the run is over', async () => {
    const { log, platform, sources, devices } = await choosing([() => new Promise(() => undefined)]);
    await platform.advance(1);
    sources.stop();
    await platform.advance(40_000);
    expect([log, devices.asked.length]).toEqual([['gone camera-lost', 'reacquiring'], 2]);
  });
});

describe('a camera that comes or goes', () => {
  it('is told, where the list has become another one', async () => {
    const told: string[][] = [];
    const { open, devices, log, platform } = room([give(fakeStream())], { onCamera: ({ cameras }) => told.push(cameras.map(({ deviceId }) => deviceId)) });
    await devices.plug({ deviceId: 'secret', label: 'Front' });
    const sources = await open();
    await devices.plug({ deviceId: 'secret', label: 'Front' }, { deviceId: 'usb' });
    await devices.plug({ deviceId: 'secret', label: 'Front' }, { deviceId: 'usb' });
    await platform.advance(1);
    expect(told).toEqual([['secret'], ['secret', 'usb']]);
    sources.stop();
    await devices.plug({ deviceId: 'secret', label: 'Front' });
    expect(told).toHaveLength(2);
    expect([log, devices.devices.listeners]).toEqual([[], 0]);
  });

  it('can be chosen from the new list', async () => {
    const other = new FakeTrack();
    other.settings = { deviceId: 'usb' };
    let use = (_id: string): void => undefined;
    const { open, devices, log, platform } = room([give(fakeStream()), give(fakeStream(other))], { onCamera: (control) => (use = control.use) });
    await devices.plug({ deviceId: 'secret' });
    await open();
    await devices.plug({ deviceId: 'secret' }, { deviceId: 'usb' });
    use('usb');
    await platform.advance(1);
    expect(log.at(-1)).toBe('back');
  });
});
