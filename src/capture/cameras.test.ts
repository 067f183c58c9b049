import { describe, expect, it } from 'vitest';
import { betterCamera, classifyCamera, listCameras, nextCamera } from './cameras.js';
import { fakeMediaDevices, fakePlatform } from './fake-hardware.js';
import { onDevicesChange } from './devices-change.js';

describe('classifyCamera', () => {
  it.each([
    ['camera2 1, facing front', 'front', 'plain'],
    ['camera2 0, facing back', 'back', 'plain'],
    ['Front Camera', 'front', 'plain'],
    ['Front TrueDepth Camera', 'front', 'depth'],
    ['Back Dual Wide Camera', 'back', 'wide'],
    ['Back Ultra Wide Camera', 'back', 'wide'],
    ['Back Telephoto Camera', 'back', 'telephoto'],
    ['前置相机', 'front', 'plain'],
    ['后置超广角相机', 'back', 'wide'],
    ['前置鏡頭', 'front', 'plain'],
    ['後置鏡頭', 'back', 'plain'],
    ['前面カメラ', 'front', 'plain'],
    ['背面広角カメラ', 'back', 'wide'],
    ['전면 카메라', 'front', 'plain'],
    ['Kamera Depan', 'front', 'plain'],
    ['Camera trước', 'front', 'plain'],
    ['Camera mặt sau', 'back', 'plain'],
    ['กล้องหน้า', 'front', 'plain'],
    ['FaceTime HD Camera (Built-in) (05ac:8514)', 'front', 'plain'],
    ['Integrated Camera (04f2:b6d9)', 'unknown', 'plain'],
    ['Integrated IR Camera (04f2:b6d9)', 'unknown', 'infrared'],
    ['HP IR Camera', 'unknown', 'infrared'],
    ['USB2.0 UVC FirstCam', 'unknown', 'plain'],
    ['OBS Virtual Camera', 'unknown', 'virtual'],
    ['MacBook Pro Desk View Camera', 'unknown', 'virtual'],
    ['Intel(R) RealSense(TM) Depth Camera', 'unknown', 'depth'],
    ['', 'unknown', 'plain'],
  ])('%s is a %s camera, %s', (label, facing, kind) => {
    expect(classifyCamera(label)).toEqual({ facing, kind });
  });

  it('believes the browser before the name', () => {
    expect(classifyCamera('Backstage Camera', 'user')).toMatchObject({ facing: 'front' });
    expect(classifyCamera('Frontier Camera', 'environment')).toMatchObject({ facing: 'back' });
  });
});

describe('listCameras', () => {
  async function list(...cameras: Parameters<ReturnType<typeof fakeMediaDevices>['plug']>) {
    const devices = fakeMediaDevices();
    await devices.plug(...cameras);
    const listed = await listCameras({ platform: fakePlatform(devices) });
    if (!listed.ok) throw new Error(listed.detail);
    return listed.value;
  }

  it('puts the plain front camera first, and infrared last', async () => {
    const cameras = await list(
      { deviceId: 'ir', label: 'Front IR Camera' },
      { deviceId: 'back', label: 'Back Camera' },
      { deviceId: 'obs', label: 'OBS Virtual Camera' },
      { deviceId: 'usb', label: 'USB Camera' },
      { deviceId: 'front', label: 'Front Camera' },
      { deviceId: 'wide', label: 'Front Ultra Wide Camera' },
    );
    expect(cameras.map(({ deviceId }) => deviceId)).toEqual(['front', 'wide', 'usb', 'back', 'obs', 'ir']);
  });

  it('takes the lower number where Android tells two front cameras apart by nothing else', async () => {
    const cameras = await list({ deviceId: 'b', label: 'camera2 4, facing front' }, { deviceId: 'a', label: 'camera2 1, facing front' });
    expect(cameras[0]).toEqual({ deviceId: 'a', label: 'camera2 1, facing front', facing: 'front', kind: 'plain' });
    expect(betterCamera(cameras, { deviceId: 'b' })?.deviceId).toBe('a');
    expect(betterCamera(cameras, { deviceId: 'a' })).toBeUndefined();
  });

  it.each([
    ['Logitech BRIO', { deviceId: 'front', label: 'FaceTime HD Camera' }, undefined],
    ['Front Ultra Wide Camera', { deviceId: 'front', label: 'Front Camera' }, undefined],
    ['camera2 3, facing front', { deviceId: 'front', label: 'Front Camera' }, undefined],
    ['Integrated IR Camera', { deviceId: 'usb', label: 'USB Camera' }, 'usb'],
    ['OBS Virtual Camera', { deviceId: 'usb', label: 'USB Camera' }, 'usb'],
    ['Front TrueDepth Camera', { deviceId: 'front', label: 'Front Camera' }, 'front'],
    ['Back Camera', { deviceId: 'usb', label: 'USB Camera' }, 'usb'],
    ['Back Camera', { deviceId: 'ir', label: 'Front IR Camera' }, undefined],
  ])('leaves the person the %s that they chose, unless it is no good for a face', async (label, other, better) => {
    const cameras = await list(other, { deviceId: 'chosen', label });
    expect(betterCamera(cameras, { deviceId: 'chosen' })?.deviceId).toBe(better);
  });

  it('asks the browser where it looks', async () => {
    const cameras = await list({ deviceId: 'a', label: 'Camera', facingMode: 'environment' }, { deviceId: 'b', label: 'Camera', facingMode: 'user' });
    expect(cameras.map(({ facing }) => facing)).toEqual(['front', 'back']);
  });

  it('is empty before the permission, and betterCamera then has no opinion', async () => {
    expect(await list({ deviceId: '' })).toEqual([]);
    expect(betterCamera([], { deviceId: 'a' })).toBeUndefined();
    const [first] = await list({ deviceId: 'a', label: 'Front Camera' });
    expect(first && betterCamera([first], { deviceId: undefined })).toBeUndefined();
    expect(first && betterCamera([first, { ...first, deviceId: 'b' }], { deviceId: 'b' })).toBeUndefined();
  });

  it('has a next one, where one is no use and another does for a face', async () => {
    const cameras = await list({ deviceId: 'a', label: 'Integrated Camera' }, { deviceId: 'b', label: 'Logitech BRIO' }, { deviceId: 'ir', label: 'Integrated IR Camera' });
    expect(['a', 'b', 'ir', 'gone', undefined].map((failed) => nextCamera(cameras, failed)?.deviceId)).toEqual(['b', 'a', 'a', 'a', 'b']);
    const phone = await list({ deviceId: 'a', label: 'camera2 1, facing front' }, { deviceId: 'b', label: 'camera2 0, facing back' });
    expect([nextCamera(phone, 'a'), nextCamera(phone, undefined), nextCamera([], undefined)]).toEqual([undefined, undefined, undefined]);
    const busy = await list({ deviceId: 'a', label: 'FaceTime HD Camera' }, { deviceId: 'obs', label: 'OBS Virtual Camera' });
    expect(nextCamera(busy, 'a')).toBeUndefined();
  });

  it('has a deadline and a reason', async () => {
    const platform = fakePlatform({ mediaDevices: () => ({ enumerateDevices: () => new Promise(() => undefined) }) as unknown as MediaDevices });
    const listing = listCameras({ platform, timeoutMs: 500 });
    await platform.advance(500);
    expect(await listing).toMatchObject({ code: 'camera-timeout' });
    expect(await listCameras({ platform, signal: AbortSignal.abort() })).toMatchObject({ code: 'cancelled' });
    expect(platform.pending).toBe(0);
    const broken = fakePlatform({ mediaDevices: () => ({ enumerateDevices: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }) as unknown as MediaDevices });
    expect(await listCameras({ platform: broken })).toEqual({ ok: false, code: 'camera-failed', detail: 'NotAllowedError: no' });
    expect(await listCameras({ platform: fakePlatform({ mediaDevices: () => undefined }) })).toMatchObject({ code: 'unsupported-browser' });
  });
});

describe('onDevicesChange', () => {
  it('calls back until unsubscribed, and bears browsers that do not tell', async () => {
    const devices = fakeMediaDevices();
    const heard: string[] = [];
    const off = onDevicesChange(devices.mediaDevices(), () => heard.push('changed'));
    await devices.plug();
    off();
    await devices.plug();
    expect([heard, devices.devices.listeners]).toEqual([['changed'], 0]);
    onDevicesChange(undefined, () => heard.push('never'))();
    onDevicesChange({} as MediaDevices, () => heard.push('never'))();
  });
});
