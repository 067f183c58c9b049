import { utf8Encode } from '../../digest/utf8.js';
import { createErrors, type PayloadError } from './error.js';
import { checkFields, type Fields, type FieldsOf, isObject } from './field.js';
import { fieldsFromReport, type ReportForPayload } from './from-report.js';
import { JUHE_ANTIRUSH } from './juhe-antirush.js';
import { TENCENT_RCE } from './tencent-rce.js';

const PROFILES = { 'juhe-antirush': JUHE_ANTIRUSH, 'tencent-rce': TENCENT_RCE } as const satisfies Record<string, Fields>;

/** Whose request body: 聚合数据 `antiRush/query`, or Tencent's `ManageMarketingRisk`. */
export type PayloadProfile = keyof typeof PROFILES;

/** The fields of a profile's `BusinessSecurityData`, in the vendor's words. */
export type PayloadFields<P extends PayloadProfile> = FieldsOf<(typeof PROFILES)[P]>;

/** A body, or everything the vendor would refuse about it. */
export type Payload<P extends PayloadProfile> =
  | { readonly ok: true; readonly value: { readonly BusinessSecurityData: PayloadFields<P> } }
  | { readonly ok: false; readonly errors: readonly PayloadError[] };

/** Input of {@link buildClientPart}. */
export interface ClientPartInput<P extends PayloadProfile> {
  /** Fills UserAgent, Referer, CookieHash, DeviceToken, and DeviceType (Juhe) or Platform and PostTime (RCE). */
  readonly report: ReportForPayload;
  /** What the page knows besides; these win over the report's. Server-only fields are refused. */
  readonly fields?: PayloadFields<P> | undefined;
  /** Default 65,536. The vendors do not say where theirs ends. */
  readonly maxBytes?: number | undefined;
}

/** Input of {@link buildBusinessSecurityData}. */
export interface PayloadInput<P extends PayloadProfile> {
  /** What the server knows: UserIp, the account, tokens, keys of scenes. These win over the client's. */
  readonly fields: PayloadFields<P>;
  /** The `BusinessSecurityData` of {@link buildClientPart} as it arrived. Nothing in it is trusted; server-only fields are refused. */
  readonly clientPart?: unknown;
  /** Default 65,536. */
  readonly maxBytes?: number | undefined;
}

const MAX_BYTES = 65_536;

/**
 * The client's part of a request body, from the risk report. Fields that only a server can fill (UserIp, XForwardedFor, AccountType,
 * QQAccount, WeChatOpenId, WeChatSubType, WeChatAccessToken, RandStr, MacAddress, VendorId, DataAuthorization) are refused with 261511,
 * and none of them is missed. An `OtherAccount` may come from here, best with its `AccountId` hashed.
 */
export function buildClientPart<P extends PayloadProfile>(profile: P, { report, fields = {} as PayloadFields<P>, maxBytes = MAX_BYTES }: ClientPartInput<P>): Payload<P> {
  // The vendor refuses fields it does not know, and Juhe knows neither of these; RCE does without the type of the device.
  const { DeviceType, Platform, PostTime, ...common } = fieldsFromReport(report);
  const own = profile === 'juhe-antirush' ? { ...common, ...(DeviceType && { DeviceType }) } : { ...common, Platform, PostTime };
  return finish(profile, { ...own, ...fields }, 'client', maxBytes);
}

/**
 * A whole `BusinessSecurityData`, for the server to send. Pure: no clock, no keys, no network.
 *
 * What is wrong is answered with the vendor's own codes and the path of the field, all of it at once: missing 261510, wrong type
 * 261508, out of range 261509, wrong kind of account 261502, no QQ AppIdUser 261505, no UserIp 261506, a bad mobile 261504, a bad
 * AccountId 261507, an unknown field 261511, too large 261512.
 */
export function buildBusinessSecurityData<P extends PayloadProfile>(profile: P, { fields, clientPart, maxBytes = MAX_BYTES }: PayloadInput<P>): Payload<P> {
  if (clientPart === undefined) return finish(profile, fields, 'server', maxBytes);
  const fromClient = finish(profile, clientPart, 'client', maxBytes);
  const whole = finish(profile, merge(clientPart, fields), 'server', maxBytes);
  if (fromClient.ok) return whole;
  // What both find wrong is one error.
  const seen = new Set(fromClient.errors.map(({ code, path }) => `${code.code} ${path}`));
  return { ok: false, errors: [...fromClient.errors, ...(whole.ok ? [] : whole.errors.filter(({ code, path }) => !seen.has(`${code.code} ${path}`)))] };
}

function finish<P extends PayloadProfile>(profile: P, value: unknown, side: 'client' | 'server', maxBytes: number): Payload<P> {
  if (!Object.prototype.hasOwnProperty.call(PROFILES, profile)) throw new TypeError(`profile must be ${Object.keys(PROFILES).join(' or ')}`);
  const { errors, report } = createErrors();
  const root = 'BusinessSecurityData';
  if (!isObject(value)) report('type', root, 'must be an object');
  else {
    checkFields(value, PROFILES[profile], root, { report, side });
    const bytes = sizeOf(value);
    if (bytes === undefined) report('type', root, 'must be JSON');
    else if (bytes > maxBytes) report('size', root, `must be ${maxBytes} bytes at most`);
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { BusinessSecurityData: value as PayloadFields<P> } };
}

/** Bytes as JSON; `undefined` for what JSON cannot hold. */
function sizeOf(value: unknown): number | undefined {
  try {
    return utf8Encode(JSON.stringify(value)).length;
  } catch {
    return undefined;
  }
}

/** The second over the first, object by object. */
function merge(under: unknown, over: unknown): unknown {
  if (!isObject(under) || !isObject(over)) return over === undefined ? under : over;
  const names = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(names.map((name) => [name, merge(own(under, name), own(over, name))]));
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.prototype.hasOwnProperty.call(object, name) ? object[name] : undefined;
}
