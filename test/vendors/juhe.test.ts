import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJuheSimulator } from '../../demo/vendors/juhe.js';
import { createRegistry } from '../../src/codes/registry.js';
import juheAntifraud from '../../src/codes/tables/juhe-antifraud/index.js';
import juheAntirush from '../../src/codes/tables/juhe-antirush/index.js';
import { createAntiFraudClient } from '../../src/server/vendors/juhe/anti-fraud.js';
import type { AntiFraudClientOptions } from '../../src/server/vendors/juhe/anti-fraud.js';
import { createAntiRushClient } from '../../src/server/vendors/juhe/anti-rush.js';
import type { IdentityForm, NameForm } from '../../src/server/vendors/juhe/identity-form.js';
import { KEYS, startVendors, ZHANG } from './vendor-servers.js';
import type { VendorServers } from './vendor-servers.js';

let vendors: VendorServers;
beforeAll(async () => {
  vendors = await startVendors();
});
afterAll(() => vendors.close());

const accountOf = (mobile: string): object => ({ Account: { AccountType: 4, OtherAccount: { AccountId: mobile } }, UserIp: '223.122.53.5' });
const antiRush = (key: string = KEYS.antiRush): ReturnType<typeof createAntiRushClient> => createAntiRushClient({ key, ...vendors.http });
const antiFraud = (options: Partial<AntiFraudClientOptions> = {}): ReturnType<typeof createAntiFraudClient> => createAntiFraudClient({ key: KEYS.antiFraud, version: 'v1', ...vendors.http, ...options });

describe('antiRush/query', () => {
  it('asks with the document’s short sample and reads the decision', async () => {
    expect(await antiRush().query({ fields: accountOf('13815650338') })).toMatchObject({ ok: true, decision: 'pass', orderId: expect.stringMatching(/^J/) as string });
    const rejected = await antiRush().query({ fields: accountOf('13800000000') });
    expect(rejected).toMatchObject({ ok: true, decision: 'reject', types: [{ code: '1', known: true }, { code: '2062', known: true }] });
  });

  it('puts the client’s part below the server’s own fields', async () => {
    const clientPart = { UserAgent: 'Mozilla/5.0', DeviceType: '1', Account: { OtherAccount: { AccountId: '13800000000' } } };
    expect(await antiRush().query({ clientPart, fields: { UserIp: '10.1.2.3', Account: { AccountType: 4, OtherAccount: { AccountId: '13815650338' } } } })).toMatchObject({ ok: true, decision: 'review', types: [{ code: '205' }] });
    const claiming = { ...clientPart, Account: { ...clientPart.Account, AccountType: 4 } };
    expect(await antiRush().query({ clientPart: claiming, fields: accountOf('13815650338') })).toMatchObject({ ok: false, errors: [{ code: { code: '261511' }, field: 'BusinessSecurityData.Account.AccountType' }] });
  });

  it.each([
    ['unknown', KEYS.unknown, '10001', 'system'],
    ['expired', KEYS.expired, '10003', 'system'],
    ['of another product', KEYS.antiFraud, '10002', 'system'],
  ])('a key that is %s is the vendor’s error, typed', async (_what, key, code, table) => {
    expect(await antiRush(key).query({ fields: accountOf('13815650338') })).toMatchObject({ ok: false, reason: 'vendor-error', error: { known: true, system: 'juhe-antirush', table, code }, detail: `juhe antiRush/query: error_code ${code}` });
  });

  it('a key over its limit is 10012, which means later', async () => {
    const client = antiRush(KEYS.oneQuery);
    expect(await client.query({ fields: accountOf('13815650338') })).toMatchObject({ ok: true });
    expect(await client.query({ fields: accountOf('13815650338') })).toMatchObject({ ok: false, reason: 'vendor-error', error: { code: '10012', remedy: 'wait' } });
  });

  it.each([
    ['261510', { UserIp: '223.122.53.5' }],
    ['261506', { Account: { AccountType: 4, OtherAccount: { AccountId: '13815650338' } } }],
    ['261511', { ...accountOf('13815650338'), Invented: 1 }],
    ['261507', accountOf('12345')],
    ['261502', { Account: { AccountType: 3 }, UserIp: '223.122.53.5' }],
    ['261508', { ...accountOf('13815650338'), Nickname: 7 }],
    ['261509', { ...accountOf('13815650338'), CheckDevice: 2 }],
    ['261512', { ...accountOf('13815650338'), Nickname: 'x'.repeat(70_000) }],
  ])('%s is found before it is sent, and is what the vendor itself answers', async (code, fields) => {
    const before = vendors.juhe.charged();
    const answer = await antiRush().query({ fields: fields as never });
    expect(answer).toMatchObject({ ok: false, reason: 'invalid-input', sent: false });
    expect(!answer.ok && answer.reason !== 'vendor-error' && answer.errors?.map((error) => error.code?.code)).toContain(code);
    const sent = await fetch(`${vendors.origin}/antiRush/query?key=${KEYS.antiRush}`, { method: 'POST', body: JSON.stringify({ BusinessSecurityData: fields }) });
    expect(await sent.json()).toMatchObject({ error_code: Number(code) });
    expect(vendors.juhe.charged()).toBe(before);
  });
});

describe.each([['v1', '1101'], ['v2', '21001']] as const)('anti_fraud %s', (version, knownRisk) => {
  const forms: { idNumber: IdentityForm; mobile: IdentityForm; name: NameForm }[] = (['plain', 'md5', 'sha256', 'sm3'] as const).flatMap((form) =>
    (['plain', 'md5'] as const).map((name) => ({ idNumber: form, mobile: form, name })),
  );
  it.each([...forms.map((form) => [form, false] as const), ...forms.map((form) => [form, true] as const)])('finds a person sent as %j, encrypted %s', async (form, encrypted) => {
    const client = antiFraud({ version, forms: form, ...(encrypted && { openId: KEYS.openId }) });
    const answer = await client.query(ZHANG);
    expect(answer).toMatchObject({ ok: true, decision: 'review', score: 63, found: true });
    expect(answer.ok && answer.risks.find(({ risk }) => risk.known)?.risk.code).toBe(knownRisk);
  });

  it('takes each field in a form of its own, and no name', async () => {
    const client = antiFraud({ version, forms: { idNumber: 'sm3', mobile: 'md5' }, openId: KEYS.openId });
    expect(await client.query({ idNumber: ZHANG.idNumber, mobile: ZHANG.mobile })).toMatchObject({ ok: true, found: true });
  });

  it('takes a lower-case x for the number it is', async () => {
    expect(await antiFraud({ version, forms: { idNumber: 'sha256' } }).query({ ...ZHANG, idNumber: ` ${ZHANG.idNumber.toLowerCase()} ` })).toMatchObject({ ok: true, found: true });
  });

  it('a stranger is unknown, never rejected', async () => {
    expect(await antiFraud({ version }).query({ ...ZHANG, mobile: '13900000000' })).toMatchObject({ ok: true, decision: 'unknown', found: false, idFound: true });
  });

  it.each([
    ['idNumber', { ...ZHANG, idNumber: '110105194912310021' }],
    ['idNumber', { ...ZHANG, idNumber: '110105491231002' }],
    ['mobile', { ...ZHANG, mobile: '23123456789' }],
    ['mobile', { ...ZHANG, mobile: '+8613123456789' }],
    ['name', { ...ZHANG, name: '张'.repeat(33) }],
  ])('a wrong %s is found before a query is paid for', async (field, person) => {
    const before = vendors.juhe.charged();
    const answer = await antiFraud({ version }).query(person);
    expect(answer).toMatchObject({ ok: false, reason: 'invalid-input', sent: false, errors: [{ field }] });
    expect(JSON.stringify(answer)).not.toContain(person[field as keyof typeof person]);
    expect(vendors.juhe.charged()).toBe(before);
  });

  it('what cannot be decrypted is 237001: another account’s openid', async () => {
    expect(await antiFraud({ version, openId: KEYS.otherOpenId }).query(ZHANG)).toMatchObject({ ok: false, reason: 'vendor-error', error: { system: 'juhe-antifraud', table: 'service', code: '237001', known: true } });
  });
});

describe('every error_code', () => {
  const registry = createRegistry([...juheAntirush, ...juheAntifraud]);
  const codesOf = (system: string): readonly string[] => ['service', 'system'].flatMap((table) => registry.select(system, table).flatMap((entries) => [...entries.keys()]));
  const CASES = [
    ['antiRush', 'juhe-antirush', (key: string, http: VendorServers['http']) => createAntiRushClient({ key, ...http }).query({ fields: accountOf('13815650338') })],
    ['anti_fraud', 'juhe-antifraud', (key: string, http: VendorServers['http']) => createAntiFraudClient({ key, version: 'v2', ...http }).query(ZHANG)],
  ] as const;
  it.each(CASES)('of %s that the document has is typed, and one that it does not have is none of them', async (product, system, query) => {
    const codes = [...codesOf(system), '4711'];
    expect(codes.length).toBeGreaterThan(15);
    const keyOf = (code: string): string => code.padStart(32, 'f');
    const { app } = createJuheSimulator({ keys: Object.fromEntries(codes.map((code) => [keyOf(code), { product, refuse: Number(code) }])) });
    const server = createAdaptorServer({ fetch: app.fetch });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      for (const code of codes) {
        const answer = await query(keyOf(code), { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, allowLoopbackHttp: true });
        expect(answer).toMatchObject({ ok: false, reason: 'vendor-error', sent: true, error: { system, code, known: code !== '4711' } });
      }
    } finally {
      server.close();
    }
  });
});

describe('anti_fraud options', () => {
  it('a form Juhe does not know for a field is refused when the client is made', () => {
    expect(() => antiFraud({ forms: { name: 'sm3' as NameForm } })).toThrow('forms.name must be plain, md5');
    expect(() => antiFraud({ forms: { mobile: 'sha1' as IdentityForm } })).toThrow('forms.mobile must be plain, md5, sha256, sm3');
    expect(() => antiFraud({ version: 'v3' as 'v1' })).toThrow('version must be v1 or v2');
    expect(() => antiFraud({ key: '' })).toThrow('key must be');
  });

  it('V1’s flag is not V2’s: each endpoint takes the other’s ciphertext for a wrong parameter', async () => {
    for (const [path, flag] of [['query', 'encyr'], ['queryV2', 'ency']] as const) {
      const body = new URLSearchParams({ key: KEYS.antiFraud, idcard: 'A'.repeat(44), mobile: 'B'.repeat(24), [flag]: '1' });
      expect(await (await fetch(`${vendors.origin}/anti_fraud/${path}`, { method: 'POST', body })).json()).toMatchObject({ error_code: 237001 });
    }
  });
});
