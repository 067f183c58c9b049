import { beforeAll, describe, expect, it } from 'vitest';
import type { DetectorPort } from '../../src/detector/port.js';
import { film, type Film } from './film.js';
import { NOTHING_LEFT, type Rig, type RigOptions, startRig } from './verification-rig.js';

/* Every state of the flow × everything that can happen to a person with a phone: each ends in a verdict, or as the person wants. */

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

/** Something that waits until it is opened. */
interface Gate {
  readonly passed: Promise<void>;
  open(): void;
}

function gate(): Gate {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

const before = (path: RegExp, { passed }: Gate): NonNullable<RigOptions['fault']> => async (request, next) => {
  if (path.test(`${request.method} ${new URL(request.url).pathname}`)) await passed;
  return next(request);
};
const loadAfter = ({ passed }: Gate): DetectorPort['load'] => async ({ onStage } = {}) => {
  await passed;
  onStage?.('face');
  onStage?.('mesh');
};

/** What keeps the flow in a state until the gate is open. Guidance and recording take their own time. */
const STATES = {
  consent: ({ passed }) => ({ verify: { consent: { text: 'x', textVersion: '1', ask: () => passed.then(() => 'granted' as const) } } }),
  session: (held) => ({ fault: before(/POST .*\/sessions$/, held) }),
  tap: ({ passed }) => ({ verify: { onTapNeeded: () => passed } }),
  loading: (held) => ({ detector: { load: loadAfter(held) } }),
  guidance: () => ({}),
  recording: () => ({}),
  uploading: (held) => ({ fault: before(/PUT/, held) }),
  verdict: (held) => ({ fault: before(/submission/, held) }),
} as const satisfies Record<string, (held: Gate) => Omit<RigOptions, 'film'>>;

type State = keyof typeof STATES;

const camera = (rig: Rig) => rig.tracks.at(-1);
const PASSED = { status: 'finished', verdict: { decision: 'passed' } } as const;
const CANCELLED = { status: 'cancelled' } as const;

/** What happens, and how the run ends. */
const EVENTS: Readonly<Record<string, readonly [(rig: Rig) => unknown, typeof PASSED | typeof CANCELLED]>> = {
  'nothing': [() => undefined, PASSED],
  'the face leaves for 2 s': [async (rig) => (rig.show(undefined), await rig.pass(2_000), rig.show({})), PASSED],
  'somebody else looks in for 2 s': [async (rig) => (rig.show({ faces: 2 }), await rig.pass(2_000), rig.show({})), PASSED],
  'the page is hidden for 5 s': [async (rig) => (rig.page.show(false), await rig.pass(5_000), rig.page.show(true)), PASSED],
  'the system holds the camera for 2 s': [async (rig) => (camera(rig)?.mute(true), await rig.pass(2_000), camera(rig)?.mute(false)), PASSED],
  'the camera is lost': [(rig) => camera(rig)?.end(), PASSED],
  'the phone is turned': [(rig) => rig.turn(480, 640), PASSED],
  'a device is plugged in': [(rig) => rig.devices.plug({ deviceId: 'secret' }, { deviceId: 'usb' }), PASSED],
  'the network goes for 3 s': [async (rig) => (rig.connect(false), await rig.pass(3_000), rig.connect(true)), PASSED],
  'the person cancels': [(rig) => rig.cancel(), CANCELLED],
  'the person leaves the page': [(rig) => rig.leave(), CANCELLED],
};

describe.each(Object.keys(STATES) as State[])('in %s', (state) => {
  it.each(Object.entries(EVENTS))('%s', async (_what, [happen, end]) => {
    const held = gate();
    const rig = startRig({ film: reel, ...STATES[state](held) });
    if (state === 'tap') {
      let tapped = false;
      void held.passed.then(() => (tapped = true));
      rig.video.playing = () => (tapped ? Promise.resolve() : Promise.reject(new DOMException('tap first', 'NotAllowedError')));
    }
    await rig.reach(state);
    if (state === 'recording') await rig.pass(800);
    await happen(rig);
    held.open();
    expect(await rig.end()).toMatchObject(end);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});
