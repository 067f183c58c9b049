import { describe, expect, it } from 'vitest';
import type { MediaPlatform } from '../platform/port.js';
import type { Camera, OpenCameraOptions } from './camera.js';
import { adoptStream, openCamera } from './camera.js';
import { deferred, fakeMediaDevices, fakePlatform, fakeStream, FakeTrack, fakeVisibility, settle } from './fake-hardware.js';
import type { CaptureResult } from './result.js';

const refuse = (name: string, message = 'no') => () => Promise.reject(new DOMException(message, name));
const give = (stream: MediaStream) => () => Promise.resolve(stream);

function open(devices: ReturnType<typeof fakeMediaDevices>, options: Partial<OpenCameraOptions> = {}): Promise<CaptureResult<Camera>> {
  return openCamera({ platform: fakePlatform(devices), ...options });
}

function opened(result: CaptureResult<Camera>): Camera {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}

describe('openCamera before it asks', () => {
  it.each([
    ['insecure-context', { isSecureContext: () => false, mediaDevices: () => undefined }],
    ['permissions-policy', { allowsFeature: () => false }],
    ['unsupported-browser', { mediaDevices: () => undefined }],
    ['unsupported-browser', { mediaDevices: () => ({}) as MediaDevices }],
  ] as readonly [string, Partial<MediaPlatform>][])('says %s', async (code, overrides) => {
    const devices = fakeMediaDevices(give(fakeStream()));
    expect(await openCamera({ platform: fakePlatform({ ...devices, ...overrides }) })).toMatchObject({ ok: false, code });
    expect(devices.asked).toEqual([]);
  });

  it('does not ask when aborted already', async () => {
    const devices = fakeMediaDevices();
    expect(await open(devices, { signal: AbortSignal.abort() })).toMatchObject({ ok: false, code: 'cancelled' });
    expect(devices.asked).toEqual([]);
  });

  it('asks within the click that called it', () => {
    const devices = fakeMediaDevices(give(fakeStream()));
    void open(devices);
    expect(devices.asked).toHaveLength(1);
  });
});

describe('openCamera and the ladder', () => {
  it('asks for the front camera in 1280×720, with nothing exact and no sound', async () => {
    const devices = fakeMediaDevices(give(fakeStream()));
    const camera = opened(await open(devices));
    expect(devices.asked).toEqual([{ audio: false, video: { facingMode: { ideal: 'user' }, width: { ideal: 1280 }, height: { ideal: 720 } } }]);
    expect(camera.rung).toBe('hd');
    expect(camera.requested).toEqual(devices.asked[0]?.video);
    expect(camera.settings()).toEqual({ width: 640, height: 480, frameRate: 30, synthetic: false });
  });

  it.each(['OverconstrainedError', 'NotReadableError', 'AbortError', 'TypeError'])('climbs down to any camera on %s', async (name) => {
    const devices = fakeMediaDevices(refuse(name), refuse(name), refuse(name), give(fakeStream()));
    expect(opened(await open(devices))).toMatchObject({ rung: 'any-camera', requested: {} });
    expect(devices.asked.map(({ video }) => video)).toEqual([
      { facingMode: { ideal: 'user' }, width: { ideal: 1280 }, height: { ideal: 720 } },
      { facingMode: { ideal: 'user' }, width: { ideal: 640 }, height: { ideal: 480 } },
      { facingMode: { ideal: 'user' } },
      true,
    ]);
  });

  it("tries the caller's constraints first, then the caller's device in every size, then the front camera", async () => {
    const gone = Array.from({ length: 4 }, () => refuse('OverconstrainedError'));
    const devices = fakeMediaDevices(...gone, give(fakeStream()));
    expect(opened(await open(devices, { constraints: { width: { exact: 9 } }, deviceId: 'other' })).rung).toBe('hd');
    expect(devices.asked.map(({ video }) => video)).toEqual([
      { width: { exact: 9 } },
      { deviceId: { exact: 'other' }, width: { ideal: 1280 }, height: { ideal: 720 } },
      { deviceId: { exact: 'other' }, width: { ideal: 640 }, height: { ideal: 480 } },
      { deviceId: { exact: 'other' } },
      { facingMode: { ideal: 'user' }, width: { ideal: 1280 }, height: { ideal: 720 } },
    ]);
  });

  it.each([
    ['NotAllowedError', 'Permission denied', 'camera-denied', 1],
    ['SecurityError', 'no', 'permissions-policy', 1],
    ['NotFoundError', 'Requested device not found', 'camera-absent', 1],
    ['NotSupportedError', 'Not supported', 'unsupported-browser', 1],
    ['NotReadableError', 'Could not start video source', 'camera-in-use', 4],
    ['OverconstrainedError', 'no', 'camera-overconstrained', 4],
    ['AbortError', 'Starting videoinput failed', 'camera-in-use', 4],
    ['AbortError', 'Timeout starting video source', 'camera-failed', 4],
    ['UnheardOfError', 'no', 'camera-failed', 4],
  ])('turns %s (%s) into %s', async (name, message, code, tries) => {
    const devices = fakeMediaDevices(...Array.from({ length: 4 }, () => refuse(name, message)));
    expect(await open(devices)).toEqual({ ok: false, code, detail: `${name}: ${message}` });
    expect(devices.asked).toHaveLength(tries);
  });

  it('names the last reason where the rungs fail differently', async () => {
    const devices = fakeMediaDevices(refuse('OverconstrainedError'), refuse('NotAllowedError'));
    expect(await open(devices)).toMatchObject({ code: 'camera-denied' });
  });

  it('hints at a missing allow in a frame whose browser cannot tell', async () => {
    const devices = fakeMediaDevices(refuse('NotAllowedError'));
    const result = await openCamera({ platform: fakePlatform({ ...devices, isFramed: () => true }) });
    expect(result).toMatchObject({ code: 'camera-denied', detail: expect.stringContaining('allow="camera"') });
  });

  it('survives a getUserMedia that throws at once, and a stream without a video track', async () => {
    expect(await open(fakeMediaDevices())).toMatchObject({ code: 'camera-failed' });
    const sound = new FakeTrack('audio');
    expect(await open(fakeMediaDevices(give(fakeStream(sound))))).toMatchObject({ code: 'camera-absent' });
    expect(sound.readyState).toBe('ended');
  });
});

describe('openCamera on a page that is hidden meanwhile', () => {
  const hide = () => {
    const asked = deferred<MediaStream>();
    const page = fakeVisibility();
    const platform = fakePlatform({ ...page, ...fakeMediaDevices(() => asked.promise) });
    return { asked, page, platform, result: openCamera({ platform, timeoutMs: 1_000, hiddenTimeoutMs: 5_000 }) };
  };

  it('waits on: the person looks for the setting', async () => {
    const { asked, page, platform, result } = hide();
    page.show(false);
    await platform.advance(4_000);
    page.show(true);
    await platform.advance(900);
    asked.resolve(fakeStream());
    expect(await result).toMatchObject({ ok: true });
  });

  it('but not for ever', async () => {
    const { asked, page, platform, result } = hide();
    page.show(false);
    await platform.advance(5_000);
    expect(await result).toMatchObject({ code: 'page-hidden' });
    const stream = fakeStream();
    asked.resolve(stream);
    await settle();
    expect([stream.active, platform.pending]).toEqual([false, 0]);
  });
});

describe('openCamera and late streams', () => {
  it('gives up in time and stops the stream that still comes', async () => {
    const late = deferred<MediaStream>();
    const platform = fakePlatform(fakeMediaDevices(() => late.promise));
    const result = openCamera({ platform, timeoutMs: 1_000 });
    await platform.advance(1_000);
    expect(await result).toMatchObject({ code: 'camera-timeout' });
    const stream = fakeStream(new FakeTrack(), new FakeTrack('audio'));
    late.resolve(stream);
    await settle();
    expect(stream.tracks.map((track) => track.readyState)).toEqual(['ended', 'ended']);
    expect(platform.pending).toBe(0);
  });

  it('stops the stream that comes after an abort, on any rung', async () => {
    const late = deferred<MediaStream>();
    const controller = new AbortController();
    const platform = fakePlatform(fakeMediaDevices(refuse('OverconstrainedError'), () => late.promise));
    const result = openCamera({ platform, signal: controller.signal });
    await settle();
    controller.abort();
    expect(await result).toMatchObject({ code: 'cancelled' });
    const stream = fakeStream();
    late.resolve(stream);
    await settle();
    expect(stream.active).toBe(false);
    expect(platform.pending).toBe(0);
  });

  it('ignores a refusal that comes late', async () => {
    const late = deferred<MediaStream>();
    const platform = fakePlatform(fakeMediaDevices(() => late.promise));
    const result = openCamera({ platform, timeoutMs: 5 });
    await platform.advance(5);
    late.reject(new Error('late'));
    expect(await result).toMatchObject({ code: 'camera-timeout' });
  });

  it('spends one deadline on all rungs together', async () => {
    const first = deferred<MediaStream>();
    const platform = fakePlatform(fakeMediaDevices(() => first.promise, () => new Promise(() => undefined)));
    const result = openCamera({ platform, timeoutMs: 1_000 });
    await platform.advance(900);
    first.reject(new DOMException('no', 'OverconstrainedError'));
    await platform.advance(99);
    expect(platform.pending).toBe(1);
    await platform.advance(1);
    expect(await result).toMatchObject({ code: 'camera-timeout' });
  });
});

describe('Camera', () => {
  const adopt = (track: FakeTrack) => {
    const platform = fakePlatform();
    const camera = opened(adoptStream(fakeStream(track, new FakeTrack('audio')), { platform, muteTimeoutMs: 100 }));
    const lost: string[] = [];
    camera.onLost(({ code }) => lost.push(code));
    return { platform, camera, lost };
  };

  it('marks an adopted stream synthetic', () => {
    const { camera } = adopt(new FakeTrack());
    expect(camera.rung).toBe('adopted');
    expect(camera.settings()).toEqual({ width: 640, height: 480, frameRate: 30, synthetic: true });
  });

  it('refuses a stream without a video track or with an ended one', () => {
    const platform = fakePlatform();
    expect(adoptStream(fakeStream(new FakeTrack('audio')), { platform })).toMatchObject({ code: 'camera-absent' });
    const track = new FakeTrack();
    track.stop();
    expect(adoptStream(fakeStream(track), { platform })).toMatchObject({ code: 'camera-lost' });
  });

  it('is lost once when the track ends, and tells those who ask later', () => {
    const track = new FakeTrack();
    const { camera, lost } = adopt(track);
    track.end();
    track.end();
    expect(lost).toEqual(['camera-lost']);
    camera.onLost(({ detail }) => lost.push(detail));
    expect(lost).toEqual(['camera-lost', 'the video track ended']);
    expect(track.listeners).toBe(0);
  });

  it('outlives a short mute, and is lost by a long one', async () => {
    const track = new FakeTrack();
    const { platform, camera, lost } = adopt(track);
    const mutes: boolean[] = [];
    camera.onMuteChange((muted) => mutes.push(muted));
    track.mute(true);
    await platform.advance(99);
    track.mute(false);
    await platform.advance(1_000);
    expect(lost).toEqual([]);
    track.mute(true);
    await platform.advance(100);
    expect(lost).toEqual(['camera-lost']);
    expect(mutes).toEqual([true, false, true]);
  });

  it('is lost when the track was muted from the start and stays so', async () => {
    const track = new FakeTrack();
    track.muted = true;
    const { platform, lost } = adopt(track);
    await platform.advance(100);
    expect(lost).toEqual(['camera-lost']);
  });

  it('stops every track, twice if told twice, without calling that a loss', async () => {
    const track = new FakeTrack();
    const { platform, camera, lost } = adopt(track);
    track.mute(true);
    camera.stop();
    camera.stop();
    await platform.advance(1_000);
    expect(camera.stream.active).toBe(false);
    expect([track.listeners, platform.pending]).toEqual([0, 0]);
    expect(lost).toEqual([]);
  });

  it('forgets listeners that unsubscribe', () => {
    const track = new FakeTrack();
    const { camera } = adopt(track);
    const calls: string[] = [];
    camera.onLost(() => calls.push('lost'))();
    camera.onMuteChange(() => calls.push('mute'))();
    track.mute(true);
    track.end();
    expect(calls).toEqual([]);
  });

  it('is lost when it vanishes from the list without ending its track', async () => {
    const track = new FakeTrack();
    const devices = fakeMediaDevices(give(fakeStream(track)));
    await devices.plug({ deviceId: 'secret' }, { deviceId: 'other' });
    const camera = opened(await open(devices));
    const lost: string[] = [];
    camera.onLost(({ detail }) => lost.push(detail));
    await settle();
    await devices.plug({ deviceId: 'secret' });
    expect(lost).toEqual([]);
    await devices.plug();
    expect(lost).toEqual(['the camera is no longer among the devices']);
    camera.stop();
    expect([devices.devices.listeners, track.listeners]).toEqual([0, 0]);
  });

  it('is not lost by a list that never had it, or cannot be read', async () => {
    const devices = fakeMediaDevices(give(fakeStream()), give(fakeStream()));
    await devices.plug({ deviceId: 'under another name' });
    const camera = opened(await open(devices));
    const lost: string[] = [];
    camera.onLost(({ detail }) => lost.push(detail));
    await devices.plug();
    Object.assign(devices.devices, { enumerateDevices: () => Promise.reject(new DOMException('no', 'NotAllowedError')) });
    await devices.plug();
    opened(await open(devices));
    await settle();
    expect(lost).toEqual([]);
  });
});
