import { account } from './account.js';
import { type Fields, formatted, integer, list, object, required, serverOnly, text } from './field.js';
import { userIp } from './user-ip.js';

/** RCE takes numbers only as their digest. */
const mobile = formatted('mobile', 'the MD5 or SHA-256 of a mainland-China mobile in lower-case hexadecimal', 'md5', 'sha256');

const rceAccount = account({
  fields: {
    QQAccount: {
      QQOpenId: serverOnly(required(text)),
      AppIdUser: serverOnly(required(text, 'appId')),
      AssociateAccount: serverOnly(text),
      MobilePhone: serverOnly(mobile),
      DeviceId: serverOnly(text),
    },
    WeChatAccount: {
      WeChatOpenId: serverOnly(required(text)),
      WeChatSubType: serverOnly(integer(1, 2)),
      RandStr: serverOnly(text),
      WeChatAccessToken: serverOnly(text),
      AssociateAccount: text,
      MobilePhone: mobile,
      DeviceId: text,
    },
    OtherAccount: { AccountId: required(text, 'accountId'), MobilePhone: mobile, DeviceId: text },
  },
  kinds: {
    1: 'QQAccount',
    2: 'WeChatAccount',
    10004: { formats: ['md5'], rule: 'the MD5 of a mobile in lower-case hexadecimal' },
    10005: { formats: ['sha256'], rule: 'the SHA-256 of a mobile in lower-case hexadecimal' },
  },
});

/**
 * `BusinessSecurityData` of Tencent's `ManageMarketingRisk`, version 2020-11-03. Source:
 * https://github.com/TencentCloud/tencentcloud-sdk-nodejs, src/services/rce/v20201103/rce_models.ts. `BusinessCryptoData`, which
 * stands beside it, is the server's own.
 */
export const TENCENT_RCE = {
  Account: required(rceAccount),
  SceneCode: required(text),
  UserIp: serverOnly(required(userIp, 'userIp')),
  PostTime: required(integer()),
  UserId: text,
  DeviceToken: text,
  DeviceBusinessId: integer(),
  BusinessId: integer(),
  Nickname: text,
  EmailAddress: text,
  CheckDevice: integer(0, 1),
  CookieHash: text,
  Referer: text,
  UserAgent: text,
  XForwardedFor: serverOnly(text),
  // What an app could tell; a page cannot.
  MacAddress: serverOnly(text),
  VendorId: serverOnly(text),
  DeviceType: integer(0, 1, 2),
  Details: list(object({ FieldName: required(text), FieldValue: required(text) })),
  Sponsor: object({ SponsorOpenId: text, SponsorDeviceNumber: text, SponsorPhone: mobile, SponsorIp: text, CampaignUrl: text }),
  OnlineScam: object({ ContentLabel: text, ContentRiskLevel: integer(0, 1), ContentType: integer(0, 1), FraudType: integer(1, 2), FraudAccount: text }),
  Platform: {
    text: true,
    check(value, path, { report }) {
      if (typeof value !== 'string') report('type', path, 'must be a text');
      else if (!/^[1-5]$/.test(value)) report('range', path, 'must be 1 (Android), 2 (iOS), 3 (H5), 4 (mini-program) or 5 (HarmonyOS)');
    },
  },
  // From the consent record, which the server holds; what a page says of it would be worth nothing.
  DataAuthorization: serverOnly(object({
    DataProviderName: required(text),
    DataRecipientName: required(text),
    UserDataType: required(list(integer(1, 2, 3, 4, 999))),
    IsAuthorize: required(integer(1)),
    IsOrderHandling: integer(1),
    AuthorizationTerm: integer(),
    PrivacyPolicyLink: text,
  })),
} as const satisfies Fields;
