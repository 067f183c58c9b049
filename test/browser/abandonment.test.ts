import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryEvidenceStore, type VendorPort } from '../../src/server/index.js';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { openSite, type Site } from './site.js';
import { startVerification, waitForPhase } from './verification.js';

const QUICK = { timing: { steadyMs: 100 } } as const;
const PASSED = { status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } } as const;

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Requests to the backend since the test began. */
let seen: { readonly method: string; readonly path: string; readonly body: string }[];
let evidence: ReturnType<typeof createMemoryEvidenceStore>;
/** What a test lets a request wait for, before the backend looks at it. */
let hold: (request: Request) => Promise<void> | undefined;
let decide: VendorPort['decide'];

beforeAll(async () => {
  evidence = createMemoryEvidenceStore();
  site = await openSite({
    // Parts small enough for every recording to have several.
    limits: { minDurationMs: 300, maxPartBytes: 40_000, maxBytes: 2_500_000 },
    evidence,
    vendor: { decide: (question) => decide(question) },
    async authorize(request) {
      const { pathname } = new URL(request.url);
      seen.push({ method: request.method, path: pathname.replace('/api/face/', ''), body: pathname.endsWith('/abandonment') ? await request.clone().text() : '' });
      await hold(request);
      return { allowed: true };
    },
  });
  browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS.cap12, rate: 15 }) });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  seen = [];
  hold = () => undefined;
  decide = async () => PASSED;
  context = await browser.newContext();
  page = await context.newPage();
  await page.goto(site.barePage);
});
afterEach(() => context.close());

const abandonments = (): readonly string[] => seen.flatMap(({ path, body }) => (path.endsWith('/abandonment') ? [body] : []));
const openedSession = (): string => /^sessions\/([\w-]+)\//.exec(seen.find(({ path }) => path.startsWith('sessions/'))?.path ?? '')?.[1] ?? '';
const stateOf = async (sessionId: string): Promise<unknown> => ((await (await fetch(`${site.origin}/api/face/sessions/${sessionId}`)).json()) as { state: unknown }).state;

const leaving: Readonly<Record<string, () => Promise<unknown>>> = {
  'another page is opened': () => page.goto(`${site.origin}/`),
  'the tab is closed': () => page.close({ runBeforeUnload: true }),
  'the page is loaded anew': () => page.reload(),
};

describe.each(Object.entries(leaving))('when %s', (_name, leave) => {
  it('during the guidance, the session is closed', async () => {
    await startVerification(page);
    await waitForPhase(page, 'guidance');
    expect(abandonments()).toEqual([]);
    await leave();
    await expect.poll(abandonments, { timeout: 10_000 }).toEqual(['{"reason":"page-hide"}']);
    await expect.poll(() => stateOf(openedSession())).toBe('expired');
  });

  it('during the upload, what had arrived is deleted', async () => {
    // The first part arrives, the others are on their way for ever.
    let release = (): void => undefined;
    const later = new Promise<void>((resolve) => (release = resolve));
    hold = ({ method, url }) => (method === 'PUT' && !url.endsWith('/0') ? later : undefined);
    await startVerification(page, QUICK);
    await expect.poll(() => evidence.totalBytes, { timeout: 60_000 }).toBeGreaterThan(0);
    await leave();
    await expect.poll(abandonments, { timeout: 10_000 }).toEqual(['{"reason":"page-hide"}']);
    await expect.poll(() => evidence.totalBytes).toBe(0);
    // What comes after it is not taken any more.
    release();
    expect(await stateOf(openedSession())).toBe('expired');
    expect(evidence.totalBytes).toBe(0);
  });

  it('after the submission, nothing is called off and the verdict stands', async () => {
    let asked = false;
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    decide = async () => {
      asked = true;
      await answered;
      return PASSED;
    };
    await startVerification(page, QUICK);
    await expect.poll(() => asked, { timeout: 60_000 }).toBe(true);
    await leave();
    answer();
    await expect.poll(() => stateOf(openedSession())).toBe('decided');
    expect(abandonments()).toEqual([]);
  });
});

describe('a run that ends by itself', () => {
  it('says that it was cancelled', async () => {
    await startVerification(page);
    await waitForPhase(page, 'guidance');
    await page.evaluate(() => (window.run.cancel(), window.run.result));
    await expect.poll(abandonments).toEqual(['{"reason":"cancelled"}']);
    await expect.poll(() => stateOf(openedSession())).toBe('expired');
    await page.goto(`${site.origin}/`);
    expect(abandonments()).toHaveLength(1);
  });

  it('says that it has failed', async () => {
    await startVerification(page, { timing: { guidingMs: 1500, steadyMs: 60_000 } });
    expect(await page.evaluate(() => window.run.result)).toMatchObject({ status: 'failed' });
    await expect.poll(abandonments).toEqual(['{"reason":"failed"}']);
    await expect.poll(() => stateOf(openedSession())).toBe('expired');
  });

  it('says nothing before there is a session, nor after a verdict', async () => {
    await startVerification(page, { consent: 'never' });
    await page.evaluate(() => (window.run.cancel(), window.run.result));
    expect(seen).toEqual([]);
    await startVerification(page, QUICK);
    expect(await page.evaluate(() => window.run.result)).toMatchObject({ status: 'finished' });
    await page.goto(`${site.origin}/`);
    await expect.poll(() => stateOf(openedSession())).toBe('decided');
    expect(abandonments()).toEqual([]);
  });
});
