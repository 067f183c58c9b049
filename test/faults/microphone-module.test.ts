import { beforeAll, describe, expect, it, vi } from 'vitest';
import { film, type Film } from './film.js';
import { NOTHING_LEFT, startRig } from './verification-rig.js';

/* What listens is fetched only where the challenge is spoken: a network that is bad by then must not keep anybody waiting. */

const module = vi.hoisted(() => ({ load: (): Promise<object> => Promise.resolve({}) }));
vi.mock('../../src/capture/microphone.js', () => module.load());

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

describe('a microphone whose module', () => {
  it('never arrives is given up after 20 s, and at once when the person cancels', async () => {
    module.load = () => new Promise(() => undefined);
    const challenge = { type: 'digits', digits: '4721', minimumMs: 2000 } as const;
    const waiting = startRig({ film: reel, challenge });
    await waiting.reach('microphone');
    const began = waiting.platform.now();
    expect(await waiting.end()).toMatchObject({ status: 'failed', code: { code: 'microphone-failed' } });
    expect(waiting.platform.now() - began).toBeGreaterThanOrEqual(20_000);
    expect(waiting.platform.now() - began).toBeLessThan(21_000);
    expect(await waiting.leftovers()).toEqual(NOTHING_LEFT);

    const cancelled = startRig({ film: reel, challenge });
    await cancelled.reach('microphone');
    cancelled.cancel();
    expect(await cancelled.end(1_000)).toMatchObject({ status: 'cancelled' });
    expect(await cancelled.leftovers()).toEqual(NOTHING_LEFT);
  });
});
