import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cameraFile, launchBrowser, VIDEOS } from './launch.js';
import { openSite, type Site } from './site.js';
import { runVerification, startVerification, waitForPhase } from './verification.js';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

describe.each(['cap12', 'franck'] as const)('the built script with %s in front of the camera', (person) => {
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];
  const violations: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser({ fakeCamera: await cameraFile({ input: VIDEOS[person] }) });
    const context = await browser.newContext();
    context.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
    await context.exposeFunction('reportViolation', (what: string) => violations.push(what));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        void (window as unknown as { reportViolation(what: string): void }).reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') violations.push(message.text());
    });
    page.on('pageerror', (error) => violations.push(String(error)));
    await page.goto(site.barePage);
  });
  afterAll(() => browser.close());
  afterEach(() => expect(violations).toEqual([]));

  it('reaches a passed verdict', async () => {
    const { result, states } = await runVerification(page);
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'passed' }, code: { system: 'faceid-sdk', table: 'result', code: '0' }, prompt: '核身认证通过', remedy: 'none' });
    const phases = states.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
    expect(phases).toEqual(['consent', 'preflight', 'session', 'camera', 'loading', 'guidance', 'recording', 'uploading', 'verdict', 'ended']);
  });

  it('asked no other origin for anything', () => {
    expect(requests.length).toBeGreaterThan(8);
    expect(requests.filter((request) => !request.split(' ')[1]?.startsWith(`${site.origin}/`))).toEqual([]);
  });

  it('shows the prompt of any code the vendor may return, in the language asked for', async () => {
    const { result } = await runVerification(page, { headers: { 'x-simulated-code': 'faceid-sdk/result/66660023' } });
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'rejected' }, prompt: '请确保本人操作且正脸对框', remedy: 'adjust' });
  });

  it('gives an unknown code a safe sentence and keeps its text', async () => {
    const { result } = await runVerification(page, { headers: { 'x-simulated-code': 'faceid-sdk/result/99887766' } });
    expect(result).toMatchObject({ status: 'finished', verdict: { decision: 'rejected' }, code: { code: '99887766' } });
    expect(result.prompt.length).toBeGreaterThan(4);
  });

  it('can be cancelled in the middle, which is a result', async () => {
    await startVerification(page);
    await waitForPhase(page, 'recording');
    const result = await page.evaluate(() => {
      window.run.cancel();
      return window.run.result;
    });
    expect(result).toMatchObject({ status: 'cancelled', code: { system: 'facefront', table: 'client', code: 'cancelled' } });
  });
});
