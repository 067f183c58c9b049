import { describe, expect, it } from 'vitest';
import { deferred, fakePlatform, fakeStream, FakeVideo, fakeVisibility, settle } from './fake-hardware.js';
import { attachPreview, type PreviewOptions } from './preview.js';

function start(video: FakeVideo, options: Partial<PreviewOptions> = {}) {
  const page = fakeVisibility();
  const platform = fakePlatform(page);
  const stream = fakeStream();
  const result = attachPreview({ platform, stream, video: video.asElement(), playTimeoutMs: 100, firstFrameTimeoutMs: 200, ...options });
  return { page, platform, stream, result };
}

function expectUntouched(video: FakeVideo): void {
  expect({ attributes: [...video.attributes], muted: video.muted, srcObject: video.srcObject, listeners: video.listeners }).toEqual({
    attributes: [],
    muted: false,
    srcObject: null,
    listeners: 0,
  });
  expect(video.frameCallbacks.size).toBe(0);
}

describe('attachPreview', () => {
  it.each([
    ['with a frame callback', () => new FakeVideo().withFrameCallback()],
    ['by media events alone', () => new FakeVideo()],
  ])('plays inline and muted, and resolves at the first frame %s', async (_how, make) => {
    const video = make();
    const { platform, stream, result } = start(video);
    expect(video.paused).toBe(false);
    expect([...video.attributes.keys()]).toEqual(expect.arrayContaining(['playsinline', 'webkit-playsinline', 'muted', 'autoplay']));
    expect([video.muted, video.srcObject]).toEqual([true, stream]);
    await settle();
    video.showFrame(0.04, 720, 1280);
    const preview = await result;
    if (!preview.ok) throw new Error(preview.code);
    expect([preview.value.width, preview.value.height]).toEqual([720, 1280]);
    expect([platform.pending, video.listeners]).toEqual([0, 0]);
    preview.value.detach();
    preview.value.detach();
    expectUntouched(video);
    expect(video.paused).toBe(true);
    expect(stream.active).toBe(true);
  });

  it('asks for a tap when play() is refused', async () => {
    const video = new FakeVideo().withFrameCallback();
    video.playing = () => Promise.reject(new DOMException('gesture', 'NotAllowedError'));
    expect(await start(video).result).toEqual({ ok: false, code: 'playback-blocked', detail: 'NotAllowedError: gesture' });
    expectUntouched(video);
  });

  it('asks for a tap when play() never answers', async () => {
    const video = new FakeVideo();
    video.playing = () => new Promise(() => undefined);
    const { platform, result } = start(video);
    await platform.advance(100);
    expect(await result).toMatchObject({ code: 'playback-blocked' });
    expectUntouched(video);
  });

  it('does not mind a play() that never answers while frames arrive', async () => {
    const video = new FakeVideo().withFrameCallback();
    video.playing = () => new Promise(() => undefined);
    const { result } = start(video);
    await settle();
    video.showFrame(0);
    expect(await result).toMatchObject({ ok: true });
  });

  it('asks for no frame callback while the element changes its stream', async () => {
    const video = new FakeVideo().withFrameCallback();
    const { result } = start(video);
    expect(video.frameCallbacks.size).toBe(0);
    await settle();
    expect(video.frameCallbacks.size).toBe(1);
    video.showFrame(0);
    expect(await result).toMatchObject({ ok: true });
    expect(video.frameCallbacks.size).toBe(0);
  });

  it('reports a stream that plays black', async () => {
    const video = new FakeVideo();
    const { platform, result } = start(video);
    await platform.advance(199);
    video.dispatchEvent(new Event('playing'));
    await platform.advance(1);
    expect(await result).toMatchObject({ code: 'camera-no-frames' });
    expectUntouched(video);
  });

  it.each([
    ['play()', () => undefined],
    ['the first frame', (playing: () => void) => playing()],
  ])('leaves time in which the page is hidden out while it waits for %s', async (_what, act) => {
    const played = deferred<void>();
    const video = new FakeVideo();
    video.playing = () => played.promise;
    const { page, platform, result } = start(video, { hiddenTimeoutMs: 1_000 });
    act(() => played.resolve());
    await platform.advance(90);
    page.show(false);
    await platform.advance(900);
    page.show(true);
    await platform.advance(90);
    video.showFrame(0.04);
    expect(await result).toMatchObject({ ok: true });
    expect(platform.pending).toBe(0);
  });

  it('does not wait for a hidden page for ever', async () => {
    const video = new FakeVideo();
    const { page, platform, result } = start(video, { hiddenTimeoutMs: 1_000 });
    await settle();
    page.show(false);
    await platform.advance(1_000);
    expect(await result).toMatchObject({ code: 'page-hidden' });
    expectUntouched(video);
  });

  it.each([
    ['before', async (controller: AbortController) => controller.abort()],
    ['while play() is pending', async (controller: AbortController) => queueMicrotask(() => controller.abort())],
    [
      'while waiting for the first frame',
      async (controller: AbortController, playing: () => void) => {
        playing();
        await settle();
        controller.abort();
      },
    ],
  ])('ends when aborted %s', async (_when, act) => {
    const controller = new AbortController();
    const played = deferred<void>();
    const video = new FakeVideo().withFrameCallback();
    video.playing = () => played.promise;
    if (_when === 'before') controller.abort();
    const { platform, result } = start(video, { signal: controller.signal });
    await act(controller, () => played.resolve());
    expect(await result).toMatchObject({ code: 'cancelled' });
    expectUntouched(video);
    expect(platform.pending).toBe(0);
  });

  it('keeps what the page had set, and leaves an element alone that plays something else by now', async () => {
    const video = new FakeVideo().withFrameCallback();
    const earlier = fakeStream();
    video.setAttribute('playsinline', 'mine');
    video.srcObject = earlier;
    const { result } = start(video);
    await settle();
    video.showFrame(0);
    const preview = await result;
    if (!preview.ok) throw new Error(preview.code);
    const other = fakeStream();
    video.srcObject = other;
    preview.value.detach();
    expect(video.srcObject).toBe(other);
    expect(video.attributes.get('playsinline')).toBe('mine');
  });

  it('tells when the phone is turned, and not of sizes that are none or the same', async () => {
    const video = new FakeVideo();
    const { result } = start(video);
    video.showFrame(0.04, 1280, 720);
    const preview = await result;
    if (!preview.ok) throw new Error(preview.code);
    const sizes: string[] = [];
    const off = preview.value.onResize(() => sizes.push(`${preview.value.width}×${preview.value.height}`));
    const become = (videoWidth: number, videoHeight: number): void => {
      Object.assign(video, { videoWidth, videoHeight });
      video.dispatchEvent(new Event('resize'));
    };
    become(1280, 720);
    become(720, 1280);
    become(0, 0);
    become(720, 1280);
    become(1280, 720);
    expect(sizes).toEqual(['720×1280', '1280×720']);
    off();
    become(720, 1280);
    preview.value.onResize(() => sizes.push('detached'));
    preview.value.detach();
    become(1280, 720);
    expect([sizes.length, video.listeners]).toEqual([2, 0]);
  });
});
