import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import sample from '../../../test/vectors/risk/payloads/juhe-long-sample.json';
import { createCatalogue } from '../../codes/catalogue.js';
import zhCN from '../../codes/prompts/zh-CN.js';
import juheTables from '../../codes/tables/juhe-antirush/index.js';
import { buildBusinessSecurityData, buildClientPart, hashIdfa, hashImei, hashMobile, PAYLOAD_CODES, type Payload, type PayloadFields, type PayloadProfile } from './index.js';
import type { ReportForPayload } from './index.js';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const PHONE = '13815650338';

/** `code path` of every error. */
const errorsOf = (payload: Payload<PayloadProfile>): string[] => (payload.ok ? [] : payload.errors.map(({ code, path }) => `${code.code} ${path.replace('BusinessSecurityData.', '')}`));

const juhe = (fields: object): string[] => errorsOf(buildBusinessSecurityData('juhe-antirush', { fields: fields as PayloadFields<'juhe-antirush'> }));
const rce = (fields: object): string[] => errorsOf(buildBusinessSecurityData('tencent-rce', { fields: fields as PayloadFields<'tencent-rce'> }));

const PHONE_ACCOUNT = { AccountType: 4, OtherAccount: { AccountId: PHONE } };
const WHOLE = { Account: PHONE_ACCOUNT, UserIp: '223.122.53.5' };
const WECHAT = { WeChatOpenId: 'o1', WeChatSubType: 2, RandStr: '0123456789abcdef', WeChatAccessToken: 't', AssociateAccount: 'a', MobilePhone: PHONE, DeviceId: 'd' };
const RCE = { Account: { AccountType: 10004, OtherAccount: { AccountId: md5(PHONE) } }, UserIp: '2001:db8::1', SceneCode: 'e_login_protection', PostTime: 1_795_262_400 };

const facts = {
  userAgent: { status: 'ok', ms: 0, value: 'Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile' },
  referrer: { status: 'missing', ms: 0 },
  cookieHash: { status: 'ok', ms: 0, value: 'c'.repeat(64) },
  deviceToken: { status: 'timeout', ms: 0 },
} as const;
const report: ReportForPayload = { facts, timings: { startedAt: '2026-11-21T12:00:00.900Z', totalMs: 1, deadlineMs: 1 } };

describe('the samples of the document', () => {
  it('the long one builds, and stays what it was', () => {
    const payload = buildBusinessSecurityData('juhe-antirush', { fields: sample.BusinessSecurityData });
    expect(payload).toEqual({ ok: true, value: { BusinessSecurityData: sample.BusinessSecurityData } });
  });

  it('the short one builds, with UserIp where the long one has it', () => {
    expect(juhe(WHOLE)).toEqual([]);
  });
});

describe('what the vendor would refuse', () => {
  const account = (AccountType: unknown, objects: object) => ({ ...WHOLE, Account: { AccountType, ...objects } });
  const other = (AccountType: number, AccountId: unknown) => account(AccountType, { OtherAccount: { AccountId } });

  it.each<[string, object, string[]]>([
    ['nothing at all', {}, ['261510 Account', '261506 UserIp']],
    ['no UserIp', { Account: PHONE_ACCOUNT }, ['261506 UserIp']],
    ['an empty UserIp', { ...WHOLE, UserIp: '' }, ['261506 UserIp']],
    ...['300.1.1.1', '01.02.03.04', '1.2.3', '::::', ':::', '1::2::3', '1.2.3.4:5:6', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', ':1::', '1::2:', '::1.2.3', '1:2:3:4:5:6:7:1.2.3.4', 'fe80::1%eth0', '::ffff:1.2.3.400'].map(
      (UserIp): [string, object, string[]] => [`the UserIp ${UserIp}`, { ...WHOLE, UserIp }, ['261509 UserIp']],
    ),
    ...['0.0.0.0', '223.122.53.5', '::', '::1', '1::', '2001:db8::8a2e:370:7334', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::ffff:1.2.3.4', '64:ff9b::192.0.2.33', '1:2:3:4:5:6:1.2.3.4'].map(
      (UserIp): [string, object, string[]] => [`the UserIp ${UserIp}`, { ...WHOLE, UserIp }, []],
    ),
    ['null, wherever', { ...WHOLE, Nickname: null, UserIp: null, Sponsor: null, Details: null, CheckDevice: null, UserId: null, Account: { AccountType: null, OtherAccount: null } },
      ['Account.AccountType', 'Account.OtherAccount', 'UserIp', 'UserId', 'Nickname', 'CheckDevice', 'Details', 'Sponsor'].map((path) => `261508 ${path}`)],
    ['a UserIp that is a number', { ...WHOLE, UserIp: 1 }, ['261508 UserIp']],
    ['no AccountType', account(undefined, {}), ['261510 Account.AccountType']],
    ['an AccountType that does not exist', account(3, {}), ['261502 Account.AccountType']],
    ['an AccountType of RCE', account(10005, {}), ['261502 Account.AccountType']],
    ['an AccountType as text', account('4', { OtherAccount: { AccountId: PHONE } }), ['261508 Account.AccountType']],
    ['an AccountType from a prototype', account('constructor', {}), ['261508 Account.AccountType']],
    ['an account that is a text', { ...WHOLE, Account: 'me' }, ['261508 Account']],
    ['the wrong object for the kind', account(1, { OtherAccount: { AccountId: 'x' } }), ['261510 Account.QQAccount']],
    ['no OtherAccount', account(0, {}), ['261510 Account.OtherAccount']],
    ['no AccountId', account(4, { OtherAccount: {} }), ['261507 Account.OtherAccount.AccountId']],
    ['an AccountId that is a number', other(4, 13815650338), ['261508 Account.OtherAccount.AccountId']],
    ['a foreign mobile', other(4, '+85291234567'), ['261507 Account.OtherAccount.AccountId']],
    ['a mobile with ten digits', other(4, '1381565033'), ['261507 Account.OtherAccount.AccountId']],
    ['a mobile nobody has', other(4, '12815650338'), ['261507 Account.OtherAccount.AccountId']],
    ['an IMEI', other(8, '490154203237518'), []],
    ['an MEID', other(8, 'A000004F92AB3C'), []],
    ['an IDFA', other(8, '6D92078A-8246-4BA4-AE5B-76104861E7DC'), []],
    ['an imeiMD5', other(8, md5('490154203237518')), []],
    ['an imeiMD5 in upper case', other(8, md5('490154203237518').toUpperCase()), ['261507 Account.OtherAccount.AccountId']],
    ['an IMEI that is too short', other(8, '4901542032375'), ['261507 Account.OtherAccount.AccountId']],
    ['the MD5 of a mobile', other(10004, md5(PHONE)), []],
    ['the SHA-256 of a mobile', other(10004, sha256(PHONE)), []],
    ['a plain mobile where a digest is asked for', other(10004, PHONE), ['261507 Account.OtherAccount.AccountId']],
    ['any account id', other(0, '张三@example'), []],
    ['QQ without AppIdUser', account(1, { QQAccount: { QQOpenId: 'q' } }), ['261505 Account.QQAccount.AppIdUser']],
    ['QQ without anything', account(1, { QQAccount: {} }), ['261510 Account.QQAccount.QQOpenId', '261505 Account.QQAccount.AppIdUser']],
    ['QQ with a bad mobile', account(1, { QQAccount: { QQOpenId: 'q', AppIdUser: 'a', MobilePhone: '010-12345678' } }), ['261504 Account.QQAccount.MobilePhone']],
    ['WeChat, whole', account(2, { WeChatAccount: WECHAT }), []],
    ['WeChat, a service account without RandStr', account(2, { WeChatAccount: { ...WECHAT, WeChatSubType: '1', RandStr: undefined } }), []],
    ['WeChat, a mini-program without RandStr', account(2, { WeChatAccount: { ...WECHAT, WeChatSubType: '2', RandStr: '' } }), ['261510 Account.WeChatAccount.RandStr']],
    ['WeChat, a mini-program that is written otherwise', account(2, { WeChatAccount: { ...WECHAT, WeChatSubType: '02', RandStr: '' } }), ['261508 Account.WeChatAccount.WeChatSubType']],
    ['WeChat, a third kind', account(2, { WeChatAccount: { ...WECHAT, WeChatSubType: 3 } }), ['261509 Account.WeChatAccount.WeChatSubType']],
    [
      'WeChat without anything',
      account(2, { WeChatAccount: {} }),
      ['WeChatOpenId', 'WeChatSubType', 'WeChatAccessToken', 'AssociateAccount', 'MobilePhone', 'DeviceId'].map((name) => `261510 Account.WeChatAccount.${name}`),
    ],
    ['an object that is not needed may be half empty', { ...WHOLE, Account: { ...PHONE_ACCOUNT, QQAccount: {} } }, []],
    ['but not of wrong types', { ...WHOLE, Account: { ...PHONE_ACCOUNT, QQAccount: { QQOpenId: 5 }, WeChatAccount: [] } }, ['261508 Account.QQAccount.QQOpenId', '261508 Account.WeChatAccount']],
    ['unknown fields, wherever', { ...WHOLE, Key: 'k', Account: { ...PHONE_ACCOUNT, Phone: PHONE, OtherAccount: { AccountId: PHONE, Id: 1 } }, Sponsor: { Name: 'x' } },
      ['261511 Account.OtherAccount.Id', '261511 Account.Phone', '261511 Sponsor.Name', '261511 Key']],
    ['CheckDevice, DeviceType', { ...WHOLE, CheckDevice: 2, DeviceType: '3' }, ['261509 CheckDevice', '261509 DeviceType']],
    ['CheckDevice, DeviceType as texts', { ...WHOLE, CheckDevice: '1', DeviceType: '2' }, []],
    ['numbers that are none', { ...WHOLE, CheckDevice: 'yes', DeviceType: 1.5, BusinessId: {} }, ['261508 BusinessId', '261508 CheckDevice', '261508 DeviceType']],
    ['texts that are none', { ...WHOLE, Nickname: 5, UserAgent: true, CookieHash: ['c'] }, ['261508 Nickname', '261508 CookieHash', '261508 UserAgent']],
    ['empty texts where a text is taken, which are as good as nothing', { ...WHOLE, Nickname: '', BusinessId: '', Sponsor: { SponsorPhone: '' } }, []],
    ['empty texts where none is taken', { ...WHOLE, CheckDevice: '', Details: '', Sponsor: '', OnlineScam: { FraudType: '' } },
      ['261508 CheckDevice', '261508 Details', '261508 Sponsor', '261508 OnlineScam.FraudType']],
    ['an account that is an empty text', { ...WHOLE, Account: '' }, ['261508 Account']],
    ['numbers with a zero before them', { ...WHOLE, CheckDevice: '01', DeviceType: '00' }, ['261508 CheckDevice', '261508 DeviceType']],
    ['Details that is an object', { ...WHOLE, Details: { FieldName: 'a' } }, ['261508 Details']],
    ['Details with gaps', { ...WHOLE, Details: [{ FieldName: 'a', FieldValue: 'b' }, { FieldName: 'a' }, 'x'] }, ['261510 Details[1].FieldValue', '261508 Details[2]']],
    ['OnlineScam out of range', { ...WHOLE, OnlineScam: { ContentRiskLevel: 2, ContentType: '0', FraudType: 3 } }, ['261509 OnlineScam.ContentRiskLevel', '261508 OnlineScam.ContentType', '261509 OnlineScam.FraudType']],
    ['FraudType 1 without a mobile', { ...WHOLE, OnlineScam: { FraudType: 1, FraudAccount: '10001' } }, ['261504 OnlineScam.FraudAccount']],
    ['FraudType 1 with an empty text, which is as good as nothing', { ...WHOLE, OnlineScam: { FraudType: 1, FraudAccount: '' } }, []],
    ['FraudType 2 with a QQ number', { ...WHOLE, OnlineScam: { FraudType: 2, FraudAccount: '10001' } }, []],
    ['a bad SponsorPhone', { ...WHOLE, Sponsor: { SponsorPhone: 'x' } }, ['261504 Sponsor.SponsorPhone']],
    ['everything at once', { Account: { AccountType: 1, QQAccount: { MobilePhone: 'x' } }, UserIp: '', Nickname: 1, Extra: 1 },
      ['261510 Account.QQAccount.QQOpenId', '261505 Account.QQAccount.AppIdUser', '261504 Account.QQAccount.MobilePhone', '261506 UserIp', '261508 Nickname', '261511 Extra']],
  ])('juhe: %s', (_what, fields, errors) => {
    expect(juhe(fields)).toEqual(errors);
  });

  it.each<[string, object, string[]]>([
    ['whole', RCE, []],
    ['nothing at all', {}, ['261510 Account', '261510 SceneCode', '261506 UserIp', '261510 PostTime']],
    ['a plain mobile as account', { ...RCE, Account: PHONE_ACCOUNT }, ['261502 Account.AccountType']],
    ['SHA-256 under 10004', { ...RCE, Account: { AccountType: 10004, OtherAccount: { AccountId: sha256(PHONE) } } }, ['261507 Account.OtherAccount.AccountId']],
    ['SHA-256 under 10005', { ...RCE, Account: { AccountType: 10005, OtherAccount: { AccountId: sha256(PHONE), MobilePhone: md5(PHONE) } } }, []],
    ['a plain MobilePhone', { ...RCE, Account: { AccountType: 1, QQAccount: { QQOpenId: 'q', AppIdUser: 'a', MobilePhone: PHONE } } }, ['261504 Account.QQAccount.MobilePhone']],
    ['WeChat with its open id only', { ...RCE, Account: { AccountType: 2, WeChatAccount: { WeChatOpenId: 'o' } } }, []],
    ['WeChatSubType as text', { ...RCE, Account: { AccountType: 2, WeChatAccount: { WeChatOpenId: 'o', WeChatSubType: '2' } } }, ['261508 Account.WeChatAccount.WeChatSubType', '261510 Account.WeChatAccount.RandStr']],
    ['PostTime in the past of the past', { ...RCE, PostTime: -1 }, ['261509 PostTime']],
    ['Platform', { ...RCE, Platform: '6' }, ['261509 Platform']],
    ['an empty Platform', { ...RCE, Platform: '' }, []],
    ['empty texts where an integer is taken', { ...RCE, PostTime: '', BusinessId: '' }, ['261508 PostTime', '261508 BusinessId']],
    ['Platform as number', { ...RCE, Platform: 3 }, ['261508 Platform']],
    ['DataAuthorization', { ...RCE, DataAuthorization: { DataProviderName: 'x', UserDataType: [1, 7], IsAuthorize: 0 } },
      ['261510 DataAuthorization.DataRecipientName', '261509 DataAuthorization.UserDataType[1]', '261509 DataAuthorization.IsAuthorize']],
  ])('rce: %s', (_what, fields, errors) => {
    expect(rce(fields)).toEqual(errors);
  });

  it('too large', () => {
    expect(juhe({ ...WHOLE, Nickname: '长'.repeat(22_000) })).toEqual(['261512 BusinessSecurityData']);
    expect(errorsOf(buildBusinessSecurityData('juhe-antirush', { fields: WHOLE, maxBytes: 20 }))).toEqual(['261512 BusinessSecurityData']);
  });

  it('not JSON: cycles, BigInt', () => {
    const cycle: Record<string, unknown> = {};
    cycle['Sponsor'] = cycle;
    expect(juhe({ ...WHOLE, Details: [cycle] })).toContain('261508 BusinessSecurityData');
    expect(juhe({ ...WHOLE, UserId: 5n })).toEqual(['261508 UserId', '261508 BusinessSecurityData']);
    expect(errorsOf(buildBusinessSecurityData('juhe-antirush', { fields: null as never }))).toEqual(['261508 BusinessSecurityData']);
  });

  it('says it in the vendor\'s own codes, and quotes no value', () => {
    const { lookup } = createCatalogue(juheTables, [zhCN]);
    for (const code of Object.values(PAYLOAD_CODES)) expect(lookup('juhe-antirush', 'service', code)).toMatchObject({ known: true, remedy: 'fix-request' });
    const payload = buildBusinessSecurityData('juhe-antirush', { fields: { ...WHOLE, Account: { AccountType: 4, OtherAccount: { AccountId: 'my secret number' } } } });
    expect(payload).toEqual({
      ok: false,
      errors: [
        {
          code: { system: 'juhe-antirush', table: 'service', code: '261507' },
          path: 'BusinessSecurityData.Account.OtherAccount.AccountId',
          rule: 'must be a mainland-China mobile of 11 digits',
        },
      ],
    });
  });

  it('a profile that does not exist is the integrator\'s mistake', () => {
    expect(() => buildBusinessSecurityData('aliyun' as never, { fields: WHOLE as never })).toThrow(new TypeError('profile must be juhe-antirush or tencent-rce'));
  });

  it('never throws on what a stranger sends, and finds at most 200 errors', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('juhe-antirush', 'tencent-rce'), (clientPart, profile) => {
        expect(errorsOf(buildBusinessSecurityData(profile as PayloadProfile, { clientPart: clientPart ?? null, fields: WHOLE as never })).length).toBeLessThanOrEqual(400);
      }),
    );
    expect(juhe(Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}`, 1])))).toHaveLength(200);
  });
});

describe('client and server', () => {
  it('the client fills what the report knows, for each vendor in its own words', () => {
    expect(buildClientPart('juhe-antirush', { report })).toEqual({
      ok: true,
      value: { BusinessSecurityData: { UserAgent: facts.userAgent.value, CookieHash: facts.cookieHash.value, DeviceType: '1' } },
    });
    expect(buildClientPart('tencent-rce', { report, fields: { SceneCode: 'face', UserAgent: 'other' } })).toEqual({
      ok: true,
      value: { BusinessSecurityData: { UserAgent: 'other', CookieHash: facts.cookieHash.value, Platform: '3', PostTime: 1_795_262_400, SceneCode: 'face' } },
    });
  });

  it.each([
    ['iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)', 'iPhone', 5, '2'],
    ['iPad as desktop', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'MacIntel', 5, '2'],
    ['Macintosh', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'MacIntel', 0, undefined],
    ['Windows', 'Mozilla/5.0 (Windows NT 10.0)', 'Win32', 10, undefined],
  ])('DeviceType of %s', (_name, userAgent, platform, maxTouchPoints, expected) => {
    const ok = <T>(value: T) => ({ status: 'ok', ms: 0, value }) as const;
    const own = { ...report, facts: { userAgent: ok(userAgent), hardware: ok({ platform, vendor: '' }), touch: ok({ maxTouchPoints, touchEvents: true, coarsePointer: true }) } };
    const payload = buildClientPart('juhe-antirush', { report: own });
    expect(payload.ok && payload.value.BusinessSecurityData.DeviceType).toBe(expected);
  });

  it('the client is refused every field that is the server\'s', () => {
    const payload = buildClientPart('juhe-antirush', {
      report,
      fields: {
        UserIp: '1.1.1.1',
        XForwardedFor: '1.1.1.1',
        MacAddress: 'm',
        VendorId: 'v',
        Account: {
          AccountType: 2,
          QQAccount: { QQOpenId: 'q', AppIdUser: 'a', AssociateAccount: 'a', MobilePhone: PHONE, DeviceId: 'd' },
          WeChatAccount: { WeChatOpenId: 'o', WeChatSubType: 2, WeChatAccessToken: 't', RandStr: 'r', MobilePhone: PHONE },
        },
      },
    });
    const own = ['QQOpenId', 'AppIdUser', 'AssociateAccount', 'MobilePhone', 'DeviceId'].map((name) => `QQAccount.${name}`);
    const theirs = ['WeChatOpenId', 'WeChatSubType', 'RandStr', 'WeChatAccessToken'].map((name) => `WeChatAccount.${name}`);
    expect(errorsOf(payload)).toEqual([...['AccountType', ...own, ...theirs].map((path) => `Account.${path}`), 'UserIp', 'XForwardedFor', 'MacAddress', 'VendorId'].map((path) => `261511 ${path}`));
    const rce = { DataAuthorization: { DataProviderName: 'x', IsAuthorize: 1 }, MacAddress: 'm', SceneCode: 'face', Account: { AccountType: 10004, OtherAccount: { AccountId: md5(PHONE) } } };
    expect(errorsOf(buildClientPart('tencent-rce', { report, fields: rce }))).toEqual(['Account.AccountType', 'MacAddress', 'DataAuthorization'].map((path) => `261511 ${path}`));
  });

  it('the client hashes the account\'s id, and the server says what it is', () => {
    const AccountId = hashMobile(PHONE);
    const client = buildClientPart('tencent-rce', { report, fields: { Account: { OtherAccount: { AccountId } } } });
    if (!client.ok) throw new Error(JSON.stringify(client));
    const { SceneCode, UserIp } = RCE;
    const whole = (AccountType: number) => buildBusinessSecurityData('tencent-rce', { clientPart: client.value.BusinessSecurityData, fields: { SceneCode, UserIp, Account: { AccountType } } });
    expect(whole(10004)).toMatchObject({ ok: true, value: { BusinessSecurityData: { Account: { AccountType: 10004, OtherAccount: { AccountId } } } } });
    expect(errorsOf(whole(10005))).toEqual(['261507 Account.OtherAccount.AccountId']);
  });

  it('the server completes what the client began', () => {
    const client = buildClientPart('juhe-antirush', { report, fields: { Account: { WeChatAccount: { MobilePhone: PHONE, AssociateAccount: 'a', DeviceId: 'd' } }, UserId: 'mine' } });
    if (!client.ok) throw new Error(JSON.stringify(client));
    const arrived: unknown = JSON.parse(JSON.stringify(client.value.BusinessSecurityData));
    const fields = { UserIp: '223.122.53.5', UserId: 'theirs', Account: { AccountType: 2, WeChatAccount: { WeChatOpenId: 'o', WeChatSubType: 2, WeChatAccessToken: 't', RandStr: 'r' } } };
    expect(buildBusinessSecurityData('juhe-antirush', { clientPart: arrived, fields })).toEqual({
      ok: true,
      value: {
        BusinessSecurityData: {
          UserAgent: facts.userAgent.value,
          CookieHash: facts.cookieHash.value,
          DeviceType: '1',
          UserId: 'theirs',
          UserIp: '223.122.53.5',
          Account: { AccountType: 2, WeChatAccount: { WeChatSubType: 2, MobilePhone: PHONE, AssociateAccount: 'a', DeviceId: 'd', WeChatOpenId: 'o', WeChatAccessToken: 't', RandStr: 'r' } },
        },
      },
    });
  });

  it('the server refuses server-only fields in the client\'s part, whatever it fills in itself', () => {
    expect(errorsOf(buildBusinessSecurityData('juhe-antirush', { clientPart: { UserIp: '6.6.6.6' }, fields: WHOLE }))).toEqual(['261511 UserIp']);
    expect(errorsOf(buildBusinessSecurityData('juhe-antirush', { clientPart: { Nickname: 5 }, fields: { Account: PHONE_ACCOUNT } }))).toEqual(['261508 Nickname', '261506 UserIp']);
    expect(errorsOf(buildBusinessSecurityData('juhe-antirush', { clientPart: JSON.parse('{"__proto__": {"UserId": 1}}'), fields: WHOLE }))).toEqual(['261511 __proto__']);
  });
});

describe('hashes of account ids', () => {
  it('mobile', () => {
    expect(hashMobile(PHONE)).toBe(md5(PHONE));
    expect(hashMobile('+86 138-1565-0338')).toBe(md5(PHONE));
    expect(hashMobile('008613815650338', 'sha256')).toBe(sha256(PHONE));
    expect(() => hashMobile('110')).toThrow(new TypeError('must be a mainland-China mobile of 11 digits'));
  });

  it('IMEI: lower-case first', () => {
    expect(hashImei('A000004F92AB3C')).toBe(md5('a000004f92ab3c'));
    expect(hashImei(' 490154203237518 ')).toBe(md5('490154203237518'));
    expect(() => hashImei('imei')).toThrow(TypeError);
  });

  it('IDFA: upper-case first', () => {
    expect(hashIdfa('6d92078a-8246-4ba4-ae5b-76104861e7dc')).toBe(md5('6D92078A-8246-4BA4-AE5B-76104861E7DC'));
    expect(() => hashIdfa('6d92078a82464ba4ae5b76104861e7dc')).toThrow(TypeError);
  });

  it.each([
    [4, PHONE],
    [10004, hashMobile(PHONE)],
    [8, hashImei('490154203237518')],
    [8, hashIdfa('6D92078A-8246-4BA4-AE5B-76104861E7DC')],
  ])('AccountType %i takes %s', (AccountType, AccountId) => {
    expect(juhe({ ...WHOLE, Account: { AccountType, OtherAccount: { AccountId } } })).toEqual([]);
  });
});
