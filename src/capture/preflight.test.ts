import { describe, expect, it } from 'vitest';
import { identifyInAppBrowser } from '../platform/in-app-browser.js';
import type { MediaPlatform } from '../platform/port.js';
import { FakeAudioContext, fakeCanvas, fakeMediaDevices, fakeMediaRecorder, fakePlatform, FakeVideo } from './fake-hardware.js';
import { preflight, type PreflightOptions } from './preflight.js';
import { webPlatform } from '../platform/web.js';

const WECHAT =
  'Mozilla/5.0 (Linux; Android 14; V2324A Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240501 MicroMessenger/8.0.50.2701(0x28003255) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN';

function capable(overrides: Partial<MediaPlatform> = {}) {
  const devices = fakeMediaDevices();
  const platform = fakePlatform({
    ...devices,
    ...fakeMediaRecorder(['video/mp4']),
    has: () => true,
    createVideo: () => new FakeVideo().withFrameCallback().asElement(),
    createInput: () => ({ capture: '' }) as HTMLInputElement,
    audioContext: () => FakeAudioContext as unknown as typeof AudioContext,
    ...fakeCanvas(() => 1),
    ...overrides,
  });
  return { platform, asked: devices.asked };
}

describe('preflight', () => {
  it('finds nothing wrong where nothing is, and asks for nothing', () => {
    const { platform, asked } = capable();
    const report = preflight({ platform });
    expect(report.status).toBe('ok');
    expect(report.checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'secure-context ok',
      'permissions-policy ok',
      'media-devices ok',
      'media-recorder ok',
      'jpeg-burst ok',
      'system-camera ok',
      'mp4 ok',
      'microphone ok',
      'web-assembly ok',
      'worker ok',
      'offscreen-canvas ok',
      'image-bitmap ok',
      'video-frame-callback ok',
      'in-app-browser ok',
    ]);
    expect([asked, report.rung, report.rungs, report.needs]).toEqual([[], 'recording', ['recording'], []]);
  });

  const without = (name: string): Partial<MediaPlatform> => ({ has: (other) => other !== name });
  it.each([
    ['secure-context', 'fail', 'insecure-context', { isSecureContext: () => false }],
    ['permissions-policy', 'fail', 'permissions-policy', { allowsFeature: () => false }],
    ['media-devices', 'fail', 'unsupported-browser', { mediaDevices: () => undefined }],
    ['media-recorder', 'fail', 'recorder-unavailable', { mediaRecorder: () => undefined }],
    ['media-recorder', 'fail', 'recorder-unavailable', fakeMediaRecorder(['video/x-matroska'])],
    ['web-assembly', 'fail', 'detector-unavailable', without('WebAssembly')],
    ['worker', 'fail', 'detector-unavailable', without('Worker')],
    ['offscreen-canvas', 'fail', 'detector-unavailable', without('OffscreenCanvas')],
    ['image-bitmap', 'warn', undefined, without('createImageBitmap')],
    ['video-frame-callback', 'warn', undefined, { createVideo: () => new FakeVideo().asElement() }],
    ['in-app-browser', 'warn', undefined, { userAgent: () => WECHAT }],
  ] as readonly [string, string, string | undefined, Partial<MediaPlatform>][])('%s can be a %s (%s)', (id, status, code, overrides) => {
    const report = preflight(capable(overrides));
    expect(report.status).toBe(status);
    const wrong = report.checks.filter((check) => check.status !== 'ok');
    expect(wrong.map((check) => [check.id, check.status, check.code])).toEqual([[id, status, code]]);
  });

  const noRecorder = { mediaRecorder: () => undefined };
  const noCamera = { mediaDevices: () => undefined };
  const noInput = { createInput: () => ({}) as HTMLInputElement };
  const noCanvas = { createCanvas: () => ({}) as HTMLCanvasElement };
  const all = ['recording', 'jpeg-burst', 'system-camera'] as const;
  it.each([
    ['the first rung hides what is below it', { ...noInput, ...noCanvas }, { rungs: all }, 'recording', []],
    ['no recorder, and a burst', noRecorder, { rungs: all }, 'jpeg-burst', ['media-recorder warn']],
    ['no recorder, and only files', { ...noRecorder, ...noCanvas }, { rungs: all }, 'system-camera', ['media-recorder warn', 'jpeg-burst warn']],
    ['no camera, and files', noCamera, { rungs: all }, 'system-camera', ['media-devices warn']],
    ['a policy against the camera, and files', { allowsFeature: () => false }, { rungs: all }, 'system-camera', ['permissions-policy warn']],
    ['no camera, and nobody who takes files', noCamera, { rungs: ['recording', 'jpeg-burst'] }, undefined, ['media-devices fail']],
    ['nothing at all', { ...noCamera, ...noInput }, { rungs: all }, undefined, ['media-devices fail', 'system-camera fail']],
    ['no detector, and files', without('OffscreenCanvas'), { rungs: all }, 'system-camera', ['offscreen-canvas warn']],
    ['no detector', without('OffscreenCanvas'), { rungs: all.slice(0, 2) }, undefined, ['offscreen-canvas fail']],
    ['a detector of the page’s own', { has: () => false }, { rungs: all, detector: 'own' }, 'recording', ['image-bitmap warn']],
    ['no secure context', { isSecureContext: () => false }, { rungs: all }, undefined, ['secure-context fail']],
    ['a burst, which has no sound', noRecorder, { rungs: all, needs: ['microphone'] }, 'system-camera', ['media-recorder warn']],
    ['a burst, which is no mp4', noRecorder, { rungs: all.slice(0, 2), needs: ['mp4'] }, undefined, ['media-recorder fail', 'mp4 warn']],
    ['no mp4 from the recorder', fakeMediaRecorder(['video/webm']), { needs: ['mp4'] }, 'recording', ['mp4 warn']],
    ['no mp4 at all', { ...fakeMediaRecorder(['video/webm']), ...without('VideoEncoder') }, { needs: ['mp4'] }, 'recording', ['mp4 fail']],
    ['no mp4, and no need', { ...fakeMediaRecorder(['video/webm']), ...without('VideoEncoder') }, {}, 'recording', []],
    ['no sound, and no need', { audioContext: () => undefined }, {}, 'recording', []],
    ['no sound', { audioContext: () => undefined }, { needs: ['microphone'] }, 'recording', ['microphone fail']],
    ['a policy against the microphone', { allowsFeature: (feature: string) => feature === 'camera' }, { needs: ['microphone'] }, 'recording', ['microphone fail']],
  ] as readonly [string, Partial<MediaPlatform>, Omit<PreflightOptions, 'platform'>, string | undefined, string[]][])('knows the way past %s', (_what, overrides, options, rung, wrong) => {
    const report = preflight({ ...capable(overrides), ...options });
    expect(report.checks.filter(({ status }) => status !== 'ok').map(({ id, status }) => `${id} ${status}`)).toEqual(wrong);
    expect([report.rung, report.needs]).toEqual([rung, options.needs ?? []]);
    expect(report.rungs[0]).toBe(rung);
    expect(report.status).toBe(wrong.some((check) => check.endsWith('fail')) ? 'fail' : wrong.length ? 'warn' : 'ok');
  });

  it('lists every rung that can work, for the day the first one does not', () => {
    const asked = { rungs: all };
    expect(preflight({ ...capable(), ...asked }).rungs).toEqual(all);
    expect(preflight({ ...capable(noRecorder), ...asked }).rungs).toEqual(['jpeg-burst', 'system-camera']);
    expect(preflight({ ...capable(noCamera), ...asked }).rungs).toEqual(['system-camera']);
    expect(preflight({ ...capable(), ...asked, needs: ['microphone'] }).rungs).toEqual(['recording', 'system-camera']);
    expect(preflight({ ...capable(noInput), ...asked }).rungs).toEqual(['recording', 'jpeg-burst']);
  });

  it('does not throw where a check breaks, nor on a server', () => {
    const broken = capable({
      userAgent: () => {
        throw new Error('no agent');
      },
    });
    expect(preflight(broken).checks.find(({ id }) => id === 'in-app-browser')).toMatchObject({ status: 'warn', detail: 'could not be checked: Error: no agent' });
    expect(preflight({ platform: webPlatform() })).toMatchObject({ status: 'fail' });
  });
});

describe('identifyInAppBrowser', () => {
  it.each([
    [WECHAT, 'wechat'],
    [`${WECHAT} miniProgram/wx0123456789abcdef`, 'wechat-mini-program'],
    ['Mozilla/5.0 (Linux; Android 13; wv) Chrome/98 Mobile Safari/537.36 AlipayClient/10.7.86.8000 Language/zh-Hans MiniProgram APXWebView', 'alipay'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 wxwork/4.1.22 MicroMessenger/7.0.1 Language/zh', 'wechat-work'],
    ['Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/98 MQQBrowser/6.2 Mobile Safari/537.36 V1_AND_SQ_8.9.2 QQ/8.9.2.9280 NetType/WIFI', 'qq'],
    ['Mozilla/5.0 (Linux; U; Android 12; zh-cn) AppleWebKit/537.36 Version/4.0 Chrome/98 MQQBrowser/14.9 Mobile Safari/537.36', undefined],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Mobile/20A362 NebulaSDK/1.8.100112 Nebula AliApp(AP/10.3.70) AlipayClient/10.3.70', 'alipay'],
    ['Mozilla/5.0 (Linux; Android 13; Pixel 7 Build/TQ3A; wv) AppleWebKit/537.36 Version/4.0 Chrome/120 Mobile Safari/537.36', 'android-webview'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1', undefined],
    ['', undefined],
  ])('%s → %s', (userAgent, name) => {
    expect(identifyInAppBrowser(userAgent)).toBe(name);
  });
});
