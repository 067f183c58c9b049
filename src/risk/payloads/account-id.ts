import { md5Hex } from '../../digest/md5.js';
import { sha256Hex } from '../../digest/sha256.js';

/** What an `AccountId` can be made of. */
const FORMATS = {
  /** Whatever the integrator calls its accounts. */
  any: /^/,
  /** Mainland-China mobile: 11 digits. */
  mobile: /^1[3-9]\d{9}$/,
  /** 15 digits, or the 14 hexadecimal digits of an MEID. */
  imei: /^(\d{15}|[\da-f]{14})$/i,
  /** A UUID. */
  idfa: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  md5: /^[\da-f]{32}$/,
  sha256: /^[\da-f]{64}$/,
} as const;

/** See {@link hasFormat}. */
export type IdFormat = keyof typeof FORMATS;

/** Whether a text is an id of one of these formats. Digests are lower-case, as the vendor asks. */
export function hasFormat(text: string, ...formats: readonly IdFormat[]): boolean {
  return formats.some((format) => FORMATS[format].test(text));
}

/**
 * `AccountId` of a telephone number for AccountType 10004 (MD5 or SHA-256) and, at Tencent RCE, 10005 (SHA-256). A `+86` before it
 * and white space or hyphens in it are dropped first.
 *
 * @throws TypeError where it is no mainland-China mobile.
 */
export function hashMobile(mobile: string, algorithm: 'md5' | 'sha256' = 'md5'): string {
  const digits = demand(mobile.replace(/[\s-]/g, '').replace(/^(\+|00)86/, ''), 'mobile', 'a mainland-China mobile of 11 digits');
  return algorithm === 'md5' ? md5Hex(digits) : sha256Hex(digits);
}

/**
 * `AccountId` imeiMD5 for AccountType 8: lower-case first, then MD5.
 *
 * @throws TypeError where it is no IMEI.
 */
export function hashImei(imei: string): string {
  return md5Hex(demand(imei.trim(), 'imei', 'an IMEI of 15 digits or an MEID of 14 hexadecimal digits').toLowerCase());
}

/**
 * `AccountId` idfaMD5 for AccountType 8: upper-case first, then MD5.
 *
 * @throws TypeError where it is no IDFA.
 */
export function hashIdfa(idfa: string): string {
  return md5Hex(demand(idfa.trim(), 'idfa', 'an IDFA, a UUID with hyphens').toUpperCase());
}

function demand(text: string, format: IdFormat, rule: string): string {
  if (!hasFormat(text, format)) throw new TypeError(`must be ${rule}`);
  return text;
}
