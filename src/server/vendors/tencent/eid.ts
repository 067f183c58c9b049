import { isObject } from '../../../transport/shape.js';
import { invalidInput, malformedAnswer } from '../failure.js';
import type { InputError } from '../failure.js';
import { checkPerson } from '../person.js';
import { readDetectText } from './detect-text.js';
import type { FaceIdResult } from './detect-text.js';
import { callSdk } from './face-id-call.js';
import type { FaceIdAnswer } from './face-id-call.js';
import { checkExtra, checkRedirect, identityFields, isPage, isToken, tokenRule } from './face-id-input.js';

/** The part that is used of the official SDK's `faceid` v20180301 client. Yours is passed in, with its keys. */
export interface EidSdkClient {
  GetEidToken(request: object): Promise<object>;
  CheckEidTokenStatus(request: object): Promise<object>;
  GetEidResult(request: object): Promise<object>;
}

/** Options of {@link createEidClient}. */
export interface EidClientOptions {
  readonly sdk: EidSdkClient;
  /** 商户 ID, from the console, of the account that the client's keys belong to. */
  readonly merchantId: string;
  /** Milliseconds for one call. Default 10,000. */
  readonly timeoutMs?: number;
  /** Takes http on loopback as the vendor's page and as the way back, for a simulator. Default false. */
  readonly allowLoopbackHttp?: boolean;
}

/** Input of {@link EidClient.eidToken}. */
export interface EidTokenInput {
  /** With the number, or neither: then the vendor's page asks for both. */
  readonly name?: string | undefined;
  /** 18 characters; a lower-case `x`, which the vendor refuses, is taken as `X`. */
  readonly idNumber?: string | undefined;
  /**
   * How the vendor's page asks for the identity that is not given here: both sides of the card by camera, its front, or typing.
   * Default `both-sides`, as the vendor has it.
   */
  readonly askBy?: keyof typeof INPUT_TYPES;
  /** Where the person comes back to in H5, passed or not, with `token` added: https, 1,024 characters at most. */
  readonly redirectUrl?: string | undefined;
  /** Comes back with the result. 1,024 characters at most; nothing personal. */
  readonly extra?: string | undefined;
}

/** Who the person is, encrypted for the certificate that the console has of you (TC 1007/63370). */
export interface EidInfo {
  /** The person's number with you. */
  readonly eidCode?: string;
  readonly eidSign?: string;
  /** The session key, for your private key (SM2), base64. */
  readonly desKey?: string;
  /** Name and number under the session key (SM4), base64. */
  readonly userInfo?: string;
}

/** What the vendor has of an attempt, and who the person is where the console has your certificate. */
export interface EidResult extends FaceIdResult {
  readonly eidInfo?: EidInfo;
}

/** Tencent Cloud E证通. Never rejects. */
export interface EidClient {
  /** The page's address and the EidToken; both are for one attempt within `expiresInMs`. */
  eidToken(input: EidTokenInput): Promise<FaceIdAnswer<{ readonly url: string; readonly eidToken: string; readonly expiresInMs: number }>>;
  /** For a page that asks every second whether the person has finished elsewhere. Says nothing of how it went. */
  status(eidToken: string): Promise<FaceIdAnswer<{ readonly status: 'waiting' | 'finished' | 'expired' }>>;
  /** Asks for the status, then for the result. The vendor keeps results for three days. */
  result(eidToken: string): Promise<FaceIdAnswer<EidResult>>;
}

/** Lifetime of an EidToken and of its page, milliseconds. */
const EID_TOKEN_MS = 600_000;

/** `Config.InputType`; 4 is an identity that the server hands in. */
const INPUT_TYPES = { 'both-sides': '1', front: '2', typing: '3' } as const;
const FROM_SERVER = '4';

/** `Status` of a token. */
const STATUS: Readonly<Record<string, 'waiting' | 'finished' | 'expired'>> = { init: 'waiting', doing: 'waiting', finished: 'finished', timeout: 'expired' };

/** How the cloud refuses a token that is too old to have a status; its result may still be there. */
const TOKEN_EXPIRED = 'InvalidParameterValue.BizTokenExpired';

/**
 * E证通 through your own official client. Source: TC 1007/54089, 1007/58231, 1007/54090, 1007/58171;
 * TencentCloud/tencentcloud-sdk-nodejs, src/services/faceid/v20180301/faceid_models.ts.
 *
 * @throws TypeError naming the option that is wrong.
 */
export function createEidClient({ sdk, merchantId, timeoutMs = 10_000, allowLoopbackHttp = false }: EidClientOptions): EidClient {
  for (const method of ['GetEidToken', 'CheckEidTokenStatus', 'GetEidResult'] as const) {
    if (typeof sdk?.[method] !== 'function') throw new TypeError(`sdk must have ${method}()`);
  }
  if (typeof merchantId !== 'string' || !/^[\x21-\x7e]{1,50}$/.test(merchantId)) throw new TypeError('merchantId must be a text of 1 to 50 printable ASCII characters');
  const call = (method: keyof EidSdkClient, request: object) => callSdk(`eid ${method}`, () => sdk[method](request), timeoutMs);

  const status: EidClient['status'] = async (eidToken) => {
    if (!isToken(eidToken)) return invalidInput('eid CheckEidTokenStatus', [tokenRule('eidToken')]);
    const answer = await call('CheckEidTokenStatus', { EidToken: eidToken });
    if (!answer.ok) return answer.reason === 'vendor-error' && answer.code === TOKEN_EXPIRED ? { ok: true, status: 'expired' } : answer;
    const { Status: given } = answer.body;
    const read = typeof given === 'string' && Object.hasOwn(STATUS, given) ? STATUS[given] : undefined;
    return read ? { ok: true, status: read } : malformedAnswer('eid CheckEidTokenStatus', 'the answer has no Status that is documented');
  };

  return {
    async eidToken({ redirectUrl, extra, askBy = 'both-sides', ...person }) {
      const isGiven = person.name !== undefined || person.idNumber !== undefined;
      const checked = checkPerson(person, { name: isGiven ? 'required' : 'optional', idNumber: isGiven ? 'required' : 'optional', mobile: 'unused' });
      const errors: InputError[] = [...(checked.ok ? [] : checked.errors), ...checkExtra(extra), ...(redirectUrl === undefined ? [] : checkRedirect(redirectUrl, allowLoopbackHttp))];
      if (!Object.hasOwn(INPUT_TYPES, askBy)) errors.push({ field: 'askBy', rule: `must be ${Object.keys(INPUT_TYPES).join(', ')}` });
      if (!checked.ok || errors.length > 0) return invalidInput('eid GetEidToken', errors);
      const answer = await call('GetEidToken', {
        MerchantId: merchantId,
        Config: { InputType: isGiven ? FROM_SERVER : INPUT_TYPES[askBy] },
        ...identityFields(checked.person),
        ...(redirectUrl !== undefined && { RedirectUrl: redirectUrl }),
        ...(extra !== undefined && { Extra: extra }),
      });
      if (!answer.ok) return answer;
      const { Url: url, EidToken: eidToken } = answer.body;
      if (!isPage(url, allowLoopbackHttp) || !isToken(eidToken)) return malformedAnswer('eid GetEidToken', 'the answer has no Url or no EidToken');
      return { ok: true, url, eidToken, expiresInMs: EID_TOKEN_MS };
    },

    status,

    async result(eidToken) {
      // First, so that a result read as "not passed" is not one that the person is just about to change.
      const current = await status(eidToken);
      if (!current.ok) return current;
      const answer = await call('GetEidResult', { EidToken: eidToken, InfoType: '1' });
      if (!answer.ok) return answer;
      const { Text: text, EidInfo: info } = answer.body;
      if (!isObject(text)) return malformedAnswer('eid GetEidResult', 'the answer has no Text');
      const hasCode = text['ErrCode'] != null;
      const read = readDetectText('eid GetEidResult', text, current.status === 'expired' || (current.status === 'finished' && hasCode));
      return read.ok && isObject(info) ? { ...read, eidInfo: readEidInfo(info) } : read;
    },
  };
}

function readEidInfo({ EidCode: eidCode, EidSign: eidSign, DesKey: desKey, UserInfo: userInfo }: Readonly<Record<string, unknown>>): EidInfo {
  return Object.fromEntries(Object.entries({ eidCode, eidSign, desKey, userInfo }).filter(([, value]) => typeof value === 'string' && value !== ''));
}
