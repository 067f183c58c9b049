import { account } from './account.js';
import { type Fields, formatted, integer, label, list, numeral, object, required, serverOnly, text } from './field.js';
import { userIp } from './user-ip.js';

/** A number that may be dialled in mainland China. */
const mobile = formatted('mobile', 'a mainland-China mobile of 11 digits', 'mobile');

/** `Account` as the risk engine of Juhe takes it. Source: seed 003_99e8bc0c913e6ea0. */
const juheAccount = account({
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
      WeChatSubType: serverOnly(required(numeral(1, 2))),
      RandStr: serverOnly(text),
      WeChatAccessToken: serverOnly(required(text)),
      AssociateAccount: required(text),
      MobilePhone: required(mobile),
      DeviceId: required(text),
    },
    // DeviceId and MobilePhone are in the document's sample and not in its table.
    OtherAccount: { AccountId: required(text, 'accountId'), MobilePhone: mobile, DeviceId: text },
  },
  kinds: {
    0: { formats: ['any'], rule: 'a text' },
    1: 'QQAccount',
    // 暂不支持 (not for now), says the document, and describes it all the same.
    2: 'WeChatAccount',
    4: { formats: ['mobile'], rule: 'a mainland-China mobile of 11 digits' },
    8: { formats: ['imei', 'idfa', 'md5'], rule: 'an IMEI, an IDFA, or the MD5 of either in lower-case hexadecimal' },
    10004: { formats: ['md5', 'sha256'], rule: 'the MD5 or SHA-256 of a mobile in lower-case hexadecimal' },
  },
});

const scam = object({
  ContentLabel: text,
  ContentRiskLevel: integer(0, 1),
  ContentType: integer(0, 1),
  FraudType: integer(0, 1, 2),
  FraudAccount: text,
});

/** FraudType 1 says that FraudAccount, where there is one, is a mobile. */
const onlineScam: typeof scam = {
  check(value, path, context) {
    scam.check(value, path, context);
    const { FraudType, FraudAccount } = (value ?? {}) as { FraudType?: unknown; FraudAccount?: unknown };
    if (FraudType === 1 && typeof FraudAccount === 'string' && FraudAccount !== '') mobile.check(FraudAccount, `${path}.FraudAccount`, context);
  },
};

/**
 * `BusinessSecurityData` of `POST apis.juhe.cn/antiRush/query`. Source: seed 003_99e8bc0c913e6ea0; `UserIp`, `SceneCode` and
 * `Details` are in its sample only, and so is 0 as a DeviceType and a FraudType.
 */
export const JUHE_ANTIRUSH = {
  Account: required(juheAccount),
  UserIp: serverOnly(required(userIp, 'userIp')),
  UserId: text,
  DeviceToken: text,
  DeviceBusinessId: label,
  BusinessId: label,
  SceneCode: text,
  Nickname: text,
  EmailAddress: text,
  CheckDevice: numeral(0, 1),
  CookieHash: text,
  Referer: text,
  UserAgent: text,
  XForwardedFor: serverOnly(text),
  // What an app could tell; a page cannot.
  MacAddress: serverOnly(text),
  VendorId: serverOnly(text),
  DeviceType: numeral(0, 1, 2),
  Details: list(object({ FieldName: required(text), FieldValue: required(text) })),
  Sponsor: object({ SponsorOpenId: text, SponsorDeviceNumber: text, SponsorPhone: mobile, SponsorIp: text, CampaignUrl: text }),
  OnlineScam: onlineScam,
} as const satisfies Fields;
