import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/chromium.js';
import { VIDEOS, cameraFile } from '../../scripts/media.js';
import { inspectEvidence } from '../../src/server/index.js';

/* What a real browser's MediaRecorder writes is what the server has to read. */

const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>recorder</title>'));
let browser: Browser | undefined;
let page: Page;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launchChromium({ fakeCamera: await cameraFile({ input: VIDEOS.franck }) });
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
afterAll(async () => {
  await browser?.close();
  server.close();
});

/** Records the camera until `seconds` of it are in the recording. */
function record(mimeType: string, seconds: number): Promise<Uint8Array | null> {
  return page.evaluate(
    async ({ type, ms }) => {
      if (!MediaRecorder.isTypeSupported(type)) return null;
      const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
      const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 500_000 });
      const chunks: Blob[] = [];
      const stopped = new Promise((resolve) => (recorder.onstop = resolve));
      recorder.ondataavailable = ({ data }) => {
        chunks.push(data);
        if (recorder.state === 'recording' && performance.now() - started >= ms) recorder.stop();
      };
      const started = performance.now();
      recorder.start(200);
      await stopped;
      for (const track of stream.getTracks()) track.stop();
      return new Uint8Array(await new Blob(chunks).arrayBuffer());
    },
    { type: mimeType, ms: seconds * 1000 },
  );
}

describe('a recording of Chromium', () => {
  it.each([
    ['video/webm;codecs=vp8', 'vp8'],
    ['video/webm;codecs=vp9', 'vp9'],
    ['video/mp4;codecs=vp9', 'vp9'],
    ['video/webm;codecs=h264', 'avc'],
    ['video/mp4;codecs=avc1.42E01E', 'avc'],
  ])('%s is read', async (mimeType, codec) => {
    const recorded = await record(mimeType, 2.2);
    // Open builds of Chromium come without H.264; VP8 and VP9 are in every one.
    if (recorded === null) return expect(codec).toBe('avc');
    const facts = await inspectEvidence(Uint8Array.from(recorded));
    expect(facts).toMatchObject({ readable: true, codec, width: 640, height: 480, bytes: recorded.length });
    if (facts.readable) {
      expect(facts.durationMs).toBeGreaterThan(1500);
      expect(facts.durationMs).toBeLessThan(6000);
      expect(facts.frames).toBeGreaterThan(10);
    }
  });
});
