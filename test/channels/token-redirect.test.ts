import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDetectAuthH5Channel, createEidH5Channel } from '../../src/channels/index.js';
import type { AskFinished, TokenRedirectOptions, TokenRedirectTask } from '../../src/channels/index.js';
import { MARK, NONCE, openTab } from './tab.js';

const TOKEN = 'CE661F1A-0F1E-45BD-BE13-34C05CEA7681';
const TASK: TokenRedirectTask = { sessionId: 'session-1', nonce: NONCE, expiresInMs: 600_000, url: 'https://eid.faceid.qq.com/v1?x=1', token: TOKEN };

const KINDS = [
  ['detectauth-h5', 'BizToken', createDetectAuthH5Channel],
  ['eid-h5', 'token', createEidH5Channel],
] as const;

describe.each(KINDS)('%s', (name, parameter, create) => {
  it('goes to the vendor’s page and comes back with a token, passed or not', async () => {
    const tab = openTab();
    const channel = create({ page: tab });
    expect(await channel.start(TASK)).toEqual({ status: 'left' });
    expect(tab.left).toEqual([TASK.url]);
    expect([...tab.storage.values()].join()).not.toContain(TOKEN);
    tab.current = `https://shop.example/done?${MARK}&${parameter}=${TOKEN}#/app`;
    expect(channel.resume()).toEqual({ status: 'returned', channel: name, tokens: { [parameter]: TOKEN }, nonce: NONCE, state: { channel: name, sessionId: 'session-1', startedAt: 1_000_000 } });
    expect(tab.current).toBe('https://shop.example/done#/app');
    expect(tab.storage.size).toBe(0);
    expect(channel.resume()).toBeUndefined();
  });

  it('comes back without the tab’s state, and in the hash', () => {
    const tab = openTab(`https://shop.example/#/done?${MARK}&${parameter}=${TOKEN}`);
    expect(create({ page: tab }).resume()).toEqual({ status: 'returned', channel: name, tokens: { [parameter]: TOKEN }, nonce: NONCE });
    expect(tab.current).toBe('https://shop.example/#/done');
  });

  it('leaves a page alone that was not opened by the vendor', () => {
    for (const address of ['https://shop.example/', `https://shop.example/?other=${TOKEN}`, `https://shop.example/?${parameter}=short`, `https://shop.example/?${MARK}`]) {
      const tab = openTab(address);
      expect(create({ page: tab }).resume()).toBeUndefined();
      expect(tab.current).toBe(address);
    }
  });

  it('starts once, in time, and only to the vendor', async () => {
    const tab = openTab();
    const channel = create({ page: tab });
    await channel.start(TASK);
    expect(await channel.start(TASK)).toMatchObject({ status: 'failed', code: 'session-used' });
    tab.clock += 600_000;
    expect(await channel.start({ ...TASK, nonce: `${NONCE}2`, receivedAt: 1_000_000 })).toMatchObject({ status: 'failed', code: 'session-expired' });
    for (const [index, url] of ['https://faceid.qq.com.evil.example', 'http://faceid.qq.com/', 'javascript:alert(1)', 'https://eid.faceid.qq.com/a b', `https://eid.faceid.qq.com/${'x'.repeat(2048)}`, ''].entries()) {
      expect(await channel.start({ ...TASK, nonce: `${NONCE}-${index}`, url })).toMatchObject({ status: 'failed', code: 'backend-malformed' });
    }
    expect(tab.left).toEqual([TASK.url]);
  });
});

it('`token`, which any page may have, is believed only beside our nonce or after our start', async () => {
  const tab = openTab(`https://shop.example/?token=${TOKEN}`);
  expect(createEidH5Channel({ page: tab }).resume()).toBeUndefined();
  const later = openTab();
  await createEidH5Channel({ page: later }).start(TASK);
  later.current = `https://shop.example/?token=${TOKEN}`;
  expect(createEidH5Channel({ page: later }).resume()).toMatchObject({ status: 'returned', state: { sessionId: 'session-1' } });
});

describe.each(KINDS)('%s, while the person goes on elsewhere', (name, parameter, create) => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const watch = (answers: readonly (Awaited<ReturnType<AskFinished>> | Error)[], options: Partial<TokenRedirectOptions> = {}) => {
    const shown: string[] = [];
    const asked: string[] = [];
    const channel = create({
      page: openTab(),
      platform: { now: () => performance.now(), setTimeout: (callback, ms) => setTimeout(callback, ms), clearTimeout: (handle) => clearTimeout(handle) },
      show: (address) => shown.push(address),
      async askFinished(token) {
        const answer = answers[Math.min(asked.push(token), answers.length) - 1] as Error | 'waiting';
        if (answer instanceof Error) throw answer;
        return answer;
      },
      ...options,
    });
    return { channel, shown, asked };
  };
  const failure = new Error('503');

  it('asks every second until they have finished', async () => {
    const { channel, shown, asked } = watch(['waiting', 'waiting', 'finished']);
    const ended = channel.start(TASK);
    await vi.advanceTimersByTimeAsync(1999);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await ended).toEqual({ status: 'returned', channel: name, tokens: { [parameter]: TOKEN }, nonce: NONCE });
    expect(asked).toEqual([TOKEN, TOKEN, TOKEN]);
    expect(shown).toEqual([TASK.url]);
  });

  it('two errors in a row are gone over, three are a failure', async () => {
    const good = watch([failure, failure, 'waiting', failure, failure, 'finished']).channel.start(TASK);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await good).toMatchObject({ status: 'returned' });
    const { channel, asked } = watch(['waiting', failure]);
    const bad = channel.start(TASK);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await bad).toMatchObject({ status: 'failed', code: 'network-failed' });
    expect(asked).toHaveLength(4);
  });

  it('a question without an answer counts as an error', async () => {
    const signals: AbortSignal[] = [];
    const ended = watch([], {
      askFinished: (_token, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    }).channel.start(TASK);
    await vi.advanceTimersByTimeAsync(17_000);
    expect(await ended).toMatchObject({ status: 'failed', code: 'network-failed' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });

  it('ends at the deadline, with the token, by the signal, and at an answer nobody knows', async () => {
    const late = watch(['waiting'], { deadlineMs: 5000 }).channel.start(TASK);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await late).toMatchObject({ status: 'failed', code: 'verdict-timeout' });
    expect(await watch(['expired']).channel.start(TASK)).toMatchObject({ status: 'failed', code: 'session-expired' });
    const controller = new AbortController();
    const cancelled = watch(['waiting']).channel.start(TASK, { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(1500);
    controller.abort();
    expect(await cancelled).toEqual({ status: 'cancelled' });
    const odd = watch(['passed' as 'waiting']).channel.start(TASK);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await odd).toMatchObject({ status: 'failed', code: 'network-failed' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('needs the token, and both of its options', async () => {
    const without: TokenRedirectTask = { sessionId: TASK.sessionId, nonce: NONCE, expiresInMs: TASK.expiresInMs, url: TASK.url };
    expect(await watch(['waiting']).channel.start(without)).toMatchObject({ status: 'failed', code: 'backend-malformed' });
    expect(() => create({ page: openTab(), show: () => undefined })).toThrow(TypeError);
  });
});
