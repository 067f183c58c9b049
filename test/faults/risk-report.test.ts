import { beforeAll, describe, expect, it } from 'vitest';
import { fakeStream, FakeTrack } from '../../src/capture/fake-hardware.js';
import type { CameraControl, RiskContext } from '../../src/index.js';
import { film, type Film } from './film.js';
import { NOTHING_LEFT, type Rig, type RigOptions, startRig } from './verification-rig.js';

// Loaded before, or the clock of the test runs on while it is.
import '../../src/capture/microphone.js';

/* The risk report that goes with a submission is of the camera that recorded it, whatever was looked through before. */

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

const PASSED = { status: 'finished', verdict: { decision: 'passed' } };

/** A run whose collector is asked as often as `asked` has entries; the report says which time it was. */
function start(options: Omit<RigOptions, 'film'> = {}) {
  const asked: RiskContext[] = [];
  const sent: { risk?: unknown } = {};
  let control: CameraControl | undefined;
  const rig = startRig({
    film: reel,
    async fault(request, next) {
      if (request.url.endsWith('/submission')) Object.assign(sent, await request.clone().json());
      return next(request);
    },
    ...options,
    verify: {
      onCamera: (given) => (control = given),
      collectRisk: async (context) => ({ call: asked.push(context) }),
      ...options.verify,
    },
  });
  return { rig, asked, sent, choose: (deviceId: string) => control?.use(deviceId) };
}

const tracksOf = (asked: readonly RiskContext[]): unknown[] => asked.map(({ camera }) => camera?.track);

describe('the camera of the report', () => {
  it('is the one in use; what it was asked for is told with it', async () => {
    const { rig, asked, sent } = start();
    expect(await rig.end()).toMatchObject(PASSED);
    expect(tracksOf(asked)).toEqual([rig.tracks[0]]);
    expect(asked[0]?.camera).toMatchObject({ video: rig.video, requested: { facingMode: { ideal: 'user' } } });
    expect(sent.risk).toEqual({ call: 1 });
  });

  it.each<[string, (run: ReturnType<typeof start>) => unknown]>([
    ['the person chose another in the menu', ({ choose }) => choose('other')],
    ['it was lost and had again', ({ rig }) => rig.tracks[0]?.end()],
  ])('%s: the collector is asked anew, and its former call given up', async (_what, happen) => {
    const run = start();
    const { rig, asked, sent } = run;
    await rig.devices.plug({ deviceId: 'secret' }, { deviceId: 'other' });
    await rig.reach('guidance');
    expect(tracksOf(asked)).toEqual([rig.tracks[0]]);
    happen(run);
    await rig.reach('reacquiring');
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.tracks).toHaveLength(2);
    expect(tracksOf(asked)).toEqual(rig.tracks);
    expect(asked.map(({ signal }) => signal.aborted)[0]).toBe(true);
    expect(sent.risk).toEqual({ call: 2 });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('the page made its stream again: the collector is asked about that one', async () => {
    const tracks = [new FakeTrack(), new FakeTrack()];
    let made = 0;
    const { rig, asked, sent } = start({ verify: { stream: () => fakeStream(tracks[made++] as FakeTrack) } });
    await rig.reach('guidance');
    tracks[0]?.end();
    expect(await rig.end()).toMatchObject(PASSED);
    expect(tracksOf(asked)).toEqual(tracks);
    expect(sent.risk).toEqual({ call: 2 });
  });

  it('stays the same where only the microphone was lost', async () => {
    const { rig, asked } = start({ challenge: { type: 'digits', digits: '4721', minimumMs: 2000 } });
    await rig.reach('guidance');
    rig.tracks.find(({ kind }) => kind === 'audio')?.end();
    await rig.reach('reacquiring');
    await rig.reach('guidance');
    expect(tracksOf(asked)).toEqual([rig.tracks[0]]);
    rig.cancel();
    expect(await rig.end()).toMatchObject({ status: 'cancelled' });
  });
});

describe('a collector that never answers', () => {
  it.each<[string, (rig: Rig) => void, object]>([
    ['fails', (rig) => rig.fail({ code: 'detector-crashed', detail: 'gone' }), { status: 'failed' }],
    ['is cancelled', (rig) => rig.cancel(), { status: 'cancelled' }],
  ])('is told when the run %s, and nothing waits for it any more', async (_how, happen, end) => {
    const signals: AbortSignal[] = [];
    const { rig } = start({ verify: { collectRisk: ({ signal }) => (signals.push(signal), new Promise(() => undefined)) } });
    await rig.reach('guidance');
    happen(rig);
    expect(await rig.end()).toMatchObject(end);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('holds nobody up that was asked about a camera no longer in use', async () => {
    const signals: AbortSignal[] = [];
    const { rig, sent } = start({ verify: { collectRisk: ({ signal }) => (signals.push(signal) === 1 ? new Promise(() => undefined) : Promise.resolve({ call: 2 })) } });
    await rig.reach('guidance');
    rig.tracks[0]?.end();
    const began = rig.platform.now();
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.platform.now() - began).toBeLessThan(9_000);
    expect(sent.risk).toEqual({ call: 2 });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});
