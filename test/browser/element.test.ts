import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FlowState, VerifyResult } from '../../src/index.js';
import { launchBrowser } from './launch.js';
import { openSite, type Site } from './site.js';
import type {} from './verification.js';

/* How the element looks in a real browser, state by state; the flow underneath is a script. */

const OVAL = { x: 0.278, y: 0.1, width: 0.444, height: 0.8 };
const instruction = (id: string) => ({ id, metric: 'faces', value: 0, threshold: 1, distance: 1 });
const detector = { stage: 'face', progress: { asset: 'x', loadedBytes: 400_000, totalBytes: 1_100_000 } };
const rejected = { status: 'finished', reference: 'ABCD-EFGH-IJKL', verdict: { decision: 'rejected', code: { system: 'faceid-sdk', table: 'result', code: '66660023' } }, code: { system: 'faceid-sdk', table: 'result', code: '66660023' }, prompt: '', remedy: 'adjust' };

/** One state of every kind, each with the longest sentence it has. */
const STATES: Readonly<Record<string, object | undefined>> = {
  idle: undefined,
  consent: { phase: 'consent', detector },
  session: { phase: 'session', detector },
  warning: { phase: 'lightWarning', detector },
  camera: { phase: 'camera', detector },
  microphone: { phase: 'microphone', detector },
  tap: { phase: 'tap' },
  loading: { phase: 'loading', oval: OVAL, detector: { progress: detector.progress } },
  guidance: { phase: 'guidance', instruction: instruction('moveLeft'), progress: 0, oval: OVAL, challengeType: 'silent', detector },
  bright: { phase: 'guidance', instruction: instruction('lessLight'), progress: 0, oval: OVAL, challengeType: 'digits' },
  recording: { phase: 'recording', instruction: instruction('holdStill'), progress: 0.4, oval: OVAL, challenge: { type: 'silent' } },
  action: { phase: 'recording', instruction: instruction('turnRight'), progress: 0.4, oval: OVAL, challenge: { type: 'action', index: 1, total: 3, action: 'turnRight', wrong: 'nod' } },
  blink: { phase: 'recording', instruction: instruction('blink'), progress: 0.4, oval: OVAL, challenge: { type: 'action', index: 7, total: 8, action: 'blink' } },
  room: { phase: 'recording', instruction: instruction('readDigits'), progress: 0, oval: OVAL, challenge: { type: 'digits', index: -1, total: 4, level: 0.04 } },
  digits: { phase: 'recording', instruction: instruction('readDigits'), progress: 0.4, oval: OVAL, challenge: { type: 'digits', index: 2, total: 4, digit: '8', level: 0.3, hint: 'speakUp' } },
  plain: { phase: 'recording', instruction: instruction('noFace'), progress: 0.4, oval: OVAL, challenge: { type: 'light', index: 1, total: 5 } },
  red: { phase: 'recording', instruction: instruction('holdStill'), progress: 0.4, oval: OVAL, challenge: { type: 'light', index: 1, total: 5, colour: { r: 255, g: 40, b: 40 } } },
  white: { phase: 'recording', instruction: instruction('moveCloser'), progress: 0.4, oval: OVAL, challenge: { type: 'light', index: 2, total: 5, colour: { r: 255, g: 255, b: 255 } } },
  paused: { phase: 'paused' },
  file: { phase: 'systemCamera', seconds: 5, detector },
  fileAgain: { phase: 'systemCamera', seconds: 5, report: { status: 'fail', checks: ['video-too-long', 'camera-too-small', 'face-lost'].map((code) => ({ rule: 'face', status: 'fail', code: { system: 'facefront', table: 'client', code }, detail: '' })) } },
  fileChecking: { phase: 'systemCamera', seconds: 5, checking: 0.5 },
  converting: { phase: 'converting', progress: 0.4 },
  reacquiring: { phase: 'reacquiring' },
  uploading: { phase: 'uploading', sentBytes: 700_000, totalBytes: 1_800_000, remainingMs: 95_000 },
  offline: { phase: 'uploading', sentBytes: 700_000, totalBytes: 1_800_000, connection: 'offline' },
  verdict: { phase: 'verdict' },
  rejected: { phase: 'ended', result: rejected },
  unavailable: { phase: 'ended', result: { ...rejected, code: { ...rejected.code, code: '66660002' }, remedy: 'contact' } },
  cancelled: { phase: 'ended', result: { status: 'cancelled', code: { system: 'facefront', table: 'client', code: 'cancelled' }, prompt: '', remedy: 'none' } },
};

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  site = await openSite();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

/** Opens the bare page, under the strict policy, with an element in it. */
async function open(options: BrowserContextOptions = {}, prepare?: () => void): Promise<void> {
  complaints = [];
  context = await browser.newContext(options);
  context.on('request', (request) => {
    if (!request.url().startsWith(`${site.origin}/`)) complaints.push(`asked ${request.url()}`);
  });
  page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  if (prepare) await page.addInitScript(prepare);
  await page.goto(site.barePage);
}

/** Puts a fresh element into a state, in a language. */
async function show(state: object | undefined, locale = 'zh-CN'): Promise<void> {
  await page.evaluate(
    async ({ state, locale }) => {
      window.Facefront.defineFaceVerify();
      const face = document.createElement('face-verify');
      face.endpoint = '/api/face';
      face.assetBase = '/';
      face.locale = locale;
      document.body.style.margin = '12px';
      document.body.replaceChildren(face);
      if (!state) return;
      await new Promise<void>((shown) => {
        face.verify = ({ onState }) => {
          onState?.({ detector: { stage: 'mesh' }, ...state } as FlowState);
          shown();
          return 'result' in state ? Promise.resolve(state.result as VerifyResult) : new Promise(() => undefined);
        };
        void face.start();
      });
    },
    { state, locale },
  );
}

/** Gives the preview a picture of 640×480. */
async function play(): Promise<void> {
  await page.evaluate(async () => {
    const video = document.querySelector('face-verify')?.shadowRoot?.querySelector('video');
    if (!video) throw new Error('no preview');
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    canvas.getContext('2d')?.fillRect(0, 0, 640, 480);
    video.srcObject = canvas.captureStream(30);
    await video.play();
  });
}

/** What is wrong with the layout of what is shown. */
function faults(): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.querySelector('face-verify')?.shadowRoot;
    const frame = root?.querySelector('.frame');
    if (!root || !frame) return ['no element'];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`page is ${document.documentElement.scrollWidth} wide`);
    const outer = frame.getBoundingClientRect();
    for (const node of root.querySelectorAll<HTMLElement>('[part]')) {
      // The light of a challenge fills the screen on purpose.
      if (!node.checkVisibility() || node === frame || node.matches('.stage, .stage *, .glow')) continue;
      const box = node.getBoundingClientRect();
      const name = node.getAttribute('part') ?? '';
      if (box.left < outer.left - 0.5 || box.right > outer.right + 0.5 || box.bottom > outer.bottom + 0.5) found.push(`${name} leaves the frame`);
      // The header's button reaches into the padding, so that its word ends where everything else ends.
      // Only words can be cut off: an icon that turns is wider on its way.
      if (node.textContent !== '' && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline' && name !== 'header') found.push(`${name} is cut off`);
      if (node.tagName === 'BUTTON' && box.height < 43.9) found.push(`${name} is ${box.height} high`);
    }
    const texts = [...root.querySelectorAll<HTMLElement>('.title,.digits,.message,.hint,.reasons,.stage,.buttons,.upload,.download,.consent')].filter((node) => node.checkVisibility() && node.textContent !== '');
    texts.forEach((node, index) => {
      for (const other of texts.slice(index + 1)) {
        const [a, b] = [node.getBoundingClientRect(), other.getBoundingClientRect()];
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) found.push(`${node.className} and ${other.className} overlap`);
      }
    });
    return found;
  });
}

describe.each([
  { width: 320, height: 568 },
  { width: 375, height: 667 },
  { width: 667, height: 375 },
  { width: 1280, height: 800 },
])('$width×$height', (viewport) => {
  it.each(['zh-CN', 'zh-TW', 'en', 'vi', 'th'])('%s: everything fits, nothing overlaps, every button is large enough for a thumb', async (locale) => {
    await open({ viewport });
    for (const [name, state] of Object.entries(STATES)) {
      await show(state, locale);
      expect(await faults(), name).toEqual([]);
    }
  });

  it('guidance needs no scrolling', async () => {
    await open({ viewport });
    for (const name of ['camera', 'microphone', 'guidance', 'bright', 'recording', 'action', 'room', 'digits', 'red', 'uploading'] as const) {
      await show(STATES[name], 'en');
      const bottom = await page.evaluate(() => document.querySelector('face-verify')?.getBoundingClientRect().bottom);
      expect(bottom, name).toBeLessThanOrEqual(viewport.height);
    }
  });
});

describe('colours', () => {
  it.each(['light', 'dark'] as const)('%s: text stands out as WCAG AA asks, the instruction as AAA', async (colorScheme) => {
    await open({ colorScheme });
    for (const [name, state] of Object.entries(STATES)) {
      await show(state);
      const ratios = await page.evaluate(() => {
        const light = (color: string): number => {
          const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((channel) => {
            const value = Number(channel) / 255;
            return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const root = document.querySelector('face-verify')?.shadowRoot;
        const clear = (color: string): boolean => /, 0\)$/.test(color);
        // What is behind a text is what the nearest of its boxes paints.
        const behind = (node: Element | null): string => {
          const { backgroundColor } = getComputedStyle(node ?? document.body);
          return node && clear(backgroundColor) ? behind(node.parentElement) : backgroundColor;
        };
        return [...(root?.querySelectorAll('.title,.cancel,.message,.hint,.reasons li,.digit,.consent strong,.consent span,.button,.download span') ?? [])]
          .filter((node) => node.checkVisibility())
          .map((node) => {
            const [one, other] = [light(getComputedStyle(node).color), light(behind(node))].sort((a, b) => b - a) as [number, number];
            return { what: node.className || node.tagName, ratio: (one + 0.05) / (other + 0.05) };
          });
      });
      expect(ratios.length, name).toBeGreaterThan(1);
      for (const { what, ratio } of ratios) expect(ratio, `${what} in ${name}`).toBeGreaterThanOrEqual(what === 'message' ? 7 : 4.5);
    }
  });

  it('follow the theme attribute against the system', async () => {
    await open({ colorScheme: 'dark' });
    await show(undefined);
    const surface = (): Promise<string> => page.evaluate(() => getComputedStyle(document.querySelector('face-verify')?.shadowRoot?.querySelector('.frame') as Element).backgroundColor);
    expect(await surface()).toBe('rgb(20, 25, 34)');
    await page.evaluate(() => document.querySelector('face-verify')?.setAttribute('theme', 'light'));
    expect(await surface()).toBe('rgb(255, 255, 255)');
  });

  it('are the page’s where it sets them', async () => {
    await open();
    await show(undefined);
    const color = await page.evaluate(() => {
      const face = document.querySelector('face-verify');
      face?.style.setProperty('--face-verify-accent', 'rgb(1, 2, 3)');
      return getComputedStyle(face?.shadowRoot?.querySelector('[part~=start]') as Element).backgroundColor;
    });
    expect(color).toBe('rgb(1, 2, 3)');
  });
});

describe('the stage', () => {
  it.each([
    [{ width: 320, height: 568 }],
    [{ width: 667, height: 375 }],
    [{ width: 1280, height: 800 }],
  ])('draws the oval where the engine measures, on the mirrored picture, at %o', async (viewport) => {
    await open({ viewport });
    const box = { x: 0.1, y: 0.2, width: 0.4, height: 0.5 };
    await show({ ...STATES['recording'], oval: box });
    await play();
    const { drawn, expected, transform } = await page.evaluate((box) => {
      const face = document.querySelector('face-verify');
      const video = face?.shadowRoot?.querySelector('video');
      const ring = face?.shadowRoot?.querySelector<SVGPathElement>('.track');
      if (!face || !video || !ring) throw new Error('no stage');
      face.locale = 'zh-CN';
      const rect = video.getBoundingClientRect();
      // object-fit: cover, then scaleX(-1).
      const scale = Math.max(rect.width / 640, rect.height / 480);
      const left = rect.left + rect.width / 2 - ((box.x + box.width) * 640 - 320) * scale;
      const top = rect.top + rect.height / 2 + (box.y * 480 - 240) * scale;
      const matrix = ring.getScreenCTM();
      if (!matrix) throw new Error('the ring is not drawn');
      const shape = ring.getBBox();
      const corner = new DOMPoint(shape.x, shape.y).matrixTransform(matrix);
      return {
        drawn: [corner.x, corner.y, shape.width * matrix.a, shape.height * matrix.d],
        expected: [left, top, box.width * 640 * scale, box.height * 480 * scale],
        transform: getComputedStyle(video).transform,
      };
    }, box);
    expect(transform).toBe('matrix(-1, 0, 0, 1, 0, 0)');
    drawn.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? NaN, 0));
  });
});

describe('for everybody', () => {
  it('stands still where motion is reduced', async () => {
    await open({ reducedMotion: 'reduce' });
    for (const [name, state] of Object.entries(STATES)) {
      await show(state);
      expect(await page.evaluate(() => document.getAnimations().length), name).toBe(0);
    }
  });

  it('fits a page that is written from right to left', async () => {
    await open({ viewport: { width: 320, height: 568 } });
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    for (const [name, state] of Object.entries(STATES)) {
      await show(state, 'en');
      expect(await faults(), name).toEqual([]);
    }
  });

  it('is used with the keyboard alone', async () => {
    await open();
    await show(STATES['consent']);
    const focused = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('part'));
    const seen: unknown[] = [];
    for (let press = 0; press < 3; press++) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen.slice(0, 2)).toEqual(['button agree', 'button refuse']);
    const visible = await page.evaluate(() => {
      const agree = document.querySelector('face-verify')?.shadowRoot?.querySelector<HTMLElement>('[part~=agree]');
      agree?.focus();
      return agree && getComputedStyle(agree).outlineStyle;
    });
    expect(visible).toBe('solid');
  });

  it('says its name, its one live sentence and its controls to a screen reader', async () => {
    await open();
    await show(STATES['recording'], 'en');
    await play();
    const session = await context.newCDPSession(page);
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: { ignored: boolean; role?: { value: string }; name?: { value: string }; properties?: { name: string; value: { value: unknown } }[] }[] };
    const known = nodes.filter(({ ignored, role }) => !ignored && ['group', 'heading', 'button', 'Video'].includes(role?.value ?? ''));
    expect(known.map(({ role, name }) => [role?.value, name?.value])).toEqual([
      ['group', 'Face verification'],
      ['button', 'Cancel'],
      ['heading', 'Good. Hold still'],
      ['Video', 'Camera picture'],
    ]);
    expect(known[2]?.properties).toContainEqual(expect.objectContaining({ name: 'live', value: expect.objectContaining({ value: 'assertive' }) }));
  });
});

it('is styled by a file where style sheets cannot be constructed', async () => {
  await open({}, () => {
    for (const owner of [Document.prototype, ShadowRoot.prototype]) Reflect.deleteProperty(owner, 'adoptedStyleSheets');
  });
  await show(STATES['consent']);
  await page.waitForFunction(() => getComputedStyle(document.querySelector('face-verify')?.shadowRoot?.querySelector('.frame') as Element).display === 'flex', undefined, { timeout: 5000 });
  expect(await faults()).toEqual([]);
});
