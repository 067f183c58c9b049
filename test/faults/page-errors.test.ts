import { beforeAll, describe, expect, it } from 'vitest';
import type { VerifyOptions } from '../../src/index.js';
import { film, type Film } from './film.js';
import { NOTHING_LEFT, startRig } from './verification-rig.js';

/* What the page's own functions throw decides nothing; it reaches the page's reporting, which is what a timer that throws does. */

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

const fail = (): never => {
  throw new Error('the page’s own');
};

describe.each<[string, Partial<VerifyOptions>]>([
  ['onState', { onState: fail }],
  ['onCamera', { onCamera: fail }],
  ['isSpeaking', { isSpeaking: fail }],
])('%s that throws', (_name, verify) => {
  it('is reported, and the person is verified', async () => {
    const reported: unknown[] = [];
    const rig = startRig({ film: reel, verify, onTimerError: (error) => reported.push(error) });
    expect(await rig.end()).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
    expect(reported).not.toEqual([]);
    expect(new Set(reported.map(String))).toEqual(new Set(['Error: the page’s own']));
  });
});
