import { describe, expect, it } from 'vitest';
import { adoptStream, type Camera, openCamera } from './camera.js';
import { deferred, fakeMediaDevices, fakePlatform, fakeStream, FakeTrack, fakeVisibility, settle } from './fake-hardware.js';
import { reacquireCamera, type ReacquireOptions } from './reacquire.js';

const refuse = (name: string) => () => Promise.reject(new DOMException('no', name));
const give = (stream: MediaStream) => () => Promise.resolve(stream);

/** All rungs of one attempt. */
const busy = Array.from({ length: 7 }, () => refuse('NotReadableError'));

async function lose(answers: Parameters<typeof fakeMediaDevices>, options: Partial<ReacquireOptions> = {}) {
  const page = fakeVisibility();
  const first = new FakeTrack();
  const devices = fakeMediaDevices(give(fakeStream(first)), ...answers);
  const platform = fakePlatform({ ...devices, ...page });
  const opened = await openCamera({ platform });
  if (!opened.ok) throw new Error(opened.code);
  const camera = opened.value;
  first.end();
  return { page, platform, devices, camera, first, again: () => reacquireCamera(camera, { platform, ...options }) };
}

describe('reacquireCamera', () => {
  it('stops what was left, and opens the same device again', async () => {
    const { devices, camera, first, again } = await lose([give(fakeStream())]);
    const opened = await again();
    expect(opened).toMatchObject({ ok: true, value: { rung: 'hd', deviceId: 'secret' } });
    expect(devices.asked[1]).toEqual({ audio: false, video: { deviceId: { exact: 'secret' }, width: { ideal: 1280 }, height: { ideal: 720 } } });
    expect([camera.stream.active, first.listeners]).toEqual([false, 0]);
  });

  it('changes to another camera where it is told to', async () => {
    const { devices, again } = await lose([give(fakeStream())], { deviceId: 'other' });
    expect(await again()).toMatchObject({ ok: true });
    expect(devices.asked[1]?.video).toMatchObject({ deviceId: { exact: 'other' } });
  });

  it('tries again after a pause while a call still holds the camera, and not for ever', async () => {
    const patient = await lose([...busy, ...busy, give(fakeStream())], { attempts: 3, pauseMs: 500 });
    const result = patient.again();
    await patient.platform.advance(499);
    expect(patient.devices.asked).toHaveLength(8);
    await patient.platform.advance(501);
    expect(await result).toMatchObject({ ok: true });
    expect(patient.platform.pending).toBe(0);

    const hopeless = await lose([...busy, ...busy], { attempts: 2, pauseMs: 500 });
    const failed = hopeless.again();
    await hopeless.platform.advance(500);
    expect(await failed).toMatchObject({ ok: false, code: 'camera-in-use' });
    expect([hopeless.devices.asked.length, hopeless.platform.pending]).toEqual([15, 0]);
  });

  it('does not wait out the pause when a device comes back', async () => {
    const { platform, devices, again } = await lose([refuse('NotFoundError'), give(fakeStream())], { pauseMs: 60_000 });
    const result = again();
    await settle();
    await devices.plug({ deviceId: 'secret' });
    expect(await result).toMatchObject({ ok: true });
    expect(platform.pending).toBe(0);
  });

  it.each(['NotAllowedError', 'SecurityError'])('does not ask twice after a %s', async (name) => {
    const { devices, again } = await lose([refuse(name)]);
    expect(await again()).toMatchObject({ ok: false });
    expect(devices.asked).toHaveLength(2);
  });

  it('waits for a hidden page, and not for ever', async () => {
    const back = await lose([give(fakeStream())]);
    back.page.show(false);
    const result = back.again();
    await back.platform.advance(60_000);
    expect(back.devices.asked).toHaveLength(1);
    back.page.show(true);
    expect(await result).toMatchObject({ ok: true });
    expect(back.platform.pending).toBe(0);

    const gone = await lose([], { hiddenTimeoutMs: 1_000 });
    gone.page.show(false);
    const failed = gone.again();
    await gone.platform.advance(1_000);
    expect(await failed).toMatchObject({ code: 'page-hidden' });
  });

  it('gives a person who is asked again as long to answer as the first time', async () => {
    const answer = deferred<MediaStream>();
    const { platform, again } = await lose([() => answer.promise]);
    const result = again();
    await platform.advance(29_000);
    answer.resolve(fakeStream());
    expect(await result).toMatchObject({ ok: true });
    expect(platform.pending).toBe(0);
  });

  it('gives up on a getUserMedia that never answers, and stops what still comes', async () => {
    const late = deferred<MediaStream>();
    const { platform, again } = await lose([() => late.promise], { timeoutMs: 1_000 });
    const result = again();
    await platform.advance(1_000);
    expect(await result).toMatchObject({ code: 'camera-timeout' });
    const stream = fakeStream();
    late.resolve(stream);
    await settle();
    expect([stream.active, platform.pending]).toEqual([false, 0]);
  });

  it.each(['hidden', 'pause', 'opening'])('ends when aborted during %s', async (when) => {
    const controller = new AbortController();
    const answers = when === 'pause' ? [refuse('NotFoundError')] : [() => new Promise<never>(() => undefined)];
    const { page, platform, again } = await lose(answers, { signal: controller.signal });
    if (when === 'hidden') page.show(false);
    const result = again();
    await settle();
    controller.abort();
    expect(await result).toMatchObject({ code: 'cancelled' });
    expect(platform.pending).toBe(0);
  });

  it('cannot make an adopted stream again', async () => {
    const platform = fakePlatform();
    const adopted = adoptStream(fakeStream(), { platform }) as { value: Camera };
    expect(await reacquireCamera(adopted.value, { platform })).toMatchObject({ code: 'camera-lost' });
    expect(adopted.value.stream.active).toBe(false);
  });
});
