import { describe, expect, it } from 'vitest';
import type { CameraUnderTest } from '../camera-under-test.js';
import type { CollectContext } from '../fact.js';
import * as capture from './capture/index.js';
import { readFrom } from './fact-context.fixture.js';
import { COLLECTORS } from './index.js';

const { clientHints, emulatorHints, gpu, hardware, inAppBrowser, installation, languages, nativeFunctions, network, permissions, referrer, storage, touch } = COLLECTORS;

const agent = (userAgent: string) => ({ page: { navigator: { userAgent } } });

describe('inAppBrowser', () => {
  const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';
  const ANDROID = 'Mozilla/5.0 (Linux; Android 14; 2211133C Build/UKQ1; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.188';
  it.each([
    ['wechat', '8.0.50', `${IPHONE} MicroMessenger/8.0.50(0x18003237) NetType/WIFI Language/zh_CN`],
    ['wechat', '8.0.50.2701', `${ANDROID} Mobile Safari/537.36 XWEB/1260117 MMWEBSDK/20240501 MicroMessenger/8.0.50.2701(0x28003252) WeChat/arm64 Weixin NetType/WIFI`],
    ['wechat-mini-program', '8.0.49', `${IPHONE} MicroMessenger/8.0.49(0x18003137) NetType/4G Language/zh_CN miniProgram/wx0123456789abcdef`],
    ['wechat-mini-program', '8.0.49', `${IPHONE} miniProgram/wx0123456789abcdef MicroMessenger/8.0.49(0x18003137) NetType/4G`],
    ['wechat-mini-program', '7.0.20.1781', 'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0.0.0 Safari/537.36 MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI MiniProgramEnv/Windows WindowsWechat/WMPF XWEB/8555'],
    ['wechat', '6.5.2.501', 'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/53.0.2785.116 Safari/537.36 QBCore/3.53.47.400 QQBrowser/9.0.2524.400 MicroMessenger/6.5.2.501 NetType/WIFI WindowsWechat QBCore/3.43.27.400 QQBrowser/9.0.2524.400'],
    ['wechat-work', '4.1.22', `${IPHONE} MicroMessenger/7.0.1 NetType/WIFI wxwork/4.1.22 Language/zh`],
    ['wechat-work', '4.0.8', `${IPHONE} wxwork/4.0.8 ColorScheme/Light MicroMessenger/7.0.1 Language/zh`],
    ['alipay', '10.7.86.8000', `${ANDROID} Mobile Safari/537.36 UWS/3.22.2 NebulaSDK/1.8.100112 AlipayDefined(nt:WIFI) AliApp(AP/10.7.86.8000) AlipayClient/10.7.86.8000 Language/zh-Hans MiniProgram APXWebView`],
    ['qq', '8.9.68', `${ANDROID} MQQBrowser/6.2 TBS/046248 Mobile Safari/537.36 V1_AND_SQ_8.9.68 QQ/8.9.68 NetType/WIFI miniProgram QQMiniApp/1.53.0`],
    ['feishu', '7.20.6', `${IPHONE} Lark/7.20.6 LarkLocale/zh_CN ChannelName/Feishu`],
    ['facebook', '465.0.0.40', `${IPHONE} [FBAN/FBIOS;FBAV/465.0.0.40;FBDV/iPhone14,5]`],
    ['qq', '9.0.56', `${ANDROID} MQQBrowser/6.2 TBS/046248 Mobile Safari/537.36 V1_AND_SQ_9.0.56_6372_YYB_D QQ/9.0.56`],
    ['alipay', '10.5.96.8000', `${ANDROID} UWS/3.22.2 UCBS/3.22.2 Mobile Safari/537.36 NebulaSDK/1.8 AlipayDefined(nt:WIFI) AliApp(AP/10.5.96.8000) AlipayClient/10.5.96.8000 Language/zh-Hans`],
    ['dingtalk', '7.5.20', `${ANDROID} Mobile Safari/537.36 AliApp(DingTalk/7.5.20) com.alibaba.android.rimet/41023 Channel/227200`],
    ['weibo', '14.6.2', `${IPHONE} Weibo (iPhone14,5__weibo__14.6.2__iphone__os17.5.1)`],
    ['android-webview', '126.0.6478.188', `${ANDROID} Mobile Safari/537.36`],
    ['miuibrowser', '18.5.40828', 'Mozilla/5.0 (Linux; U; Android 13; zh-cn; 22081212C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.5.40828'],
    ['ucbrowser', '16.6.6.1315', 'Mozilla/5.0 (Linux; U; Android 13; zh-CN; V2231A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UCBrowser/16.6.6.1315 Mobile Safari/537.36'],
    ['qqbrowser', '15.1', 'Mozilla/5.0 (Linux; U; Android 14; zh-cn; 2211133C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.86 MQQBrowser/15.1 Mobile Safari/537.36'],
  ])('%s %s', async (kind, version, userAgent) => {
    expect(await readFrom(inAppBrowser, agent(userAgent))).toEqual({ kind, version });
  });

  it('is missing in a common browser', async () => {
    expect(await readFrom(inAppBrowser, agent('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36'))).toBeUndefined();
  });
});

describe('what stands in the page', () => {
  it('referrer: without what may hold tokens', async () => {
    const from = (referrer: string) => ({ page: { document: { referrer } } });
    expect(await readFrom(referrer, from('https://shop.example/cart?token=secret#frag'))).toBe('https://shop.example/cart');
    expect(await readFrom(referrer, from('https://shop.example/cart#token'))).toBe('https://shop.example/cart');
    expect(await readFrom(referrer, from(''))).toBeUndefined();
  });

  it('hardware, network, languages: what the browser tells and nothing else', async () => {
    const navigator = { platform: 'iPhone', vendor: 'Apple Computer, Inc.', hardwareConcurrency: 6, language: 'zh-CN', languages: ['zh-CN', 'en'], connection: { effectiveType: '4g', rtt: 0, onchange: null, type: undefined } };
    expect(await readFrom(hardware, { page: { navigator } })).toEqual({ platform: 'iPhone', vendor: 'Apple Computer, Inc.', hardwareConcurrency: 6 });
    expect(await readFrom(network, { page: { navigator } })).toEqual({ effectiveType: '4g', rtt: 0 });
    expect(await readFrom(network, { page: { navigator: {} } })).toBeUndefined();
    expect(await readFrom(languages, { page: { navigator } })).toEqual({ language: 'zh-CN', languages: ['zh-CN', 'en'] });
  });

  it('touch: also where there is no matchMedia', async () => {
    expect(await readFrom(touch, { page: { navigator: {} } })).toEqual({ maxTouchPoints: 0, touchEvents: false, coarsePointer: false });
    expect(await readFrom(touch, { page: { navigator: { maxTouchPoints: 5 }, ontouchstart: null, matchMedia: () => ({ matches: true }) } })).toEqual({ maxTouchPoints: 5, touchEvents: true, coarsePointer: true });
  });

  it('storage: a getter that throws is a closed door', async () => {
    const closed = { navigator: { cookieEnabled: false }, get localStorage() { throw new DOMException('', 'SecurityError'); }, sessionStorage: {}, indexedDB: null };
    // Getters are lost in a spread, so the page is handed over whole.
    const page = Object.defineProperties({}, Object.getOwnPropertyDescriptors(closed));
    expect(await storage.read({ host: { page } } as unknown as CollectContext)).toEqual({ cookies: false, local: false, session: true, indexedDb: false });
  });

  it('storage: a page without an origin has IndexedDB and is told of cookies, and may use neither', async () => {
    const page = { navigator: { cookieEnabled: true }, localStorage: {}, sessionStorage: {}, indexedDB: {}, origin: 'null' };
    expect(await readFrom(storage, { page })).toMatchObject({ cookies: false, indexedDb: false });
    expect(await readFrom(storage, { page: { ...page, origin: 'https://shop.example' } })).toMatchObject({ cookies: true, indexedDb: true });
  });

  it('permissions: a name the browser does not know is told by its error', async () => {
    const query = async ({ name }: { name: string }) => (name === 'camera' ? { state: 'prompt' } : Promise.reject(new TypeError('unknown name')));
    expect(await readFrom(permissions, { page: { navigator: { permissions: { query } } } })).toEqual({ camera: 'prompt', microphone: 'TypeError' });
    expect(await readFrom(permissions, { page: { navigator: {} } })).toBeUndefined();
  });

  it('clientHints: whole also before Chromium 90, which answers with no more than was asked for', async () => {
    const all: Readonly<Record<string, unknown>> = { platform: 'Android', model: 'MI 8', platformVersion: '9.0.0', architecture: '' };
    const brands = [{ brand: 'Chromium', version: '86' }];
    const getHighEntropyValues = async (names: string[]) => Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
    expect(await readFrom(clientHints, { page: { navigator: { userAgentData: { brands, mobile: true, getHighEntropyValues } } } })).toEqual({ brands, mobile: true, ...all });
  });

  it('clientHints, emulatorHints: missing where the browser has none', async () => {
    expect(await readFrom(clientHints, { page: { navigator: {} } })).toBeUndefined();
    expect(await readFrom(emulatorHints, { page: { navigator: {}, DeviceMotionEvent: class {} } })).toEqual({ motionEvents: true });
    const navigator = { getBattery: async () => Promise.reject(new Error()), mediaDevices: { enumerateDevices: async () => [{ kind: 'audioinput' }] } };
    expect(await readFrom(emulatorHints, { page: { navigator } })).toEqual({ devices: { cameras: 0, microphones: 1 }, motionEvents: false });
    const refusing = { getBattery: async () => ({ charging: true, level: 1 }), mediaDevices: { enumerateDevices: () => Promise.reject(new Error()) } };
    expect(await readFrom(emulatorHints, { page: { navigator: refusing } })).toEqual({ charging: true, full: true, motionEvents: false });
  });
});

describe('gpu', () => {
  const basics = { version: 'WebGL 1.0', vendor: 'WebKit', renderer: 'WebKit WebGL', vendorUnmasked: 'Apple Inc.', rendererUnmasked: 'Apple GPU', shadingLanguageVersion: 'x' };
  const noCanvas = { document: { createElement: () => ({ getContext: () => null }) } };

  it('shares the answer of the fingerprint', async () => {
    const page = { document: { createElement: () => Promise.reject(new Error('a context of our own')) } };
    const facts = { fingerprint: { components: { webGlBasics: { value: basics } } } };
    expect(await readFrom(gpu, { facts, page })).toEqual({ vendor: 'WebKit', renderer: 'WebKit WebGL', vendorUnmasked: 'Apple Inc.', rendererUnmasked: 'Apple GPU' });
  });

  it('asks itself where the fingerprint has none, and is missing without WebGL', async () => {
    for (const webGlBasics of [{ error: 'NotReadableError' }, undefined]) {
      expect(await readFrom(gpu, { facts: { fingerprint: { components: { webGlBasics } } }, page: noCanvas })).toBeUndefined();
    }
    let lost = false;
    const context = { getParameter: (name: number) => (name === 0x9246 ? 'Mali-G78' : null), getExtension: (name: string) => (name === 'WEBGL_lose_context' ? { loseContext: () => (lost = true) } : null) };
    expect(await readFrom(gpu, { page: { document: { createElement: () => ({ getContext: () => context }) } } })).toEqual({ vendor: '', renderer: '', vendorUnmasked: '', rendererUnmasked: 'Mali-G78' });
    expect(lost).toBe(true);
  });
});

describe('installation', () => {
  const facts = { hardware: { platform: 'iPhone', hardwareConcurrency: 6, deviceMemory: 4 }, touch: { maxTouchPoints: 5 }, gpu: { rendererUnmasked: 'Apple GPU' } };

  it('remembers its visits, and what changed between them', async () => {
    const stored: { text?: string } = {};
    const first = await readFrom(installation, { facts, stored });
    expect(first).toEqual({ id: expect.stringMatching(/^[\da-f]{32}$/), since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), visits: 1, changes: 0, changed: [] });
    const second = await readFrom(installation, { facts: { ...facts, gpu: { rendererUnmasked: '' } }, stored });
    expect(second).toEqual({ ...first, visits: 2 });
    const third = await readFrom(installation, { facts: { ...facts, hardware: { platform: 'Linux armv81' }, gpu: { rendererUnmasked: 'Mali' } }, stored });
    expect(third).toEqual({ ...first, visits: 3, changes: 2, changed: ['platform', 'rendererUnmasked'] });
  });

  it('a value seen before is no change: a laptop with two graphics processors goes from one to the other', async () => {
    const stored: { text?: string } = {};
    const counts = [];
    for (const rendererUnmasked of ['Intel', 'NVIDIA', 'Intel', 'NVIDIA', 'Intel', 'NVIDIA', 'Intel']) {
      counts.push((await readFrom(installation, { facts: { ...facts, gpu: { rendererUnmasked } }, stored }))?.changes);
    }
    expect(counts).toEqual([0, 1, 1, 1, 1, 1, 1]);
  });

  it('values that are never the same count each time, and only the last few are kept', async () => {
    const stored: { text?: string } = {};
    for (let visit = 0; visit < 40; visit++) await readFrom(installation, { facts: { ...facts, gpu: { rendererUnmasked: `GPU ${visit}` } }, stored });
    expect(await readFrom(installation, { facts: { ...facts, gpu: { rendererUnmasked: 'GPU 0' } }, stored })).toMatchObject({ visits: 41, changes: 40, changed: ['rendererUnmasked'] });
    expect((JSON.parse(stored.text ?? '') as { parameters: unknown }).parameters).toEqual({ platform: ['iPhone'], maxTouchPoints: [5], rendererUnmasked: ['GPU 0', 'GPU 39', 'GPU 38', 'GPU 37'] });
  });

  it('goes on with a record that has one value of each', async () => {
    const record = { id: 'ab'.repeat(16), since: '2026-11-21', visits: 3, changes: 1, parameters: { platform: 'iPhone', rendererUnmasked: 'Mali' } };
    const stored = { text: JSON.stringify(record) };
    expect(await readFrom(installation, { facts, stored })).toMatchObject({ visits: 4, changes: 2, changed: ['rendererUnmasked'] });
  });

  it('does not remember processors and memory, which Brave makes up anew each time', async () => {
    const stored: { text?: string } = {};
    await readFrom(installation, { facts, stored });
    const second = await readFrom(installation, { facts: { ...facts, hardware: { platform: 'iPhone', hardwareConcurrency: 3, deviceMemory: 0.5 } }, stored });
    expect(second).toMatchObject({ visits: 2, changes: 0, changed: [] });
  });

  it('begins anew over text that is not a record', async () => {
    for (const text of ['', 'null', '1', '{}', '{"id":"x"}', '<html>', '{"id":"00000000000000000000000000000000","since":"2026-11-21","visits":"many","changes":0,"parameters":{}}', '{"id":"00000000000000000000000000000000","since":"2026-11-21","visits":"3","changes":0,"parameters":{}}', '{"id":"00000000000000000000000000000000","since":"2026-11-21","visits":3,"changes":-4,"parameters":{}}']) {
      expect(await readFrom(installation, { facts, stored: { text } })).toMatchObject({ visits: 1, changes: 0 });
    }
  });

  it('is missing where nothing can be kept, and writes nothing after the run has ended', async () => {
    expect(await readFrom(installation, { facts, stored: null })).toBeUndefined();
    const over = new AbortController();
    over.abort();
    const stored: { text?: string } = {};
    await expect(readFrom(installation, { facts, stored, context: { signal: over.signal } })).rejects.toBeUndefined();
    expect(stored).toEqual({});
  });
});

describe('nativeFunctions', () => {
  it('watches only what the page has', async () => {
    expect(await readFrom(nativeFunctions, { page: { navigator: {} } })).toEqual({ watched: 0, altered: [] });
  });

  it.each([
    ['Firefox', 'function getSettings() {\n    [native code]\n}', []],
    ['WebKit', 'function getSettings() {\n    [native code]\n}', []],
    ['a bind', 'function () { [native code] }', ['nameless']],
    ['a bind, as Firefox writes it', 'function() {\n    [native code]\n}', ['nameless']],
    ['a comment that quotes', 'function getSettings() { /* [native code] */ return fake }', ['source']],
    ['an arrow function', '() => { [native code] }', ['source']],
  ])('text as of %s', async (_who, text, signs) => {
    const getSettings = { getSettings() { throw new TypeError(); } }.getSettings;
    const page = { navigator: {}, MediaStreamTrack: class { static { Object.assign(this.prototype, { getSettings }); } } };
    const host = { page, functionText: () => text } as unknown as CollectContext['host'];
    const value = await nativeFunctions.read({ host, pause: async () => undefined } as unknown as CollectContext);
    // Called wrongly, the stand-in shows its own frame; in a browser the native one does not.
    expect(value?.altered[0]?.signs.filter((sign) => sign !== 'frames')).toEqual(signs);
  });
});

describe('the five disguises of a hook, on a native function of this engine', () => {
  const { toString } = Function.prototype;
  /** What is said of a page in which `Function.prototype.toString` is this. */
  const lookAt = async (disguise: () => unknown): Promise<unknown> => {
    const { altered, watched } = (await readFrom(nativeFunctions, { page: { navigator: {}, Function: { prototype: { toString: disguise } } } })) ?? {};
    expect(watched).toBe(1);
    return altered?.map(({ signs }) => signs);
  };

  it('nothing is said of the native one', async () => {
    expect(await lookAt(toString)).toEqual([]);
  });

  const method = { toString(this: unknown) { return toString.call(this); } }.toString;
  const named = (name: string, disguise: () => unknown) => Object.defineProperty(disguise, 'name', { value: name });

  it.each<[string, () => unknown, string[]]>([
    ['a wrapper', function toString(this: unknown) { return method.call(this); }, ['source', 'own-keys', 'frames']],
    ['a bind', named('toString', toString.bind(lookAt)), ['nameless', 'accepts-anything']],
    ['a Proxy', new Proxy(toString, {}), ['nameless']],
    ['a Proxy with a trap', new Proxy(toString, { apply: (real, self, given) => Reflect.apply(real, self, given) as unknown }), ['nameless', 'frames']],
    ['a toString of its own', Object.assign({ toString(this: unknown) { return method.call(this); } }.toString, { toString: () => 'function toString() { [native code] }' }), ['source', 'own-to-string', 'frames']],
  ])('%s', async (_kind, disguise, signs) => {
    expect(await lookAt(disguise)).toEqual([signs]);
  });

  it('Function.prototype.toString replaced before the page, which lies about itself', async () => {
    const lying = { toString(this: unknown) { return this === lying ? 'function toString() { [native code] }' : toString.call(this); } }.toString;
    Function.prototype.toString = lying;
    try {
      expect(await lookAt(lying)).toEqual([['frames']]);
    } finally {
      Function.prototype.toString = toString;
    }
  });
});

describe('the camera, and the telephone in the hand', () => {
  const track = (more: object): CameraUnderTest['track'] => Object.create({ [Symbol.toStringTag]: 'MediaStreamTrack', label: 'FaceTime HD Camera', getSettings: () => ({}), ...more });
  const look = <T>(read: (context: CollectContext) => T | Promise<T>, camera: Partial<CameraUnderTest>, devices: object[] = []) =>
    readFrom({ read }, { context: { camera: camera as CameraUnderTest }, page: { navigator: { mediaDevices: { enumerateDevices: async () => devices } } } });

  it.each([
    ['', 'empty'],
    ['FaceTime HD Camera (Built-in)', 'named'],
    ['front camera, camera2 1', 'named'],
    ['前置相机', 'named'],
    ['Observation Camera', 'named'],
    ['OBS Virtual Camera', 'virtual'],
    ['ManyCam Virtual Webcam', 'virtual'],
    ['fake_device_0', 'virtual'],
    ['v4l2loopback', 'virtual'],
    ['v4l2 camera', 'named'],
    ['虚拟摄像头', 'virtual'],
    ['虛擬攝影機', 'virtual'],
    ['OBS iPhone Virtual Camera', 'virtual'],
    ['e2eSoft VCam', 'virtual'],
    ['XSplit VCam', 'virtual'],
    ['e2eSoft iVCam', 'phone'],
    ['/tmp/person.mjpeg', 'file'],
    ['C:\\film.y4m', 'file'],
    ['DroidCam Source 3', 'phone'],
    ["Li's iPhone Camera", 'phone'],
    ['6b1f9a8e-3f0c-4a54-9a4e-0d8f3f1f7f11', 'identifier'],
    ['{6b1f9a8e-3f0c-4a54-9a4e-0d8f3f1f7f11}', 'identifier'],
    ['UArWScQYLaLCDHXu3gCcphwoBuzJEbAGC8e1tXeJDEQOyxNn9MHhO/c6G3TdZ5KvS9vQ5J4/YiW5OPOVvX/GCA==', 'identifier'],
  ])('label %j is %s', async (label, expected) => {
    expect(await look(capture.cameraDevice, { track: track({ label }) })).toEqual({ trackClass: 'MediaStreamTrack', label: expected, grouped: false, shadowed: false });
  });

  it('device: listed only where devices have ids', async () => {
    const settings = { getSettings: () => ({ deviceId: 'one', groupId: 'g' }) };
    const device = { kind: 'videoinput', deviceId: 'one', label: 'FaceTime HD Camera' };
    const found = { trackClass: 'MediaStreamTrack', label: 'named', grouped: true, shadowed: false };
    expect(await look(capture.cameraDevice, { track: track(settings) }, [{ kind: 'videoinput', deviceId: '' }, { kind: 'audioinput', deviceId: 'one' }])).toEqual(found);
    expect(await look(capture.cameraDevice, { track: track(settings) }, [device])).toEqual({ ...found, listed: true, sameLabel: true });
    expect(await look(capture.cameraDevice, { track: track(settings) }, [{ ...device, label: 'other' }])).toEqual({ ...found, listed: true, sameLabel: false });
    expect(await look(capture.cameraDevice, { track: track(settings) }, [{ ...device, deviceId: 'two' }])).toEqual({ ...found, listed: false });
    expect(await look(capture.cameraDevice, { track: track(settings) }, [{ ...device, label: '' }])).toEqual({ ...found, listed: true });
    expect(await look(capture.cameraDevice, { track: Object.assign(track(settings), { ondevice: 1 }) }, [device])).toMatchObject({ shadowed: false });
    expect(await look(capture.cameraDevice, { track: Object.defineProperty(track(settings), 'label', { value: 'x' }) }, [device])).toMatchObject({ shadowed: true });
  });

  it.each<[string, () => unknown]>([
    ['never answers', () => new Promise(() => undefined)],
    ['rejects', () => Promise.reject(new DOMException('', 'NotAllowedError'))],
    ['throws', () => { throw new TypeError(); }],
  ])('device: known without the list, which %s', async (_how, enumerateDevices) => {
    const settings = { getSettings: () => ({ deviceId: 'one' }), [Symbol.toStringTag]: 'CanvasCaptureMediaStreamTrack' };
    // The list's patience, without waiting for it.
    const setTimeout = (callback: () => void) => globalThis.setTimeout(callback, 0);
    const page = { navigator: { mediaDevices: { enumerateDevices } }, setTimeout };
    expect(await readFrom({ read: capture.cameraDevice }, { page, context: { camera: { track: track(settings) } } })).toEqual({ trackClass: 'CanvasCaptureMediaStreamTrack', label: 'named', grouped: false, shadowed: false });
  });

  it.each<[MediaTrackConstraints, string[]]>([
    [{}, []],
    [{ width: 1_280, facingMode: 'environment' }, []],
    [{ width: { ideal: 1_280 }, frameRate: { ideal: 60 } }, []],
    [{ width: { exact: 640 }, facingMode: { exact: ['user', 'environment'] } }, []],
    [{ width: { exact: 1_280 } }, ['width']],
    [{ width: { min: 641 }, height: { max: 479 }, frameRate: { min: 10, max: 60 } }, ['width', 'height']],
    [{ facingMode: { exact: 'environment' } }, ['facingMode']],
    [{ deviceId: { exact: 'secret' } }, []],
    [{ deviceId: { exact: 'another' }, width: { ideal: 1_280 } }, ['deviceId']],
  ])('settings: %j breaks %j', async (requested, broken) => {
    const settings = { width: 640, height: 480, frameRate: 30, facingMode: 'user', deviceId: 'secret' };
    const seen = await look(capture.cameraSettings, { track: track({ getSettings: () => settings }), requested });
    const others: MediaTrackConstraints = { ...requested };
    delete others.deviceId;
    expect(seen).toEqual({ granted: { width: 640, height: 480, frameRate: 30, facingMode: 'user' }, requested: others, broken });
  });

  it('settings: a demand on something the track does not tell is broken', async () => {
    expect(await look(capture.cameraSettings, { track: track({}), requested: { width: { min: 1 }, facingMode: { exact: 'user' }, height: { ideal: 1 } } })).toMatchObject({ granted: {}, broken: ['width', 'facingMode'] });
  });

  it('capabilities: only those that hold something', async () => {
    const capabilities = { width: { max: 1_920 }, height: { max: 1_080 }, facingMode: [], deviceId: '', torch: true, groupId: 'g' };
    expect(await look(capture.cameraCapabilities, { track: track({ getCapabilities: () => capabilities }) })).toEqual({ names: ['groupId', 'height', 'torch', 'width'], maxWidth: 1_920, maxHeight: 1_080 });
    expect(await look(capture.cameraCapabilities, { track: track({}) })).toBeUndefined();
  });

  it('response: a clone that only agrees is given up on, and stopped', async () => {
    let stopped = 0;
    const clone = (applyConstraints: () => Promise<void>) => () => ({ applyConstraints, getSettings: () => ({ width: 640 }), stop: () => (stopped += 1) });
    const camera = (apply: () => Promise<void>) => ({ track: track({ getSettings: () => ({ width: 640 }), clone: clone(apply) }), probe: 'clone' as const });
    expect(await look(capture.cameraResponse, camera(async () => undefined))).toEqual({ outcome: 'ignored' });
    expect(await look(capture.cameraResponse, camera(() => Promise.reject(new Error())))).toEqual({ outcome: 'refused' });
    expect(stopped).toBe(2);
    expect(await look(capture.cameraResponse, { ...camera(async () => undefined), probe: 'never' })).toBeUndefined();
    expect(stopped).toBe(2);
  });

  it('frames: missing without a video or without frame callbacks', async () => {
    expect(await look(capture.cameraFrames, { track: track({}) })).toBeUndefined();
    expect(await look(capture.cameraFrames, { track: track({}), video: {} as HTMLVideoElement })).toBeUndefined();
  });

  /** A page whose sensor gives these samples. */
  const shaken = (samples: readonly (object | null)[], extra = {}) => {
    const page = Object.assign(new EventTarget(), { DeviceMotionEvent: Object.assign(class {}, extra) });
    const { addEventListener, removeEventListener } = page;
    const open = new Set<string>();
    return {
      open,
      page: {
        DeviceMotionEvent: page.DeviceMotionEvent,
        addEventListener(type: string, listener: EventListener) {
          open.add(type);
          addEventListener.call(page, type, listener);
          for (const accelerationIncludingGravity of samples) queueMicrotask(() => page.dispatchEvent(Object.assign(new Event(type), { accelerationIncludingGravity })));
        },
        removeEventListener(type: string, listener: EventListener) {
          open.delete(type);
          removeEventListener.call(page, type, listener);
        },
      },
    };
  };

  it('motion: variance along the axes, and the listener is gone', async () => {
    const samples = Array.from({ length: 40 }, (_, index) => ({ x: index % 2, y: 9.8, z: (index % 2) * 2 }));
    const { open, page } = shaken(samples);
    expect(await readFrom({ read: capture.motion }, { page })).toEqual({ samples: 30, variance: 0.25 + 1, gravity: 9.86 });
    expect(open.size).toBe(0);
  });

  it('motion: missing without a sensor, denied where the person has to be asked', async () => {
    expect(await readFrom({ read: capture.motion }, {})).toBeUndefined();
    expect(await readFrom({ read: capture.motion }, { page: shaken([null, { x: null, y: null, z: null }]).page })).toBeUndefined();
    await expect(readFrom({ read: capture.motion }, { page: shaken([], { requestPermission: async () => 'denied' }).page })).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});
