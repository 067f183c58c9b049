import { aesEcbBase64 } from '../../../digest/aes-ecb.js';
import { md5Hex } from '../../../digest/md5.js';
import { sha256Hex } from '../../../digest/sha256.js';
import { sm3Hex } from '../../../digest/sm3.js';
import type { Person } from '../person.js';

/** How Juhe numbers what a field was made into. */
const FORMS = {
  plain: { number: '0', make: (text: string) => text },
  md5: { number: '1', make: md5Hex },
  sha256: { number: '2', make: sha256Hex },
  sm3: { number: '3', make: sm3Hex },
} as const;

/** What an identity number and a mobile may be sent as. */
export type IdentityForm = keyof typeof FORMS;

/** What a name may be sent as: Juhe knows no other digest of it. */
export type NameForm = 'plain' | 'md5';

/** How each field is sent. Digests are lower-case hexadecimal; an identity number is digested with an upper-case `X`. */
export interface IdentityForms {
  /** Default `plain`. */
  readonly idNumber?: IdentityForm | undefined;
  /** Default `plain`. */
  readonly mobile?: IdentityForm | undefined;
  /** Default `plain`. */
  readonly name?: NameForm | undefined;
}

/**
 * Which of the forms are wrong: for callers without types, since a form that Juhe does not know would be sent, and charged.
 */
export function checkForms(forms: IdentityForms): { readonly field: string; readonly rule: string }[] {
  const allowed = { idNumber: Object.keys(FORMS), mobile: Object.keys(FORMS), name: ['plain', 'md5'] };
  return Object.entries(allowed).flatMap(([field, names]) => {
    const form = forms[field as keyof IdentityForms];
    return form === undefined || names.includes(form) ? [] : [{ field: `forms.${field}`, rule: `must be ${names.join(', ')}` }];
  });
}

/** The AES key: the first 16 characters of the lower-case MD5 of the openid of the account (个人中心). */
export function identityKey(openId: string): string {
  return md5Hex(openId).slice(0, 16);
}

/**
 * The fields of a query, in Juhe's words. With a key each is encrypted after it was digested, as AES/ECB/PKCS5Padding in base64;
 * the form body then encodes it once.
 */
export function identityFields(person: Person, forms: IdentityForms, key: string | undefined): Record<string, string> {
  const make = (text: string, form: IdentityForm): string => (key === undefined ? FORMS[form].make(text) : aesEcbBase64(FORMS[form].make(text), key));
  const { idNumber = 'plain', mobile = 'plain', name = 'plain' } = forms;
  return {
    idcard: make(person.idNumber ?? '', idNumber),
    mobile: make(person.mobile ?? '', mobile),
    idCryptoType: FORMS[idNumber].number,
    phoneCryptoType: FORMS[mobile].number,
    ...(person.name !== undefined && { realname: make(person.name, name), nameCryptoType: FORMS[name].number }),
  };
}
