import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FlowState, VerifyResult } from '../../src/index.js';
import type { Challenge, SessionRequest, SubmissionRequest } from '../../src/transport/protocol.js';
import { cameraFile, launchBrowser, MOUTH_AND_TURNS, VIDEOS } from './launch.js';
import { speechFile } from './speech.js';
import { keepTracks } from './leftovers.js';
import { openSite, type Site } from './site.js';
import type {} from './verification.js';

/* Each challenge with the built script's element, a real person in front of the camera, and the embedded backend. */

declare global {
  interface Window {
    /** Every state of the element, and its result. */
    seen: { readonly states: FlowState[]; result: Promise<VerifyResult> };
  }
}

const LIGHT: Challenge = { type: 'light', colours: [{ r: 255, g: 40, b: 40, ms: 500 }, { r: 40, g: 80, b: 255, ms: 500 }, { r: 255, g: 255, b: 255, ms: 500 }], minimumMs: 2000 };

let challenge: Challenge;
let site: Site;
let context: BrowserContext;
let page: Page;
let sessions: SessionRequest[];
let submission: SubmissionRequest | undefined;
let complaints: string[];

beforeAll(async () => {
  site = await openSite({ challenge: ({ challenges }) => (challenges.includes(challenge.type) ? challenge : { type: 'silent', minimumMs: 2000 }) });
});
afterAll(() => site.close());
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

interface Setup {
  readonly reducedMotion?: boolean;
  /** Attributes of the element. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly verifyOptions?: object;
}

/** Opens the bare page with an element in it, lets the detector arrive, and gives consent: the camera starts then. */
async function begin(browser: Browser, asked: Challenge, { reducedMotion = false, attributes = {}, verifyOptions = {} }: Setup = {}): Promise<void> {
  challenge = asked;
  sessions = [];
  submission = undefined;
  complaints = [];
  context = await browser.newContext({ reducedMotion: reducedMotion ? 'reduce' : 'no-preference', viewport: { width: 390, height: 760 } });
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('/sessions')) sessions.push(request.postDataJSON() as SessionRequest);
    if (pathname.endsWith('/submission')) submission = request.postDataJSON() as SubmissionRequest;
  });
  await keepTracks(context);
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(site.barePage);
  await page.evaluate(
    ({ attributes, verifyOptions }) => {
      document.querySelector('video')?.remove();
      window.Facefront.defineFaceVerify();
      const face = document.createElement('face-verify');
      for (const [name, value] of Object.entries({ endpoint: '/api/face', 'asset-base': '/', ...attributes })) face.setAttribute(name, value);
      face.verifyOptions = verifyOptions;
      document.body.append(face);
      const states: FlowState[] = [];
      face.addEventListener('face-state', ({ detail }) => states.push(detail));
      window.seen = { states, result: face.start() };
    },
    { attributes, verifyOptions },
  );
  // The clock of the film starts with the camera: no download may run beside it.
  await page.waitForFunction(() => window.seen.states.at(-1)?.detector.stage === 'mesh', undefined, { timeout: 60_000 });
  await page.click('face-verify [part~=agree]');
}

const ended = (): Promise<VerifyResult> => page.evaluate(() => window.seen.result);
const phases = async (): Promise<string[]> => (await page.evaluate(() => window.seen.states.map(({ phase }) => phase))).filter((phase, index, all) => phase !== all[index - 1]);
const shown = async (part: string): Promise<string | null> => page.textContent(`face-verify [part~=${part}]`);

/** What a run leaves behind, by kind. */
const tracks = (): Promise<string[]> => page.evaluate(() => window.tracks.map(({ kind, readyState }) => `${kind} ${readyState}`));

/** Seconds of the film, and for the microphone a sound. */
async function filmed({ sound, ...film }: { readonly start: number; readonly seconds: number; readonly filter?: string; readonly sound?: string }): Promise<Browser> {
  return launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.cap12, ...film }), ...(sound !== undefined && { args: [`--use-file-for-fake-audio-capture=${sound}`] }) });
}

describe('actions', () => {
  describe('that are done', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await filmed(MOUTH_AND_TURNS);
    });
    afterAll(() => browser.close());

    it('in their order lead to a verdict, and the evidence says when each was asked for and done', async () => {
      await begin(browser, { type: 'action', actions: ['openMouth', 'turnRight', 'turnLeft'], deadlineMs: 15_000, minimumMs: 2000 }, { attributes: { locale: 'en' } });
      await page.waitForSelector('face-verify .stage[data-instruction=openMouth] .gesture', { state: 'visible', timeout: 60_000 });
      expect(await shown('message')).toBe('Open your mouth once');
      await page.waitForFunction(() => document.querySelector('face-verify')?.shadowRoot?.querySelector('[part~=steps]')?.getAttribute('aria-label') === 'Progress 2 / 3', undefined, { timeout: 60_000 });
      const result = await ended();
      expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
      const { record, challenge: asked } = submission?.manifest ?? {};
      if (record?.type !== 'action') throw new Error(`the record is ${JSON.stringify(record)}`);
      expect(record.actions.map(({ id }) => id)).toEqual(['openMouth', 'turnRight', 'turnLeft']);
      expect(asked).toMatchObject({ actions: ['openMouth', 'turnRight', 'turnLeft'] });
      // One after the other, each after it was asked for, all on the recording's clock.
      let last = 0;
      for (const { asked: at, start, end } of record.actions) {
        expect(at).toBeGreaterThanOrEqual(last);
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      // Of all that, the picture is one of the moments in between.
      const { bestFrame } = submission?.manifest ?? {};
      expect(bestFrame).toMatchObject({ mediaType: 'image/jpeg', width: 640, height: 480 });
      expect(Math.abs(bestFrame?.score.yaw ?? NaN)).toBeLessThan(12);
      for (const { start, end } of record.actions) expect((bestFrame?.at ?? NaN) < start || (bestFrame?.at ?? NaN) > end, JSON.stringify([bestFrame, record])).toBe(true);
      // The frames' clock and the recorder's are two.
      expect(last).toBeLessThanOrEqual((submission?.manifest.video.durationMs ?? 0) + 100);
      expect(await tracks()).toEqual(['video ended']);
    });
  });

  it('that are done at a later try lead to a verdict, and the evidence says how many it took', async () => {
    // The mouth opens 11.3 and 13.4 s after the camera has: long after the first deadline. Five tries are longer than the film, and a
    // busy machine may be at the neutral face while it opens.
    const browser = await filmed({ start: 0, seconds: 18 });
    try {
      await begin(browser, { type: 'action', actions: ['openMouth'], deadlineMs: 4000, minimumMs: 2000 }, { attributes: { locale: 'en' }, verifyOptions: { retries: 4 } });
      await page.waitForFunction(() => window.seen.states.some((state) => state.phase === 'guidance' && state.missed), undefined, { timeout: 60_000, polling: 20 });
      expect([await shown('message'), (await shown('hint'))?.length]).toEqual(['Open your mouth once', expect.any(Number)]);
      expect(await ended()).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
      const missed = submission?.manifest.timeline.filter(({ event }) => event.startsWith('missed:')) ?? [];
      expect(missed.length).toBeGreaterThanOrEqual(1);
      expect(missed.length).toBeLessThanOrEqual(4);
      for (const { at, event } of missed) expect([event, at < 0]).toEqual(['missed:faceid-wechat/liveness-action/1209', true]);
      // What was recorded before is not in what was sent.
      expect(submission?.manifest.video.durationMs).toBeLessThan(8000);
      expect(await tracks()).toEqual(['video ended']);
    } finally {
      await browser.close();
    }
  });

  describe('that are not done', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck, start: 14, seconds: 8 }) });
    });
    afterAll(() => browser.close());

    it.each([
      ['openMouth', '1209', 2],
      ['turnLeft', '1208', 1],
    ] as const)('%s: the vendor’s code %s and its sentence, after the time the server gives, %i times', async (action, code, tries) => {
      await begin(browser, { type: 'action', actions: [action], deadlineMs: 1500, minimumMs: 2000 }, { verifyOptions: { retries: tries - 1 } });
      const result = await ended();
      expect(result).toMatchObject({ status: 'failed', code: { system: 'faceid-wechat', table: 'liveness-action', code }, summary: { misses: tries } });
      expect(await shown('message')).toBe(result.prompt);
      expect(result.prompt.length).toBeGreaterThan(4);
      expect(submission).toBeUndefined();
      expect(await tracks()).toEqual(['video ended']);
    });
  });
});

describe('light', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck, start: 14, seconds: 8 }) });
  });
  afterAll(() => browser.close());

  it('warns, lights the whole screen in the server’s colours with the face in sight, and reaches a verdict', async () => {
    await begin(browser, LIGHT);
    await page.waitForSelector('face-verify .frame[data-phase=lightWarning]');
    expect(await page.evaluate(() => window.tracks.length), 'no camera before the answer').toBe(0);
    await page.evaluate(() => {
      const frame = document.querySelector('face-verify')?.shadowRoot?.querySelector<HTMLElement>('.frame');
      const glow = frame?.querySelector<HTMLElement>('.glow');
      const video = frame?.querySelector('video');
      if (!frame || !glow || !video) throw new Error('no frame');
      const colours: string[] = [];
      Object.assign(window, { colours });
      new MutationObserver(() => {
        const { width, height } = glow.getBoundingClientRect();
        const covers = width === innerWidth && height === innerHeight && video.checkVisibility() && document.elementFromPoint(1, innerHeight - 1) === document.querySelector('face-verify');
        const colour = frame.hasAttribute('data-lit') ? `${getComputedStyle(glow).backgroundColor}${covers ? '' : ' partly'}` : 'none';
        if (colours[colours.length - 1] !== colour) colours.push(colour);
      }).observe(frame, { attributes: true });
    });
    await page.click('face-verify [part~=go]');
    expect(await ended()).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    const plain = 'rgb(11, 15, 22)';
    const colours = await page.evaluate(() => (window as unknown as { colours: string[] }).colours);
    // From the last dark screen on: a face that was lost on the way would begin again.
    expect(colours.slice(colours.lastIndexOf(plain, -3))).toEqual([plain, 'rgb(255, 40, 40)', 'rgb(40, 80, 255)', 'rgb(255, 255, 255)', plain, 'none']);
    const { record } = submission?.manifest ?? {};
    if (record?.type !== 'light') throw new Error(`the record is ${JSON.stringify(record)}`);
    expect(record.colours).toHaveLength(3);
    for (const { start, end, samples } of record.colours) {
      expect(end - start).toBeGreaterThanOrEqual(500);
      expect(samples).toBeGreaterThan(0);
    }
    expect(await phases()).toEqual(['consent', 'preflight', 'session', 'lightWarning', 'camera', 'loading', 'guidance', 'recording', 'uploading', 'verdict', 'ended']);
    expect(await tracks()).toEqual(['video ended']);
  });

  it('is replaced where the person would rather not, which the evidence says', async () => {
    await begin(browser, LIGHT, { attributes: { locale: 'en' } });
    await page.waitForSelector('face-verify .frame[data-phase=lightWarning]');
    expect([await shown('message'), await shown('hint')]).toEqual(['The screen will change colour', expect.stringContaining('flashing light')]);
    await page.click('face-verify [part~=other]');
    expect(await ended()).toMatchObject({ status: 'finished' });
    expect(sessions.map(({ challenges }) => challenges)).toEqual([['silent', 'action', 'digits', 'light'], ['silent', 'action', 'digits']]);
    expect(submission?.manifest).toMatchObject({ challenge: { type: 'silent' }, substitutions: [{ withheld: 'light', because: 'declared' }] });
  });

  it('is not offered where motion is reduced', async () => {
    await begin(browser, LIGHT, { reducedMotion: true });
    expect(await ended()).toMatchObject({ status: 'finished' });
    expect(sessions.map(({ challenges }) => challenges)).toEqual([['silent', 'action', 'digits']]);
    expect(await phases()).not.toContain('lightWarning');
    expect(submission?.manifest.substitutions).toEqual([{ withheld: 'light', because: 'system' }]);
  });

  it('is not offered to somebody who cannot have flashes, nor the voice to somebody who cannot speak', async () => {
    await begin(browser, LIGHT, { attributes: { cannot: 'flashes speak blink' } });
    expect(await ended()).toMatchObject({ status: 'finished' });
    expect(sessions).toMatchObject([{ challenges: ['silent', 'action'], actions: ['openMouth', 'nod', 'turnLeft', 'turnRight'] }]);
    // What it is they cannot do stays in the page.
    expect(JSON.stringify([sessions, submission])).not.toMatch(/flashes|speak|cannot/);
  });

  it('can be cancelled at the warning', async () => {
    await begin(browser, LIGHT);
    await page.waitForSelector('face-verify .frame[data-phase=lightWarning]');
    await page.keyboard.press('Escape');
    expect(await ended()).toMatchObject({ status: 'cancelled', code: { code: 'cancelled' } });
    expect(await tracks()).toEqual([]);
  });
});

describe('digits', () => {
  const DIGITS: Challenge = { type: 'digits', digits: '4721', minimumMs: 2000 };

  it.each([
    ['a voice from a mouth that stays shut', 'aloud', 'faceid-wechat', 'liveness-digits', '1109'],
    ['a microphone that hears nothing at all', 'silence', 'faceid-sdk', 'result', '-5007'],
  ] as const)('%s: the vendor’s word for it, and camera and microphone are off', async (_, sound, system, table, code) => {
    // The mouth is shut in these seconds.
    const browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.franck, start: 14, seconds: 8 }), args: [`--use-file-for-fake-audio-capture=${await speechFile(sound)}`] });
    try {
      await begin(browser, DIGITS, { verifyOptions: { retries: 0 } });
      await page.waitForFunction(() => document.querySelector('face-verify')?.shadowRoot?.querySelector('[part=message]')?.textContent === '请大声读出数字', undefined, { timeout: 60_000 });
      expect(await page.isVisible('face-verify [part=meter]')).toBe(true);
      const result = await ended();
      expect(result).toMatchObject({ status: 'failed', code: { system, table, code } });
      expect(await shown('message')).toBe(result.prompt);
      expect(await tracks()).toEqual(['video ended', 'audio ended']);
      const { digits, levels } = await page.evaluate(() => {
        const views = window.seen.states.flatMap((state) => (state.phase === 'recording' && state.challenge.type === 'digits' ? [state.challenge] : []));
        return { digits: views.map(({ digit = '' }) => digit).filter((digit, index, all) => digit !== all[index - 1]).join(''), levels: views.map(({ level }) => level) };
      });
      expect(digits).toBe('4721');
      if (sound === 'aloud') expect(Math.max(...levels)).toBe(1);
      else expect(Math.max(...levels)).toBeLessThan(0.5);
    } finally {
      await browser.close();
    }
  });

  describe('with a mouth that moves and a sound', () => {
    let browser: Browser;
    beforeAll(async () => {
      // Mouth open at 1.3–2.2 and 3.4–4.7 s of the film, over and over.
      browser = await filmed({ start: 10, seconds: 5, sound: await speechFile('aloud') });
    });
    afterAll(() => browser.close());

    it('lead to a verdict, and the recording has the sound', async () => {
      await begin(browser, DIGITS);
      await page.waitForSelector('face-verify .digits', { state: 'visible', timeout: 60_000 });
      const result = await ended();
      expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
      const { record, video } = submission?.manifest ?? {};
      if (record?.type !== 'digits') throw new Error(`the record is ${JSON.stringify(record)}`);
      expect(record.digits).toHaveLength(4);
      expect(record.digits.filter(({ voicedMs }) => voicedMs > 0).length).toBeGreaterThanOrEqual(3);
      // Where the film jumps back to its beginning between two digits, they are asked for again.
      expect([...new Set(await phases())]).toEqual(['consent', 'preflight', 'session', 'camera', 'microphone', 'loading', 'guidance', 'recording', 'uploading', 'verdict', 'ended']);
      expect(video?.mediaType).toMatch(/opus|mp4a/);
      expect(await tracks()).toEqual(['video ended', 'audio ended']);
    });

    it.each(['microphone', 'guidance', 'recording'] as const)('cancelled in %s leave neither camera nor microphone on', async (phase) => {
      await begin(browser, DIGITS);
      await page.waitForFunction((wanted) => window.seen.states.some((state) => state.phase === wanted), phase, { timeout: 60_000, polling: 20 });
      await page.keyboard.press('Escape');
      expect(await ended()).toMatchObject({ status: 'cancelled' });
      await expect.poll(async () => (await tracks()).filter((track) => !track.endsWith('ended')), { timeout: 5000 }).toEqual([]);
    });
  });
});
