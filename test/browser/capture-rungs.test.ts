import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg, MEDIA_CACHE } from '../../scripts/media.js';
import { enterRoom, type RoomServer, serveRoom } from './capture-room.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';

let server: RoomServer;
let browser: Browser;

beforeAll(async () => {
  server = await serveRoom();
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck }) });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

const enter = () => enterRoom(browser, `http://localhost:${server.port}/`);

/** What a page answers of a recording: its bytes, and the rest. */
interface Recorded {
  readonly rung: string;
  readonly mediaType: string;
  readonly rejected: readonly string[];
  readonly frames: readonly { readonly at: number; readonly bytes: number }[];
  readonly endedBy: string;
  readonly bytes: number;
  readonly file: Uint8Array<ArrayBuffer>;
}

/** A recorder as a broken phone has it. */
type Break = 'absent' | 'claims nothing' | 'throws' | 'yields nothing' | 'empty chunks' | 'errors';

async function record(page: Page, room: Awaited<ReturnType<typeof enter>>['room'], how: Break | 'well', limits: { maxBytes?: number; maxFrames?: number; maxDurationMs?: number } = {}): Promise<Recorded> {
  return page.evaluate(
    async ({ room: { attachPreview, openCamera, startEvidence, startJpegBurst, webPlatform }, how, limits }) => {
      const empty = new Blob([]);
      class Broken extends MediaRecorder {
        override start(timeslice?: number): void {
          if (how === 'throws') throw new DOMException('codec', 'NotSupportedError');
          if (how !== 'yields nothing') super.start(timeslice);
          if (how === 'errors') setTimeout(() => this.onerror?.(new ErrorEvent('error')), 50);
        }
        override get ondataavailable() {
          return super.ondataavailable;
        }
        override set ondataavailable(listener: MediaRecorder['ondataavailable']) {
          super.ondataavailable = listener && ((event) => listener.call(this, how === 'empty chunks' ? new BlobEvent('dataavailable', { data: empty }) : event));
        }
        static override isTypeSupported(type: string): boolean {
          return how !== 'claims nothing' && type === 'video/webm' && MediaRecorder.isTypeSupported(type);
        }
      }
      const platform = { ...webPlatform(), ...(how !== 'well' && { mediaRecorder: () => (how === 'absent' ? undefined : Broken) }) };
      const video = document.querySelector('video') as HTMLVideoElement;
      const camera = await openCamera({ platform });
      if (!camera.ok) throw new Error(camera.code);
      const preview = await attachPreview({ platform, stream: camera.value.stream, video });
      if (!preview.ok) throw new Error(preview.code);
      const started = await startEvidence({ platform, stream: camera.value.stream, video, loadBurst: async () => ({ startJpegBurst }), firstChunkTimeoutMs: 3_000, ...limits });
      if (!started.ok) throw new Error(`${started.code}: ${started.detail}`);
      await Promise.race([started.value.ended, new Promise((resolve) => setTimeout(resolve, 2_500))]);
      const stopped = await started.value.stop();
      preview.value.detach();
      camera.value.stop();
      if (!stopped.ok) throw new Error(`${stopped.code}: ${stopped.detail}`);
      const { chunks, mediaType, frames = [], endedBy, bytes } = stopped.value;
      const file = new Uint8Array(await new Blob([...chunks]).arrayBuffer());
      return { rung: started.value.rung, mediaType, rejected: started.value.rejectedTypes, frames, endedBy, bytes, file };
    },
    { room, how, limits },
  );
}

describe('startEvidence', () => {
  it('stays on the first rung in a browser that records', async () => {
    const { page, room } = await enter();
    const { rung, rejected, frames } = await record(page, room, 'well');
    expect([rung, rejected, frames]).toEqual(['recording', [], []]);
  });

  it.each([
    ['absent', []],
    ['claims nothing', []],
    ['throws', ['video/webm']],
    ['yields nothing', ['video/webm']],
    ['empty chunks', ['video/webm']],
    ['errors', ['video/webm']],
  ] as const)('comes down to pictures where the recorder is, or does: %s', async (how, rejected) => {
    const { page, room } = await enter();
    const recorded = await record(page, room, how);
    expect([recorded.rung, recorded.mediaType, recorded.rejected, recorded.endedBy]).toEqual(['jpeg-burst', 'video/x-motion-jpeg', rejected, 'stopped']);
    expect(recorded.frames.length).toBeGreaterThan(8);
    expect(recorded.frames.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(recorded.file.length);
    const steps = recorded.frames.slice(1).map(({ at }, index) => at - (recorded.frames[index]?.at ?? NaN));
    expect(Math.min(...steps)).toBeGreaterThan(60);
  });

  it('makes a burst that any decoder of Motion JPEG reads, picture by picture', async () => {
    const { page, room } = await enter();
    const { file, frames } = await record(page, room, 'absent');
    mkdirSync(MEDIA_CACHE, { recursive: true });
    const [burst, video] = [join(MEDIA_CACHE, `burst.${process.pid}.mjpeg`), join(MEDIA_CACHE, `burst.${process.pid}.mp4`)];
    writeFileSync(burst, file);
    await ffmpeg(['-f', 'mjpeg', '-r', '10', '-i', burst, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', video]);
    const input = new Input({ source: new FilePathSource(video), formats: ALL_FORMATS });
    const track = await input.getPrimaryVideoTrack();
    expect([await track?.getDisplayWidth(), await track?.getDisplayHeight()]).toEqual([640, 480]);
    expect((await track?.computePacketStats())?.packetCount).toBe(frames.length);
    input.dispose();
    for (const path of [burst, video]) rmSync(path);
    // Cut where the list of frames says, every piece is a picture of its own. The film holds every fifth frame twice: at worst one of them is taken twice too.
    const pictures = await page.evaluate(
      async ({ file, frames }) => {
        const bytes = file;
        let offset = 0;
        const seen: string[] = [];
        for (const frame of frames) {
          const piece = bytes.subarray(offset, (offset += frame.bytes));
          const { width, height } = await createImageBitmap(new Blob([piece], { type: 'image/jpeg' }));
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', piece));
          seen.push(`${width}×${height} ${digest.slice(0, 8).join('-')}`);
        }
        return seen;
      },
      { file, frames },
    );
    expect(new Set(pictures).size).toBeGreaterThanOrEqual(Math.ceil(frames.length * 0.8));
    expect(new Set(pictures.map((picture) => picture.split(' ')[0]))).toEqual(new Set(['640×480']));
  });

  it('fits a burst into little room without failing', async () => {
    const { page, room } = await enter();
    const { bytes, frames, endedBy } = await record(page, room, 'absent', { maxBytes: 300_000, maxDurationMs: 3_000, maxFrames: 24 });
    expect(endedBy).toBe('stopped');
    expect(bytes).toBeLessThanOrEqual(300_000);
    expect(frames.length).toBeGreaterThan(8);
    expect(frames.length).toBeLessThanOrEqual(24);
    expect(frames.at(-1)?.at).toBeGreaterThan(2_000);
  });

  it('fits a recording into little room by its bitrate', async () => {
    const { page, room } = await enter();
    const { bytes, endedBy } = await record(page, room, 'well', { maxBytes: 200_000, maxDurationMs: 3_000 });
    expect(bytes).toBeLessThanOrEqual(200_000);
    expect(endedBy).toBe('stopped');
  });
});
