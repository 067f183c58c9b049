import { beforeAll, describe, expect, it } from 'vitest';
import type { FlowPhase } from '../../src/index.js';
import type { Scene } from '../../src/liveness/observation.fixture.js';
import type { Challenge } from '../../src/transport/protocol.js';
import { film, type Film } from './film.js';
import { obey } from './obedient-person.js';
import { NOTHING_LEFT, type Rig, startRig } from './verification-rig.js';

/* The face leaves in every state of every challenge, for a moment, for a while, for good, again and again. */

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

const CHALLENGES = {
  silent: { type: 'silent', minimumMs: 2000 },
  action: { type: 'action', actions: ['openMouth', 'turnLeft', 'blink'], minimumMs: 2000 },
  digits: { type: 'digits', digits: '4721', minimumMs: 2000 },
  light: { type: 'light', colours: [255, 0, 255, 0].map((level) => ({ r: level, g: 40, b: 40, ms: 500 })), minimumMs: 2000 },
} as const satisfies Record<string, Challenge>;

const PASSED = { status: 'finished', verdict: { decision: 'passed' } };

async function begin(type: keyof typeof CHALLENGES, phase: FlowPhase): Promise<Rig> {
  const rig = startRig({ film: reel, challenge: CHALLENGES[type], verify: { onLightWarning: () => Promise.resolve('go') } });
  rig.show(obey(rig));
  await rig.reach(phase);
  return rig;
}

/** Gone, or something that counts as much. */
async function away(rig: Rig, ms: number, scene?: Scene): Promise<void> {
  rig.show(scene);
  await rig.pass(ms);
  rig.show(obey(rig));
}

const interruptions = (rig: Rig): readonly string[] => rig.manifest()?.timeline.filter(({ at, event }) => at < 0 && event.startsWith('interrupted:')).map(({ event }) => event) ?? [];

describe.each(['silent', 'action', 'digits', 'light'] as const)('while %s is recorded', (type) => {
  it('a face that is not seen for 0.3 s goes on as if nothing had been', async () => {
    const rig = await begin(type, 'recording');
    await rig.pass(1_300);
    const before = rig.phases().length;
    await away(rig, 300);
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.phases().slice(before)).toEqual(['uploading', 'verdict', 'ended']);
    expect(interruptions(rig)).toEqual([]);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it.each<[string, string, Scene | undefined]>([
    ['leaves for 2 s', 'interrupted:face-lost', undefined],
    ['is joined by another for 2 s', 'interrupted:faces-multiple', { faces: 2 }],
  ])('a face that %s breaks the recording off, and all of it is done again', async (_what, event, scene) => {
    const rig = await begin(type, 'recording');
    await rig.pass(1_300);
    const before = rig.phases().length;
    await away(rig, 2_000, scene);
    // Nothing is shown, lit or asked for while nobody can be seen.
    expect(rig.states.at(-1)).toMatchObject({ phase: 'guidance' });
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.phases().slice(before)).toEqual(['guidance', 'recording', 'uploading', 'verdict', 'ended']);
    expect(interruptions(rig)).toEqual([event]);
    expect(rig.recorders.map(({ state }) => state)).toEqual(['inactive', 'inactive']);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('a face that never comes back ends the run after a minute of guidance', async () => {
    const rig = await begin(type, 'recording');
    await rig.pass(1_300);
    const left = rig.platform.now();
    rig.show(undefined);
    expect(await rig.end()).toMatchObject({ status: 'failed', code: { system: 'facefront', code: 'face-absent' } });
    expect(rig.platform.now() - left).toBeLessThan(61_500);
    expect(rig.phases().slice(-2)).toEqual(['guidance', 'ended']);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('a face that leaves four times ends the run, in the vendor’s words for it', async () => {
    const rig = await begin(type, 'recording');
    for (let time = 0; time < 4; time++) {
      await rig.until(({ phase }) => phase === 'recording' || phase === 'ended');
      await rig.pass(1_300);
      await away(rig, 2_000);
    }
    const words = { silent: 'facefront/client/face-lost', action: 'faceid-wechat/liveness-action/1210', digits: 'faceid-wechat/liveness-digits/1102', light: 'faceid-sdk/result/66660025' };
    const { status, code } = await rig.end();
    expect([status, `${code.system}/${code.table}/${code.code}`]).toEqual(['failed', words[type]]);
    expect(rig.phases().filter((phase) => phase === 'recording')).toHaveLength(4);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

describe('before it is recorded', () => {
  it.each(['session', 'camera', 'loading'] as const)('nobody is looked for in %s', async (phase) => {
    const rig = startRig({ film: reel });
    rig.show(undefined);
    await rig.reach(phase);
    rig.show({});
    expect(await rig.end()).toMatchObject(PASSED);
    expect(interruptions(rig)).toEqual([]);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('a face that leaves in guidance has to be steady anew', async () => {
    const rig = await begin('silent', 'guidance');
    await rig.until((state) => state.phase === 'guidance' && state.progress > 0.7);
    await away(rig, 1_000);
    expect(rig.states.at(-1)).toMatchObject({ phase: 'guidance', progress: 0, instruction: { id: 'noFace' } });
    const back = rig.platform.now();
    await rig.reach('recording');
    expect(rig.platform.now() - back).toBeGreaterThanOrEqual(700);
    expect(await rig.end()).toMatchObject(PASSED);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('a face that leaves while a slow recorder starts is not recorded without it', async () => {
    const rig = startRig({
      film: reel,
      recorder: (Film) =>
        class extends Film {
          override start(timeslice: number): void {
            this.state = 'recording';
            rig.platform.setTimeout(() => super.start(timeslice), 1_000);
          }
        },
    });
    await rig.until((state) => state.phase === 'guidance' && state.progress === 1);
    rig.show(undefined);
    await rig.reach('recording');
    await rig.until(({ phase }) => phase === 'guidance');
    rig.show({});
    expect(await rig.end()).toMatchObject(PASSED);
    expect(interruptions(rig)).toEqual(['interrupted:face-lost']);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

describe('after it was recorded', () => {
  it.each(['uploading', 'verdict'] as const)('the person may leave in %s: the camera is off', async (phase) => {
    const rig = await begin('silent', phase);
    expect(rig.tracks.map(({ readyState }) => readyState)).toEqual(['ended']);
    expect(rig.video.srcObject).toBeNull();
    rig.show(undefined);
    rig.page.show(false);
    expect(await rig.end()).toMatchObject(PASSED);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});
