// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MountedElement, mountElement, settle } from '../mounted-element.fixture.js';
import { verdictResult } from '../scripted-flow.fixture.js';

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

describe('before consent', () => {
  it('does nothing until it is started, and offers to start', () => {
    expect(mounted.runs).toEqual([]);
    expect(mounted.offered()).toEqual(['start']);
    expect(mounted.message()).not.toBe('');
  });

  it('shows what, why, how long and the right to refuse, and gives the flow that very text', async () => {
    void element.start();
    await settle();
    expect(mounted.offered()).toEqual(['agree', 'refuse']);
    const { text, textVersion, scopes } = mounted.lastRun().options.consent;
    for (const paragraph of mounted.part('consent').querySelectorAll('strong, span')) expect(text.split('\n')).toContain(paragraph.textContent);
    expect(text.split('\n')[0]).toBe(mounted.message());
    expect(text).toMatch(/收集什么[^]*用来做什么[^]*保存多久[^]*拒绝/);
    expect({ textVersion, scopes }).toEqual({ textVersion: 'facefront-1', scopes: ['face-video'] });
  });

  it('speaks of device facts only where they are collected', async () => {
    element.collectRisk = () => Promise.resolve({});
    void element.start();
    await settle();
    expect(mounted.lastRun().options.consent).toMatchObject({ text: expect.stringContaining('设备信息'), scopes: ['face-video', 'risk'] });
  });

  it.each([['agree', 'granted'], ['refuse', 'refused']])('takes %s as %s', async (name, answer) => {
    const result = element.start();
    await settle();
    expect(mounted.lastRun().answer()).toBeUndefined();
    mounted.part(name).click();
    await settle();
    expect(mounted.lastRun().answer()).toBe(answer);
    if (answer === 'refused') expect(await result).toMatchObject({ status: 'cancelled', code: { code: 'consent-refused' } });
  });

  it('takes the page’s own text, as text', async () => {
    element.consentText = '第一段 <img src=x onerror=alert(1)>\n\n第二段';
    void element.start();
    await settle();
    expect([...mounted.part('consent').querySelectorAll('p')].map(({ textContent }) => textContent)).toEqual(['第一段 <img src=x onerror=alert(1)>', '第二段']);
    expect(element.shadowRoot?.querySelector('img')).toBeNull();
    expect(mounted.lastRun().options.consent.text).toBe(`${mounted.message()}\n第一段 <img src=x onerror=alert(1)>\n第二段`);
  });

  it('asks a text function once for each language', async () => {
    const consentText = vi.fn((locale: string) => `${locale} ${Math.random()}`);
    element.consentText = consentText;
    void element.start();
    await settle();
    mounted.lastRun().tell({ phase: 'consent' });
    element.locale = 'en';
    await settle();
    expect(consentText.mock.calls).toEqual([['zh-CN'], ['en']]);
  });

  it('records the slotted text as it reads, and asks anew when it changed before the answer', async () => {
    element.innerHTML = '<div slot="consent"><p>甲\n   乙</p></div>';
    const result = element.start();
    await settle();
    expect(mounted.lastRun().options.consent.text).toBe(`${mounted.message()}\n甲\n乙`);
    const paragraph = element.querySelector('p');
    if (paragraph) paragraph.textContent = '丙';
    await mounted.agree();
    expect(mounted.runs.map(({ options, answer, aborted }) => [options.consent.text.split('\n').slice(1), answer(), aborted()])).toEqual([
      [['甲', '乙'], undefined, true],
      [['丙'], 'granted', false],
    ]);
    mounted.lastRun().end(verdictResult('passed', '0'));
    expect(await result).toMatchObject({ status: 'finished' });
  });

  it('asks anew in another language, and the promise of start() follows', async () => {
    const results = vi.fn();
    const phases: string[] = [];
    element.addEventListener('face-result', results);
    element.addEventListener('face-state', ({ detail }) => phases.push(detail.phase));
    const result = element.start();
    await settle();
    element.locale = 'en';
    await settle();
    expect(mounted.runs.map(({ aborted, options }) => [aborted(), options.locale, options.consent.text.split('\n')[0]])).toEqual([
      [true, 'zh-CN', '开始前，请您了解'],
      [false, 'en', 'Before you start'],
    ]);
    expect(results).not.toHaveBeenCalled();
    expect(phases).toEqual(['consent', 'consent']);
    await mounted.agree();
    mounted.lastRun().end(verdictResult('passed', '0'));
    expect(await result).toMatchObject({ verdict: { decision: 'passed' } });
    expect(results).toHaveBeenCalledOnce();
  });
});
