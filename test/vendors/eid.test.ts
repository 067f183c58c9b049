import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEidH5Channel } from '../../src/channels/index.js';
import { outcomeOf } from '../../src/server/vendors/outcome.js';
import { createEidClient } from '../../src/server/vendors/tencent/eid.js';
import type { EidClient, EidClientOptions, EidTokenInput } from '../../src/server/vendors/tencent/eid.js';
import { MARK, NONCE, openTab } from '../channels/tab.js';
import { OfficialFaceIdClient } from './official-sdk.js';
import { KEYS, startVendors, ZHANG } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

let vendors: VendorServers;
beforeEach(async () => {
  vendors = await startVendors();
});
afterEach(() => vendors.close());

const RETURN = `https://shop.example/done?${MARK}`;
const client = (options: Partial<EidClientOptions> = {}): EidClient => createEidClient({ sdk: new OfficialFaceIdClient(vendors), merchantId: KEYS.merchantId, allowLoopbackHttp: true, ...options });

async function begin(eid: EidClient, input: EidTokenInput = { name: ZHANG.name, idNumber: ZHANG.idNumber, redirectUrl: RETURN }): Promise<{ readonly url: string; readonly eidToken: string }> {
  const answer = await eid.eidToken(input);
  if (!answer.ok) throw new Error(inspect(answer));
  return answer;
}

const visit = (url: string): Promise<Response> => fetch(url, { redirect: 'manual' });

describe('the whole way, through the official SDK', () => {
  it('EidToken, the channel, the vendor’s page, its return, the result, the decision', async () => {
    const eid = client();
    const { url, eidToken } = await begin(eid);
    const tab = openTab();
    const channel = createEidH5Channel({ page: tab, allowLoopbackHttp: true });
    expect(await channel.start({ sessionId: 'session-1', nonce: NONCE, expiresInMs: 600_000, url })).toEqual({ status: 'left' });
    expect(await eid.result(eidToken)).toMatchObject({ ok: true, outcome: 'unfinished', entry: { code: '17', known: true } });
    const page = await visit(tab.left[0] ?? '');
    tab.current = page.headers.get('location') ?? '';
    expect(channel.resume()).toMatchObject({ status: 'returned', tokens: { token: eidToken }, state: { sessionId: 'session-1' } });
    const result = await eid.result(eidToken);
    expect(result).toMatchObject({ ok: true, outcome: 'passed', similarity: 85.5, charged: 1, entry: { system: 'faceid-wechat', code: '0' } });
    expect(outcomeOf(result, eidToken)).toEqual({ status: 'decided', decision: 'passed', code: { system: 'faceid-wechat', table: 'system', code: '0' }, reference: eidToken });
  });

  it('a page that stays asks through the backend until the person has finished elsewhere, however it went', async () => {
    vendors.faceId.setOutcome({ code: 2016, finishes: false });
    const eid = client();
    const { url, eidToken } = await begin(eid);
    const asked: string[] = [];
    const channel = createEidH5Channel({
      page: openTab(),
      allowLoopbackHttp: true,
      show: (address) => void visit(address),
      askFinished: async (token) => {
        const answer = await eid.status(token);
        if (!answer.ok) throw new Error(answer.detail);
        if (asked.push(answer.status) === 2) vendors.faceId.finish(token);
        return answer.status;
      },
    });
    expect(await channel.start({ sessionId: 's', nonce: NONCE, expiresInMs: 600_000, url, token: eidToken })).toMatchObject({ status: 'returned', tokens: { token: eidToken } });
    expect(asked).toEqual(['waiting', 'waiting', 'finished']);
    expect(await eid.result(eidToken)).toMatchObject({ outcome: 'failed', entry: { code: '2016' } });
  });

  it('not passed is known as soon as the person has finished, with the code for the prompt', async () => {
    vendors.faceId.setOutcome({ code: 2016, liveStatus: 0, compareStatus: 2016, sim: '31.00' });
    const eid = client();
    const { url, eidToken } = await begin(eid);
    expect((await visit(url)).status).toBe(302);
    expect(await eid.status(eidToken)).toEqual({ ok: true, status: 'finished' });
    const result = await eid.result(eidToken);
    expect(result).toMatchObject({ ok: true, outcome: 'failed', similarity: 31, entry: { code: '2016', table: 'compare', known: true } });
    expect(outcomeOf(result, eidToken)).toMatchObject({ decision: 'rejected', code: { code: '2016' } });
  });

  it.each([4, 1001, 2001, 999])('code %i says nothing of the person: for review, never a rejection', async (code) => {
    vendors.faceId.setOutcome({ code });
    const eid = client();
    const { url, eidToken } = await begin(eid);
    await visit(url);
    const result = await eid.result(eidToken);
    expect(result).toMatchObject({ ok: false, reason: 'vendor-error', code: String(code), error: { code: String(code) } });
    expect(outcomeOf(result, eidToken)).toMatchObject({ status: 'decided', decision: 'review' });
  });

  it('a zero beside a check that failed is no pass', async () => {
    vendors.faceId.setOutcome({ code: 0, liveStatus: 1005, compareStatus: 0 });
    const eid = client();
    const { url, eidToken } = await begin(eid);
    await visit(url);
    expect(await eid.result(eidToken)).toMatchObject({ outcome: 'failed', entry: { code: '1005' } });
  });

  it('a token is for one visit within ten minutes; who never came has failed for the token’s age', async () => {
    const eid = client();
    const { url, eidToken } = await begin(eid);
    expect(await eid.status(eidToken)).toEqual({ ok: true, status: 'waiting' });
    vendors.clock.now += 600_000;
    expect((await visit(url)).status).toBe(403);
    expect(await eid.status(eidToken)).toEqual({ ok: true, status: 'expired' });
    expect(await eid.result(eidToken)).toMatchObject({ ok: true, outcome: 'failed', entry: { code: '15', promptId: 'sessionExpired' } });
    const second = await begin(eid);
    await visit(second.url);
    expect((await visit(second.url)).status).toBe(403);
  });

  it('a result is there for three days', async () => {
    const eid = client();
    const { url, eidToken } = await begin(eid);
    await visit(url);
    vendors.clock.now += 259_199_999;
    expect(await eid.result(eidToken)).toMatchObject({ outcome: 'passed' });
    vendors.clock.now += 1;
    expect(await eid.status(eidToken)).toEqual({ ok: true, status: 'expired' });
    expect(await eid.result(eidToken)).toMatchObject({ ok: false, reason: 'vendor-error', code: 'InvalidParameterValue.BizTokenExpired' });
  });

  it('who the person is comes as it is, encrypted for your certificate', async () => {
    const eid = client({ merchantId: KEYS.certifiedMerchantId });
    const { url, eidToken } = await begin(eid);
    await visit(url);
    expect(await eid.result(eidToken)).toMatchObject({ outcome: 'passed', eidInfo: { eidCode: 'eid-code', eidSign: 'c2lnbg==', desKey: 'a2V5', userInfo: 'dXNlcg==' } });
  });
});

describe('what is asked', () => {
  const asking = (): { readonly eid: EidClient; readonly asked: object[] } => {
    const asked: object[] = [];
    const answer = async (request: object): Promise<object> => (asked.push(request), { Url: 'https://eid.faceid.qq.com/x', EidToken: 'T'.repeat(36) });
    return { asked, eid: createEidClient({ sdk: { GetEidToken: answer, CheckEidTokenStatus: answer, GetEidResult: answer }, merchantId: KEYS.merchantId }) };
  };

  it('an identity of the server’s is handed in, normalised; without one the page asks for it', async () => {
    const { eid, asked } = asking();
    await eid.eidToken({ name: ' 张三 ', idNumber: '11010519491231002x', redirectUrl: RETURN, extra: 'order-1' });
    await eid.eidToken({});
    await eid.eidToken({ askBy: 'typing', redirectUrl: RETURN });
    expect(asked).toEqual([
      { MerchantId: KEYS.merchantId, Config: { InputType: '4' }, Name: '张三', IdCard: '11010519491231002X', RedirectUrl: RETURN, Extra: 'order-1' },
      { MerchantId: KEYS.merchantId, Config: { InputType: '1' } },
      { MerchantId: KEYS.merchantId, Config: { InputType: '3' }, RedirectUrl: RETURN },
    ]);
  });

  it.each([
    ['idNumber', { name: '张三' }],
    ['name', { idNumber: ZHANG.idNumber }],
    ['idNumber', { name: '张三', idNumber: '110105194912310021' }],
    ['redirectUrl', { redirectUrl: 'http://shop.example' }],
    ['redirectUrl', { redirectUrl: `https://shop.example/${'x'.repeat(1024)}` }],
    ['extra', { extra: 'x'.repeat(1025) }],
    ['askBy', { askBy: 'guessing' as 'typing' }],
  ])('a wrong %s is not sent', async (field, input) => {
    const { eid, asked } = asking();
    expect(await eid.eidToken(input)).toMatchObject({ ok: false, reason: 'invalid-input', sent: false, errors: [{ field }] });
    expect(await eid.status('short')).toMatchObject({ ok: false, errors: [{ field: 'eidToken' }] });
    expect(await eid.result('with space')).toMatchObject({ ok: false, errors: [{ field: 'eidToken' }] });
    expect(asked).toEqual([]);
  });

  it('the status is asked for before the result, which might change in between', async () => {
    const eid = client();
    const { url, eidToken } = await begin(eid);
    await visit(url);
    const order: string[] = [];
    const real = new OfficialFaceIdClient(vendors);
    const sdk = { ...asSdk(real), CheckEidTokenStatus: (request: object) => (order.push('status'), real.CheckEidTokenStatus(request)), GetEidResult: (request: object) => (order.push('result'), real.GetEidResult(request)) };
    await client({ sdk }).result(eidToken);
    expect(order).toEqual(['status', 'result']);
  });

  it('has to have its three methods and a merchant', () => {
    expect(() => createEidClient({ sdk: { GetEidToken: async () => ({}) } as never, merchantId: 'm' })).toThrow('sdk must have CheckEidTokenStatus()');
    for (const merchantId of ['', 'x'.repeat(51), '商户']) expect(() => client({ merchantId })).toThrow('merchantId must be');
  });
});

describe('what goes wrong', () => {
  it('the cloud’s refusals come by its own names', async () => {
    const wrongKey = client({ sdk: new OfficialFaceIdClient(vendors, { secretKey: 'wrong' }) });
    expect(await wrongKey.eidToken({})).toMatchObject({ ok: false, reason: 'vendor-error', code: 'AuthFailure.SignatureFailure', detail: 'eid GetEidToken: AuthFailure.SignatureFailure' });
    expect(await client({ merchantId: 'other' }).eidToken({})).toMatchObject({ ok: false, code: 'InvalidParameterValue' });
    expect(await client().status('T'.repeat(36))).toMatchObject({ ok: false, code: 'InvalidParameterValue.BizTokenIllegal' });
    expect(outcomeOf(await client().result('T'.repeat(36)), 'r')).toMatchObject({ decision: 'review', code: { code: '66660021' } });
  });

  it.each([{ status: 503 }, { connection: 'reset' }, { connection: 'cut' }, { body: 'html' }, { body: 'truncated' }] as const)('%j is no answer', async (fault) => {
    const eid = client();
    const { eidToken } = await begin(eid);
    vendors.faults.set({ ...fault, times: 9 });
    for (const answer of [await eid.eidToken({}), await eid.status(eidToken), await eid.result(eidToken)]) expect(answer).toMatchObject({ ok: false, reason: 'network' });
    vendors.faults.clear();
    expect(await eid.status(eidToken)).toEqual({ ok: true, status: 'waiting' });
  });

  it('a cloud that hangs is not waited for', async () => {
    vendors.faults.set({ connection: 'hang' });
    expect(await client({ timeoutMs: 50 }).eidToken({})).toMatchObject({ ok: false, reason: 'timeout' });
  });

  it.each([
    ['a Status of its own', { CheckEidTokenStatus: async () => ({ Status: 'paused' }) }],
    ['no Text', { GetEidResult: async () => ({ Text: null }) }],
  ])('an answer with %s is malformed', async (_what, change) => {
    const eid = client({ sdk: { ...asSdk(new OfficialFaceIdClient(vendors)), ...change } });
    const { eidToken } = await begin(client());
    expect(await eid.result(eidToken)).toMatchObject({ ok: false, reason: 'malformed' });
  });

  it.each([{ Url: 'http://eid.faceid.qq.com', EidToken: 'T'.repeat(36) }, { Url: 'javascript:alert(1)', EidToken: 'T'.repeat(36) }, { Url: 'https://eid.faceid.qq.com' }, {}])('%j is no page', async (answer) => {
    const eid = createEidClient({ sdk: { ...asSdk(new OfficialFaceIdClient(vendors)), GetEidToken: async () => answer }, merchantId: 'm' });
    expect(await eid.eidToken({})).toMatchObject({ ok: false, reason: 'malformed' });
  });

  it('no name, number, key or token is in a failure', async () => {
    const written: string[] = [];
    const eid = client({ sdk: new OfficialFaceIdClient(vendors, { secretKey: 'another-secret' }) });
    for (const fault of [{ status: 500 }, { connection: 'reset' }, { body: 'html' }] as const) {
      vendors.faults.set({ ...fault, times: 9 });
      written.push(inspect([await eid.eidToken({ ...ZHANG, redirectUrl: RETURN }), await eid.result('T'.repeat(36))], { depth: 9 }));
    }
    vendors.faults.clear();
    written.push(inspect(await eid.eidToken({ ...ZHANG, redirectUrl: RETURN }), { depth: 9 }));
    for (const secret of [ZHANG.name, ZHANG.idNumber, KEYS.secretId, 'another-secret', 'TTTT']) expect(written.join('\n')).not.toContain(secret);
  });
});

/** The methods alone, to put another in the place of one. */
function asSdk(official: OfficialFaceIdClient): EidClientOptions['sdk'] {
  return { GetEidToken: (request) => official.GetEidToken(request), CheckEidTokenStatus: (request) => official.CheckEidTokenStatus(request), GetEidResult: (request) => official.GetEidResult(request) };
}
