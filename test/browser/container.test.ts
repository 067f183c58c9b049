import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/server/index.js';
import type { Manifest } from '../../src/transport/protocol.js';
import { GAINED_MS, LOST_MS } from '../../src/server/evidence/against-video.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { openSite, type Site } from './site.js';
import { runVerification } from './verification.js';

/* A backend that takes nothing but mp4, and browsers that record other things: what the server stores in the end. */

/** What the vendor was shown last. */
let stored: Evidence | undefined;

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const requests: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  site = await openSite({
    containers: ['video/mp4'],
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
afterEach(() => context.close());

/** A browser that records only such types. */
async function open(records: readonly string[], lacks: readonly string[] = []): Promise<void> {
  stored = undefined;
  requests.length = complaints.length = 0;
  context = await browser.newContext();
  await context.addInitScript(
    ({ records, lacks }) => {
      MediaRecorder.isTypeSupported = (type) => records.includes(type);
      for (const name of lacks) Reflect.deleteProperty(globalThis, name);
    },
    { records, lacks },
  );
  page = await context.newPage();
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(site.barePage);
}

async function run() {
  let manifest: Manifest | undefined;
  page.on('request', (request) => {
    if (request.url().endsWith('/submission')) ({ manifest } = request.postDataJSON() as { manifest: Manifest });
  });
  const { result, states } = await runVerification(page, { timing: { steadyMs: 300 } });
  const progress = states.flatMap((state) => (state.phase === 'converting' ? [state.progress] : []));
  const phases = states.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
  return { result, progress, phases, manifest };
}

async function inspect(bytes: Uint8Array) {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  return { container: (await input.getFormat()).mimeType, codec: await track?.getCodec(), seconds: await input.computeDuration() };
}

describe('a backend that takes mp4 alone', () => {
  it.each([
    ['video/webm;codecs=vp8', 'transcoded'],
    ['video/webm;codecs=h264', 'remuxed'],
  ])('stores H.264 in mp4 of the recording’s length where the browser records %s: %s', async (type, made) => {
    await open([type]);
    const { result, progress, phases, manifest } = await run();
    expect(result, JSON.stringify(result)).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(phases.slice(-5)).toEqual(['recording', 'converting', 'uploading', 'verdict', 'ended']);
    expect([progress[0], Math.max(...progress) <= 1, progress.length > 1]).toEqual([0, true, true]);
    expect(manifest).toMatchObject({ video: { mediaType: 'video/mp4', bytes: stored?.bytes.length }, fallbacks: [`converted:${made}`] });
    const found = await inspect(stored?.bytes ?? new Uint8Array());
    expect(found).toMatchObject({ container: 'video/mp4', codec: 'avc' });
    // The clock of the timeline goes on as long as the video, but for what a server forgives.
    const differenceMs = found.seconds * 1_000 - (manifest?.video.durationMs ?? NaN);
    expect(differenceMs, `${found.seconds} s of ${manifest?.video.durationMs} ms`).toBeGreaterThan(-LOST_MS);
    expect(differenceMs).toBeLessThan(GAINED_MS);
    expect(requests.filter((path) => path.startsWith('/assets/mp4'))).toEqual(['/assets/mp4.js']);
    expect(complaints).toEqual([]);
  });

  it('has its mp4 from a browser that records it, and the converter is not fetched', async () => {
    await open(['video/webm;codecs=vp8', 'video/mp4;codecs=avc1.42E01E']);
    const { result, phases, manifest } = await run();
    expect(result).toMatchObject({ status: 'finished' });
    expect(phases).not.toContain('converting');
    expect(manifest?.fallbacks).toEqual([]);
    expect(await inspect(stored?.bytes ?? new Uint8Array())).toMatchObject({ container: 'video/mp4', codec: 'avc' });
    expect(requests.filter((path) => path.startsWith('/assets/mp4'))).toEqual([]);
  });

  it('is not kept waiting by a browser that can do nothing of the kind: that is told before the camera', async () => {
    await open(['video/webm;codecs=vp8'], ['VideoEncoder']);
    const { result, phases } = await run();
    expect(result).toMatchObject({ status: 'failed', code: { code: 'recorder-unavailable' }, detail: expect.stringContaining('video/mp4') });
    expect(phases).toEqual(['consent', 'preflight', 'session', 'ended']);
  });

  it('ends with a code where the converter is not to be had', async () => {
    await open(['video/webm;codecs=vp8']);
    await page.route('**/assets/mp4.js*', (route) => route.fulfill({ status: 404 }));
    const { result } = await run();
    expect(result).toMatchObject({ status: 'failed', code: { code: 'recorder-unavailable' }, detail: expect.stringContaining('/assets/mp4.js') });
    expect(requests.filter((path) => path.startsWith('/assets/mp4'))).toEqual(['/assets/mp4.js', '/assets/mp4.js']);
  });
});
