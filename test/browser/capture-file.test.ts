import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Browser, JSHandle, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derive, MEDIA_CACHE } from '../../scripts/media.js';
import type { FileReport } from '../../src/capture/system-camera.js';
import type { DetectorPort } from '../../src/detector/index.js';
import { enterRoom, loadModule, type Room, type RoomServer, serveRoom } from './capture-room.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';

let server: RoomServer;
let browser: Browser;
let page: Page;
let room: JSHandle<Room>;
let detector: JSHandle<DetectorPort>;

beforeAll(async () => {
  server = await serveRoom();
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck }) });
  ({ page, room } = await enterRoom(browser, `http://localhost:${server.port}/`));
  detector = await page.evaluateHandle(async ({ createTfjsDetector }) => {
    const made = createTfjsDetector({ workerUrl: '/dist/worker/detector.js', assetBase: '/dist/assets/' });
    await made.load();
    return made as DetectorPort;
  }, await loadModule(page, '/src/detector/index.js'));
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Chooses the file as a person would, and looks at it. */
async function check(path: string, options: { readonly timeoutMs?: number } = {}): Promise<FileReport> {
  await page.setInputFiles('input', path);
  const result = await page.evaluate(
    async ({ room: { checkVideoFile, webPlatform }, detector, options }) => {
      const [file] = (document.querySelector('input') as HTMLInputElement).files ?? [];
      if (!file) throw new Error('no file was chosen');
      return checkVideoFile({ platform: webPlatform(), file, detector, ...options });
    },
    { room, detector, options },
  );
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}

const wrong = ({ checks }: FileReport): string[] => checks.filter(({ status }) => status !== 'ok').map(({ rule, status }) => `${rule} ${status}`);

/** A person for some seconds, as a phone's own camera would record them. */
const person = (args: readonly string[], { seconds = 4, extension = 'mp4' } = {}) =>
  derive({ input: VIDEOS.franck, inputArgs: ['-ss', '3', '-t', String(seconds)], args: ['-an', ...args], extension });

function written(name: string, bytes: Uint8Array): string {
  mkdirSync(MEDIA_CACHE, { recursive: true });
  const path = join(MEDIA_CACHE, name);
  writeFileSync(path, bytes);
  return path;
}

describe('checkVideoFile', () => {
  it.each([
    ['an mp4', ['-vf', 'scale=960:720,setsar=1', '-c:v', 'libx264', '-pix_fmt', 'yuv420p'], 'mp4', [960, 720]],
    ['a QuickTime film', ['-vf', 'scale=640:480,setsar=1', '-c:v', 'libx264', '-pix_fmt', 'yuv420p'], 'mov', [640, 480]],
    ['a webm', ['-vf', 'scale=640:480,setsar=1', '-c:v', 'libvpx', '-b:v', '1M'], 'webm', [640, 480]],
  ] as const)('takes %s with one face', async (_what, args, extension, size) => {
    const report = await check(await person(args, { extension }));
    expect(wrong(report), JSON.stringify(report.checks)).toEqual([]);
    expect([report.width, report.height]).toEqual(size);
    expect(report.recording?.durationMs).toBeGreaterThan(3_500);
    expect(report.recording?.durationMs).toBeLessThan(4_500);
    expect(report.lastModified).toBeGreaterThan(1_600_000_000_000);
  });

  it('takes a film that lies on its side and says so in its header', async () => {
    const onItsSide = await person(['-vf', 'transpose=2,scale=480:640,setsar=1', '-c:v', 'libx264', '-pix_fmt', 'yuv420p']);
    const turned = await derive({ input: onItsSide, args: ['-c', 'copy', '-metadata:s:v:0', 'rotate=90'], extension: 'mp4' });
    const report = await check(turned);
    expect([wrong(report), report.width, report.height]).toEqual([[], 640, 480]);
  });

  it('takes what this browser records itself, which does not say how long it is', async () => {
    const report = await page.evaluate(
      async ({ room: { checkVideoFile, openCamera, startRecording, webPlatform }, detector }) => {
        const platform = webPlatform();
        const camera = await openCamera({ platform });
        if (!camera.ok) throw new Error(camera.code);
        const started = await startRecording({ platform, stream: camera.value.stream, mediaType: 'video/webm;codecs=vp8' });
        if (!started.ok) throw new Error(started.detail);
        await new Promise((resolve) => setTimeout(resolve, 3_500));
        const stopped = await started.value.stop();
        camera.value.stop();
        if (!stopped.ok) throw new Error(stopped.detail);
        const file = new File([...stopped.value.chunks], 'own.webm', { type: 'video/webm' });
        const checked = await checkVideoFile({ platform, file, detector });
        if (!checked.ok) throw new Error(checked.detail);
        return checked.value;
      },
      { room, detector },
    );
    expect(wrong(report), JSON.stringify(report.checks)).toEqual([]);
    expect(report.recording?.durationMs).toBeGreaterThan(2_000);
  });

  it('finds everything that is wrong with a file at once', async () => {
    const path = await person(['-vf', 'scale=240:180', '-c:v', 'libx264', '-pix_fmt', 'yuv420p'], { seconds: 1 });
    expect(wrong(await check(path))).toEqual(['duration fail', 'resolution fail']);
  });

  it('finds no face where there is none, and one too many where there are two', async () => {
    const empty = await derive({ input: VIDEOS.franck, inputArgs: ['-t', '3'], args: ['-an', '-vf', 'geq=lum=128+40*sin(X/40+T):cb=128:cr=128,scale=640:480', '-c:v', 'libx264', '-pix_fmt', 'yuv420p'], extension: 'mp4' });
    expect(wrong(await check(empty))).toEqual(['face fail']);
    const two = await person(['-filter_complex', 'scale=480:360,split[a][b];[a][b]hstack', '-c:v', 'libx264', '-pix_fmt', 'yuv420p']);
    const report = await check(two);
    expect(report.checks.find(({ rule }) => rule === 'face')).toMatchObject({ status: 'fail', code: { code: 'faces-multiple' } });
  });

  it.each([
    ['empty', new Uint8Array(0), ['not-empty fail', 'readable skipped', 'duration skipped', 'resolution skipped', 'face skipped']],
    ['of text', new TextEncoder().encode('not a film'), ['readable fail', 'duration skipped', 'resolution skipped', 'face skipped']],
    ['of noise', Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251), ['readable fail', 'duration skipped', 'resolution skipped', 'face skipped']],
  ])('says of a file %s that it cannot be read', async (name, bytes, expected) => {
    const path = written(`file-${name.replace(' ', '-')}.mp4`, bytes);
    expect(wrong(await check(path, { timeoutMs: 3_000 })), basename(path)).toEqual(expected);
  });

  it('says of a film cut off in the middle that it cannot be read, and of one that is too large that it is', async () => {
    const whole = await readFile(await person(['-vf', 'scale=640:480', '-c:v', 'libx264', '-pix_fmt', 'yuv420p']));
    const cut = written('file-cut.mp4', whole.subarray(0, whole.length / 2));
    expect(wrong(await check(cut, { timeoutMs: 3_000 }))[0]).toBe('readable fail');
    // A box of nothing at the end, which players skip.
    const padding = new Uint8Array(8_388_608);
    new DataView(padding.buffer).setUint32(0, padding.length);
    padding.set(new TextEncoder().encode('free'), 4);
    const large = written('file-large.mp4', new Uint8Array([...whole, ...padding]));
    expect(wrong(await check(large))).toEqual(['size fail']);
  });

  it('says of a picture that it is no film', async () => {
    const picture = await derive({ input: VIDEOS.franck, inputArgs: ['-ss', '3'], args: ['-frames:v', '1'], extension: 'jpg' });
    expect(wrong(await check(picture, { timeoutMs: 3_000 }))).toEqual(['kind fail', 'readable fail', 'duration skipped', 'resolution skipped', 'face skipped']);
  });
});
