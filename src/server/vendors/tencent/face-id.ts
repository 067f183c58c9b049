import { interpretRiskInfo } from '../../../codes/interpret/risk-info.js';
import { codeText, field } from '../../../codes/interpret/reading.js';
import { isObject } from '../../../transport/shape.js';
import { isAboutPerson } from '../about-person.js';
import { invalidInput, malformedAnswer } from '../failure.js';
import type { InputError } from '../failure.js';
import { checkPerson } from '../person.js';
import { readDetectText, similarityOf } from './detect-text.js';
import type { FaceIdResult } from './detect-text.js';
import { callSdk, notAboutPerson } from './face-id-call.js';
import type { FaceIdAnswer } from './face-id-call.js';
import { faceIdEntry } from './face-id-entry.js';
import { checkExtra, checkRedirect, identityFields, isPage, isToken, tokenRule } from './face-id-input.js';

/**
 * The part that is used of the official SDK's `faceid` v20180301 client. Yours is passed in, with its keys; nothing of the SDK is a
 * dependency of this package.
 */
export interface FaceIdSdkClient {
  DetectAuth(request: object): Promise<object>;
  GetDetectInfoEnhanced(request: object): Promise<object>;
  GetFaceIdToken(request: object): Promise<object>;
  GetFaceIdResult(request: object): Promise<object>;
}

/** Options of {@link createFaceIdClient}. */
export interface FaceIdClientOptions {
  readonly sdk: FaceIdSdkClient;
  /** 业务流程 ID, from the console; for `DetectAuth`. */
  readonly ruleId: string;
  /**
   * Set where the rule also asks for the person's intention (意愿核身): passed is then only who passed that too. The vendor's `ErrCode`
   * says nothing of it. Default false.
   */
  readonly intention?: boolean;
  /** Takes http on loopback as the vendor's page and as the way back, for a simulator. Default false. */
  readonly allowLoopbackHttp?: boolean;
  /** Milliseconds for one call. Default 10,000. */
  readonly timeoutMs?: number;
}

/** Input of {@link FaceIdClient.detectAuth}. */
export interface DetectAuthInput {
  /** Left out where the vendor's page asks for it. */
  readonly name?: string | undefined;
  /** 18 characters; a lower-case `x`, which the vendor refuses, is taken as `X`. */
  readonly idNumber?: string | undefined;
  /** Where the person comes back to from the vendor's page, passed or not: https, 1,024 characters at most. A mini-program needs none. */
  readonly redirectUrl?: string | undefined;
  /** Comes back with the result. 1,024 characters at most; nothing personal. */
  readonly extra?: string | undefined;
}

/** Input of {@link FaceIdClient.faceIdToken}. */
export interface FaceIdTokenInput {
  /** `BUSINESS`: the vendor's source, for which it needs name and number. `LOCAL`: your own picture. */
  readonly compareLib: 'LOCAL' | 'BUSINESS';
  readonly name?: string | undefined;
  readonly idNumber?: string | undefined;
  /** base64 of 8 MB at most, for `LOCAL`. */
  readonly imageBase64?: string | undefined;
  /** What the vendor's SDK gave the client, passed on. */
  readonly meta?: string | undefined;
  /** Comes back with the result. 1,000 characters at most; nothing personal. */
  readonly extra?: string | undefined;
}

/** Tencent Cloud FaceID (慧眼). Never rejects. */
export interface FaceIdClient {
  /** The page's address and the BizToken, good for `expiresInMs`. */
  detectAuth(input: DetectAuthInput): Promise<FaceIdAnswer<{ readonly url: string; readonly bizToken: string; readonly expiresInMs: number }>>;
  /** @param ageMs since the token was made, milliseconds: after two hours an attempt that has not passed never will */
  detectInfo(bizToken: string, ageMs: number): Promise<FaceIdAnswer<FaceIdResult>>;
  /**
   * For a page that asks every second whether the person has finished elsewhere; made of {@link detectInfo}. Whoever has not passed may
   * try again: `waiting` until the token is two hours old, `expired` then.
   *
   * @param ageMs as for {@link detectInfo}
   */
  status(bizToken: string, ageMs: number): Promise<FaceIdAnswer<{ readonly status: 'waiting' | 'finished' | 'expired' }>>;
  /** A token for the vendor's App SDK: single use, good for `expiresInMs`. */
  faceIdToken(input: FaceIdTokenInput): Promise<FaceIdAnswer<{ readonly faceIdToken: string; readonly expiresInMs: number }>>;
  faceIdResult(faceIdToken: string): Promise<FaceIdAnswer<FaceIdResult>>;
}

/** Lifetimes, milliseconds. */
const BIZ_TOKEN_MS = 7_200_000;
const FACE_ID_TOKEN_MS = 600_000;

/** Characters of a picture in base64. */
const MAX_IMAGE = 8_388_608;

/** What a page that asks is told of an attempt. */
const STATUS = { passed: 'finished', unfinished: 'waiting', failed: 'expired' } as const;

/** Which parts of a result are fetched: the text, and with it what the person said or did for their intention. */
const [TEXT, TEXT_AND_INTENTION] = ['1', '156'];

/** 本次流程未完成: what an attempt has come to of which nothing is known but the face. */
const NO_INTENTION = '17';

/** 调用方式出错 as a `Result` of the App SDK, where the rest of the family has 本次流程未完成. */
const SDK_MISUSED = '17';

/**
 * FaceID through your own official client. Source: TencentCloud/tencentcloud-sdk-nodejs,
 * src/services/faceid/v20180301/faceid_models.ts; TC 1007/103606 for when an attempt is over; TC 1007/49198 for what `GetFaceIdToken`
 * needs; TC 1007/101997 for the codes of `GetFaceIdResult`, which are of the WeChat family.
 *
 * @throws TypeError naming the option that is wrong.
 */
export function createFaceIdClient({ sdk, ruleId, intention = false, allowLoopbackHttp = false, timeoutMs = 10_000 }: FaceIdClientOptions): FaceIdClient {
  for (const method of ['DetectAuth', 'GetDetectInfoEnhanced', 'GetFaceIdToken', 'GetFaceIdResult'] as const) {
    if (typeof sdk?.[method] !== 'function') throw new TypeError(`sdk must have ${method}()`);
  }
  if (typeof ruleId !== 'string' || ruleId === '') throw new TypeError('ruleId must be a text that is not empty');
  const call = (method: keyof FaceIdSdkClient, request: object) => callSdk(`faceid ${method}`, () => sdk[method](request), timeoutMs);

  const detectInfo: FaceIdClient['detectInfo'] = async (bizToken, ageMs) => {
    if (!isToken(bizToken)) return invalidInput('faceid GetDetectInfoEnhanced', [tokenRule('bizToken')]);
    const name = 'faceid GetDetectInfoEnhanced';
    const answer = await call('GetDetectInfoEnhanced', { RuleId: ruleId, BizToken: bizToken, InfoType: intention ? TEXT_AND_INTENTION : TEXT });
    if (!answer.ok) return answer;
    const { Text: text } = answer.body;
    if (!isObject(text)) return malformedAnswer(name, 'the answer has no Text');
    const codes = intentionCodes(answer.body);
    return readDetectText(name, text, !(ageMs < BIZ_TOKEN_MS), intention && codes.length === 0 ? [NO_INTENTION] : codes);
  };

  return {
    async detectAuth({ redirectUrl, extra, ...person }) {
      const checked = checkPerson(person, { name: 'optional', idNumber: 'optional', mobile: 'unused' });
      const errors: InputError[] = [...(checked.ok ? [] : checked.errors), ...checkExtra(extra), ...(redirectUrl === undefined ? [] : checkRedirect(redirectUrl, allowLoopbackHttp))];
      if (!checked.ok || errors.length > 0) return invalidInput('faceid DetectAuth', errors);
      const answer = await call('DetectAuth', { RuleId: ruleId, ...(redirectUrl !== undefined && { RedirectUrl: redirectUrl }), ...identityFields(checked.person), ...(extra !== undefined && { Extra: extra }) });
      if (!answer.ok) return answer;
      const { Url: url, BizToken: bizToken } = answer.body;
      if (!isPage(url, allowLoopbackHttp) || !isToken(bizToken)) return malformedAnswer('faceid DetectAuth', 'the answer has no Url or no BizToken');
      return { ok: true, url, bizToken, expiresInMs: BIZ_TOKEN_MS };
    },

    detectInfo,

    async status(bizToken, ageMs) {
      const info = await detectInfo(bizToken, ageMs);
      return info.ok ? { ok: true, status: STATUS[info.outcome] } : info;
    },

    async faceIdToken({ compareLib, imageBase64, meta, extra, ...person }) {
      const need = compareLib === 'BUSINESS' ? 'required' : 'optional';
      const checked = checkPerson(person, { name: need, idNumber: need, mobile: 'unused' });
      const errors: InputError[] = [...(checked.ok ? [] : checked.errors), ...checkExtra(extra, 1000)];
      if (compareLib !== 'LOCAL' && compareLib !== 'BUSINESS') errors.push({ field: 'compareLib', rule: 'must be LOCAL or BUSINESS' });
      if (compareLib === 'LOCAL' && (typeof imageBase64 !== 'string' || imageBase64 === '' || imageBase64.length > MAX_IMAGE)) errors.push({ field: 'imageBase64', rule: 'must be a picture of at most 8 MB in base64' });
      if (!checked.ok || errors.length > 0) return invalidInput('faceid GetFaceIdToken', errors);
      const request = { CompareLib: compareLib, ...identityFields(checked.person), ...(imageBase64 !== undefined && { ImageBase64: imageBase64 }), ...(meta !== undefined && { Meta: meta }), ...(extra !== undefined && { Extra: extra }) };
      const answer = await call('GetFaceIdToken', request);
      if (!answer.ok) return answer;
      const { FaceIdToken: faceIdToken } = answer.body;
      return isToken(faceIdToken) ? { ok: true, faceIdToken, expiresInMs: FACE_ID_TOKEN_MS } : malformedAnswer('faceid GetFaceIdToken', 'the answer has no FaceIdToken');
    },

    async faceIdResult(faceIdToken) {
      if (!isToken(faceIdToken)) return invalidInput('faceid GetFaceIdResult', [tokenRule('faceIdToken')]);
      const answer = await call('GetFaceIdResult', { FaceIdToken: faceIdToken });
      if (!answer.ok) return answer;
      const { Result: result, Similarity: similarity, DeviceInfoLevel: level, DeviceInfoTag: tag } = answer.body;
      const code = codeText(result);
      if (typeof code !== 'string' || code === '') return malformedAnswer('faceid GetFaceIdResult', 'the answer has no Result');
      const entry = faceIdEntry(code);
      if (code !== '0' && (code === SDK_MISUSED || !isAboutPerson(entry))) return notAboutPerson('faceid GetFaceIdResult', entry);
      const risk = level == null ? {} : { risk: interpretRiskInfo({ deviceInfoLevel: level as string, deviceInfoTag: tag as string }) };
      return { ok: true, outcome: code === '0' ? 'passed' : 'failed', entry, ...similarityOf(similarity), ...risk };
    },
  };
}

/** The codes of an intention check, wherever the rule's way of asking puts them. */
function intentionCodes({ IntentionVerifyData: read, IntentionQuestionResult: question, IntentionActionResult: nod }: Readonly<Record<string, unknown>>): unknown[] {
  return [field(read, 'ErrorCode'), field(question, 'FinalResultDetailCode') ?? field(question, 'FinalResultCode'), field(nod, 'FinalResultDetailCode')].filter((code) => code != null);
}
