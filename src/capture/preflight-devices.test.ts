import { describe, expect, it } from 'vitest';
import type { MediaPlatform } from '../platform/port.js';
import { fakeMediaDevices, fakePlatform, settle } from './fake-hardware.js';
import { type DevicesReport, preflightDevices } from './preflight-devices.js';

const CAMERA = { deviceId: '' };
const says = (camera: PermissionState, microphone: PermissionState = 'prompt'): Partial<MediaPlatform> => ({ permissionOf: (device) => Promise.resolve(device === 'camera' ? camera : microphone) });
const NOTHING: DevicesReport = { camera: 'unknown', cameras: undefined, microphone: undefined };
const never = <T>(): Promise<T> => new Promise(() => undefined);
const WECHAT = 'Mozilla/5.0 (Linux; Android 14; V2324A Build/UP1A; wv) Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50.2701';

describe('preflightDevices', () => {
  it.each<[string, readonly { deviceId: string }[] | undefined, Partial<MediaPlatform>, string]>([
    ['a camera, and a question to come', [CAMERA], says('prompt'), 'present'],
    ['a camera, in a browser that does not know the question', [CAMERA], { permissionOf: () => Promise.reject(new TypeError('camera')) }, 'present'],
    ['a camera that is blocked', [CAMERA], says('denied'), 'camera-denied'],
    ['other devices only', [], says('prompt'), 'camera-absent'],
    ['an empty list', undefined, says('prompt'), 'unknown'],
    ['a list that never comes', undefined, { mediaDevices: () => ({ enumerateDevices: never }) as unknown as MediaDevices }, 'unknown'],
    ['a block, and a list that never comes', undefined, { ...says('denied'), mediaDevices: () => ({ enumerateDevices: never }) as unknown as MediaDevices }, 'camera-denied'],
    ['a browser that breaks', undefined, { mediaDevices: () => { throw new Error('no'); }, permissionOf: () => { throw new Error('no'); } }, 'unknown'],
    ['no lists', undefined, { mediaDevices: () => undefined }, 'unknown'],
    ['another app’s browser that says “denied” without a question', [], { ...says('denied'), userAgent: () => WECHAT }, 'unknown'],
    ['an iframe in a browser that does not tell of its policy', [], { isFramed: () => true }, 'unknown'],
    ['an iframe that may have the camera', [], { isFramed: () => true, allowsFeature: () => true }, 'camera-absent'],
  ])('%s', async (_what, cameras, overrides, expected) => {
    const devices = fakeMediaDevices();
    if (cameras) await devices.plug(...cameras);
    const platform = fakePlatform({ ...devices, ...overrides });
    const found = preflightDevices({ platform });
    await settle();
    await platform.advance(1_000);
    expect(await found).toMatchObject({ camera: expected });
    expect([devices.asked, platform.pending]).toEqual([[], 0]);
  });

  it.each<[string, readonly { deviceId: string }[] | undefined, Partial<MediaPlatform>, DevicesReport]>([
    ['two cameras, and a microphone that this page may have', [CAMERA, CAMERA], says('prompt', 'granted'), { camera: 'present', cameras: 2, microphone: 'granted' }],
    ['none, and a microphone that is blocked', [], says('prompt', 'denied'), { camera: 'camera-absent', cameras: 0, microphone: 'denied' }],
    ['a camera that is blocked', [CAMERA], says('denied'), { camera: 'camera-denied', cameras: 1, microphone: 'prompt' }],
    ['a browser that tells of the camera alone', [CAMERA], { permissionOf: (device) => (device === 'camera' ? Promise.resolve('granted') : Promise.reject(new TypeError('microphone'))) }, { camera: 'present', cameras: 1, microphone: undefined }],
    ['a microphone whose answer never comes', [CAMERA], { permissionOf: (device) => (device === 'camera' ? Promise.resolve('granted') : never()) }, { camera: 'present', cameras: 1, microphone: undefined }],
    ['a browser that gives nothing away', undefined, {}, NOTHING],
    ['another app’s browser, whose word says nothing', [CAMERA], { ...says('denied', 'denied'), userAgent: () => WECHAT }, NOTHING],
  ])('counts the cameras and knows of the microphone: %s', async (_what, cameras, overrides, expected) => {
    const devices = fakeMediaDevices();
    if (cameras) await devices.plug(...cameras);
    const platform = fakePlatform({ ...devices, ...overrides });
    const found = preflightDevices({ platform });
    await platform.advance(1_000);
    expect(await found).toEqual(expected);
    expect([devices.asked, platform.pending]).toEqual([[], 0]);
  });

  it('ends with the signal', async () => {
    const platform = fakePlatform({ permissionOf: never, mediaDevices: () => undefined });
    expect(await preflightDevices({ platform, signal: AbortSignal.abort() })).toEqual(NOTHING);
    expect(platform.pending).toBe(0);
  });
});
