import type { Entry } from '../../../codes/entry.js';
import { interpretRiskInfo } from '../../../codes/interpret/risk-info.js';
import type { RiskInfoInterpretation } from '../../../codes/interpret/risk-info.js';
import { codeText, numberOf } from '../../../codes/interpret/reading.js';
import { isObject } from '../../../transport/shape.js';
import { invalidInput, malformedAnswer } from '../failure.js';
import type { InputError, VendorFailure } from '../failure.js';
import { checkPerson } from '../person.js';
import { callSdk } from './face-id-call.js';
import type { FaceIdError } from './face-id-call.js';
import { faceIdEntry, sdkResultEntry } from './face-id-entry.js';

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
  /** Milliseconds for one call. Default 10,000. */
  readonly timeoutMs?: number;
}

/** Input of {@link FaceIdClient.detectAuth}. */
export interface DetectAuthInput {
  /** Left out where the vendor's page asks for it. */
  readonly name?: string | undefined;
  /** 18 characters; a lower-case `x`, which the vendor refuses, is taken as `X`. */
  readonly idNumber?: string | undefined;
  /** Where the person comes back to, passed or not: https, 1,024 characters at most. */
  readonly redirectUrl: string;
  /** Comes back with the result. 1,024 characters at most; nothing personal. */
  readonly extra?: string | undefined;
}

/** Input of {@link FaceIdClient.faceIdToken}. */
export interface FaceIdTokenInput {
  /** `LOCAL`: the vendor's source. `BUSINESS`: your own picture. */
  readonly compareLib: 'LOCAL' | 'BUSINESS';
  readonly name?: string | undefined;
  readonly idNumber?: string | undefined;
  /** base64, for `BUSINESS`. */
  readonly imageBase64?: string | undefined;
  /** What the vendor's SDK gave the client, passed on. */
  readonly meta?: string | undefined;
  readonly extra?: string | undefined;
}

/** What the vendor has of an attempt. Only this decides. */
export interface FaceIdResult {
  /** `unfinished`: not passed, and the person may still try again with the same token. */
  readonly outcome: 'passed' | 'failed' | 'unfinished';
  readonly entry: Entry;
  /** Likeness, 0–100; 70 and above is the same person by the vendor's advice. */
  readonly similarity?: number;
  /** How many checks of this token are charged, by the vendor's own marks; the only count that is not a guess. */
  readonly charged?: number;
  readonly risk?: RiskInfoInterpretation;
}

/** A result, an error of the cloud's, or no answer. */
export type FaceIdAnswer<T> = (T & { readonly ok: true }) | FaceIdError | VendorFailure;

/** Tencent Cloud FaceID (慧眼). Never rejects. */
export interface FaceIdClient {
  /** The page's address and the BizToken, good for `expiresInMs`. */
  detectAuth(input: DetectAuthInput): Promise<FaceIdAnswer<{ readonly url: string; readonly bizToken: string; readonly expiresInMs: number }>>;
  /** @param ageMs since the token was made, milliseconds: after two hours an attempt that has not passed never will */
  detectInfo(bizToken: string, ageMs: number): Promise<FaceIdAnswer<FaceIdResult>>;
  /** A token for the vendor's App SDK: single use, good for `expiresInMs`. */
  faceIdToken(input: FaceIdTokenInput): Promise<FaceIdAnswer<{ readonly faceIdToken: string; readonly expiresInMs: number }>>;
  faceIdResult(faceIdToken: string): Promise<FaceIdAnswer<FaceIdResult>>;
}

/** Lifetimes, milliseconds. */
const BIZ_TOKEN_MS = 7_200_000;
const FACE_ID_TOKEN_MS = 600_000;

/** 3 MB of picture in base64. */
const MAX_IMAGE = 4_194_304;

/**
 * FaceID through your own official client. Source: TencentCloud/tencentcloud-sdk-nodejs,
 * src/services/faceid/v20180301/faceid_models.ts; TC 1007/103606 for when an attempt is over.
 *
 * @throws TypeError naming the option that is wrong.
 */
export function createFaceIdClient({ sdk, ruleId, timeoutMs = 10_000 }: FaceIdClientOptions): FaceIdClient {
  for (const method of ['DetectAuth', 'GetDetectInfoEnhanced', 'GetFaceIdToken', 'GetFaceIdResult'] as const) {
    if (typeof sdk?.[method] !== 'function') throw new TypeError(`sdk must have ${method}()`);
  }
  if (typeof ruleId !== 'string' || ruleId === '') throw new TypeError('ruleId must be a text that is not empty');
  const call = (method: keyof FaceIdSdkClient, request: object) => callSdk(`faceid ${method}`, () => sdk[method](request), timeoutMs);

  return {
    async detectAuth({ redirectUrl, extra, ...person }) {
      const checked = checkPerson(person, { name: 'optional', idNumber: 'optional', mobile: 'unused' });
      const errors: InputError[] = [...(checked.ok ? [] : checked.errors), ...checkExtra(extra)];
      if (!isRedirect(redirectUrl)) errors.push({ field: 'redirectUrl', rule: 'must be an https address of at most 1024 characters' });
      if (!checked.ok || errors.length > 0) return invalidInput('faceid DetectAuth', errors);
      const answer = await call('DetectAuth', { RuleId: ruleId, RedirectUrl: redirectUrl, ...identity(checked.person), ...(extra !== undefined && { Extra: extra }) });
      if (!answer.ok) return answer;
      const { Url: url, BizToken: bizToken } = answer.body;
      if (typeof url !== 'string' || !/^https:\/\//.test(url) || !isToken(bizToken)) return malformedAnswer('faceid DetectAuth', 'the answer has no Url or no BizToken');
      return { ok: true, url, bizToken, expiresInMs: BIZ_TOKEN_MS };
    },

    async detectInfo(bizToken, ageMs) {
      if (!isToken(bizToken)) return invalidInput('faceid GetDetectInfoEnhanced', [TOKEN_RULE('bizToken')]);
      const answer = await call('GetDetectInfoEnhanced', { RuleId: ruleId, BizToken: bizToken, InfoType: '1' });
      if (!answer.ok) return answer;
      const { Text: text } = answer.body;
      if (!isObject(text)) return malformedAnswer('faceid GetDetectInfoEnhanced', 'the answer has no Text');
      // Null until the person has tried.
      const code = text['ErrCode'] ?? undefined;
      const passed = codeText(code) === '0' && [text['LiveStatus'], text['Comparestatus']].every((status) => status === undefined || status === null || codeText(status) === '0');
      const details = text['LivenessDetail'];
      return {
        ok: true,
        outcome: passed ? 'passed' : ageMs < BIZ_TOKEN_MS ? 'unfinished' : 'failed',
        entry: faceIdEntry(worst(code, text)),
        ...similarityOf(text['Sim']),
        ...(Array.isArray(details) && { charged: details.filter((detail) => isObject(detail) && detail['IsNeedCharge'] === true).length }),
      };
    },

    async faceIdToken({ compareLib, imageBase64, meta, extra, ...person }) {
      const isLocal = compareLib === 'LOCAL';
      const checked = checkPerson(person, { name: isLocal ? 'required' : 'optional', idNumber: isLocal ? 'required' : 'optional', mobile: 'unused' });
      const errors: InputError[] = [...(checked.ok ? [] : checked.errors), ...checkExtra(extra)];
      if (!isLocal && compareLib !== 'BUSINESS') errors.push({ field: 'compareLib', rule: 'must be LOCAL or BUSINESS' });
      if (compareLib === 'BUSINESS' && (typeof imageBase64 !== 'string' || imageBase64 === '' || imageBase64.length > MAX_IMAGE)) errors.push({ field: 'imageBase64', rule: 'must be a picture of at most 3 MB in base64' });
      if (!checked.ok || errors.length > 0) return invalidInput('faceid GetFaceIdToken', errors);
      const request = { CompareLib: compareLib, ...identity(checked.person), ...(imageBase64 !== undefined && { ImageBase64: imageBase64 }), ...(meta !== undefined && { Meta: meta }), ...(extra !== undefined && { Extra: extra }) };
      const answer = await call('GetFaceIdToken', request);
      if (!answer.ok) return answer;
      const { FaceIdToken: faceIdToken } = answer.body;
      return isToken(faceIdToken) ? { ok: true, faceIdToken, expiresInMs: FACE_ID_TOKEN_MS } : malformedAnswer('faceid GetFaceIdToken', 'the answer has no FaceIdToken');
    },

    async faceIdResult(faceIdToken) {
      if (!isToken(faceIdToken)) return invalidInput('faceid GetFaceIdResult', [TOKEN_RULE('faceIdToken')]);
      const answer = await call('GetFaceIdResult', { FaceIdToken: faceIdToken });
      if (!answer.ok) return answer;
      const { Result: result, Similarity: similarity, DeviceInfoLevel: level, DeviceInfoTag: tag } = answer.body;
      const code = codeText(result);
      if (typeof code !== 'string' || code === '') return malformedAnswer('faceid GetFaceIdResult', 'the answer has no Result');
      const risk = level == null ? {} : { risk: interpretRiskInfo({ deviceInfoLevel: level as string, deviceInfoTag: tag as string }) };
      return { ok: true, outcome: code === '0' ? 'passed' : 'failed', entry: sdkResultEntry(code), ...similarityOf(similarity), ...risk };
    },
  };
}

const TOKEN_RULE = (field: string): InputError => ({ field, rule: 'must be 8 to 128 letters, digits, _ and -' });

function isToken(token: unknown): token is string {
  return typeof token === 'string' && /^[\w-]{8,128}$/.test(token);
}

function checkExtra(extra: unknown): InputError[] {
  return extra === undefined || (typeof extra === 'string' && extra.length <= 1024) ? [] : [{ field: 'extra', rule: 'must be a text of at most 1024 characters' }];
}

function isRedirect(address: unknown): boolean {
  if (typeof address !== 'string' || address.length > 1024 || /\s/.test(address)) return false;
  try {
    return new URL(address).protocol === 'https:';
  } catch {
    return false;
  }
}

function identity({ name, idNumber }: { readonly name?: string | undefined; readonly idNumber?: string | undefined }): object {
  return { ...(name !== undefined && { Name: name }), ...(idNumber !== undefined && { IdCard: idNumber }) };
}

function similarityOf(value: unknown): { readonly similarity?: number } {
  const similarity = numberOf(value);
  return similarity !== undefined && similarity >= 0 && similarity <= 100 ? { similarity } : {};
}

/** `ErrCode` is 0 while the liveness or the comparison is not: then theirs is the one to show. */
function worst(code: unknown, { LiveStatus: live, Comparestatus: compare }: Readonly<Record<string, unknown>>): unknown {
  return [code, live, compare].find((each) => each != null && codeText(each) !== '0') ?? code;
}
