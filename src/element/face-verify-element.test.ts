// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineFaceVerify } from './define.js';
import type { FaceVerifyElement } from './face-verify-element.js';
import { instruction, type MountedElement, mountElement, OVAL, settle } from './mounted-element.fixture.js';
import { clientResult, type ScriptedRun, verdictResult } from './scripted-flow.fixture.js';

let mounted: MountedElement;
let element: MountedElement['element'];

beforeEach(() => {
  mounted = mountElement();
  ({ element } = mounted);
});

afterEach(() => {
  element.remove();
  document.body.replaceChildren();
});

describe('during the capture', () => {
  let result: Promise<unknown>;
  beforeEach(async () => {
    result = element.start();
    await settle();
    await mounted.agree();
  });
  afterEach(async () => {
    element.cancel();
    await result;
  });

  it('has one live region for its whole life, written to only when the sentence changes', async () => {
    const region = mounted.part('message');
    expect(region.getAttribute('aria-live')).toBe('assertive');
    const writes = vi.fn();
    const observer = new MutationObserver((records) => records.forEach(writes));
    observer.observe(region, { childList: true, characterData: true, subtree: true });
    for (let step = 0; step <= 10; step += 1) mounted.lastRun().tell({ phase: 'guidance', instruction: instruction('moveCloser'), progress: step / 10, oval: OVAL, challengeType: 'silent' });
    for (let step = 0; step <= 10; step += 1) mounted.lastRun().tell({ phase: 'recording', instruction: instruction('holdStill'), progress: step / 10, oval: OVAL, challenge: { type: 'silent' } });
    await settle();
    expect(writes.mock.calls.map(([record]) => (record as MutationRecord).addedNodes[0]?.textContent)).toEqual(['请靠近一点', '很好，请保持不动']);
    expect(mounted.part('message')).toBe(region);
    observer.disconnect();
  });

  it('switches the language at once without starting over', async () => {
    mounted.lastRun().tell({ phase: 'guidance', instruction: instruction('moveCloser'), progress: 0, oval: OVAL, challengeType: 'silent' });
    expect(mounted.message()).toBe('请靠近一点');
    element.setAttribute('locale', 'en-GB');
    expect([mounted.message(), mounted.part('cancel').textContent, mounted.part('frame').lang]).toEqual(['Move closer', 'Cancel', 'en']);
    expect(mounted.runs).toHaveLength(1);
  });

  it('fills the ring with the progress and colours it when all is well', () => {
    const ring = mounted.inside<SVGPathElement>('.ring');
    mounted.lastRun().tell({ phase: 'guidance', instruction: instruction('moveLeft'), progress: 0, oval: OVAL, challengeType: 'silent' });
    expect([mounted.part('stage').dataset['tone'], mounted.part('stage').dataset['instruction'], ring.getAttribute('stroke-dashoffset')]).toEqual(['attention', 'moveLeft', '1.000']);
    mounted.lastRun().tell({ phase: 'recording', instruction: instruction('holdStill'), progress: 0.75, oval: OVAL, challenge: { type: 'silent' } });
    expect([mounted.part('stage').dataset['tone'], ring.getAttribute('stroke-dashoffset'), mounted.part('recording').hidden]).toEqual(['good', '0.250', false]);
  });

  it('does not warn of what it asks for', () => {
    mounted.lastRun().tell({ phase: 'recording', instruction: instruction('turnLeft'), progress: 0.5, oval: OVAL, challenge: { type: 'silent' } });
    expect(mounted.part('stage').dataset['tone']).toBe('good');
    mounted.lastRun().tell({ phase: 'recording', instruction: instruction('moveLeft'), progress: 0.5, oval: OVAL, challenge: { type: 'silent' } });
    expect(mounted.part('stage').dataset['tone']).toBe('attention');
  });

  it('shows the detector’s download until the mesh is there', () => {
    const progress = { asset: 'x', loadedBytes: 300, totalBytes: 1200 };
    mounted.lastRun().tell({ phase: 'guidance', instruction: instruction('noFace'), progress: 0, oval: OVAL, challengeType: 'silent', detector: { stage: 'face', progress } });
    expect([mounted.part('download').hidden, mounted.part('download').textContent]).toEqual([false, expect.stringContaining('25%')]);
    mounted.lastRun().tell({ phase: 'guidance', instruction: instruction('noFace'), progress: 0, oval: OVAL, challengeType: 'silent', detector: { stage: 'mesh', progress } });
    expect(mounted.part('download').hidden).toBe(true);
  });

  it('gives the flow its tap', async () => {
    mounted.lastRun().tell({ phase: 'tap' });
    const tapped = mounted.lastRun().options.onTapNeeded?.(new AbortController().signal);
    expect(mounted.offered()).toEqual(['cancel', 'tap']);
    mounted.part('tap').click();
    await tapped;
  });

  it('gives the flow a tap for each time it wants one: first the picture, then the sound', async () => {
    const { onTapNeeded } = mounted.lastRun().options;
    const { signal } = new AbortController();
    mounted.lastRun().tell({ phase: 'tap' });
    const first = onTapNeeded?.(signal);
    mounted.part('tap').click();
    await first;
    let taps = 0;
    const second = onTapNeeded?.(signal).then(() => (taps += 1));
    await settle();
    expect(taps).toBe(0);
    mounted.part('tap').click();
    await second;
  });

  it('shows how many bytes have gone', () => {
    mounted.lastRun().tell({ phase: 'uploading', sentBytes: 450_000, totalBytes: 1_800_000 });
    expect(mounted.part('hint').textContent).toBe('0.5 / 1.8 MB');
    const bar = mounted.part('upload').querySelector('progress');
    expect([bar?.value, bar?.max]).toEqual([0.25, 1]);
  });

  it.each(['preflight', 'session', 'lightWarning', 'camera', 'microphone', 'tap', 'loading', 'guidance', 'recording', 'reacquiring', 'paused', 'uploading', 'verdict'] as const)(
    'can be cancelled in %s, by the button and by Escape, and always says something',
    async (phase) => {
      const details = { report: { status: 'ok', checks: [] }, oval: OVAL, instruction: instruction('noFace'), progress: 0, challengeType: 'silent', challenge: { type: 'silent' }, sentBytes: 0, totalBytes: 1 } as const;
      mounted.lastRun().tell({ phase, ...details } as Parameters<ScriptedRun['tell']>[0]);
      expect(mounted.offered()).toContain('cancel');
      expect(mounted.message()).not.toBe('');
      mounted.part('cancel').click();
      expect(mounted.lastRun().aborted()).toBe(true);
      await result;
      result = element.start();
      await settle();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
      expect(mounted.lastRun().aborted()).toBe(true);
    },
  );

  it('leaves the Escape of the rest of the page alone', () => {
    const input = document.createElement('input');
    document.body.append(input);
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    expect(mounted.lastRun().aborted()).toBe(false);
  });

  it('cancels when it is taken out of the document, and listens to nothing then', async () => {
    const removed = vi.spyOn(document, 'removeEventListener');
    element.remove();
    expect(mounted.lastRun().aborted()).toBe(true);
    expect(removed).toHaveBeenCalledWith('keydown', expect.any(Function));
    removed.mockRestore();
    expect(await result).toMatchObject({ status: 'cancelled' });
  });

  it('gives the same promise to a second start()', () => {
    expect(element.start()).toBe(result);
    expect(mounted.runs).toHaveLength(1);
  });

  it('restarts: the running one ends as cancelled, and the same text is not asked about again', async () => {
    const next = element.restart();
    expect(await result).toMatchObject({ status: 'cancelled' });
    await settle();
    result = next;
    expect([mounted.runs.length, mounted.lastRun().answer()]).toEqual([2, 'granted']);
  });
});

describe('the end', () => {
  async function endWith(result: ReturnType<typeof verdictResult>): Promise<void> {
    const ended = element.start();
    await settle();
    await mounted.agree();
    mounted.lastRun().end(result);
    await ended;
  }

  it('shows prompt, code and reference, and dispatches the result', async () => {
    const seen: unknown[] = [];
    document.addEventListener('face-result', (event) => seen.push(event.detail), { once: true });
    const result = verdictResult('rejected', '66660023', '<b>R-1</b>');
    await endWith(result);
    expect(seen).toEqual([result]);
    expect(mounted.message()).toBe('请确保本人操作且正脸对框');
    expect(mounted.part('hint').textContent).toBe('代码 faceid-sdk/result/66660023\n参考号 <b>R-1</b>');
    expect(mounted.offered()).toEqual(['retry', 'close']);
  });

  it('retries without asking again, and asks again after a cancellation', async () => {
    await endWith(verdictResult('rejected', '66660023'));
    mounted.part('retry').click();
    await settle();
    expect([mounted.runs.length, mounted.lastRun().answer()]).toEqual([2, 'granted']);
    element.cancel();
    await settle();
    expect(mounted.offered()).toEqual(['again', 'close']);
    mounted.part('again').click();
    await settle();
    expect([mounted.runs.length, mounted.lastRun().answer(), mounted.offered()]).toEqual([3, undefined, ['agree', 'refuse']]);
  });

  it.each([
    ['the person has called it off', () => mounted.part('cancel').click()],
    ['the element was somewhere else meanwhile', () => document.body.append(element)],
  ])('asks again at a restart after %s', async (_, happen) => {
    const ended = element.start();
    await settle();
    await mounted.agree();
    mounted.lastRun().tell({ phase: 'session' });
    happen();
    expect(await ended).toMatchObject({ status: 'cancelled' });
    void element.restart();
    await settle();
    expect([mounted.runs.length, mounted.lastRun().answer()]).toEqual([2, undefined]);
  });

  it('asks again after the page has it forget the consent, and the run in progress is cancelled', async () => {
    const ended = element.start();
    await settle();
    await mounted.agree();
    mounted.lastRun().tell({ phase: 'session' });
    element.forgetConsent();
    expect([mounted.lastRun().aborted(), (await ended) as unknown]).toMatchObject([true, { status: 'cancelled' }]);
    void element.restart();
    await settle();
    await mounted.agree();
    mounted.lastRun().end(verdictResult('rejected', '66660023'));
    await settle();
    element.forgetConsent();
    mounted.part('retry').click();
    await settle();
    expect([mounted.runs.length, mounted.lastRun().answer(), mounted.offered()]).toEqual([3, undefined, ['agree', 'refuse']]);
  });

  it('asks again where the consent is forgotten while a restart is under way', async () => {
    void element.start();
    await settle();
    await mounted.agree();
    const next = element.restart();
    element.forgetConsent();
    await settle();
    expect([mounted.runs.length, mounted.lastRun().answer()]).toEqual([2, undefined]);
    element.cancel();
    expect(await next).toMatchObject({ status: 'cancelled' });
  });

  it('asks again when it is taken out after a result, and when it is started rather than restarted', async () => {
    await endWith(verdictResult('rejected', '66660023'));
    element.remove();
    document.body.append(element);
    void element.restart();
    await settle();
    expect(mounted.lastRun().answer()).toBeUndefined();
    await mounted.agree();
    mounted.lastRun().end(verdictResult('rejected', '66660023'));
    await settle();
    void element.start();
    await settle();
    expect([mounted.runs.length, mounted.lastRun().answer()]).toEqual([3, undefined]);
  });

  it('asks again on a retry whose consent text is another', async () => {
    await endWith(verdictResult('rejected', '66660023'));
    element.locale = 'en';
    mounted.part('retry').click();
    await settle();
    expect([mounted.runs.length, mounted.lastRun().answer(), mounted.message()]).toEqual([2, undefined, 'Before you start']);
  });

  it('closes', async () => {
    const closed = vi.fn();
    element.addEventListener('face-close', closed);
    await endWith(verdictResult('passed', '0'));
    expect(mounted.offered()).toEqual(['done']);
    mounted.part('done').click();
    expect([closed.mock.calls.length, element.state, mounted.offered()]).toEqual([1, undefined, ['start']]);
  });

  it('puts another language’s prompt under a result that is already there', async () => {
    await endWith(clientResult('failed', 'camera-denied'));
    element.locale = 'en';
    expect(mounted.message()).toBe('Allow the camera in settings, then try again');
  });

  it('takes sentences of the page’s own', async () => {
    element.prompts = { allowCamera: '请让我们看到您' };
    await endWith(clientResult('failed', 'camera-denied'));
    expect(mounted.message()).toBe('请让我们看到您');
  });

  it('throws a wrong option at the page and tells the person that it cannot go on', async () => {
    const results: unknown[] = [];
    element.addEventListener('face-result', (event) => results.push(event.detail));
    element.verify = () => {
      throw new TypeError('endpoint: must be text that is not empty');
    };
    await expect(element.start()).rejects.toThrow('endpoint: must be text');
    expect(results).toEqual([expect.objectContaining({ status: 'failed', code: { system: 'facefront', table: 'client', code: 'invalid-options' } })]);
    expect(mounted.offered()).toEqual(['close']);
  });

  it('checks the options with the real flow', async () => {
    element.verify = undefined;
    element.removeAttribute('endpoint');
    await expect(element.start()).rejects.toThrow(/^endpoint/);
  });

  it('refuses to start outside a document', async () => {
    element.remove();
    await expect(element.start()).rejects.toThrow('in the document');
  });
});

describe('focus', () => {
  const focused = (): Element | null | undefined => element.shadowRoot?.activeElement;

  it('stays with the element from view to view', async () => {
    const ended = element.start();
    await settle();
    mounted.part('agree').focus();
    await mounted.agree();
    mounted.lastRun().tell({ phase: 'session' });
    expect(focused()).toBe(mounted.part('frame'));
    mounted.lastRun().end(verdictResult('rejected', '66660023'));
    await ended;
    expect(focused()).toBe(mounted.part('retry'));
    mounted.part('close').focus();
    mounted.part('close').click();
    expect(focused()).toBe(mounted.part('start'));
  });

  it('stays on the cancel button while the phases go by, and leaves what goes away', async () => {
    const ended = element.start();
    await settle();
    await mounted.agree();
    mounted.lastRun().tell({ phase: 'tap' });
    mounted.part('cancel').focus();
    mounted.lastRun().tell({ phase: 'loading', oval: OVAL });
    expect(focused()).toBe(mounted.part('cancel'));
    mounted.lastRun().tell({ phase: 'tap' });
    mounted.part('tap').click();
    mounted.lastRun().tell({ phase: 'loading', oval: OVAL });
    expect(focused()).toBe(mounted.part('frame'));
    element.cancel();
    await ended;
  });

  it('brings the frame into sight when its top is above the screen', async () => {
    const frame = mounted.part('frame');
    const scrolled = vi.fn();
    frame.scrollIntoView = scrolled;
    const ended = element.start();
    await settle();
    await mounted.agree();
    mounted.lastRun().tell({ phase: 'session' });
    expect(scrolled).not.toHaveBeenCalled();
    frame.getBoundingClientRect = () => ({ top: -200 }) as DOMRect;
    mounted.lastRun().end(verdictResult('passed', '0'));
    await ended;
    expect(scrolled).toHaveBeenCalledOnce();
  });

  it('is never taken from the rest of the page', async () => {
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
    const ended = element.start();
    await settle();
    expect(document.activeElement).toBe(input);
    await mounted.agree();
    input.focus();
    mounted.lastRun().tell({ phase: 'session' });
    mounted.lastRun().end(verdictResult('passed', '0'));
    await ended;
    expect(document.activeElement).toBe(input);
  });
});

describe('options', () => {
  it('hands the page’s settings to the flow', async () => {
    const headers = { authorization: 'Bearer page' };
    const stream = () => Promise.reject(new Error('unused'));
    Object.assign(element, { headers, streamProvider: stream, warmUp: 'after-consent', verifyOptions: { profile: 'phone' } });
    element.consentVersion = '2026-11';
    void element.start();
    await settle();
    expect(mounted.lastRun().options).toMatchObject({ endpoint: '/api/face', assetBase: '/', locale: 'zh-CN', warmUp: 'after-consent', profile: 'phone', headers, stream });
    expect(mounted.lastRun().options.consent.textVersion).toBe('2026-11');
    expect(mounted.lastRun().options.video).toBe(mounted.part('video'));
    expect('collectRisk' in mounted.lastRun().options).toBe(false);
  });

  it('keeps what was set before it was defined', () => {
    const early = document.createElement('early-verify') as FaceVerifyElement;
    Object.assign(early, { endpoint: '/early', locale: 'en', headers: { a: 'b' } });
    document.body.append(early);
    defineFaceVerify('early-verify');
    expect([early.getAttribute('endpoint'), early.locale, early.headers]).toEqual(['/early', 'en', { a: 'b' }]);
    expect(early.shadowRoot?.querySelector('[part~=start]')?.textContent).toBe('Start');
  });

  it('is defined once for a name', () => {
    const first = customElements.get('face-verify');
    defineFaceVerify();
    expect(customElements.get('face-verify')).toBe(first);
    expect(customElements.get('early-verify')).not.toBe(first);
  });
});
