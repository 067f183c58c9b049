import { describe, expect, it, vi } from 'vitest';
import en from '../codes/prompts/en.js';
import enWords from './words/en.js';
import { fetchWords } from './fetch-words.js';
import { vocabulary } from './vocabulary.js';

const answer = (body: unknown, status = 200) => vi.fn(async (_: unknown, _init?: RequestInit) => new Response(JSON.stringify(body), { status }));
const fetched = (fetch: ReturnType<typeof answer>) => fetch.mock.calls.map(([address]) => String(address));

describe('fetchWords', () => {
  it('fetches nothing for what is built in or does not exist', async () => {
    const fetch = answer({});
    for (const tag of ['zh-CN', 'zh', 'zh-Hans-SG', 'de-AT', '', 'x'.repeat(99)]) await fetchWords(tag, { assetBase: '/', fetch });
    expect(fetched(fetch)).toEqual([]);
  });

  it('says that a file is missing or is not a locale, and leaves the words as they were', async () => {
    await expect(fetchWords('en', { assetBase: '/base', fetch: answer({}, 404) })).rejects.toThrow('404');
    await expect(fetchWords('en', { assetBase: '/base', fetch: answer({ locale: 'en' }) })).rejects.toThrow('prompts must be');
    await expect(fetchWords('en', { assetBase: '/base', fetch: answer({ ...en, words: { close: 1 } }) })).rejects.toThrow('words.close');
    expect(vocabulary.has('en')).toBe(false);
  });

  it('fetches the best file once', async () => {
    const fetch = answer({ ...en, words: enWords });
    await fetchWords('en-GB-oed', { assetBase: '/base', fetch });
    await fetchWords('en', { assetBase: '/base/', fetch });
    expect(fetched(fetch)).toEqual(['/base/assets/locales/en.json']);
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ credentials: 'omit', signal: expect.any(AbortSignal) });
    expect(vocabulary.speaker('en-US')('close')).toBe('Close');
  });

  it('gives up on a server that does not answer', async () => {
    vi.useFakeTimers();
    const fetch = (_: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const waiting = expect(fetchWords('zh-TW', { assetBase: '/', fetch })).rejects.toMatchObject({ name: 'AbortError' });
    await vi.advanceTimersByTimeAsync(8_000);
    await waiting;
    vi.useRealTimers();
  });
});
