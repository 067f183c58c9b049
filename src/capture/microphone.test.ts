import { describe, expect, it } from 'vitest';
import type { MediaPlatform } from '../platform/port.js';
import { deferred, FakeAudioContext, fakeMediaDevices, fakePlatform, fakeStream, FakeTrack, settle } from './fake-hardware.js';
import { type Microphone, openMicrophone, type OpenMicrophoneOptions } from './microphone.js';
import type { CaptureResult } from './result.js';

const refuse = (name: string) => () => Promise.reject(new DOMException('no', name));

/** A browser whose audio contexts are all `context`. */
const audio = (context: FakeAudioContext): Pick<MediaPlatform, 'audioContext'> => ({
  audioContext: () => function () { return context; } as unknown as typeof AudioContext,
});

function setUp(answers: Parameters<typeof fakeMediaDevices>, overrides: Partial<MediaPlatform> = {}) {
  const context = new FakeAudioContext();
  const devices = fakeMediaDevices(...answers);
  const platform = fakePlatform({ ...devices, ...audio(context), ...overrides });
  const open = (options: Partial<OpenMicrophoneOptions> = {}) => openMicrophone({ platform, ...options });
  return { context, devices, platform, open };
}

function opened(result: CaptureResult<Microphone>): Microphone {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}

async function speak() {
  const track = new FakeTrack('audio');
  track.settings = { sampleRate: 48_000, echoCancellation: true, deviceId: 'secret' };
  const rest = setUp([() => Promise.resolve(fakeStream(track))]);
  return { track, ...rest, microphone: opened(await rest.open({ muteTimeoutMs: 100 })) };
}

describe('openMicrophone', () => {
  it('asks for sound alone, within the click that called it', async () => {
    const { devices, open } = setUp([() => Promise.resolve(fakeStream(new FakeTrack('audio')))]);
    const opening = open();
    expect(devices.asked).toEqual([{ audio: true, video: false }]);
    opened(await opening).stop();
  });

  it.each([
    ['NotAllowedError', 'microphone-denied'],
    ['NotFoundError', 'microphone-absent'],
    ['NotReadableError', 'microphone-failed'],
    ['AbortError', 'microphone-failed'],
    ['SecurityError', 'permissions-policy'],
    ['NotSupportedError', 'unsupported-browser'],
  ])('turns %s into %s', async (name, code) => {
    expect(await setUp([refuse(name)]).open()).toEqual({ ok: false, code, detail: `${name}: no` });
  });

  it.each([
    ['insecure-context', { isSecureContext: () => false }],
    ['permissions-policy', { allowsFeature: (feature: string) => feature === 'camera' }],
    ['unsupported-browser', { mediaDevices: () => undefined }],
  ] as readonly [string, Partial<MediaPlatform>][])('says %s before it asks', async (code, overrides) => {
    const { devices, open } = setUp([], overrides);
    expect(await open()).toMatchObject({ ok: false, code });
    expect(devices.asked).toEqual([]);
  });

  it('hints at the iframe whose browser cannot tell', async () => {
    const { open } = setUp([refuse('NotAllowedError')], { isFramed: () => true });
    expect(await open()).toMatchObject({ code: 'microphone-denied', detail: expect.stringContaining('allow="microphone"') });
  });

  it('gives up in time, and stops the sound that still comes', async () => {
    const late = deferred<MediaStream>();
    const { platform, open } = setUp([() => late.promise]);
    const opening = open({ timeoutMs: 1_000 });
    await platform.advance(1_000);
    expect(await opening).toMatchObject({ code: 'microphone-failed', detail: 'getUserMedia gave no answer within 1000 ms' });
    const stream = fakeStream(new FakeTrack('audio'));
    late.resolve(stream);
    await settle();
    expect([stream.active, platform.pending]).toEqual([false, 0]);
  });

  it('ends when aborted before, while asked, and while the meter starts', async () => {
    expect(await setUp([]).open({ signal: AbortSignal.abort() })).toMatchObject({ code: 'cancelled' });
    const asked = new AbortController();
    const opening = setUp([() => new Promise(() => undefined)]).open({ signal: asked.signal });
    asked.abort();
    expect(await opening).toMatchObject({ code: 'cancelled' });
    const started = new AbortController();
    const stream = fakeStream(new FakeTrack('audio'));
    const { context, platform, open } = setUp([() => Promise.resolve(stream)]);
    context.allowed = false;
    const starting = open({ signal: started.signal });
    await settle();
    started.abort();
    expect(await starting).toMatchObject({ code: 'cancelled' });
    expect([stream.active, context.state, platform.pending]).toEqual([false, 'closed', 0]);
  });

  it('wants a tap where the audio stays suspended, and keeps nothing open until then', async () => {
    const stream = fakeStream(new FakeTrack('audio'));
    const { context, platform, open } = setUp([() => Promise.resolve(stream)]);
    context.allowed = false;
    const opening = open({ meterTimeoutMs: 500 });
    await platform.advance(500);
    expect(await opening).toEqual({ ok: false, code: 'playback-blocked', detail: 'the audio was still suspended after 500 ms' });
    expect([stream.active, context.state, platform.pending]).toEqual([false, 'closed', 0]);
  });

  it.each([
    ['unsupported-browser', 'no AudioContext', { audioContext: () => undefined }],
    ['microphone-failed', 'an AudioContext that throws', { audioContext: () => class { constructor() { throw new DOMException('too many', 'NotSupportedError'); } } as unknown as typeof AudioContext }],
    [
      'microphone-failed',
      'a graph that cannot be made',
      audio(Object.assign(new FakeAudioContext(), { createMediaStreamSource() { throw new DOMException('rates', 'NotSupportedError'); } })),
    ],
  ] as readonly [string, string, Partial<MediaPlatform>][])('is %s with %s, and stops the sound', async (code, _what, overrides) => {
    const stream = fakeStream(new FakeTrack('audio'));
    expect(await setUp([() => Promise.resolve(stream)], overrides).open()).toMatchObject({ ok: false, code });
    expect(stream.active).toBe(false);
  });

  it('is microphone-failed for a stream without live sound', async () => {
    expect(await setUp([() => Promise.resolve(fakeStream())]).open()).toMatchObject({ code: 'microphone-failed' });
    const ended = new FakeTrack('audio');
    ended.stop();
    expect(await setUp([() => Promise.resolve(fakeStream(ended))]).open()).toMatchObject({ code: 'microphone-failed' });
  });
});

describe('Microphone', () => {
  it('measures the root mean square, never above 1', async () => {
    const { context, microphone } = await speak();
    expect(microphone.level()).toBe(0);
    context.hear(0.05, 40);
    expect(microphone.level()).toBeCloseTo(0.05);
    context.hear(-3, 40);
    expect(microphone.level()).toBe(1);
  });

  it.each([25, 300, 600])('loses no short sound between two calls %i ms apart, and counts none twice', async (every) => {
    const { context, microphone } = await speak();
    let energy = 0;
    for (let passed = 0; passed < 6_000; passed += every) {
      for (let ms = 0; ms < every; ms++) context.hear((passed + ms) % 1_000 < 30 ? 0.2 : 0, 1);
      energy += (microphone.level() ?? NaN) ** 2 * every;
    }
    expect(energy).toBeCloseTo(6 * 30 * 0.2 ** 2);
  });

  it('remembers what was said while nobody asked, however long that is', async () => {
    const { context, microphone, platform } = await speak();
    context.hear(0.5, 100);
    for (let passed = 0; passed < 60_000; passed += 200) {
      context.hear(0, 200);
      await platform.advance(200);
    }
    expect(microphone.level()).toBeCloseTo(Math.sqrt((0.5 ** 2 * 100) / 60_100), 5);
    context.hear(0, 100);
    expect(microphone.level()).toBe(0);
  });

  it('says the same where no sample has come since', async () => {
    const { context, microphone } = await speak();
    context.hear(0.1, 100);
    expect([microphone.level(), microphone.level()]).toEqual([expect.closeTo(0.1), expect.closeTo(0.1)]);
  });

  it('measures nothing while a call has the audio, and wakes it afterwards', async () => {
    const { context, microphone, track } = await speak();
    context.allowed = false;
    context.become('interrupted');
    expect(microphone.level()).toBeUndefined();
    context.allowed = true;
    context.become('suspended');
    expect([context.state, microphone.level()]).toEqual(['running', 0]);
    track.mute(true);
    context.hear(0.5, 100);
    expect(microphone.level()).toBeUndefined();
    track.mute(false);
    context.hear(0, 100);
    expect(microphone.level()).toBe(0);
  });

  it('is lost by a long mute and by the end of the track', async () => {
    const { platform, microphone, track } = await speak();
    const heard: unknown[] = [];
    microphone.onMuteChange((muted) => heard.push(muted));
    microphone.onLost(({ code }) => heard.push(code));
    track.mute(true);
    await platform.advance(100);
    expect(heard).toEqual([true, 'microphone-failed']);
    const other = await speak();
    other.track.end();
    other.microphone.onLost(({ detail }) => heard.push(detail));
    expect(heard[2]).toBe('the audio track ended');
    expect(other.microphone.level()).toBeUndefined();
  });

  it('says how the sound was treated, and nothing that names the device', async () => {
    expect((await speak()).microphone.settings()).toEqual({ sampleRate: 48_000, echoCancellation: true });
  });

  it('joins the pictures of a camera, and not the sound it may have had', async () => {
    const camera = fakeStream(new FakeTrack(), new FakeTrack('audio'));
    const track = new FakeTrack('audio');
    const { open } = setUp([() => Promise.resolve(fakeStream(track))], { createStream: (tracks) => fakeStream(...(tracks as unknown as FakeTrack[])) });
    const joined = opened(await open()).join(camera) as ReturnType<typeof fakeStream>;
    expect(joined.tracks).toEqual([camera.tracks[0], track]);
  });

  it('stops everything, twice if told twice, without calling that a loss', async () => {
    const { context, platform, microphone, track } = await speak();
    const lost: string[] = [];
    microphone.onLost(({ code }) => lost.push(code));
    microphone.stop();
    microphone.stop();
    expect([track.readyState, context.state, context.listeners, track.listeners, platform.pending]).toEqual(['ended', 'closed', 0, 0, 0]);
    expect([lost, microphone.level()]).toEqual([[], undefined]);
  });
});
