import { beforeAll, describe, expect, it } from 'vitest';
import type { VerifyOptions } from '../../src/index.js';
import { film, type Film } from './film.js';
import { NOTHING_LEFT, type Rig, startRig } from './verification-rig.js';

/* A person whose lids are closed all the time: a blind one, say. What the page told of them decides whether that is a fault. */

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

async function verifyBlind(cannot: VerifyOptions['cannot'] = []): Promise<Rig> {
  const rig = startRig({ film: reel, verify: { cannot } });
  rig.show({ measures: { leftEyeOpenness: 0.05, rightEyeOpenness: 0.05 } });
  await rig.end();
  expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  return rig;
}

describe('eyes that are shut all the time', () => {
  it.each([[['see']], [['blink']], [['speak', 'see']]] as const)('pass where the page said that the person cannot: %j; the server hears that nobody watched them', async (cannot) => {
    const rig = await verifyBlind(cannot);
    expect(rig.result()).toMatchObject({ status: 'finished', verdict: { decision: 'passed' } });
    expect(rig.manifest()?.timeline.filter(({ event }) => event.startsWith('eyes:'))).toEqual([{ at: 0, event: 'eyes:not-watched' }]);
    expect(rig.manifest()?.timeline.some(({ event }) => event.startsWith('missed:'))).toBe(false);
    expect(rig.manifest()?.bestFrame?.score.eyeOpenness).toBe(0.05);
  });

  it.each([[[]], [['hear']]] as const)('are a fault where it did not: %j', async (cannot) => {
    expect((await verifyBlind(cannot)).result()).toMatchObject({ status: 'failed', code: { code: '-1493' } });
  });
});
