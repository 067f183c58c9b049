import { utimes } from 'node:fs/promises';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { derive } from '../../scripts/media.js';
import type { FlowState, VerifyResult } from '../../src/index.js';
import type { Evidence } from '../../src/server/index.js';
import type { Manifest, SessionRequest } from '../../src/transport/protocol.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { openSite, type Site } from './site.js';
import type {} from './verification.js';

/* Phones on which a page gets no live camera: the person records with the phone's own, and the file is the evidence. */

const WECHAT = 'Mozilla/5.0 (Linux; Android 14; V2324A; wv) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.50 WeChat/arm64';
const LIMITS = { maxBytes: 400_000, maxPartBytes: 400_000, maxParts: 4 };

declare global {
  interface Window {
    /** What the element told, in order, and how it ended. */
    told: FlowState[];
    ended: Promise<VerifyResult>;
  }
}

let stored: Evidence | undefined;
let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let sessions: SessionRequest[];
let manifest: Manifest | undefined;
const complaints: string[] = [];

beforeAll(async () => {
  site = await openSite({
    limits: LIMITS,
    vendor: {
      decide({ evidence }) {
        stored = evidence;
        return Promise.resolve({ status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } });
      },
    },
  });
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.cap12, rate: 15 }) });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

/** What is wrong with the phone's browser. */
type Trouble = 'no getUserMedia' | 'camera in use' | 'denied' | 'nothing records' | 'none';

/** Opens the element on a phone, agreed to. */
async function open(trouble: Trouble, { attributes = {}, headers = {}, ...options }: BrowserContextOptions & { attributes?: Record<string, string>; headers?: Record<string, string> } = {}): Promise<void> {
  stored = manifest = undefined;
  sessions = [];
  complaints.length = 0;
  context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  await context.addInitScript((trouble) => {
    // Phones have it; a desktop's browser says by its absence that it would open a folder.
    Object.defineProperty(HTMLInputElement.prototype, 'capture', { configurable: true, value: '' });
    const refuse = (name: string) => () => Promise.reject(new DOMException(name, name));
    if (trouble === 'no getUserMedia') Object.defineProperty(Navigator.prototype, 'mediaDevices', { value: undefined });
    if (trouble === 'camera in use') MediaDevices.prototype.getUserMedia = refuse('NotReadableError');
    if (trouble === 'denied') MediaDevices.prototype.getUserMedia = refuse('NotAllowedError');
    if (trouble === 'nothing records') {
      MediaRecorder.prototype.start = () => {
        throw new DOMException('codec', 'NotSupportedError');
      };
      HTMLCanvasElement.prototype.toBlob = (done) => done(null);
    }
  }, trouble);
  page = await context.newPage();
  page.on('request', (request) => {
    if (request.url().endsWith('/sessions')) sessions.push(request.postDataJSON() as SessionRequest);
    if (request.url().endsWith('/submission')) ({ manifest } = request.postDataJSON() as { manifest: Manifest });
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(site.barePage);
  await page.evaluate(
    ({ attributes, headers }) => {
      window.Facefront.defineFaceVerify();
      const face = document.createElement('face-verify');
      Object.assign(face, { endpoint: '/api/face', assetBase: '/', locale: 'en', headers, verifyOptions: { timing: { steadyMs: 300 } } });
      for (const [name, value] of Object.entries(attributes)) face.setAttribute(name, value);
      window.told = [];
      face.addEventListener('face-state', ({ detail }) => window.told.push(detail));
      document.body.replaceChildren(face);
      window.ended = face.start();
    },
    { attributes, headers },
  );
  await page.getByRole('button', { name: 'Agree and start' }).click();
}

const opener = (): Locator => page.locator('face-verify input[type=file]');
const heading = (): Promise<string> => page.getByRole('heading').innerText();
const reasons = (): Promise<string[]> => page.getByRole('listitem').allInnerTexts();
const result = (): Promise<VerifyResult> => page.evaluate(() => window.ended);
const phases = async (): Promise<string[]> => (await page.evaluate(() => window.told.map(({ phase }) => phase))).filter((phase, index, all) => phase !== all[index - 1]);

/** Gives a file, and waits until it has been looked at. */
async function give(path: string): Promise<void> {
  await opener().waitFor();
  const before = await page.evaluate(() => window.told.length);
  await opener().setInputFiles(path);
  const checked = (before: number): boolean => {
    const isChecking = (state: FlowState): boolean => state.phase === 'systemCamera' && state.checking !== undefined;
    const since = window.told.slice(before);
    const began = since.findIndex(isChecking);
    return began >= 0 && since.slice(began).some((state) => !isChecking(state));
  };
  await page.waitForFunction(checked, before, { timeout: 60_000 });
}

/** A person for some seconds, as a phone's own camera would record them. */
const person = (args: readonly string[], seconds = 4): Promise<string> =>
  derive({ input: VIDEOS.franck, inputArgs: ['-ss', '3', '-t', String(seconds)], args: ['-an', ...args, '-c:v', 'libx264', '-pix_fmt', 'yuv420p'], extension: 'mp4' });
const good = (): Promise<string> => person(['-vf', 'scale=640:480,setsar=1', '-b:v', '300k', '-maxrate', '400k', '-bufsize', '200k']);
const bad = (): Promise<string> => person(['-vf', 'geq=lum=128:cb=128:cr=128,scale=240:180,setsar=1'], 1);

const PASSED = { status: 'finished', verdict: { decision: 'passed' } };

describe('where a page gets no camera at all', () => {
  it('asks for a file, says all that is wrong with one, and hands in one that is right', async () => {
    await open('no getUserMedia');
    await opener().waitFor();
    expect(await heading()).toBe('Record a short video with your phone’s camera');
    expect(await opener().evaluate((input: HTMLInputElement) => [input.accept, input.getAttribute('capture')])).toEqual(['video/*', 'user']);
    await give(await bad());
    expect(await heading()).toBe('Please record another video');
    expect(await reasons()).toEqual([
      'Record at least 2 seconds. The video was too short',
      'Try again on another phone. The video is not clear enough',
      'Keep your whole face clearly in view while recording. No face found in the video',
    ]);
    const path = await good();
    // From an album: that is the server's to weigh.
    await utimes(path, new Date(1_700_000_000_000), new Date(1_700_000_000_000));
    await give(path);
    expect(await result()).toMatchObject(PASSED);
    expect(await phases()).toEqual(['consent', 'preflight', 'session', 'systemCamera', 'uploading', 'verdict', 'ended']);
    expect(manifest).toMatchObject({ challenge: { type: 'silent' }, timeline: [], camera: { width: 640, height: 480, synthetic: false }, fallbacks: ['evidence:system-camera', 'file-older-than-question'] });
    expect(sessions).toMatchObject([{ challenges: ['silent'], containers: expect.arrayContaining(['video/mp4', 'video/quicktime']) }]);
    expect(stored?.facts).toMatchObject({ mediaType: 'video/mp4', codec: 'avc', width: 640, height: 480 });
  });

  it('makes one smaller that is too large', async () => {
    await open('no getUserMedia');
    await give(await person(['-vf', 'scale=1440:1080,setsar=1,fps=12', '-b:v', '4M'], 3));
    expect(await result()).toMatchObject(PASSED);
    expect(manifest?.fallbacks).toContain('converted:transcoded');
    expect(stored?.bytes.length).toBeLessThanOrEqual(LIMITS.maxBytes);
    expect(stored?.facts).toMatchObject({ mediaType: 'video/mp4', codec: 'avc', width: 1280, height: 960 });
    expect(await phases()).toContain('converting');
  });

  it('gives up after five', async () => {
    await open('no getUserMedia');
    const path = await bad();
    for (let file = 0; file < 5; file += 1) await give(path);
    expect(await result()).toMatchObject({ status: 'failed', code: { table: 'liveness-silent', code: '1303' }, prompt: expect.stringContaining('2 seconds') });
  });

  it('is a result where the person would rather not', async () => {
    await open('no getUserMedia');
    await opener().waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await result()).toMatchObject({ status: 'cancelled' });
  });

  it('ends with the reason where the host takes no file, or the challenge can be no silent one', async () => {
    await open('no getUserMedia', { attributes: { 'live-only': '' } });
    expect(await result()).toMatchObject({ status: 'failed', code: { code: 'unsupported-browser' } });
    expect(sessions).toEqual([]);
  });

  it('ends with the reason where what looks at files is not to be had', async () => {
    await open('none');
    await page.route('**/assets/system-camera.js*', (route) => route.fulfill({ status: 404, body: '' }));
    await page.evaluate(() => {
      Object.defineProperty(Navigator.prototype, 'mediaDevices', { value: undefined });
      const face = document.querySelector('face-verify');
      if (face) window.ended = face.restart();
    });
    expect(await result()).toMatchObject({ status: 'failed', code: { code: 'unsupported-browser' }, detail: expect.stringContaining('/assets/system-camera.js') });
    complaints.length = 0;
  });
});

describe('where the live camera fails', () => {
  it('asks for a file in the same session', async () => {
    await open('camera in use');
    await give(await good());
    expect(await result()).toMatchObject(PASSED);
    expect(await phases()).toEqual(['consent', 'preflight', 'session', 'camera', 'systemCamera', 'uploading', 'verdict', 'ended']);
    expect(sessions).toHaveLength(1);
  });

  it('asks for another session where the first has a challenge of which a file says nothing', async () => {
    await open('camera in use', { headers: { 'x-simulated-challenge': 'action' } });
    await give(await good());
    expect(await result()).toMatchObject(PASSED);
    expect(sessions.map(({ challenges }) => challenges)).toEqual([expect.arrayContaining(['silent', 'action']), ['silent']]);
  });

  it('asks for a file where nothing records, after the person has been guided', async () => {
    await open('nothing records');
    await give(await good());
    expect(await result()).toMatchObject(PASSED);
    expect(await phases()).toEqual(expect.arrayContaining(['guidance', 'systemCamera']));
    const live = await page.evaluate(() => document.querySelector('face-verify')?.shadowRoot?.querySelector('video')?.srcObject);
    expect(live).toBeNull();
  });

  it('tells how to allow the camera in a browser of its own, and asks for a file inside an app that gives none', async () => {
    await open('denied');
    expect(await result()).toMatchObject({ status: 'failed', code: { code: 'camera-denied' } });
    await context.close();
    await open('denied', { userAgent: WECHAT });
    await give(await good());
    expect(await result()).toMatchObject(PASSED);
  });
});

describe('the screen', () => {
  it('is used with the keyboard alone', async () => {
    await open('no getUserMedia');
    // Listened for from the start: the browser is told to hand it over, which takes its time.
    const chooser = page.waitForEvent('filechooser');
    await opener().waitFor();
    const focused = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('part'));
    expect(await focused()).toBe('frame');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('cancel');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('file');
    const ring = await opener().evaluate((input) => getComputedStyle(input.nextElementSibling as Element, '::after').outlineStyle);
    expect(ring).toBe('solid');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(await good());
    expect(await result()).toMatchObject(PASSED);
  });

  it('says its button, and what is wrong as soon as it is known, to a screen reader', async () => {
    await open('no getUserMedia');
    await opener().waitFor();
    await give(await bad());
    const session = await context.newCDPSession(page);
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: { ignored: boolean; role?: { value: string }; name?: { value: string }; description?: { value: string }; properties?: { name: string; value: { value: unknown } }[] }[] };
    const known = nodes.filter(({ ignored, role }) => !ignored && ['heading', 'button', 'list'].includes(role?.value ?? ''));
    expect(known.map(({ role, name }) => [role?.value, name?.value])).toEqual([
      ['button', 'Cancel'],
      ['heading', 'Please record another video'],
      ['list', ''],
      ['button', 'Record again'],
    ]);
    expect(known[2]?.properties).toContainEqual(expect.objectContaining({ name: 'live', value: expect.objectContaining({ value: 'polite' }) }));
    expect(known[3]?.description?.value).toContain('Record at least 2 seconds');
  });
});
