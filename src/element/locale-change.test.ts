// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import vietnamesePrompts from '../codes/prompts/vi.js';
import { type MountedElement, mountElement, settle } from './mounted-element.fixture.js';
import vietnamese from './words/vi.js';

/** Answers of the page's server, to be given when a test wants them. */
let answers: ((response: Response) => void)[];
const fetched = vi.fn((_address: string) => new Promise<Response>((resolve) => answers.push(resolve)));
let mounted: MountedElement;

beforeEach(() => {
  answers = [];
  fetched.mockClear();
  vi.stubGlobal('fetch', fetched);
  mounted = mountElement();
});

afterEach(() => {
  mounted.element.remove();
  vi.unstubAllGlobals();
});

describe('a language that is not there yet', () => {
  it('leaves the element speaking another when it cannot be had, and is asked for again the next time', async () => {
    mounted.element.locale = 'ko';
    const started = mounted.element.start();
    await settle();
    expect(mounted.runs).toEqual([]);
    answers[0]?.(new Response('', { status: 404 }));
    await settle();
    expect([mounted.runs.length, mounted.message()]).toEqual([1, '开始前，请您了解']);
    mounted.element.cancel();
    await started;
    mounted.element.setAttribute('locale', 'ko');
    expect(fetched.mock.calls.map(([address]) => address)).toEqual(['/assets/locales/ko.json', '/assets/locales/ko.json']);
    answers[1]?.(new Response('', { status: 404 }));
    await settle();
  });

  it('is fetched once, and the question for consent waits for it', async () => {
    mounted.element.locale = 'vi';
    mounted.element.setAttribute('locale', 'vi');
    const started = mounted.element.start();
    await settle();
    expect([mounted.runs.length, mounted.part('start').textContent]).toEqual([0, '开始验证']);
    answers[0]?.(new Response(JSON.stringify({ ...vietnamesePrompts, words: vietnamese })));
    await settle();
    expect(fetched).toHaveBeenCalledOnce();
    expect([mounted.runs.length, mounted.part('agree').textContent]).toEqual([1, vietnamese.agree]);
    mounted.element.cancel();
    await started;
  });

  it('changes what is on the screen when it comes', async () => {
    mounted.element.locale = 'ja';
    expect(mounted.part('start').textContent).toBe('开始验证');
    answers[0]?.(new Response(JSON.stringify({ locale: 'ja', prompts: {}, words: { start: 'はじめる' } })));
    await settle();
    expect(mounted.part('start').textContent).toBe('はじめる');
  });
});
