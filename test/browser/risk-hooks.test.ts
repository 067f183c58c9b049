import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type * as risk from '../../src/risk/index.js';
import { bundleForPage } from '../risk/page-bundle.js';
import { type PageServer, servePage } from '../risk/page-server.js';
import { TO_STRING_OF_LIBRARIES } from '../risk/to-string-of-libraries.js';
import { launchBrowser } from './launch.js';

type Room = typeof risk;

let server: PageServer;
let browser: Browser;

beforeAll(async () => {
  server = await servePage(await bundleForPage({ input: 'src/risk/index.ts', minify: true }));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

/** What the room says of a page that begins with a script. */
async function look(before = '', after = ''): Promise<{ altered: Record<string, readonly string[]>; signals: readonly string[] }> {
  const page = await browser.newPage();
  if (before) await page.addInitScript(before);
  await page.goto(server.origin);
  const room = await page.evaluateHandle<Room>("import('/entry.js')");
  if (after) await page.evaluate(after);
  const { facts, signals } = await page.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: true }, groups: ['integrity'], exclude: ['automation'] }), room);
  if (facts.nativeFunctions?.status !== 'ok') throw new Error(JSON.stringify(facts));
  expect(facts.nativeFunctions.value.watched).toBe(12);
  return {
    altered: Object.fromEntries(facts.nativeFunctions.value.altered.map(({ name, signs }) => [name, signs])),
    signals: signals.map(({ id }) => id),
  };
}

const GUM = 'MediaDevices.prototype.getUserMedia';
const CAPTURE = 'HTMLCanvasElement.prototype.captureStream';
const SETTINGS = 'MediaStreamTrack.prototype.getSettings';

/** `Function.prototype.toString` that says of the functions in `lies` what it is told to. */
const LYING_TO_STRING = `const lies = new Map(); const tell = Function.prototype.toString;`;

it('nothing is said of an honest browser', async () => {
  expect(await look()).toEqual({ altered: {}, signals: [] });
});

describe('the five disguises', () => {
  it('a plain wrapper', async () => {
    const { altered, signals } = await look(`const real = ${GUM}; ${GUM} = function getUserMedia(...demands) { return real.apply(this, demands); };`);
    expect(altered).toEqual({ 'MediaDevices.getUserMedia': ['source', 'own-keys'] });
    expect(signals).toEqual(['cameraHook', 'functionHook']);
  });

  it('a bind', async () => {
    const { altered, signals } = await look(`navigator.mediaDevices.getUserMedia = ${GUM} = ${GUM}.bind(navigator.mediaDevices);`);
    expect(altered).toEqual({ 'MediaDevices.getUserMedia': ['nameless', 'shadowed'] });
    expect(signals).toEqual(['cameraHook', 'functionHook']);
  });

  it('a Proxy', async () => {
    const { altered, signals } = await look(`
      ${GUM} = new Proxy(${GUM}, {});
      ${CAPTURE} = new Proxy(${CAPTURE}, { apply: (real, self, given) => Reflect.apply(real, self, given) });`);
    expect(altered).toEqual({ 'MediaDevices.getUserMedia': ['nameless'], 'HTMLCanvasElement.captureStream': ['nameless', 'frames'] });
    expect(signals).toEqual(['cameraHook', 'functionHook']);
  });

  it('a toString of its own', async () => {
    const { altered, signals } = await look(`
      const real = ${SETTINGS};
      ${SETTINGS} = { getSettings() { return { ...real.call(this), deviceId: 'camera' }; } }.getSettings;
      ${SETTINGS}.toString = () => 'function getSettings() { [native code] }';`);
    expect(altered).toEqual({ 'MediaStreamTrack.getSettings': ['source', 'own-to-string', 'frames'] });
    expect(signals).toEqual(['disguisedHook', 'cameraHook', 'functionHook']);
  });

  const HOOK = `const real = ${SETTINGS};
    ${SETTINGS} = { getSettings() { return { ...real.call(this), deviceId: 'camera' }; } }.getSettings;
    lies.set(${SETTINGS}, 'function getSettings() { [native code] }');`;

  it.each([
    ['a function', 'Function.prototype.toString = function toString() { return lies.get(this) ?? tell.call(this); };', ['own-keys', 'frames']],
    ['a method', 'Function.prototype.toString = { toString() { return lies.get(this) ?? tell.call(this); } }.toString;', ['frames']],
    ['a Proxy', 'Function.prototype.toString = new Proxy(tell, { apply: (real, self, given) => lies.get(self) ?? Reflect.apply(real, self, given) });', ['frames']],
  ])('Function.prototype.toString replaced by %s before the page', async (_kind, patch, signs) => {
    const { altered, signals } = await look(`${LYING_TO_STRING} ${HOOK} ${patch} lies.set(Function.prototype.toString, 'function toString() { [native code] }');`);
    expect(altered).toEqual({ 'Function.toString': signs, 'MediaStreamTrack.getSettings': ['frames'] });
    expect(signals).toEqual(['disguisedHook', 'cameraHook', 'functionHook']);
  });

  it('Function.prototype.toString replaced after the room was loaded can lie to others only', async () => {
    const { altered } = await look('', `${LYING_TO_STRING} ${HOOK}
      Function.prototype.toString = { toString() { return lies.get(this) ?? tell.call(this); } }.toString;
      lies.set(Function.prototype.toString, 'function toString() { [native code] }');`);
    expect(altered['MediaStreamTrack.getSettings']).toEqual(['source', 'frames']);
    expect(altered['Function.toString']).toEqual(['source', 'frames']);
  });

  it('a hook before the page that also cleans the stack is known not to be seen', async () => {
    const { altered, signals } = await look(`${LYING_TO_STRING}
      const clean = (act) => { try { return act(); } catch (error) { error.stack = error.stack.split('\\n').filter((line) => !line.includes('<anonymous>:')).join('\\n'); throw error; } };
      const real = ${SETTINGS};
      ${SETTINGS} = { getSettings() { return clean(() => ({ ...real.call(this), deviceId: 'camera' })); } }.getSettings;
      lies.set(${SETTINGS}, 'function getSettings() { [native code] }');
      Function.prototype.toString = { toString() { return lies.get(this) ?? clean(() => tell.call(this)); } }.toString;
      lies.set(Function.prototype.toString, 'function toString() { [native code] }');`);
    expect({ altered, signals }).toEqual({ altered: {}, signals: [] });
  });
});

describe('libraries that replace Function.prototype.toString honestly', () => {
  it.each(Object.entries(TO_STRING_OF_LIBRARIES))('%s', async (_library, replacement) => {
    for (const { altered, signals } of [await look(replacement), await look('', replacement)]) {
      expect(altered).toEqual({ 'Function.toString': expect.arrayContaining(['own-keys', 'frames']) });
      expect(signals).toEqual(['functionHook']);
    }
  });
});

describe('what the watched functions are', () => {
  it('accessors are caught too', async () => {
    const { altered } = await look(`
      const { set, get } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
      Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { configurable: true, get, set(stream) { set.call(this, stream); } });
      Object.defineProperty(MediaStreamTrack.prototype, 'label', { configurable: true, get: () => 'FaceTime HD Camera' });
      Object.defineProperty(navigator, 'webdriver', { get: () => false });`);
    expect(altered).toEqual({
      'HTMLMediaElement.srcObject': ['source', 'frames'],
      'MediaStreamTrack.label': ['source', 'accepts-anything'],
      'Navigator.webdriver': ['shadowed'],
    });
  });

  it.each([
    ['stands on the navigator', "Object.defineProperty(navigator, 'mediaDevices', { value: proxy });", ['shadowed']],
    ['comes from another getter', "Object.defineProperty(Navigator.prototype, 'mediaDevices', { configurable: true, enumerable: true, get: () => proxy });", ['source', 'accepts-anything']],
  ])('a Proxy around the media devices that %s', async (_where, place, signs) => {
    const { altered, signals } = await look(`const proxy = new Proxy(navigator.mediaDevices, { get: (real, name) => (name === 'getUserMedia' ? async () => new MediaStream() : Reflect.get(real, name)) }); ${place}`);
    expect(altered).toEqual({ 'Navigator.mediaDevices': signs });
    expect(signals).toEqual(['cameraHook', 'functionHook']);
  });

  it('a getter is looked at beside its setter', async () => {
    const { altered } = await look(`
      const { set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
      Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { configurable: true, set, get() { return null; } });`);
    expect(altered).toEqual({ 'HTMLMediaElement.srcObject': ['source', 'accepts-anything'] });
  });

  it('a hook of getUserMedia is not called, and the camera stays shut', async () => {
    const page = await browser.newPage();
    await page.addInitScript(`globalThis.calls = []; for (const name of ['getUserMedia', 'enumerateDevices']) MediaDevices.prototype[name] = function () { calls.push(name); return Promise.reject(new Error()); };`);
    await page.goto(server.origin);
    const room = await page.evaluateHandle<Room>("import('/entry.js')");
    await page.evaluate(({ collectRisk }) => collectRisk({ consent: { granted: true }, groups: ['integrity'] }), room);
    expect(await page.evaluate('calls')).toEqual([]);
  });
});
