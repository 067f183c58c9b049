// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChallengeView, Instruction } from '../../liveness/index.js';
import { instruction, type MountedElement, mountElement, OVAL, settle } from '../mounted-element.fixture.js';
import { clientResult, verdictResult } from '../scripted-flow.fixture.js';

let mounted: MountedElement;
let element: MountedElement['element'];
let result: Promise<unknown>;

async function start(): Promise<void> {
  result = element.start();
  await settle();
  await mounted.agree();
}

const record = (challenge: ChallengeView, id: Instruction['id'] = 'holdStill'): void => mounted.lastRun().tell({ phase: 'recording', instruction: instruction(id), progress: 0.5, oval: OVAL, challenge });

beforeEach(() => {
  mounted = mountElement();
  ({ element } = mounted);
});
afterEach(async () => {
  element.cancel();
  await result;
  element.remove();
});

describe('actions', () => {
  beforeEach(start);

  it('shows how many are done, and which one is next, to everybody', () => {
    record({ type: 'action', index: 1, total: 3, action: 'nod' }, 'nod');
    const steps = mounted.part('steps');
    expect([...steps.children].map((step) => step.getAttribute('data-step'))).toEqual(['done', 'now', 'ahead']);
    expect([steps.getAttribute('role'), steps.getAttribute('aria-label'), steps.hidden]).toEqual(['img', '进度 2 / 3', false]);
    record({ type: 'action', index: 3, total: 3 });
    expect([...steps.children].map((step) => step.getAttribute('data-step'))).toEqual(['done', 'done', 'done']);
    expect(steps.getAttribute('aria-label')).toBe('进度 3 / 3');
  });

  it('counts nothing where there is one, and none in a silent recording', () => {
    record({ type: 'action', index: 0, total: 1, action: 'blink' }, 'blink');
    expect(mounted.part('steps').hidden).toBe(true);
    record({ type: 'silent' });
    expect(mounted.part('steps').hidden).toBe(true);
  });

  it('says that it was another action until the right one is done', () => {
    record({ type: 'action', index: 0, total: 2, action: 'nod', wrong: 'openMouth' }, 'nod');
    expect([mounted.message(), mounted.part('hint').textContent, mounted.part('hint').getAttribute('aria-live')]).toEqual(['请点一下头', '刚才的动作不对，请按提示做', 'polite']);
    record({ type: 'action', index: 1, total: 2, action: 'blink' }, 'blink');
    expect(mounted.part('hint').hidden).toBe(true);
  });

  it('has a picture for each that the arrow does not show', () => {
    const pictures = [...mounted.inside<SVGElement>('.gesture').children].map((picture) => picture.getAttribute('class'));
    expect(pictures).toEqual(['blink', 'openMouth', 'nod']);
  });
});

describe('digits', () => {
  beforeEach(start);

  it('asks for the microphone', () => {
    mounted.lastRun().tell({ phase: 'microphone' });
    expect([mounted.message(), mounted.part('hint').hidden, mounted.part('stage').hidden]).toEqual(['请允许使用麦克风', false, false]);
  });

  it('shows the digit and the level, in numbers and words too', () => {
    record({ type: 'digits', index: -1, total: 4, level: 0.02 }, 'readDigits');
    const meter = mounted.part('meter');
    const read = () => [mounted.part('digit').textContent, meter.getAttribute('aria-valuenow'), meter.getAttribute('aria-valuetext'), meter.getAttribute('data-loud')];
    expect(read()).toEqual(['', '2', '请大声一点', 'false']);
    record({ type: 'digits', index: 2, total: 4, digit: '7', level: 0.5 }, 'readDigits');
    expect(read()).toEqual(['7', '50', '音量合适', 'true']);
    expect([meter.getAttribute('role'), meter.getAttribute('aria-label'), mounted.part('steps').getAttribute('aria-label')]).toEqual(['meter', '音量', '进度 3 / 4']);
    expect(mounted.part('digit').getAttribute('aria-live')).toBe('assertive');
  });

  it.each([
    ['speakUp', '请靠近手机大声读出数字。没有听到声音'],
    ['moveLips', '请张大嘴，清楚地读出每个数字'],
  ] as const)('gives the hint %s below the sentence', (hint, text) => {
    record({ type: 'digits', index: 1, total: 4, digit: '7', level: 0.1, hint }, 'readDigits');
    expect([mounted.message(), mounted.part('hint').textContent]).toEqual(['请大声读出数字', text]);
  });
});

describe('light', () => {
  const colour = { r: 255, g: 0, b: 16 };
  const glow = (): string => mounted.part('frame').style.getPropertyValue('--glow');

  it('fills the screen with the colour, is dark without one, and gone with the recording', async () => {
    await start();
    record({ type: 'light', index: 0, total: 2, colour });
    expect([mounted.part('glow').hidden, glow(), mounted.part('frame').hasAttribute('data-lit')]).toEqual([false, 'rgb(255,0,16)', true]);
    expect(mounted.part('oval').closest('[hidden]')).toBeNull();
    record({ type: 'light', index: 0, total: 2 });
    expect(glow()).toBe('rgb(11,15,22)');
    mounted.lastRun().tell({ phase: 'uploading', sentBytes: 0, totalBytes: 1 });
    expect([mounted.part('glow').hidden, glow(), mounted.part('frame').hasAttribute('data-lit')]).toEqual([true, '', false]);
  });

  it('is warned of first: going on is one answer', async () => {
    await start();
    mounted.lastRun().tell({ phase: 'lightWarning' });
    expect([mounted.message(), mounted.part('hint').textContent, mounted.offered()]).toEqual(['接下来屏幕会变换颜色', expect.stringContaining('闪光'), ['cancel', 'go', 'other']]);
    const answer = mounted.lastRun().options.onLightWarning?.(new AbortController().signal);
    mounted.part('go').click();
    expect(await answer).toBe('go');
  });

  it('is declined for this attempt and those that follow it, and no longer than the consent', async () => {
    element.cannot = ['hear'];
    await start();
    expect(mounted.lastRun().options.cannot).toEqual(['hear']);
    mounted.lastRun().tell({ phase: 'lightWarning' });
    const answer = mounted.lastRun().options.onLightWarning?.(new AbortController().signal);
    mounted.part('other').click();
    expect(await answer).toBe('other');
    mounted.lastRun().end(verdictResult('rejected', '66660023'));
    await result;
    mounted.part('retry').click();
    await settle();
    expect(mounted.lastRun().options.cannot).toEqual(['hear', 'flashes']);
    element.cancel();
    await settle();
    result = element.start();
    await settle();
    expect(mounted.lastRun().options.cannot).toEqual(['hear']);
  });

  it('has the focus at the warning, and gives it back to the frame', async () => {
    await start();
    mounted.part('cancel').focus();
    mounted.lastRun().tell({ phase: 'lightWarning' });
    expect(element.shadowRoot?.activeElement).toBe(mounted.part('frame'));
    mounted.part('go').click();
    mounted.lastRun().tell({ phase: 'camera' });
    expect(element.shadowRoot?.activeElement).toBe(mounted.part('frame'));
  });
});

describe('spoken', () => {
  let said: string[];
  /** The voice has said what it was told last. */
  let finish: () => void;
  beforeEach(() => {
    said = [];
    finish = () => undefined;
    vi.stubGlobal('SpeechSynthesisUtterance', class {
      lang = '';
      onstart?: () => void;
      onend?: () => void;
      text: string;
      constructor(text: string) {
        this.text = text;
      }
    });
    vi.stubGlobal('speechSynthesis', {
      getVoices: () => ['zh-CN', 'en'].map((lang) => ({ lang, localService: true })),
      cancel: () => said.push('–'),
      speak(utterance: { lang: string; text: string; onstart?: () => void; onend?: () => void }) {
        said.push(`${utterance.lang} ${utterance.text}`);
        finish = () => utterance.onend?.();
        utterance.onstart?.();
      },
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is nothing unless asked for', async () => {
    await start();
    record({ type: 'silent' });
    expect([said, 'isSpeaking' in mounted.lastRun().options]).toEqual([[], false]);
  });

  it('says every instruction once, in the language of the moment, and nothing before consent', async () => {
    element.spoken = true;
    result = element.start();
    await settle();
    expect(said).toEqual([]);
    await mounted.agree();
    mounted.lastRun().tell({ phase: 'session' });
    mounted.lastRun().tell({ phase: 'guidance', instruction: instruction('moveCloser'), progress: 0, oval: OVAL, challengeType: 'action' });
    mounted.lastRun().tell({ phase: 'guidance', instruction: instruction('moveCloser'), progress: 0.1, oval: OVAL, challengeType: 'action' });
    record({ type: 'action', index: 0, total: 2, action: 'nod', wrong: 'blink' }, 'nod');
    expect(said).toEqual(['zh-CN 正在准备…', '–', 'zh-CN 请靠近一点', '–', 'zh-CN 请点一下头 刚才的动作不对，请按提示做']);
    expect(mounted.lastRun().options.isSpeaking?.()).toBe(true);
    element.locale = 'en-GB';
    expect(said.at(-1)).toBe('en Nod once That was another action');
  });

  it('says the result, and nothing more to somebody who has called it off', async () => {
    element.spoken = true;
    await start();
    record({ type: 'silent' });
    mounted.lastRun().end(clientResult('failed', 'camera-lost'));
    await result;
    expect(said.at(-1)).toMatch(/^zh-CN .*摄像头/);
    mounted.part('close').click();
    expect(said.at(-1)).toBe('–');
    await start();
    record({ type: 'silent' });
    element.cancel();
    await result;
    expect([said.at(-1), mounted.lastRun().options.isSpeaking?.()]).toEqual(['–', false]);
  });

  it.each([
    ['to somebody who wants it said', () => (element.spoken = true)],
    ['to somebody who does not see, without being asked', () => (element.cannot = ['see'])],
  ])('says the digits too, instead of the screen reader, %s', async (_whom, set) => {
    set();
    await start();
    expect([said.at(-1), mounted.lastRun().options.isSpeaking?.()]).toEqual(['zh-CN 正在准备…', true]);
    record({ type: 'digits', index: -1, total: 4, level: 0 }, 'readDigits');
    record({ type: 'digits', index: 0, total: 4, digit: '7', level: 0 }, 'readDigits');
    record({ type: 'digits', index: 1, total: 4, digit: '7', level: 0.1, hint: 'speakUp' }, 'readDigits');
    expect(said.slice(-5)).toEqual(['zh-CN 请大声读出数字', '–', 'zh-CN 7', '–', 'zh-CN 7']);
    expect(mounted.part('digit').getAttribute('aria-live')).toBe('off');
  });

  it('shows a digit when it has been said: nobody reads it while the microphone is closed', async () => {
    element.spoken = true;
    await start();
    const shown = (level: number): string | null => (record({ type: 'digits', index: 0, total: 4, digit: '7', level }, 'readDigits'), mounted.part('digit').textContent);
    expect([shown(0), mounted.lastRun().options.isSpeaking?.()]).toEqual(['', true]);
    finish();
    expect([shown(0.1), mounted.lastRun().options.isSpeaking?.()]).toEqual(['7', false]);
  });

  it('leaves the digits to the screen reader where the system has no voice for the language, and tells the flow that there is none', async () => {
    vi.stubGlobal('speechSynthesis', { ...speechSynthesis, getVoices: () => [{ lang: 'zh-CN', localService: false }, { lang: 'en', localService: true }] });
    element.spoken = true;
    await start();
    record({ type: 'digits', index: 0, total: 4, digit: '7', level: 0 }, 'readDigits');
    expect([said, mounted.part('digit').textContent, mounted.part('digit').getAttribute('aria-live')]).toEqual([[], '7', 'assertive']);
    const { isSpeaking } = mounted.lastRun().options;
    expect([isSpeaking !== undefined, isSpeaking?.()]).toEqual([true, undefined]);
  });
});

describe('what the person cannot do', () => {
  it('is an attribute and a list', async () => {
    await start();
    expect('cannot' in mounted.lastRun().options).toBe(false);
    element.setAttribute('cannot', ' hear  flashes ');
    expect(element.cannot).toEqual(['hear', 'flashes']);
    element.cannot = ['speak'];
    expect(element.getAttribute('cannot')).toBe('speak');
  });

  it('is checked by the flow', async () => {
    element.verify = undefined;
    element.setAttribute('cannot', 'fly');
    result = element.start();
    await expect(result).rejects.toThrow(/^cannot: must be a list of 'hear'/);
    result = Promise.resolve();
  });
});
