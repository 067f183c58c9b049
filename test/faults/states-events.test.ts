import { beforeAll, describe, expect, it } from 'vitest';
import { fakeStream, FakeTrack } from '../../src/capture/fake-hardware.js';
import type { Channel, ChannelTask } from '../../src/channels/channel.js';
import type { DetectorPort } from '../../src/detector/port.js';
import type { FlowPhase } from '../../src/index.js';
import { PASSING } from '../server/service.js';
import { film, type Film } from './film.js';
import { obey } from './obedient-person.js';
import { NOTHING_LEFT, type Rig, type RigOptions, startRig } from './verification-rig.js';

// Loaded before, or the clock of the test runs on while it is.
import '../../src/flow/system-camera-run.js';

/* Every state of the flow × everything that can happen to a person with a phone: each ends in a verdict, as the person wants, or with the reason. */

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

const PASSED = { status: 'finished', verdict: { decision: 'passed' } };
const CANCELLED = { status: 'cancelled' };
const failed = (code: string): object => ({ status: 'failed', code: { code } });

type World = Omit<RigOptions, 'film'>;
/** A state, what keeps the flow in it until the gate is open, and what the rest of the run comes to. */
interface State {
  readonly world: (held: Gate, spoken: boolean) => World;
  /** Whether the challenge may be a spoken one. @default true */
  readonly speaks?: boolean;
  /** What is so from the beginning. */
  readonly before?: (rig: Rig, held: Gate) => void;
  /** What leads to it, once there is guidance. */
  readonly lead?: (rig: Rig, held: Gate) => void;
  /** Where nothing happens. @default the person is verified */
  readonly end?: object;
  /** Where the detector crashes. @default nothing comes of it: it is not needed any more */
  readonly crashed?: object;
  /** Where the page is left. @default cancelled */
  readonly left?: object;
}

const CRASHED = failed('detector-crashed');
const DIGITS = { type: 'digits', digits: '4721', minimumMs: 2000 } as const;
const LIGHT = { type: 'light', colours: [{ r: 255, g: 40, b: 40, ms: 500 }], minimumMs: 2000 } as const;
const after = ({ passed }: Gate, kind: 'audio' | 'video') => () => passed.then(() => fakeStream(new FakeTrack(kind)));
/** A backend that chooses the vendor's channel, which does as told. */
const offered = (channel: Partial<Channel<ChannelTask>>): Pick<RigOptions, 'verify' | 'handler'> => ({
  verify: { channels: [{ name: 'eid-h5', start: () => Promise.resolve({ status: 'left' }), resume: () => undefined, ...channel }] },
  handler: { vendor: { ...PASSING, confirm: () => new Promise(() => undefined) }, channel: () => ({ channel: 'eid-h5', task: { expiresInMs: 60_000, url: 'https://eid.faceid.qq.com/' }, expected: { token: 'T' } }) },
});
/** A phone's browser that gives pages no camera, and opens the phone's own for a file. */
const PHONE = { mediaDevices: () => undefined, createInput: () => ({ capture: '' }) as HTMLInputElement, importModule: () => import('../../src/flow/system-camera-run.js') };

/** Every phase but two that wait for nothing: `preflight` asks nobody, `ended` is the end. A new phase does not compile without its row. */
const STATES: Readonly<Record<Exclude<FlowPhase, 'preflight' | 'ended'>, State>> = {
  consent: { world: ({ passed }) => ({ verify: { consent: { text: 'x', textVersion: '1', ask: () => passed.then(() => 'granted' as const) } } }), crashed: CRASHED },
  session: { world: (held) => ({ fault: before(/POST .*\/sessions$/, held) }), crashed: CRASHED },
  lightWarning: { world: ({ passed }) => ({ challenge: LIGHT, verify: { onLightWarning: () => passed.then(() => 'go' as const) } }), crashed: CRASHED },
  camera: { world: (held) => ({ answers: [after(held, 'video')] }), crashed: CRASHED },
  microphone: { world: (held) => ({ challenge: DIGITS, answers: [undefined, after(held, 'audio')] }), crashed: CRASHED },
  tap: {
    world: ({ passed }) => ({ verify: { onTapNeeded: () => passed } }),
    before(rig, { passed }) {
      let tapped = false;
      void passed.then(() => (tapped = true));
      rig.video.playing = () => (tapped ? Promise.resolve() : Promise.reject(new DOMException('tap first', 'NotAllowedError')));
    },
    crashed: CRASHED,
  },
  loading: { world: (held) => ({ detector: { load: loadAfter(held) } }), crashed: CRASHED },
  guidance: { world: () => ({}), crashed: CRASHED },
  recording: { world: () => ({}), crashed: CRASHED },
  paused: { world: () => ({}), lead: (rig, { passed }) => (rig.page.show(false), void passed.then(() => rig.page.show(true))), crashed: CRASHED },
  reacquiring: { world: (held, spoken) => ({ answers: [undefined, ...(spoken ? [undefined] : []), after(held, 'video')] }), lead: (rig) => camera(rig)?.end(), crashed: CRASHED },
  // Nobody gives a file: what becomes of one is system-camera.test.ts's.
  systemCamera: { world: ({ passed }) => ({ verify: { onFileNeeded: () => passed.then(() => undefined) }, platform: PHONE }), speaks: false, end: CANCELLED },
  // The converter does not arrive: a conversion wants a browser, and is capture-mp4.test.ts's.
  converting: { world: ({ passed }) => ({ handler: { containers: ['video/mp4'] }, platform: { importModule: () => passed.then(() => Promise.reject(new Error('scripted'))) } }), speaks: false, end: failed('recorder-unavailable') },
  uploading: { world: (held) => ({ fault: before(/PUT/, held) }) },
  // The page is to be left, and comes back without an answer.
  channel: { world: ({ passed }) => offered({ start: () => passed.then(() => ({ status: 'left' as const })) }), end: { status: 'left' }, left: { status: 'left' } },
  // From a session that this backend has never heard of.
  returned: { world: (held) => ({ ...offered({ resume: () => ({ status: 'returned', channel: 'eid-h5', tokens: { token: 'T' } }) }), fault: before(/tokens/, held) }), end: { status: 'expired' }, left: { status: 'expired' } },
  verdict: { world: (held) => ({ fault: before(/submission/, held) }) },
};

const camera = (rig: Rig) => rig.tracks.filter(({ kind }) => kind === 'video').at(-1);

/** What happens, whether the challenge is spoken, and how the run ends. */
interface Happening {
  readonly happen: (rig: Rig) => unknown;
  readonly spoken?: true;
  /** A recording that it happens to is worth nothing, and made anew. */
  readonly spoils?: true;
  /** @default as it would without it */
  readonly end?: (state: State) => object | undefined;
}

const EVENTS: Readonly<Record<string, Happening>> = {
  'nothing': { happen: () => undefined },
  'the face leaves for 2 s': { happen: async (rig) => (rig.show(undefined), await rig.pass(2_000), rig.show(obey(rig))), spoils: true },
  'somebody else looks in for 2 s': { happen: async (rig) => (rig.show({ faces: 2 }), await rig.pass(2_000), rig.show(obey(rig))), spoils: true },
  'the page is hidden for 5 s': { happen: async (rig) => (rig.page.show(false), await rig.pass(5_000), rig.page.show(true)), spoils: true },
  'the page is hidden, and seen at once': { happen: (rig) => (rig.page.show(false), rig.page.show(true)), spoils: true },
  'the system holds the camera for 2 s': { happen: async (rig) => (camera(rig)?.mute(true), await rig.pass(2_000), camera(rig)?.mute(false)), spoils: true },
  'the camera is lost': { happen: (rig) => camera(rig)?.end(), spoils: true },
  'the camera gives no picture for 2 s': { happen: async (rig) => (rig.freeze(true), await rig.pass(2_000), rig.freeze(false)), spoils: true },
  'the microphone is lost': { happen: (rig) => rig.tracks.find(({ kind }) => kind === 'audio')?.end(), spoken: true, spoils: true },
  'the recorder breaks': { happen: (rig) => rig.recorders.at(-1)?.onerror?.({ error: new DOMException('encoder', 'UnknownError') }), spoils: true },
  'the recorder stops by itself': { happen: (rig) => void (rig.recorders.at(-1)?.state === 'recording' && rig.recorders.at(-1)?.stop()), spoils: true },
  'the detector crashes': { happen: (rig) => rig.fail({ code: 'detector-crashed', detail: 'scripted' }), end: ({ crashed }) => crashed },
  'the phone is turned': { happen: (rig) => rig.turn(480, 640), spoils: true },
  'a device is plugged in': { happen: (rig) => rig.devices.plug({ deviceId: 'secret' }, { deviceId: 'usb' }) },
  'the network goes for 3 s': { happen: async (rig) => (rig.connect(false), await rig.pass(3_000), rig.connect(true)) },
  'the person cancels': { happen: (rig) => rig.cancel(), end: () => CANCELLED },
  'the person leaves the page': { happen: (rig) => rig.leave(), end: ({ left }) => left ?? CANCELLED },
};

describe.each(Object.entries(STATES))('in %s', (phase, state) => {
  it.each(Object.entries(EVENTS))('%s', async (_what, { happen, spoken = false, spoils = false, end }) => {
    const held = gate();
    const rig = startRig({ film: reel, ...(spoken && state.speaks !== false && { challenge: DIGITS }), ...state.world(held, spoken) });
    rig.show(obey(rig));
    state.before?.(rig, held);
    if (state.lead) {
      await rig.reach('guidance');
      state.lead(rig, held);
    }
    await rig.reach(phase as FlowPhase);
    if (phase === 'recording') await rig.pass(800);
    await happen(rig);
    held.open();
    const ended = await rig.end();
    expect(ended).toMatchObject(end?.(state) ?? state.end ?? PASSED);
    if (phase === 'recording' && ended.status === 'finished') expect(rig.phases().filter((each) => each === 'recording').length > 1, rig.phases().join(' → ')).toBe(spoils);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

it('a vendor’s return that could not be delivered is handed in by the next run of the page, after another question for consent', async () => {
  const returned = [{ status: 'returned', channel: 'eid-h5', tokens: { token: 'T' } } as const];
  const world = offered({ resume: () => returned.pop() });
  const posted: string[] = [];
  const run = async (online: boolean): Promise<Rig> => {
    const rig = startRig({
      film: reel,
      ...world,
      async fault(request, next) {
        posted.push(await request.clone().text());
        if (!online) throw new TypeError('Failed to fetch');
        return next(request);
      },
    });
    await rig.end();
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
    return rig;
  };
  expect((await run(false)).result()).toMatchObject(failed('network-failed'));
  const again = await run(true);
  // From a session that this backend has never heard of.
  expect(again.result()).toMatchObject({ status: 'expired' });
  expect(again.phases()).toEqual(['consent', 'returned', 'ended']);
  expect(new Set(posted).size).toBe(1);
  expect((await run(true)).phases().slice(0, 3)).toEqual(['consent', 'preflight', 'session']);
});
