import { describe, expect, it } from 'vitest';
import { within } from './deadline.js';
import { CountingTarget, deferred, fakePlatform, fakeVisibility, settle } from '../capture/fake-hardware.js';

/** A signal that knows its listeners. */
function countingSignal() {
  const target = Object.assign(new CountingTarget(), { aborted: false });
  return { target, signal: target as unknown as AbortSignal };
}

describe('within', () => {
  it.each([
    ['value', 'a'],
    ['error', new Error('b')],
    ['timeout', undefined],
    ['aborted', undefined],
  ])('ends with %s, and holds on to nothing', async (kind, what) => {
    const platform = fakePlatform();
    const { target, signal } = countingSignal();
    const work = deferred<unknown>();
    const discarded: unknown[] = [];
    const outcome = within(work.promise, { platform, timeoutMs: 100, signal, discard: (value) => discarded.push(value) });
    await platform.advance(99);
    expect([target.listeners, platform.pending]).toEqual([1, 1]);
    if (kind === 'value') work.resolve(what);
    if (kind === 'error') work.reject(what);
    if (kind === 'timeout') await platform.advance(1);
    if (kind === 'aborted') target.dispatchEvent(new Event('abort'));
    expect(await outcome).toMatchObject({ kind });
    expect([target.listeners, platform.pending]).toEqual([0, 0]);

    work.resolve('late');
    await settle();
    expect(discarded).toEqual(kind === 'timeout' || kind === 'aborted' ? ['late'] : []);
  });

  it('is aborted at once by a signal that was', async () => {
    const platform = fakePlatform();
    const { target, signal } = countingSignal();
    target.aborted = true;
    expect(await within(new Promise(() => undefined), { platform, timeoutMs: 100, signal })).toEqual({ kind: 'aborted' });
    expect([target.listeners, platform.pending]).toEqual([0, 0]);
  });

  it('leaves out the time in which the page is hidden, and has an end all the same', async () => {
    const page = fakeVisibility();
    const platform = fakePlatform(page);
    const ended: string[] = [];
    const wait = (): void => void within(new Promise(() => undefined), { platform, timeoutMs: 100, hidden: { platform, timeoutMs: 500 } }).then(({ kind }) => ended.push(kind));
    wait();
    await platform.advance(90);
    page.show(false);
    await platform.advance(490);
    page.show(true);
    await platform.advance(99);
    expect(ended).toEqual([]);
    await platform.advance(1);
    expect(ended).toEqual(['timeout']);
    page.show(false);
    wait();
    await platform.advance(499);
    expect([ended.length, platform.pending]).toEqual([1, 1]);
    await platform.advance(1);
    expect([ended.length, platform.pending]).toEqual([2, 0]);
  });
});
