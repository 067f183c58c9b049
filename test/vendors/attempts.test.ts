import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDetectAuthH5Channel, createEidH5Channel } from '../../src/channels/index.js';
import { kycLoginAddress } from '../../src/channels/kyc-h5/index.js';
import { webPlatform } from '../../src/platform/web.js';
import { VENDOR_FAILED } from '../../src/server/index.js';
import type { Session, VendorChoice, VendorOutcome } from '../../src/server/index.js';
import { decideReturned } from '../../src/server/vendors/attempts.js';
import { createDetectAuthAttempts, createEidAttempts, createEidClient, createEidMpsdkAttempts, createFaceIdClient, createKycAttempts, createKycClient, createVerifyMpsdkAttempts, createWeChatAttempts, createWeChatFaceClient } from '../../src/server/vendors/index.js';
import type { VendorAttempts, WeChatAttemptsOptions, WeChatPerson } from '../../src/server/vendors/index.js';
import { kycEntry } from '../../src/server/vendors/tencent/kyc-answer.js';
import { openTab } from '../channels/tab.js';
import { OfficialFaceIdClient } from './official-sdk.js';
import { KEYS, startVendors, ZHANG } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

/* The server's half of each channel, against the vendors' servers over HTTP; the browser is a fetch that follows no redirect. */

const NO_RESULT = { system: 'faceid-sdk', table: 'result', code: '66660011' } as const;
const NONCE = 'n'.repeat(43);
const BACK = 'http://127.0.0.1:1/done?page=1#/app';
const IDENTITY = { name: ZHANG.name, idNumber: ZHANG.idNumber };
const { signal } = new AbortController();

let vendors: VendorServers;
let failures: string[];
beforeEach(async () => {
  vendors = await startVendors();
  failures = [];
});
afterEach(() => vendors.close());

const options = { intervalMs: 5, onFailure: (detail: string): void => void failures.push(detail) };
const kycAttempts = (secret: string = KEYS.kycSecret, own: { readonly intention?: boolean } = {}) => createKycAttempts({ client: createKycClient({ appId: KEYS.kycAppId, secret, now: () => vendors.clock.now, ...vendors.http }), ...options, ...own });

async function begin<Input>(attempts: VendorAttempts<Input>, input: Input): Promise<VendorChoice> {
  const choice = await attempts.begin({ nonce: NONCE }, input);
  if (!('expected' in choice)) throw new Error(`refused: ${JSON.stringify(choice)}; ${failures.join('; ')}`);
  return choice;
}
const beginKyc = (attempts: ReturnType<typeof kycAttempts>): Promise<VendorChoice> => begin(attempts, { userId: 'user-1', ...IDENTITY });

/** Opens the vendor's page: what it adds to the way back, and the whole of that. */
async function visit({ task }: VendorChoice): Promise<{ readonly tokens: Record<string, string>; readonly address: URL }> {
  const made = 'login' in task ? kycLoginAddress({ login: task.login, returnNonce: NONCE, returnAddress: BACK, allowLoopbackHttp: true }) : { ok: 'url' in task, address: 'url' in task ? task.url : '', rule: 'no page' };
  if (!made.ok) throw new Error(made.rule);
  const response = await fetch(made.address, { redirect: 'manual' });
  const address = new URL(response.headers.get('location') ?? '');
  const { page, facefront, ...tokens } = Object.fromEntries(address.searchParams);
  expect([page, facefront, address.hash]).toEqual(['1', NONCE, '#/app']);
  return { tokens, address };
}
const confirm = <Input>(attempts: VendorAttempts<Input>, { expected }: VendorChoice, tokens: Readonly<Record<string, string>>, createdAt = vendors.clock.now): Promise<VendorOutcome> =>
  attempts.confirm({ tokens, expected, session: { createdAt } as Session, signal });

describe('kyc-h5', () => {
  it.each([['0', 'passed'], ['66660004', 'rejected']] as const)('an attempt that came to %s is %s', async (code, decision) => {
    vendors.kyc.setOutcome({ code });
    const attempts = kycAttempts();
    const choice = await beginKyc(attempts);
    expect(choice).toMatchObject({ channel: 'kyc-h5', task: { expiresInMs: 110_000 }, expected: { orderNo: expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string } });
    const { tokens } = await visit(choice);
    // Nobody has to come back for that.
    for (const given of [tokens, {}]) expect(await confirm(attempts, choice, given)).toEqual({ status: 'decided', decision, code: { system: 'faceid-sdk', table: 'result', code }, reference: choice.expected['orderNo'] });
  });

  it('a code or a signature that was changed on the way is refused, whatever the vendor has', async () => {
    vendors.kyc.setOutcome({ code: '66660004' });
    const attempts = kycAttempts();
    const choice = await beginKyc(attempts);
    const { tokens } = await visit(choice);
    for (const change of [{ code: '0' }, { newSignature: '0'.repeat(40) }]) {
      expect(await confirm(attempts, choice, { ...tokens, ...change })).toMatchObject({ decision: 'rejected', code: { code: '400101' } });
    }
    expect(failures).toEqual(['kyc return: the signature is not the vendor’s', 'kyc return: the signature is not the vendor’s']);
  });

  it.each<[string, (attempts: ReturnType<typeof kycAttempts>, choice: VendorChoice) => Promise<unknown>]>([
    ['this process began after the login', async () => undefined],
    ['what was kept is gone', async (attempts) => attempts.begin({ nonce: NONCE }, { userId: 'user-2', ...IDENTITY })],
  ])('a return signed with a ticket that is not known any more, since %s, decides nothing: the vendor’s result does', async (_why, before) => {
    for (const [code, decision] of [['0', 'passed'], ['66660004', 'rejected']] as const) {
      vendors.kyc.setOutcome({ code });
      const choice = await beginKyc(kycAttempts());
      const { tokens } = await visit(choice);
      const createdAt = vendors.clock.now;
      vendors.clock.now += 3000;
      const later = kycAttempts();
      await before(later, choice);
      for (const change of [{}, { code: '3004' }, { newSignature: '0'.repeat(40) }]) {
        expect(await confirm(later, choice, { ...tokens, ...change }, createdAt)).toMatchObject({ decision, code: { system: 'faceid-sdk', code } });
      }
    }
    expect(failures).toEqual([]);
  });

  it('of a session that is younger than the oldest ticket known, a signature nobody made is refused, however often tickets were replaced', async () => {
    const attempts = kycAttempts();
    const choice = await beginKyc(attempts);
    const { tokens } = await visit(choice);
    const createdAt = vendors.clock.now;
    vendors.clock.now += 21 * 60_000;
    await attempts.begin({ nonce: NONCE }, { userId: 'user-2', ...IDENTITY });
    expect(await confirm(attempts, choice, { ...tokens, newSignature: '0'.repeat(40) }, createdAt)).toMatchObject({ decision: 'rejected', code: { code: '400101' } });
    expect(await confirm(attempts, choice, tokens, createdAt)).toMatchObject({ decision: 'passed' });
    // No ticket makes what is no digest.
    expect(await confirm(attempts, choice, { ...tokens, newSignature: 'none' }, createdAt - 1)).toMatchObject({ decision: 'rejected', code: { code: '400101' } });
  });

  it.each<[object, string, string, string]>([
    [{ code: '66660004', record: '0' }, 'review', 'faceid-sdk', '66660004'],
    [{ code: '3003', record: '0' }, 'review', 'faceid-h5-client', '3003'],
    [{ code: '66660004', record: '0', faceCode: '0', willCode: '-801' }, 'review', 'faceid-intention', '-801'],
    [{ code: '0', faceCode: '0', willCode: '3001' }, 'review', 'faceid-intention', '3001'],
    [{ code: '0', willCode: '-1' }, 'review', 'faceid-intention', '-1'],
    [{ code: '0', faceCode: '0' }, 'review', 'faceid-sdk', '66660021'],
    [{ code: '0', faceCode: '0', willCode: '0' }, 'passed', 'faceid-sdk', '0'],
    [{ code: '0', record: '66660004' }, 'rejected', 'faceid-sdk', '66660004'],
  ])('a page that came to %j, and a face that may have passed: %s', async (outcome, decision, system, code) => {
    vendors.kyc.setOutcome(outcome as never);
    const attempts = kycAttempts();
    const choice = await beginKyc(attempts);
    const { tokens } = await visit(choice);
    expect(await confirm(attempts, choice, tokens)).toEqual({ status: 'decided', decision, code: { system, table: 'result', code }, reference: choice.expected['orderNo'] });
  });

  it('where there is an intention check, nobody passes by their face alone', async () => {
    vendors.kyc.setOutcome({ code: '0', faceCode: '0', willCode: '0' });
    const attempts = kycAttempts(KEYS.kycSecret, { intention: true });
    const choice = await beginKyc(attempts);
    const { tokens } = await visit(choice);
    const without = (name: string): Record<string, string> => Object.fromEntries(Object.entries(tokens).filter(([each]) => each !== name));
    for (const given of [{}, without('willCode'), without('newSignature'), { code: '0' }]) expect(await confirm(attempts, choice, given)).toMatchObject({ decision: 'review', code: { code: '66660021' } });
    expect(await confirm(attempts, choice, tokens)).toMatchObject({ decision: 'passed' });
  });

  it('somebody whom the vendor’s page could not check reads its own reason, and one who says nothing the vendor’s', async () => {
    const attempts = kycAttempts();
    const choice = await beginKyc(attempts);
    expect(await confirm(attempts, choice, { code: '3004' })).toMatchObject({ decision: 'rejected', code: { system: 'faceid-h5-client', code: '3004' } });
    expect(await confirm(attempts, choice, { code: '0' })).toMatchObject({ decision: 'rejected', code: { system: 'faceid-sdk', code: '66660011' } });
    expect(vendors.kyc.counts.get('/api/v2/base/queryfacerecord')).toBe(5);
  });

  it('somebody whom the vendor’s page calls passed, and signs it, waits for a result that is not there; nobody else does', async () => {
    vendors.kyc.setOutcome({ code: '0', record: '66660011' });
    const attempts = kycAttempts();
    const choice = await beginKyc(attempts);
    const { tokens } = await visit(choice);
    const reference = choice.expected['orderNo'] ?? '';
    const pending = { status: 'pending', reference };
    expect(await confirm(attempts, choice, tokens)).toEqual(pending);
    expect(vendors.kyc.counts.get('/api/v2/base/queryfacerecord')).toBe(4);
    // Asked again by the server, which has nothing of what came back.
    const again = { tokens: {}, expected: choice.expected, session: { createdAt: vendors.clock.now } as Session, signal };
    expect(await attempts.confirm({ ...again, vendorReference: reference })).toEqual(pending);
    expect(await attempts.confirm(again)).toMatchObject({ status: 'decided', decision: 'rejected', code: { code: '66660011' } });
    expect(await confirm(attempts, choice, { code: '0' })).toMatchObject({ status: 'decided', decision: 'rejected' });
    vendors.clock.now += 3000;
    const intentions = kycAttempts(KEYS.kycSecret, { intention: true });
    const asked = await beginKyc(intentions);
    expect(await confirm(intentions, asked, (await visit(asked)).tokens)).toMatchObject({ status: 'decided', decision: 'review', code: { code: '66660021' } });
  });

  it.each<[object, object]>([
    [{}, { status: 'decided', decision: 'rejected', code: NO_RESULT }],
    [{ saidPassed: true }, { status: 'pending' }],
    [{ saidPassed: true, doubt: VENDOR_FAILED }, { status: 'decided', decision: 'review', code: VENDOR_FAILED }],
    [{ doubt: VENDOR_FAILED }, { status: 'decided', decision: 'rejected', code: NO_RESULT }],
    [{ told: VENDOR_FAILED }, { status: 'decided', decision: 'rejected', code: VENDOR_FAILED }],
  ])('without a result, and with %j, an attempt is %j', async (given, expected) => {
    let questions = 0;
    const ask = async () => ((questions += 1), { ok: true as const, outcome: 'unfinished' as const, entry: kycEntry('66660011') });
    expect(await decideReturned(ask, { reference: 'R', intervalMs: 1, signal, ...given })).toEqual({ ...expected, reference: 'R' });
    expect(questions).toBe('told' in given ? 1 : 4);
  });

  it('is not begun where the vendor refuses, with the code to show', async () => {
    const attempts = kycAttempts();
    expect(await attempts.begin({ nonce: NONCE }, { userId: 'user-1', name: ZHANG.name, idNumber: '110105194912310021' })).toEqual({ channel: 'none', code: { system: 'faceid-sdk', table: 'result', code: expect.any(String) as string } });
    expect(await kycAttempts('wrong').begin({ nonce: NONCE }, { userId: 'user-1', ...IDENTITY })).toMatchObject({ channel: 'none' });
    expect(failures).toHaveLength(2);
    expect(failures.join()).not.toMatch(/张三|11010519/);
  });

  it('a vendor that is away decides nothing', async () => {
    const attempts = kycAttempts();
    const choice = await beginKyc(attempts);
    const { tokens } = await visit(choice);
    vendors.faults.set({ status: 503, times: 20 });
    expect(await confirm(attempts, choice, tokens)).toMatchObject({ decision: 'review' });
  });
});

const faceId = () => createFaceIdClient({ sdk: new OfficialFaceIdClient(vendors), ruleId: KEYS.ruleId, allowLoopbackHttp: true });
const eid = () => createEidClient({ sdk: new OfficialFaceIdClient(vendors), merchantId: KEYS.merchantId, allowLoopbackHttp: true });

describe.each([
  ['detectauth-h5', 'BizToken', () => createDetectAuthAttempts({ client: faceId(), now: () => vendors.clock.now, ...options }), createDetectAuthH5Channel, (token: string) => faceId().status(token, 1000)],
  ['eid-h5', 'token', () => createEidAttempts({ client: eid(), ...options }), createEidH5Channel, (token: string) => eid().status(token)],
] as const)('%s', (channel, name, create, createChannel, status) => {
  const attempts = (): VendorAttempts<{ readonly redirectUrl: string }> => create();

  it.each([[0, 'passed', '0'], [2016, 'rejected', '2016']] as const)('an attempt that came to %s is %s', async (code, decision, shown) => {
    vendors.faceId.setOutcome({ code });
    const own = attempts();
    const choice = await begin(own, { ...IDENTITY, redirectUrl: BACK });
    const { tokens } = await visit(choice);
    expect(tokens).toEqual(choice.expected);
    expect(Object.keys(tokens)).toEqual([name]);
    expect(choice.channel).toBe(channel);
    for (const given of [tokens, {}]) expect(await confirm(own, choice, given)).toMatchObject({ status: 'decided', decision, code: { code: shown } });
  });

  it('a page that stays asks with the token of its task, until the person has finished elsewhere', async () => {
    const choice = await begin(attempts(), { ...IDENTITY, redirectUrl: BACK });
    if (!('url' in choice.task)) throw new Error('another channel');
    const answers: string[] = [];
    const askFinished = async (token: string) => {
      const answer = await status(token);
      if (!answer.ok) throw new Error(answer.detail);
      // Between two questions, on another phone.
      if (answers.push(answer.status) === 1) await visit(choice);
      return answer.status;
    };
    const stays = createChannel({ page: openTab(), platform: webPlatform(), show: () => undefined, askFinished, allowLoopbackHttp: true });
    expect(await stays.start({ ...choice.task, sessionId: 'session-1', nonce: NONCE })).toEqual({ status: 'returned', channel, tokens: choice.expected, nonce: NONCE });
    expect(answers).toEqual(['waiting', 'finished']);
  });

  it('a try that says nothing of the person is for somebody to look at', async () => {
    vendors.faceId.setOutcome({ code: 2001 });
    const own = attempts();
    const choice = await begin(own, { ...IDENTITY, redirectUrl: BACK });
    expect(await confirm(own, choice, (await visit(choice)).tokens)).toMatchObject({ status: 'decided', decision: 'review' });
  });

  it('somebody who comes back without having tried has not passed', async () => {
    const own = attempts();
    const choice = await begin(own, { ...IDENTITY, redirectUrl: BACK });
    expect(await confirm(own, choice, choice.expected)).toMatchObject({ status: 'decided', decision: 'rejected', code: { system: 'faceid-wechat', table: 'system', code: '17' } });
  });

  it('is not begun with an address nobody could come back to', async () => {
    expect(await attempts().begin({ nonce: NONCE }, { ...IDENTITY, redirectUrl: 'ftp://shop.example' })).toMatchObject({ channel: 'none' });
    expect(failures).toHaveLength(1);
  });
});

describe('in a mini-program', () => {
  const PERSON: WeChatPerson = { openId: 'oUser-1', ...IDENTITY };
  const weChat = (personOf: WeChatAttemptsOptions['personOf'] = () => PERSON) =>
    createWeChatAttempts({ client: createWeChatFaceClient({ accessToken: () => KEYS.weChatToken, ...vendors.http }), personOf, ...options });

  it.each([
    ['verify-mpsdk', 'BizToken', () => createVerifyMpsdkAttempts({ client: faceId(), now: () => vendors.clock.now, ...options }), 7_200_000],
    ['eid-mpsdk', 'token', () => createEidMpsdkAttempts({ client: eid(), ...options }), 600_000],
  ] as const)('%s: a token for the vendor’s SDK, no page, and the vendor is asked about it', async (channel, name, create, expiresInMs) => {
    const attempts: VendorAttempts<{ readonly name: string; readonly idNumber: string }> = create();
    for (const [code, decision] of [[0, 'passed'], [2016, 'rejected'], [2001, 'review']] as const) {
      vendors.faceId.setOutcome({ code });
      const choice = await begin(attempts, IDENTITY);
      const token = choice.expected[name] ?? '';
      expect(choice).toEqual({ channel, task: { expiresInMs, token }, expected: { [name]: token } });
      vendors.faceId.finish(token);
      for (const given of [choice.expected, {}]) expect(await confirm(attempts, choice, given)).toMatchObject({ status: 'decided', decision, reference: token });
    }
    const left = await begin(attempts, IDENTITY);
    expect(await confirm(attempts, left, left.expected)).toMatchObject({ decision: 'rejected', code: { code: '17' } });
    expect(await attempts.begin({ nonce: NONCE }, { ...IDENTITY, name: '' })).toMatchObject({ channel: 'none' });
  });

  it.each([[10_000, 'passed', '10000'], [90_004, 'rejected', '90004'], [90_018, 'review', '90018'], [undefined, 'review', '90199']] as const)('wechat-native: WeChat is asked what came of it: %s is %s', async (verifyRet, decision, code) => {
    const attempts = weChat();
    const choice = await begin(attempts, PERSON);
    const { verifyId = '', outSeqNo } = choice.expected;
    expect(choice).toEqual({ channel: 'wechat-native', task: { expiresInMs: 3_600_000, verifyId }, expected: { verifyId, outSeqNo: expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string } });
    expect(JSON.stringify(choice)).not.toMatch(/张三|11010519|oUser/);
    if (verifyRet !== undefined) vendors.wechat.finish(verifyId, verifyRet);
    for (const given of [{ verifyId }, {}]) expect(await confirm(attempts, choice, given)).toEqual({ status: 'decided', decision, code: { system: 'wechat-native', table: 'verify-ret', code }, reference: outSeqNo });
  });

  it('wechat-native: nobody passes for whom WeChat was not asked, nor as somebody else', async () => {
    const choice = await begin(weChat(), PERSON);
    vendors.wechat.finish(choice.expected['verifyId'] ?? '', 10_000);
    for (const attempts of [weChat(() => Promise.reject(new Error(ZHANG.name))), weChat(() => undefined as never), weChat(() => ({ ...PERSON, name: '李四' }))]) {
      expect(await confirm(attempts, choice, {})).toMatchObject({ status: 'decided', decision: 'review', code: { code: '66660021' } });
    }
    expect(failures).toHaveLength(3);
    expect(failures.join()).not.toMatch(/张三|李四|11010519/);
    expect(await weChat().begin({ nonce: NONCE }, { ...PERSON, openId: '' })).toMatchObject({ channel: 'none' });
  });
});
