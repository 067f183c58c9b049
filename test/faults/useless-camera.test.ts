import { beforeAll, describe, expect, it } from 'vitest';
import { fakeStream, FakeTrack } from '../../src/capture/fake-hardware.js';
import { film, type Film } from './film.js';
import { NOTHING_LEFT, type Rig, startRig } from './verification-rig.js';

/* A camera that can be had and gives nothing to look at: the person is verified with another one. */

let reel: Film;
beforeAll(async () => {
  reel = await film();
});

const PASSED = { status: 'finished', verdict: { decision: 'passed' } };

describe('a camera that opens and is no use, beside one that is', () => {
  const cameraOf = (deviceId: string): FakeTrack => Object.assign(new FakeTrack(), { settings: { width: 640, height: 480, frameRate: 30, deviceId } });
  const plugTwo = (rig: Rig) => rig.devices.plug({ deviceId: 'secret', label: 'Front 1' }, { deviceId: 'usb', label: 'Front 2' });
  const NO_USE: readonly (readonly [string, (rig: Rig, noUse: boolean) => void])[] = [
    ['gives no picture', (rig, noUse) => rig.freeze(noUse)],
    ['gives too small a picture', (rig, noUse) => (noUse ? rig.turn(320, 240) : rig.turn(640, 480))],
  ];

  it.each(NO_USE)('%s from the beginning: the other one is opened, and the person is verified', async (_what, spoil) => {
    const usb = cameraOf('usb');
    const rig: Rig = startRig({ film: reel, answers: [undefined, () => (spoil(rig, false), Promise.resolve(fakeStream(usb)))] });
    void plugTwo(rig);
    spoil(rig, true);
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.manifest()?.fallbacks).toEqual(['camera:other']);
    expect(usb.readyState).toBe('ended');
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });

  it.each(NO_USE)('is chosen, and %s: the one before is opened again, and the person is verified', async (_what, spoil) => {
    const usb = cameraOf('usb');
    let use = (_id: string): void => undefined;
    const rig: Rig = startRig({
      film: reel,
      answers: [undefined, () => (spoil(rig, true), Promise.resolve(fakeStream(usb))), () => (spoil(rig, false), Promise.resolve(fakeStream(cameraOf('secret'))))],
      verify: { onCamera: (control) => ({ use } = control) },
    });
    void plugTwo(rig);
    await rig.reach('guidance');
    use('usb');
    expect(await rig.end()).toMatchObject(PASSED);
    expect(rig.manifest()?.fallbacks).toEqual(['camera:chosen', 'camera:other']);
    expect(usb.readyState).toBe('ended');
    expect(await rig.leftovers()).toEqual(NOTHING_LEFT);
  });
});
