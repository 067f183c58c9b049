import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg, MEDIA_CACHE } from '../../scripts/media.js';
import { enterRoom, loadRoom, type RoomServer, serveRoom } from './capture-room.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';

/** A voice's harmonics, four syllables a second: one second of it, one second of nothing, and again. */
const VOICE = "0.3*(sin(2*PI*150*t)+0.6*sin(2*PI*300*t)+0.4*sin(2*PI*450*t)+0.3*sin(2*PI*900*t)+0.2*sin(2*PI*1800*t))*pow(sin(PI*4*t),2)*lt(mod(t,2),1)";

/** A sound file that plays in a loop as the microphone. */
async function soundFile(name: string, expression: string): Promise<string> {
  const path = join(MEDIA_CACHE, `${name}.wav`);
  mkdirSync(MEDIA_CACHE, { recursive: true });
  if (!existsSync(path)) await ffmpeg(['-f', 'lavfi', '-i', `aevalsrc='${expression}':s=48000:d=4`, '-ac', '1', path]);
  return path;
}

let server: RoomServer;
let address = '';

beforeAll(async () => {
  server = await serveRoom();
  address = `http://localhost:${server.port}/`;
});
afterAll(() => server.close());

async function withBrowser<T>(args: readonly string[], work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck }), args: [...args] });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** Levels read 20 times a second for four seconds. */
async function measure(browser: Browser): Promise<number[]> {
  const { page, room } = await enterRoom(browser, address);
  return page.evaluate(async ({ openMicrophone, webPlatform }) => {
    const opened = await openMicrophone({ platform: webPlatform() });
    if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
    const levels: number[] = [];
    for (let reading = 0; reading < 80; reading += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      levels.push(opened.value.level() ?? NaN);
    }
    opened.value.stop();
    return levels;
  }, room);
}

describe('openMicrophone', () => {
  it('hears a voice come and go, and nothing where there is nothing', async () => {
    const [voice, silence] = await Promise.all([soundFile('voice', VOICE), soundFile('silence', '0')]);
    const heard = await withBrowser([`--use-file-for-fake-audio-capture=${voice}`], measure);
    expect(heard.every((level) => level >= 0 && level <= 1)).toBe(true);
    const loud = heard.filter((level) => level > 0.01).length;
    const quiet = heard.filter((level) => level < 0.002).length;
    expect([loud, quiet].map((count) => count > 10), `${loud} loud and ${quiet} quiet of ${heard.join(' ')}`).toEqual([true, true]);
    const nothing = await withBrowser([`--use-file-for-fake-audio-capture=${silence}`], measure);
    expect(Math.max(...nothing)).toBeLessThan(0.001);
  });

  it('loses no short sound to a detector that takes three frames a second, or pauses for two', async () => {
    // A syllable of 60 ms every second: a window of 40 ms that is looked at three times a second would miss most.
    const beeps = await soundFile('beeps', '0.5*sin(2*PI*600*t)*lt(mod(t,1),0.06)');
    const { slow, paused } = await withBrowser([`--use-file-for-fake-audio-capture=${beeps}`], async (browser) => {
      const { page, room } = await enterRoom(browser, address);
      return page.evaluate(async ({ openMicrophone, webPlatform }) => {
        // What the browser does to sounds that are no speech is not what is tested.
        const raw = (): Promise<MediaStream> => navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
        const opened = await openMicrophone({ platform: { ...webPlatform(), mediaDevices: () => ({ getUserMedia: raw }) as unknown as MediaDevices } });
        if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
        const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
        await pause(500);
        opened.value.level();
        const slow: number[] = [];
        const began = performance.now();
        while (performance.now() - began < 9_990) {
          await pause(333);
          slow.push(opened.value.level() ?? NaN);
        }
        const paused: number[] = [];
        for (let reading = 0; reading < 3; reading += 1) {
          await pause(2_000);
          paused.push(opened.value.level() ?? NaN);
        }
        opened.value.stop();
        return { slow, paused };
      }, room);
    });
    const loud = slow.filter((level) => level > 0.02).length;
    console.info(`beeps heard at 3 readings a second: ${loud} in 10 s; levels over two seconds: ${paused.map((level) => level.toFixed(3)).join(' ')}`);
    // Ten beeps; one on the edge of two readings is heard in both.
    expect(loud, slow.join(' ')).toBeGreaterThanOrEqual(9);
    expect(loud, slow.join(' ')).toBeLessThanOrEqual(15);
    // 60 ms of a sine of 0.5 in each second.
    const expected = Math.sqrt((0.5 ** 2 / 2) * 0.06);
    for (const level of paused) expect(Math.abs(level / expected - 1), paused.join(' ')).toBeLessThan(0.3);
  });

  it('records the voice with the picture, each from its owner, and stops both', async () => {
    const voice = await soundFile('voice', VOICE);
    const { file, ...seen } = await withBrowser([`--use-file-for-fake-audio-capture=${voice}`], async (browser) => {
      const { page, room } = await enterRoom(browser, address);
      return page.evaluate(async ({ openCamera, openMicrophone, startRecording, webPlatform }) => {
        const platform = webPlatform();
        const camera = await openCamera({ platform });
        const microphone = await openMicrophone({ platform });
        if (!camera.ok || !microphone.ok) throw new Error('no camera or no microphone');
        const stream = microphone.value.join(camera.value.stream);
        const started = await startRecording({ platform, stream });
        if (!started.ok) throw new Error(`${started.code}: ${started.detail}`);
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        const stopped = await started.value.stop();
        if (!stopped.ok) throw new Error(stopped.detail);
        microphone.value.stop();
        const after = [camera.value.track.readyState, microphone.value.track.readyState];
        camera.value.stop();
        return {
          after,
          mediaType: stopped.value.mediaType,
          settings: Object.keys(microphone.value.settings()),
          ended: stream.getTracks().map(({ readyState }) => readyState),
          file: new Uint8Array(await new Blob([...stopped.value.chunks]).arrayBuffer()),
        };
      }, room);
    });
    expect(seen.after).toEqual(['live', 'ended']);
    expect(seen.ended).toEqual(['ended', 'ended']);
    expect(seen.settings).toEqual(expect.arrayContaining(['echoCancellation', 'sampleRate']));
    expect(seen.settings).not.toContain('deviceId');
    const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
    const [picture, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
    expect([await picture?.getCodec(), await sound?.getCodec()], seen.mediaType).toEqual(['avc', 'opus']);
    expect(await sound?.computeDuration()).toBeGreaterThan(1.5);
  });

  it.each([
    ['microphone-denied', ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream=deny']],
    ['microphone-absent', []],
  ])('says %s', async (code, args) => {
    const browser = await launchBrowser({ args });
    try {
      const { page, room } = await enterRoom(browser, address);
      const result = await page.evaluate(({ openMicrophone, webPlatform }) => openMicrophone({ platform: webPlatform(), timeoutMs: 10_000 }), room);
      expect(result).toMatchObject({ ok: false, code });
    } finally {
      await browser.close();
    }
  });

  it('names the iframe that may use the camera only', async () => {
    const inside = encodeURIComponent(`http://127.0.0.1:${server.port}/`);
    const codes = await withBrowser([], async (browser) => {
      const page = await browser.newPage();
      const found: unknown[] = [];
      for (const allow of ['camera', 'camera;microphone']) {
        await page.goto(`${address}frame?allow=${encodeURIComponent(allow)}&src=${inside}`);
        const frame = page.frames()[1];
        if (!frame) throw new Error('no iframe');
        found.push(
          await frame.evaluate(async ({ openMicrophone, preflight, webPlatform }) => {
            const platform = webPlatform();
            const { checks } = preflight({ platform, needs: ['microphone'] });
            const opened = await openMicrophone({ platform });
            if (opened.ok) opened.value.stop();
            return [opened.ok || opened.code, checks.find(({ id }) => id === 'microphone')?.status];
          }, await loadRoom(frame)),
        );
      }
      return found;
    });
    expect(codes).toEqual([['permissions-policy', 'fail'], [true, 'ok']]);
  });

  it('wants a tap where the browser keeps audio suspended, and works from the tap', async () => {
    const outcome = await withBrowser([], async (browser) => {
      const { page, room } = await enterRoom(browser, address);
      // Chrome lets a page that captures start audio; this is Safari's rule for one that has lost its gesture.
      return page.evaluate(async ({ openMicrophone, webPlatform }) => {
        let tapped = false;
        class Strict extends AudioContext {
          override get state(): AudioContextState {
            return tapped ? super.state : 'suspended';
          }
          override resume(): Promise<void> {
            return tapped ? super.resume() : new Promise(() => undefined);
          }
        }
        const platform = { ...webPlatform(), audioContext: () => Strict };
        const before = await openMicrophone({ platform, meterTimeoutMs: 300 });
        tapped = true;
        const after = await openMicrophone({ platform });
        const level = after.ok && (await new Promise((resolve) => setTimeout(resolve, 200)), after.value.level());
        if (after.ok) after.value.stop();
        return [before.ok || before.code, typeof level];
      }, room);
    });
    expect(outcome).toEqual(['playback-blocked', 'number']);
  });
});
