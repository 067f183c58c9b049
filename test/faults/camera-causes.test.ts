import { beforeAll, describe, expect, it } from 'vitest';
import { fakeStream, FakeTrack } from '../../src/capture/fake-hardware.js';
import type { ClientCode } from '../../src/codes/client-codes.js';
import type { FlowPhase } from '../../src/index.js';
import { film, type Film } from './film.js';
import { NOTHING_LEFT, type Rig, type RigOptions, startRig } from './verification-rig.js';

// Loaded before, or the clock of the test runs on while it is.
import '../../src/flow/system-camera-run.js';

/* Everything that phones and browsers do to a camera, before a run and in its middle, through `verify()` and to the backend. */

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

type World = Omit<RigOptions, 'film'>;

const refuse = (name: string) => () => Promise.reject(new DOMException('no', name));
/** More often than the ladder has rungs, as often as it is tried. */
const always = (name: string): World => ({ answers: Array.from({ length: 30 }, () => refuse(name)) });
/** Only once the run has its camera. */
const later = (name: string): World => ({ answers: [undefined, ...Array.from({ length: 30 }, () => refuse(name))] });
const WECHAT = 'Mozilla/5.0 (iPhone; CPU iPhone OS 14_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.1';

/** What the person is told of each cause, and what can be done: no two say the same. */
const TOLD = {
  'camera-denied': ['请在设置中允许使用摄像头，然后重试', 'adjust'],
  'camera-in-use': ['请关闭正在使用摄像头的其他应用，然后重试', 'adjust'],
  'camera-absent': ['请换一部有摄像头的手机。没有找到摄像头', 'stop'],
  'camera-overconstrained': ['请换一部手机重试。当前设备不支持', 'update'],
  'camera-timeout': ['请重新打开本页面。摄像头没有响应', 'retry'],
  'camera-failed': ['请重启手机后重试。摄像头无法打开', 'retry'],
  'camera-lost': ['请重新验证，过程中不要切换应用。摄像头中断了', 'retry'],
  'camera-no-frames': ['请关闭本页面后重新打开。摄像头没有画面', 'retry'],
  'camera-too-small': ['视频不清晰；建议更换手机重试', 'update'],
  'playback-blocked': ['请点一下画面继续', 'adjust'],
  'page-hidden': ['请重新开始，验证时不要离开本页面', 'retry'],
  'insecure-context': ['请联系客服并提供代码 insecure-context。本页面连接不安全，无法使用摄像头', 'fix-request'],
  'permissions-policy': ['请联系客服并提供代码 permissions-policy。本页面没有使用摄像头的权限', 'fix-request'],
  'unsupported-browser': ['请换一个浏览器重试。当前浏览器不支持', 'update'],
  'in-app-browser': ['请在系统浏览器中打开本页面。当前应用内无法使用摄像头', 'update'],
} as const satisfies { readonly [Code in ClientCode]?: readonly [prompt: string, remedy: string] };
type Cause = keyof typeof TOLD;
const failedWith = (code: Cause) => ({ status: 'failed', code: { system: 'facefront', table: 'client', code }, prompt: TOLD[code][0], remedy: TOLD[code][1], detail: expect.any(String) });

it('every cause has a sentence of its own', () => {
  expect(new Set(Object.values(TOLD).map(([prompt]) => prompt)).size).toBe(Object.keys(TOLD).length);
});
const PASSED = { status: 'finished', verdict: { decision: 'passed' } };

describe('a camera that cannot be had', () => {
  it.each<[string, Cause, World, ((rig: Rig) => void)?]>([
    ['the person says no', 'camera-denied', always('NotAllowedError')],
    ['another application has it', 'camera-in-use', always('NotReadableError')],
    ['there is none', 'camera-absent', always('NotFoundError')],
    ['it can nothing that is asked', 'camera-overconstrained', always('OverconstrainedError')],
    ['the driver fails', 'camera-failed', always('AbortError')],
    ['the page is not secure', 'insecure-context', { platform: { isSecureContext: () => false } }],
    ['the iframe has no allow', 'permissions-policy', { platform: { allowsFeature: () => false, isFramed: () => true } }],
    ['the browser has no camera at all', 'unsupported-browser', { platform: { mediaDevices: () => undefined } }],
    ['the browser has nothing to ask the person with', 'unsupported-browser', always('NotSupportedError')],
    ['the app has nothing to ask the person with', 'in-app-browser', { ...always('NotSupportedError'), platform: { userAgent: () => WECHAT } }],
    ['the app says no, and takes no file', 'in-app-browser', { ...always('NotAllowedError'), platform: { userAgent: () => WECHAT } }],
    ['the app says that there is none, and takes no file', 'in-app-browser', { ...always('NotFoundError'), platform: { userAgent: () => WECHAT } }],
    ['the integrator’s stream has no picture, inside an app', 'camera-absent', { platform: { userAgent: () => WECHAT }, verify: { stream: () => fakeStream(new FakeTrack('audio')) }, answers: [] }],
    ['nobody answers', 'camera-timeout', { answers: [() => new Promise<never>(() => undefined)] }],
    ['the in-app browser has no camera at all', 'in-app-browser', { platform: { mediaDevices: () => undefined, userAgent: () => WECHAT } }],
    ['the browser wants a tap, and the page has no button', 'playback-blocked', {}, (rig) => (rig.video.playing = refuse('NotAllowedError'))],
    ['it is granted and gives no picture', 'camera-no-frames', {}, (rig) => rig.freeze(true)],
    ['its picture is too small', 'camera-too-small', {}, (rig) => rig.turn(320, 240)],
    ['the integrator’s stream has no picture', 'camera-absent', { verify: { stream: () => fakeStream(new FakeTrack('audio')) } }],
    ['the integrator’s stream cannot be made', 'camera-failed', { verify: { stream: () => Promise.reject(new Error('no canvas')) } }],
  ])('%s: %s, with its prompt and remedy', async (_what, code, world, before) => {
    const rig = startRig({ film: reel, ...world });
    before?.(rig);
    const result = await rig.end();
    expect(result).toMatchObject(failedWith(code));
    expect(rig.phases()).not.toContain('guidance');
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
    // What is known before anybody is asked is said before anybody is asked.
    if (world.platform && !world.answers) expect([rig.devices.asked, rig.phases().includes('camera')]).toEqual([[], false]);
  });
});

describe('a camera that the browser knows nobody can have', () => {
  const DENIED: World = { platform: { permissionOf: () => Promise.resolve('denied') } };
  const asked = (rig: Rig) => [rig.devices.asked, rig.phases()];
  const reports = (rig: Rig) => rig.states.flatMap((state) => (state.phase === 'preflight' ? [state.report] : []));

  it('is none of these: the report says how many there are, and of the microphone, before anybody is asked', async () => {
    const askedBy = new Set<number>();
    const rig: Rig = startRig({
      film: reel,
      platform: { permissionOf: (device) => Promise.resolve(device === 'camera' ? 'prompt' : 'denied') },
      verify: { onState: ({ phase }) => phase === 'preflight' && askedBy.add(rig.devices.asked.length) },
    });
    void rig.devices.plug({ deviceId: 'secret' }, { deviceId: 'usb' });
    await rig.reach('session');
    expect([...askedBy]).toEqual([0]);
    const [first, last] = [reports(rig)[0], reports(rig).at(-1)];
    expect(first).not.toHaveProperty('devices');
    expect(last).toEqual({ ...first, devices: { camera: 'present', cameras: 2, microphone: 'denied' }, checks: [...(first?.checks ?? []), { id: 'devices', status: 'ok', detail: 'present' }] });
    rig.cancel();
    expect(await rig.end()).toMatchObject({ status: 'cancelled' });
  });

  it('was refused before: said before a session is opened', async () => {
    const rig = startRig({ film: reel, ...DENIED });
    expect(await rig.end()).toMatchObject(failedWith('camera-denied'));
    expect(asked(rig)).toEqual([[], ['consent', 'preflight', 'ended']]);
    expect(reports(rig).map(({ status, devices }) => [status, devices?.camera])).toEqual([['ok', undefined], ['fail', 'camera-denied']]);
    expect(reports(rig).at(-1)?.checks.at(-1)).toEqual({ id: 'devices', status: 'fail', code: 'camera-denied', detail: 'this page was refused the camera before' });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('is not there: said before a session is opened', async () => {
    const rig = startRig({ film: reel });
    void rig.devices.plug();
    expect(await rig.end()).toMatchObject(failedWith('camera-absent'));
    expect(asked(rig)).toEqual([[], ['consent', 'preflight', 'ended']]);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('is not needed by a page that brings a stream of its own', async () => {
    const rig = startRig({ film: reel, ...DENIED, verify: { stream: () => fakeStream() } });
    await rig.reach('guidance');
    rig.cancel();
    expect(await rig.end()).toMatchObject({ status: 'cancelled' });
  });

  it('is the app’s to give inside another app: it is asked, and the person for a file then', async () => {
    const rig = startRig({ film: reel, ...always('NotAllowedError'), platform: { ...DENIED.platform, userAgent: () => WECHAT, createInput: () => ({ capture: '' }) as HTMLInputElement, importModule: () => import('../../src/flow/system-camera-run.js') }, verify: { onFileNeeded: async () => undefined } });
    await rig.reach('systemCamera');
    expect(rig.devices.asked.length).toBeGreaterThan(0);
    expect(await rig.end()).toMatchObject({ status: 'cancelled' });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

describe('an app that says no, where a file is no way out: the person is told to leave the app', () => {
  const APP = { userAgent: () => WECHAT, createInput: () => ({ capture: '' }) as HTMLInputElement, importModule: async (address: string) => (address.includes('/challenges.js') ? import('../../src/liveness/challenges/asked-kinds.js') : import('../../src/flow/system-camera-run.js')) };
  const ACTION = { type: 'action', actions: ['openMouth'], minimumMs: 2000 } as const;
  let opened = 0;

  it.each<[string, World, string]>([
    ['the challenge can be no silent one', { challenge: ACTION, verify: { onFileNeeded: async () => undefined, challenges: ['action'] } }, 'inside an app: wechat'],
    ['the backend opens no session for a file', { challenge: ACTION, verify: { onFileNeeded: async () => undefined }, fault: (request, next) => (request.url.endsWith('/sessions') && ++opened > 1 ? Promise.resolve(new Response('', { status: 400 })) : next(request)) }, 'and for a file:'],
  ])('%s', async (_what, world, detail) => {
    opened = 0;
    const rig = startRig({ film: reel, ...always('NotAllowedError'), ...world, platform: APP });
    expect(await rig.end()).toMatchObject({ ...failedWith('in-app-browser'), detail: expect.stringContaining(detail) as string });
    expect(rig.phases()).not.toContain('systemCamera');
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

describe('a browser that cannot run the detector', () => {
  const OLD: World = { platform: { has: (name) => name !== 'OffscreenCanvas' } };
  const PHONE = { createInput: () => ({ capture: '' }) as HTMLInputElement, importModule: () => import('../../src/flow/system-camera-run.js') };

  it('is told so before anybody is asked', async () => {
    const rig = startRig({ film: reel, ...OLD, detector: 'built-in' });
    expect(await rig.end()).toMatchObject({ status: 'failed', code: { code: 'detector-unavailable' } });
    expect(rig.devices.asked).toEqual([]);
  });

  it.each<[string, World]>([
    ['is seen to', { platform: { ...OLD.platform, ...PHONE }, detector: 'built-in', verify: { onFileNeeded: async () => undefined } }],
    ['fails to', { platform: PHONE, verify: { onFileNeeded: async () => undefined }, detector: { load: () => Promise.reject(new Error('scripted')) } }],
  ])('%s, and takes files: the person is asked for one, which the server looks at alone', async (_what, world) => {
    const rig = startRig({ film: reel, ...world });
    await rig.reach('systemCamera');
    expect(await rig.end()).toMatchObject({ status: 'cancelled' });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

describe('a camera that is hard to have', () => {
  it.each<[string, World, (rig: Rig) => unknown, readonly string[]]>([
    ['takes no size it is asked for: the next rung does', { answers: [refuse('OverconstrainedError'), refuse('NotReadableError')] }, () => undefined, ['camera:any-size']],
    ['plays only after a tap', { verify: { onTapNeeded: () => Promise.resolve() } }, (rig) => {
      const tapped = (): boolean => rig.phases().includes('tap');
      rig.video.playing = () => (tapped() ? Promise.resolve() : Promise.reject(new DOMException('tap first', 'NotAllowedError')));
    }, []],
    ['plays, and shows nothing until it is tapped', { verify: { onTapNeeded: () => Promise.resolve() } }, async (rig) => {
      rig.freeze(true);
      await rig.reach('tap');
      rig.freeze(false);
    }, []],
    ['never says that it plays, and does', {}, (rig) => (rig.video.playing = () => new Promise(() => undefined)), []],
    ['gives its first picture after seven seconds', {}, async (rig) => {
      rig.freeze(true);
      await rig.reach('camera');
      await rig.pass(7_000);
      rig.freeze(false);
    }, []],
    ['gives its first picture late, because the page is hidden for half a minute', {}, async (rig) => {
      rig.freeze(true);
      await rig.reach('camera');
      rig.page.show(false);
      await rig.pass(30_000);
      rig.freeze(false);
      rig.page.show(true);
    }, []],
    ['is there before anybody looks: the page is hidden when the capture begins', {}, async (rig) => {
      rig.video.playing = async () => (rig.page.show(false), rig.video.showFrame(0.04));
      await rig.reach('paused');
      await rig.pass(50_000);
      expect(rig.phases().slice(-2)).toEqual(['loading', 'paused']);
      rig.page.show(true);
    }, []],
    ['begins black', {}, async (rig) => {
      rig.show({ faces: 0, quality: { brightness: 2 } });
      await rig.until((state) => state.phase === 'guidance' && state.instruction.id === 'moreLight');
      rig.show({});
    }, []],
    ['is known to the browser by another name than on its list, which never comes', {}, (rig) => Object.assign(rig.devices.devices, { enumerateDevices: () => new Promise(() => undefined) }), []],
  ])('%s, and the person is verified', async (_what, world, happen, fallbacks) => {
    const rig = startRig({ film: reel, ...world });
    await happen(rig);
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.manifest()?.fallbacks).toEqual(fallbacks);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

/** Something that happens in the middle of a run, and what becomes of it. */
interface MidRun {
  readonly what: string;
  readonly happen: (rig: Rig) => unknown;
  readonly world?: World;
  /** Phases that it brings about, in this order. */
  readonly through?: readonly FlowPhase[];
  /** As long as nothing is recorded. @default {@link MidRun.through} */
  readonly throughInGuidance?: readonly FlowPhase[];
  /** @default the person is verified */
  readonly code?: Cause;
  /** Of the manifest. @default none */
  readonly fallbacks?: readonly string[];
}

const current = (rig: Rig): FakeTrack => rig.tracks.at(-1) as FakeTrack;
/** The camera gives no picture until it is opened again. */
const untilReacquired = async (rig: Rig): Promise<void> => {
  await rig.reach('reacquiring');
  rig.freeze(false);
};
const REACQUIRED: Pick<MidRun, 'through' | 'fallbacks'> = { through: ['reacquiring', 'guidance', 'recording', 'uploading'], fallbacks: ['camera:reacquired'] };
const PAUSED: Pick<MidRun, 'through'> = { through: ['paused', 'guidance', 'recording', 'uploading'] };

const MID_RUN: readonly MidRun[] = [
  { what: 'nothing', happen: () => undefined },
  { what: 'another device is plugged in', happen: (rig) => rig.devices.plug({ deviceId: 'secret' }, { deviceId: 'usb' }) },
  { what: 'the track ends', happen: (rig) => current(rig).end(), ...REACQUIRED },
  { what: 'the device is pulled out, and its track does not say so', happen: (rig) => rig.devices.plug(), ...REACQUIRED },
  { what: 'the picture freezes for two seconds', happen: async (rig) => (rig.freeze(true), await rig.pass(2_000), rig.freeze(false)), through: ['guidance', 'recording', 'uploading'], throughInGuidance: ['recording', 'uploading'] },
  { what: 'the picture freezes', happen: (rig) => (rig.freeze(true), untilReacquired(rig)), ...REACQUIRED, through: ['guidance', ...(REACQUIRED.through ?? [])], throughInGuidance: REACQUIRED.through ?? [] },
  { what: 'a call comes and is refused', happen: async (rig) => (current(rig).mute(true), await rig.pass(2_000), current(rig).mute(false)), ...PAUSED },
  { what: 'a call comes and keeps the camera for a minute', happen: async (rig) => (rig.page.show(false), current(rig).mute(true), await rig.pass(55_000), current(rig).end(), rig.page.show(true)), through: ['paused', 'reacquiring', 'guidance', 'recording', 'uploading'], fallbacks: ['camera:reacquired'] },
  { what: 'the system takes the camera and does not give it back', happen: (rig) => current(rig).mute(true), through: ['paused', 'reacquiring', 'guidance', 'recording', 'uploading'], fallbacks: ['camera:reacquired'] },
  { what: 'the page is hidden for half a minute', happen: async (rig) => (rig.page.show(false), await rig.pass(30_000), rig.page.show(true)), ...PAUSED },
  { what: 'the page is hidden, which mutes the camera', happen: async (rig) => (rig.page.show(false), current(rig).mute(true), await rig.pass(30_000), rig.page.show(true), await rig.pass(200), current(rig).mute(false)), ...PAUSED },
  { what: 'the page is hidden for two minutes', happen: (rig) => rig.page.show(false), through: ['paused', 'ended'], code: 'page-hidden' },
  { what: 'the camera is lost while the page is hidden', happen: async (rig) => (rig.page.show(false), current(rig).end(), await rig.pass(20_000), rig.page.show(true)), ...REACQUIRED, through: ['paused', ...(REACQUIRED.through ?? [])] },
  { what: 'the page is hidden while the camera is opened again', happen: async (rig) => (rig.freeze(true), current(rig).end(), await rig.reach('reacquiring'), await rig.pass(100), rig.page.show(false), await rig.pass(20_000), rig.freeze(false), rig.page.show(true)), ...REACQUIRED },
  { what: 'the camera is lost four times', happen: async (rig) => { for (let time = 0; time < 4; time++) { current(rig).end(); await rig.until(({ phase }) => phase === 'guidance' || phase === 'ended'); } }, through: ['reacquiring', 'guidance', 'reacquiring', 'guidance', 'reacquiring', 'guidance', 'ended'], code: 'camera-lost' },
  { what: 'the permission is taken back', world: later('NotAllowedError'), happen: (rig) => current(rig).end(), through: ['reacquiring', 'ended'], code: 'camera-denied' },
  { what: 'the only camera is pulled out', world: later('NotFoundError'), happen: (rig) => current(rig).end(), through: ['reacquiring', 'ended'], code: 'camera-absent' },
  { what: 'another application takes the camera and keeps it', world: later('NotReadableError'), happen: (rig) => current(rig).end(), through: ['reacquiring', 'ended'], code: 'camera-in-use' },
  { what: 'another application takes the camera for a second', world: { answers: [undefined, ...Array.from({ length: 7 }, () => refuse('NotReadableError'))] }, happen: (rig) => current(rig).end(), ...REACQUIRED },
];

describe('once the person is done, while the recorder still writes', () => {
  /** A recorder that takes two seconds for what it still has. */
  const slowToStop: NonNullable<RigOptions['recorder']> = (Film, clock) => class extends Film {
    override stop(): void {
      const { onstop } = this;
      this.onstop = null;
      super.stop();
      clock.setTimeout(() => onstop?.(), 2_000);
    }
  };

  it.each<[string, (rig: Rig) => unknown, World?]>([
    ['the camera is lost', (rig) => Object.assign(current(rig), { settings: {} }).end()],
    ['the camera is lost, and cannot be had again', (rig) => current(rig).end(), later('NotAllowedError')],
    ['the picture freezes', async (rig) => (rig.freeze(true), await rig.pass(1_900))],
    ['the picture becomes too small', (rig) => rig.turn(320, 240)],
    ['the page is hidden', async (rig) => (rig.page.show(false), await rig.pass(500), rig.page.show(true))],
    ['the system takes the camera', (rig) => current(rig).mute(true)],
    ['the detector crashes', (rig) => rig.fail({ code: 'detector-crashed', detail: 'scripted' })],
  ])('%s: what was recorded is handed in, and described as it was', async (_what, happen, world) => {
    const rig = startRig({ film: reel, ...world, recorder: slowToStop });
    await rig.reach('recording');
    await rig.until((state) => state.phase === 'recording' && state.progress === 1);
    await rig.pass(100);
    await happen(rig);
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.phases()).not.toContain('reacquiring');
    expect(rig.manifest()).toMatchObject({ fallbacks: [], camera: { width: 640, height: 480, frameRate: 30 } });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});

describe.each(['guidance', 'recording'] as const)('in %s', (phase) => {
  it.each(MID_RUN)('$what', async ({ happen, world, code, fallbacks = [], ...expected }) => {
    const through = (phase === 'guidance' && expected.throughInGuidance) || expected.through;
    const rig = startRig({ film: reel, ...world });
    await rig.reach(phase);
    if (phase === 'recording') await rig.pass(1_000);
    const before = rig.phases().length;
    await happen(rig);
    const result = await rig.end();
    expect(result).toMatchObject(code ? failedWith(code) : PASSED);
    const seen = rig.phases().slice(before);
    if (through) expect(seen.slice(0, through.length)).toEqual(through);
    else expect(seen).not.toContain('reacquiring');
    if (!code) expect(rig.manifest()?.fallbacks).toEqual(fallbacks);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('the phone is turned: what is handed in was recorded in the new size, all of it', async () => {
    const rig = startRig({ film: reel });
    await rig.reach(phase);
    if (phase === 'recording') await rig.pass(1_000);
    rig.turn(480, 640);
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.manifest()?.camera).toMatchObject({ width: 480, height: 640 });
    expect(rig.recorders).toHaveLength(phase === 'recording' ? 2 : 1);
    const interrupted = rig.manifest()?.timeline.filter(({ event }) => event.startsWith('interrupted:')) ?? [];
    expect(interrupted.map(({ event }) => event)).toEqual(phase === 'recording' ? ['interrupted:not-still'] : []);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('the person cancels while the camera is being opened again', async () => {
    let give = (): void => undefined;
    const stream = fakeStream();
    const rig = startRig({ film: reel, answers: [undefined, () => new Promise((resolve) => (give = () => resolve(stream)))] });
    await rig.reach(phase);
    current(rig).end();
    await rig.reach('reacquiring');
    await rig.pass(100);
    rig.cancel();
    expect(await rig.end(1_000)).toMatchObject({ status: 'cancelled' });
    give();
    await rig.platform.advance(100);
    expect(stream.active, 'a camera that comes after all is turned off').toBe(false);
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it('the microphone is lost where the challenge is spoken: it is opened again, and the recording begins anew', async () => {
    const rig = startRig({ film: reel, challenge: { type: 'digits', digits: '4721', minimumMs: 2000 } });
    await rig.reach(phase);
    if (phase === 'recording') await rig.pass(1_000);
    const before = rig.phases().length;
    rig.tracks.find(({ kind }) => kind === 'audio')?.end();
    await rig.reach('reacquiring');
    await rig.reach('recording');
    expect(rig.phases().slice(before)).toEqual(['reacquiring', 'microphone', 'guidance', 'recording']);
    expect(rig.tracks.map(({ kind, readyState }) => `${kind} ${readyState}`)).toEqual(['video live', 'audio ended', 'audio live']);
    rig.cancel();
    expect(await rig.end(1_000)).toMatchObject({ status: 'cancelled' });
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});
