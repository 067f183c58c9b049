import { describe, expect, it } from 'vitest';
import { fakePlatform, FakeVideo } from './fake-hardware.js';
import { createFrameGrabber } from './frame-grabber.js';

/** A frame of a size that knows whether it was closed. */
function fakeFrame(displayWidth: number, displayHeight: number) {
  return { displayWidth, displayHeight, closed: false, close() { this.closed = true; } };
}

type FakeFrame = ReturnType<typeof fakeFrame>;

function grabber(frames: readonly (FakeFrame | Error | undefined)[], videoFrames?: boolean) {
  const video = new FakeVideo();
  video.showFrame(0.1, 1280, 720);
  let asked = 0;
  const platform = fakePlatform({
    createImageBitmap: (_source, { resizeWidth, resizeHeight }) => Promise.resolve({ width: resizeWidth, height: resizeHeight } as unknown as ImageBitmap),
    createVideoFrame() {
      const frame = frames[asked];
      asked += 1;
      if (frame instanceof Error) throw frame;
      return frame as unknown as VideoFrame | undefined;
    },
  });
  const grab = createFrameGrabber({ platform, longSide: 480, videoFrames });
  return { grab: () => grab(video.asElement()), asked: () => asked };
}

const COPY = { width: 480, height: 270 };

describe('createFrameGrabber', () => {
  it('copies where nobody asks for video frames', async () => {
    const { grab, asked } = grabber([fakeFrame(1280, 720)]);
    expect(await grab()).toEqual(COPY);
    expect(asked()).toBe(0);
  });

  it('hands over a frame of the size that is shown as it is', async () => {
    const frame = fakeFrame(1280, 720);
    expect(await grabber([frame], true).grab()).toBe(frame);
    expect(frame.closed).toBe(false);
  });

  it('copies for good where a frame comes turned, and closes it', async () => {
    const turned = fakeFrame(720, 1280);
    const { grab, asked } = grabber([turned, fakeFrame(1280, 720)], true);
    expect(await grab()).toEqual(COPY);
    expect(await grab()).toEqual(COPY);
    expect([turned.closed, asked()]).toEqual([true, 1]);
  });

  it('copies only the one that was not to be had', async () => {
    const frame = fakeFrame(1280, 720);
    const { grab } = grabber([new DOMException('no picture', 'InvalidStateError') as unknown as Error, frame], true);
    expect(await grab()).toEqual(COPY);
    expect(await grab()).toBe(frame);
  });

  it('copies where the browser is not known to make them', async () => {
    expect(await grabber([undefined], true).grab()).toEqual(COPY);
  });
});
