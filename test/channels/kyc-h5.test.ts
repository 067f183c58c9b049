import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createEidH5Channel, createKycH5Channel, kycLoginAddress } from '../../src/channels/index.js';
import type { KycH5Task, KycLogin } from '../../src/channels/index.js';
import { addTables, lookup, promptFor } from '../../src/codes/core.js';
import type { ConsentRecord } from '../../src/transport/protocol.js';
import { CONSENT } from '../server/service.js';
import { MARK, NONCE, openTab } from './tab.js';

const LOGIN: KycLogin = {
  origin: 'https://kyc1.qcloud.com',
  appId: 'IDAtest1',
  version: '1.0.0',
  nonce: 'kHoSxvLZGxSoFsjxlbzEoUzh5PAnTU7T',
  orderNo: 'aabc1457895464',
  userId: 'userID19959248596551',
  faceIdName: 'h5faceId',
  faceId: 'bwiwe1457895464',
  sign: '4E9DFABF938BF37BDB7A7DC25CCA1233D12D986B',
  expiresInMs: 110_000,
};
const TASK: KycH5Task = { sessionId: 'session-1', nonce: NONCE, expiresInMs: 600_000, login: LOGIN };
const SIGNATURE = 'D7606F1741DDCF90757DA924EDCF152A200AC7F0';
const BACK = `code=0&orderNo=aabc1457895464&h5faceId=bwiwe1457895464&newSignature=${SIGNATURE}&liveRate=99`;
const STATE = { channel: 'kyc-h5', sessionId: 'session-1', startedAt: 1_000_000 };

const addressOf = (change: Partial<Parameters<typeof kycLoginAddress>[0]> = {}) => kycLoginAddress({ login: LOGIN, returnNonce: NONCE, returnAddress: 'https://shop.example/verify?page=1', ...change });

describe('the address of the vendor’s page', () => {
  it('holds what the server signed and the way back, and nothing else', () => {
    const made = addressOf();
    const url = new URL(made.ok ? made.address : '');
    expect(url.origin + url.pathname).toBe('https://kyc1.qcloud.com/api/web/login');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      webankAppId: 'IDAtest1',
      version: '1.0.0',
      nonce: LOGIN.nonce,
      orderNo: LOGIN.orderNo,
      h5faceId: LOGIN.faceId,
      url: `https://shop.example/verify?page=1&${MARK}`,
      resultType: '1',
      userId: LOGIN.userId,
      sign: LOGIN.sign,
      from: 'browser',
      redirectType: '1',
    });
  });

  it('names the app and the face as the newer product does, and can stay in the history', () => {
    const made = addressOf({ login: { ...LOGIN, faceIdName: 'faceId' }, from: 'App', replace: false });
    const { searchParams } = new URL(made.ok ? made.address : '');
    expect([searchParams.get('appId'), searchParams.get('faceId'), searchParams.get('from'), searchParams.has('redirectType'), searchParams.has('webankAppId')]).toEqual(['IDAtest1', LOGIN.faceId, 'App', false, false]);
  });

  it('keeps the hash of the page and drops what an earlier return left', () => {
    const made = addressOf({ returnAddress: `https://shop.example/app?code=wx&keep=%E4%B8%AD&${BACK}&facefront=old#/face?code=1` });
    expect(new URL(made.ok ? made.address : '').searchParams.get('url')).toBe(`https://shop.example/app?keep=%E4%B8%AD&${MARK}#/face`);
  });

  it('never has a space or a bare plus in it, whatever the page is called', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (returnAddress) => {
        const made = addressOf({ returnAddress });
        if (made.ok) expect(made.address).toMatch(/^[\x21-\x2a\x2c-\x7e]+$/);
      }),
    );
    const made = addressOf({ returnAddress: 'https://shop.example/a b?c=d+e' });
    expect(made.ok && made.address).not.toMatch(/[ +]/);
  });

  it.each<[string, Partial<Record<keyof KycLogin | 'ticket', unknown>>]>([
    ['login.origin', { origin: 'http://kyc1.qcloud.com' }],
    ['login.origin', { origin: 'https://kyc1.qcloud.com.evil.example' }],
    ['login.origin', { origin: 'https://evilqcloud.com' }],
    ['login.origin', { origin: 'https://a@kyc1.qcloud.com' }],
    ['login.origin', { origin: 'javascript:alert(1)' }],
    ['login.origin', { origin: 'http://127.0.0.1:8080' }],
    ['login.nonce', { nonce: 'short' }],
    ['login.orderNo', { orderNo: 'with space' }],
    ['login.userId', { userId: '张三' }],
    ['login.sign', { sign: 'g'.repeat(40) }],
    ['login.faceIdName', { faceIdName: 'sign' }],
    ['login.version', { version: '2.0.0' }],
    ['login.ticket', { ticket: 'secret' }],
    ['login.appId', { appId: undefined }],
  ])('a wrong %s is refused: %j', (field, change) => {
    expect(addressOf({ login: { ...LOGIN, ...change } as KycLogin })).toMatchObject({ ok: false, field });
  });

  it('takes other hosts, and loopback, only when it is told to', () => {
    expect(addressOf({ login: { ...LOGIN, origin: 'https://kyc.shop.example' } })).toMatchObject({ ok: false });
    expect(addressOf({ login: { ...LOGIN, origin: 'https://kyc.shop.example' }, hosts: ['shop.example'] })).toMatchObject({ ok: true });
    expect(addressOf({ login: { ...LOGIN, origin: 'http://127.0.0.1:8080' }, allowLoopbackHttp: true })).toMatchObject({ ok: true });
  });

  it('is refused where some browsers would cut it', () => {
    expect(addressOf({ returnAddress: `https://shop.example/${'x'.repeat(2000)}` })).toMatchObject({ ok: false, rule: expect.stringContaining('too long') as string });
  });
});

describe('start', () => {
  it('keeps what is needed afterwards, no token and no signature, and leaves', async () => {
    const tab = openTab();
    expect(await createKycH5Channel({ page: tab }).start(TASK)).toEqual({ status: 'left' });
    expect(tab.left).toHaveLength(1);
    expect([...tab.storage.values()].join()).not.toMatch(new RegExp(`${LOGIN.sign}|${LOGIN.nonce}|${LOGIN.userId}|${LOGIN.orderNo}`));
  });

  it('is done once: not by a second tap, nor by another channel of the tab', async () => {
    const tab = openTab();
    const channel = createKycH5Channel({ page: tab });
    await channel.start(TASK);
    expect(await channel.start(TASK)).toMatchObject({ status: 'failed', code: 'session-used' });
    expect(await createKycH5Channel({ page: tab }).start(TASK)).toMatchObject({ status: 'failed', code: 'session-used' });
    expect(tab.left).toHaveLength(1);
  });

  it('is not done after the signature’s time, by the device’s own clock from the arrival on', async () => {
    const tab = openTab();
    tab.clock += 110_000;
    expect(await createKycH5Channel({ page: tab }).start({ ...TASK, receivedAt: 1_000_000 })).toMatchObject({ status: 'failed', code: 'session-expired' });
    expect(await createKycH5Channel({ page: tab }).start({ ...TASK, nonce: `${NONCE}2`, receivedAt: 1_000_001 })).toEqual({ status: 'left' });
  });

  it.each([{ nonce: 'short' }, { sessionId: '' }, { expiresInMs: Number.NaN }, { login: { ...LOGIN, sign: '' } }, { login: undefined }])('a task of the server’s that is wrong (%j) fails, and nothing is left', async (change) => {
    const tab = openTab();
    expect(await createKycH5Channel({ page: tab }).start({ ...TASK, ...change } as KycH5Task)).toMatchObject({ status: 'failed', code: 'backend-malformed' });
    expect(tab.left).toEqual([]);
  });

  it('is called off by its signal while the page is being left, and nothing of it stays', async () => {
    const tab = openTab();
    const controller = new AbortController();
    await createKycH5Channel({ page: tab }).start(TASK, { signal: controller.signal });
    expect([tab.stayed, tab.storage.size]).toEqual([0, 2]);
    controller.abort();
    expect([tab.stayed, tab.storage.size]).toEqual([1, 0]);
  });

  it('is cancelled by its signal', async () => {
    expect(await createKycH5Channel({ page: openTab() }).start(TASK, { signal: AbortSignal.abort() })).toEqual({ status: 'cancelled' });
  });
});

describe('the return', () => {
  const returnTo = async (address: (tab: string) => string) => {
    const tab = openTab();
    const channel = createKycH5Channel({ page: tab });
    await channel.start(TASK);
    tab.current = address(new URL(tab.left[0] ?? '').searchParams.get('url') ?? '');
    return { tab, channel };
  };

  it.each([
    ['in the query', (url: string) => `${url}&${BACK}`, 'https://shop.example/verify'],
    ['in the hash, of a page whose router lives there', () => `https://shop.example/#/verify?keep=1&${MARK}&${BACK}`, 'https://shop.example/#/verify?keep=1'],
    ['after a hash that has no query', () => `https://shop.example/?${MARK}#/verify&${BACK}`, 'https://shop.example/#/verify'],
    ['as the hash', () => `https://shop.example/?a=1#${MARK}&${BACK}`, 'https://shop.example/?a=1'],
    ['in both', (url: string) => `${url}&${BACK}#/x?code=66660004&orderNo=other`, 'https://shop.example/verify#/x'],
  ])('%s: read once, the address cleaned, the state taken', async (_where, address, cleaned) => {
    const { tab, channel } = await returnTo(address);
    expect(channel.resume()).toEqual({
      status: 'returned',
      channel: 'kyc-h5',
      tokens: { code: '0', orderNo: 'aabc1457895464', h5faceId: 'bwiwe1457895464', newSignature: SIGNATURE, liveRate: '99' },
      nonce: NONCE,
      state: STATE,
    });
    expect(tab.current).toBe(cleaned);
    expect(tab.storage.size).toBe(0);
    expect(channel.resume()).toBeUndefined();
  });

  it('in another tab or browser the state is lost and the return is not', async () => {
    const { tab } = await returnTo((url) => `${url}&${BACK}`);
    const returned = createKycH5Channel({ page: tab.elsewhere() }).resume();
    expect(returned).toMatchObject({ status: 'returned', tokens: { orderNo: 'aabc1457895464' } });
    expect(returned).not.toHaveProperty('state');
  });

  it('may be nothing but a code: the vendor’s page says at once that there is no camera', async () => {
    const { channel } = await returnTo((url) => `${url}&code=3001`);
    expect(channel.resume()).toEqual({ status: 'returned', channel: 'kyc-h5', tokens: { code: '3001' }, code: { system: 'faceid-h5-client', table: 'result', code: '3001' }, nonce: NONCE, state: STATE });
  });

  it('a code of another page’s, in a tab with an attempt under way, is not taken for it', async () => {
    const { tab, channel } = await returnTo(() => 'https://shop.example/verify?code=5');
    expect(channel.resume()).toBeUndefined();
    tab.current = 'https://shop.example/verify?code=5&orderNo=a1';
    expect(channel.resume()).toMatchObject({ tokens: { code: '5', orderNo: 'a1' }, state: STATE });
  });

  it('beside the nonce of another channel’s attempt is not this one’s, and is left alone', async () => {
    const tab = openTab();
    await createEidH5Channel({ page: tab }).start({ sessionId: 'session-2', nonce: NONCE, expiresInMs: 1000, url: 'https://eid.faceid.qq.com/v1?x=1' });
    const kept = [...tab.storage];
    tab.current = `https://shop.example/verify?${BACK}&token=CE661F1A-0F1E-45BD&${MARK}`;
    expect(createKycH5Channel({ page: tab }).resume()).toBeUndefined();
    expect([...tab.storage]).toEqual(kept);
    expect(createEidH5Channel({ page: tab }).resume()).toMatchObject({ channel: 'eid-h5', state: { sessionId: 'session-2' } });
    expect(tab.current).toBe(`https://shop.example/verify?${BACK}`);
  });

  it('brings the consent along, unless that is something else by now', async () => {
    for (const [kept, brought] of [[CONSENT, CONSENT], [{ ...CONSENT, granted: 'yes' }, undefined], [{ ...CONSENT, scopes: 'all' }, undefined], [undefined, undefined]] as const) {
      const tab = openTab();
      const channel = createKycH5Channel({ page: tab });
      await channel.start({ ...TASK, ...(kept && { consent: kept as ConsentRecord }) });
      tab.current = `https://shop.example/verify?${MARK}&${BACK}`;
      expect(channel.resume()?.state).toEqual({ ...STATE, ...(brought && { consent: brought }) });
    }
  });

  it('without the nonce, which some pages drop, the tab’s last attempt is the one', async () => {
    const { channel } = await returnTo(() => `https://shop.example/verify?${BACK}`);
    expect(channel.resume()).toMatchObject({ status: 'returned', state: STATE });
  });

  it('state that is not ours is no state', async () => {
    for (const broken of ['{', 'null', '{"channel":"kyc-h5","sessionId":5,"startedAt":1}', '{"channel":"kyc-h5"}']) {
      const { tab, channel } = await returnTo((url) => `${url}&${BACK}`);
      for (const key of tab.storage.keys()) tab.storage.set(key, broken);
      expect(channel.resume()).not.toHaveProperty('state');
      expect(channel.resume()).toBeUndefined();
    }
  });

  it('code 0 is nothing to tell the person: only the server’s word is', async () => {
    const { channel } = await returnTo((url) => `${url}&${BACK}`);
    expect(channel.resume()).not.toHaveProperty('code');
  });

  it.each([
    ['code=66660023', 'faceid-sdk', '66660023', '请确保本人操作且正脸对框'],
    ['code=3004', 'faceid-h5-client', '3004', undefined],
    ['code=300101', 'faceid-h5-client', '300101', undefined],
    ['code=-5016', 'faceid-sdk', '-5016', undefined],
    ['code=424242', 'faceid-sdk', '424242', undefined],
    ['code=1&faceCode=66660004&willCode=3001', 'faceid-sdk', '66660004', undefined],
    ['code=1&faceCode=0&willCode=3001', 'faceid-intention', '3001', undefined],
  ])('%s becomes a prompt at once', async (parameters, system, code, prompt) => {
    const { channel } = await returnTo((url) => `${url}&${parameters}&orderNo=aabc1457895464`);
    // As the flow does: a table that only the integrator could add would be a sentence that says nothing.
    addTables(channel.tables ?? []);
    const reference = channel.resume()?.code;
    expect(reference).toEqual({ system, table: 'result', code });
    const told = reference ? promptFor({ system: system as string, table: 'result' as string, code: code as string }, 'zh-CN') : '';
    expect(told).not.toBe('');
    if (prompt) expect(told).toContain(prompt);
    // A number of the intention's is not looked up in the page's own table, which has it with another meaning.
    if (system === 'faceid-intention') expect(lookup(system as string, 'result' as string, code as string).known).toBe(false);
  });

  it('of the page for computers: newSign', async () => {
    const { channel } = await returnTo((url) => `${url}&code=0&orderNo=aabc1457895464&h5faceId=x1&newSign=${SIGNATURE}`);
    expect(channel.resume()?.tokens).toEqual({ code: '0', orderNo: 'aabc1457895464', h5faceId: 'x1', newSign: SIGNATURE });
  });

  it('values that are not what they should be are left out', async () => {
    const { channel } = await returnTo((url) => `${url}&code=0&orderNo=a1&newSignature=<script>&liveRate=${'9'.repeat(600)}&faceId=%zz`);
    expect(channel.resume()?.tokens).toEqual({ code: '0', orderNo: 'a1' });
  });

  it.each(['https://shop.example/verify', 'https://shop.example/verify?code=wx0123&state=1', 'https://shop.example/verify?code=0', 'https://shop.example/verify?orderNo=shop1', 'https://shop.example/verify?code=5&orderNo=shop1', 'https://shop.example/verify?code=5&faceId=f1', 'https://shop.example/#/orders?orderNo=1&code=SAVE20'])('%s is a page like any other, and is left alone', (address) => {
    const tab = openTab(address);
    expect(createKycH5Channel({ page: tab }).resume()).toBeUndefined();
    expect(tab.current).toBe(address);
  });

  it('no address breaks it', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), (address, rest) => {
        const tab = openTab(address + rest);
        createKycH5Channel({ page: tab }).resume();
        expect(tab.current).toBe(address + rest);
      }),
    );
  });
});

describe('a browser in which the vendor’s page does not work', () => {
  const ANDROID = 'Mozilla/5.0 (Linux; U; Android 13; zh-CN; 22081212C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0';
  const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

  it.each([
    ['ucbrowser', `${ANDROID} Chrome/100.0.4896.58 UCBrowser/16.6.6.1315 Mobile Safari/537.36`],
    ['ucbrowser', `${IPHONE} Mobile/15E148 UCBrowser/16.5.1.2288`],
    ['ucbrowser', 'Mozilla/5.0 (Linux; Android 13; 22081212C; wv) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/100.0.4896.58 UCBrowser/16.6.6.1315 Mobile Safari/537.36'],
    ['baidu', `${IPHONE} Mobile/15E148 SP-engine/2.99.0 main/1.0 baiduboxapp/13.60.0.10 (Baidu; P2 17.5)`],
    ['baidu', `${ANDROID} Chrome/97.0.4692.98 Mobile Safari/537.36 T7/13.60 BDOS/1.0 (HarmonyOS 4.0.0) SP-engine/2.98.0 lite baiduboxapp/6.30.0.10 (Baidu; P1 12)`],
    ['baidubrowser', `${ANDROID} Chrome/48.0.2564.116 Mobile Safari/537.36 baidubrowser/7.20.12.0 (Baidu; P1 9)`],
    ['miuibrowser', `${ANDROID} Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.5.40828`],
  ])('%s is told from others, and nothing is begun there', async (browser, userAgent) => {
    const tab = openTab();
    tab.browser = userAgent;
    const channel = createKycH5Channel({ page: tab });
    const obstacle = { status: 'failed', code: 'unsupported-browser', detail: `kyc-h5: the vendor’s page does not work in ${browser}` };
    expect(channel.obstacle?.()).toEqual(obstacle);
    expect(await channel.start(TASK)).toEqual(obstacle);
    expect([tab.left, tab.storage.size]).toEqual([[], 0]);
    expect(promptFor({ system: 'facefront', table: 'client', code: 'unsupported-browser' }, 'zh-CN')).toBe(promptFor({ system: 'faceid-h5-client' as string, table: 'result' as string, code: '3005' }, 'zh-CN'));
    // The vendor may mend that before we do.
    const brave = createKycH5Channel({ page: tab, browsers: 'any' });
    expect(brave.obstacle?.()).toBeUndefined();
    expect(await brave.start(TASK)).toEqual({ status: 'left' });
  });

  it.each([
    ['Chrome', `Mozilla/5.0 (Linux; Android 14; 22081212C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36`],
    ['Safari', `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`],
    ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'],
    ['WeChat', `${IPHONE} Mobile/15E148 MicroMessenger/8.0.57(0x18003928) NetType/WIFI Language/zh_CN`],
    ['WeChat on a phone of Xiaomi’s', `Mozilla/5.0 (Linux; Android 14; XIAOMI 14 Build/UKQ1; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.57`],
    ['Alipay, which has UC’s engine', `${ANDROID} Chrome/100.0.4896.58 UCBrowser/11.8.8.968 UWS/2.13.2 Mobile Safari/537.36 UCBS/2.13 NebulaSDK/1.8.100112 AliApp(AP/10.1.92) AlipayClient/10.1.92`],
    ['an app’s web view', 'Mozilla/5.0 (Linux; Android 13; Pixel 7 Build/TQ3A; wv) AppleWebKit/537.36 Version/4.0 Chrome/120 Mobile Safari/537.36'],
    ['nothing', ''],
  ])('is not %s', async (_what, userAgent) => {
    const tab = openTab();
    tab.browser = userAgent;
    const channel = createKycH5Channel({ page: tab });
    expect(channel.obstacle?.()).toBeUndefined();
    expect(await channel.start(TASK)).toEqual({ status: 'left' });
  });

  it('still reads what it comes back with', () => {
    const tab = openTab(`https://shop.example/verify?${BACK}&${MARK}`);
    tab.browser = `${ANDROID} UCBrowser/16.6.6.1315 Mobile Safari/537.36`;
    expect(createKycH5Channel({ page: tab }).resume()).toMatchObject({ status: 'returned', nonce: NONCE });
  });
});
