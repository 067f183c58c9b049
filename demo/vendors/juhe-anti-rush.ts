/** The fields that the document's tables and samples name. */
interface Shape {
  readonly [field: string]: 'text' | 'integer' | 'label' | Shape;
}

const DETAIL: Shape = { FieldName: 'text', FieldValue: 'text' };
const ROOT: Shape = {
  Account: {
    AccountType: 'integer',
    OtherAccount: { AccountId: 'text', MobilePhone: 'text', DeviceId: 'text' },
    QQAccount: { QQOpenId: 'text', AppIdUser: 'text', AssociateAccount: 'text', MobilePhone: 'text', DeviceId: 'text' },
    WeChatAccount: { WeChatOpenId: 'text', WeChatSubType: 'label', RandStr: 'text', WeChatAccessToken: 'text', AssociateAccount: 'text', MobilePhone: 'text', DeviceId: 'text' },
  },
  ...Object.fromEntries(['UserId', 'DeviceToken', 'Nickname', 'EmailAddress', 'CookieHash', 'Referer', 'UserAgent', 'XForwardedFor', 'MacAddress', 'VendorId', 'SceneCode', 'UserIp'].map((name) => [name, 'text' as const])),
  ...Object.fromEntries(['DeviceBusinessId', 'BusinessId', 'CheckDevice', 'DeviceType'].map((name) => [name, 'label' as const])),
  Sponsor: Object.fromEntries(['SponsorOpenId', 'SponsorDeviceNumber', 'SponsorPhone', 'SponsorIp', 'CampaignUrl'].map((name) => [name, 'text' as const])),
  OnlineScam: { ContentLabel: 'text', ContentRiskLevel: 'integer', ContentType: 'integer', FraudType: 'integer', FraudAccount: 'text' },
};

/** Largest body, bytes. The document has a code for it and no number. */
const MAX_BYTES = 65_536;

/** Why a body is refused, by the document's numbers. */
export interface AntiRushRefused {
  readonly code: number;
  readonly reason: string;
}

/** What the simulator needs of a good body. */
export interface AntiRushAccepted {
  readonly accountId: string;
  readonly userIp: string;
}

/** Checks a body of `antiRush/query` as seed 003 documents it. */
export function checkAntiRush(text: string): AntiRushRefused | AntiRushAccepted {
  if (Buffer.byteLength(text) > MAX_BYTES) return refused(261512, '请求包超过限制大小。');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refused(261508, '参数错误(包括参数格式、类型等错误)');
  }
  if (!isObject(body)) return refused(261508, '参数错误(包括参数格式、类型等错误)');
  const data = body['BusinessSecurityData'];
  if (data === undefined) return refused(261510, '缺少参数');
  // The document's short sample has UserIp beside the data, its long one inside.
  if (Object.keys(body).some((name) => name !== 'BusinessSecurityData' && name !== 'UserIp')) return refused(261511, '未知参数错误');
  if (!isObject(data)) return refused(261508, '参数错误(包括参数格式、类型等错误)');
  const { Details: details, ...rest } = data;
  const wrong = checkShape(rest, ROOT) ?? checkDetails(details);
  if (wrong) return wrong;
  const account = data['Account'] as Record<string, unknown> | undefined;
  if (account?.['AccountType'] === undefined) return refused(261510, '缺少参数');
  const userIp = data['UserIp'] ?? body['UserIp'];
  if (typeof userIp !== 'string' || userIp === '') return refused(261506, 'userIp不可为空');
  if (!/^[\d.]{7,15}$|^[\da-f:.]{2,45}$/i.test(userIp)) return refused(261509, '参数取值错误');
  const id = accountIdOf(account);
  return typeof id === 'string' ? { accountId: id, userIp } : id;
}

function accountIdOf(account: Readonly<Record<string, unknown>>): string | AntiRushRefused {
  const { AccountType: type } = account;
  const [other, qq, wechat] = [account['OtherAccount'], account['QQAccount'], account['WeChatAccount']] as (Record<string, string> | undefined)[];
  if (type === 1) {
    if (!qq) return refused(261510, '缺少参数');
    if (!qq['AppIdUser']) return refused(261505, 'appId不可为空');
    return qq['QQOpenId'] || refused(261510, '缺少参数');
  }
  if (type === 2) return wechat?.['WeChatOpenId'] || refused(261510, '缺少参数');
  const formats: Readonly<Record<number, RegExp>> = { 0: /./, 4: /^1\d{10}$/, 8: /^(\d{15}|[\da-f]{14}|[\da-f]{32}|[\dA-F]{8}(-[\dA-F]{4}){3}-[\dA-F]{12})$/i, 10004: /^([\da-f]{32}|[\da-f]{64})$/ };
  const format = formats[type as number];
  if (!format) return refused(261502, 'accountType错误');
  if (!other) return refused(261510, '缺少参数');
  const id = other['AccountId'];
  return id && format.test(id) ? id : refused(261507, 'AccountId不可为空或格式错误');
}

function checkShape(value: Readonly<Record<string, unknown>>, shape: Shape): AntiRushRefused | undefined {
  for (const [name, own] of Object.entries(value)) {
    const kind = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (kind === undefined) return refused(261511, `未知参数错误: ${name}`);
    const inner = typeof kind === 'object' ? (isObject(own) ? checkShape(own, kind) : refused(261508, `参数错误: ${name}`)) : undefined;
    if (inner) return inner;
    if ((kind === 'text' && typeof own !== 'string') || (kind === 'integer' && !Number.isInteger(own)) || (kind === 'label' && typeof own !== 'string' && !Number.isInteger(own))) return refused(261508, `参数错误: ${name}`);
    if ((name === 'MobilePhone' || name === 'SponsorPhone') && !/^1\d{10}$/.test(own as string)) return refused(261504, '请填入正确的MobilePhone');
    if (name === 'CheckDevice' && !['0', '1'].includes(String(own))) return refused(261509, '参数取值错误');
  }
  return undefined;
}

function checkDetails(details: unknown): AntiRushRefused | undefined {
  if (details === undefined) return undefined;
  if (!Array.isArray(details)) return refused(261508, '参数错误: Details');
  return details.map((detail: unknown) => (isObject(detail) ? checkShape(detail, DETAIL) : refused(261508, '参数错误: Details'))).find(Boolean);
}

function refused(code: number, reason: string): AntiRushRefused {
  return { code, reason };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
