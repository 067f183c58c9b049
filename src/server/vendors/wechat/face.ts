import type { Entry } from '../../../codes/entry.js';
import { codeText } from '../../../codes/interpret/reading.js';
import { createRegistry } from '../../../codes/registry.js';
import wechatNative from '../../../codes/tables/wechat-native/index.js';
import { isObject } from '../../../transport/shape.js';
import { isAboutPerson } from '../about-person.js';
import { invalidInput, malformedAnswer } from '../failure.js';
import type { InputError, VendorFailure, VendorFailureReason } from '../failure.js';
import { createVendorHttp } from '../http.js';
import type { VendorHttpOptions } from '../http.js';
import { checkPerson } from '../person.js';
import { certHash } from './cert-hash.js';

/** Options of {@link createWeChatFaceClient}. `origin` is `https://api.weixin.qq.com` by default. */
export interface WeChatFaceClientOptions extends VendorHttpOptions {
  /**
   * The mini-program's `access_token`, from wherever your backend keeps it. Asked for before each call; with `refresh` after WeChat
   * has refused the last one. It has `timeoutMs` as the call itself does.
   */
  readonly accessToken: (refresh: boolean) => string | Promise<string>;
}

/** An attempt, as both calls take it. The name and number have to be the same in both. */
export interface WeChatAttempt {
  /** Your number for the attempt: 5 to 32 letters, digits, `_` and `-`. */
  readonly outSeqNo: string;
  /** The user's openid in the mini-program that starts the verification. */
  readonly openId: string;
  readonly name: string;
  /** 18 characters; a lower-case `x` is taken as `X`. */
  readonly idNumber: string;
  /** Calls it off. */
  readonly signal?: AbortSignal | undefined;
}

/** WeChat refused the call, or answered with a result that says nothing of the person. */
export interface WeChatError {
  readonly ok: false;
  readonly reason: 'vendor-error';
  /** 0 with a result. */
  readonly errcode: number;
  /** Of `wechat-native / verify-ret`, with a result that says nothing of the person, only of WeChat's servers, or that nobody knows. */
  readonly error?: Entry;
  /** The call and the code, for the log. `errmsg` may quote what was sent and is left out. */
  readonly detail: string;
  readonly sent: true;
}

/** A result, an error of WeChat's, or no answer. */
export type WeChatAnswer<T> = (T & { readonly ok: true }) | WeChatError | VendorFailure;

/** WeChat's face verification 2.0, the half of a server. Never rejects. */
export interface WeChatFaceClient {
  /** `getVerifyId`: what `wx.requestFacialVerify` takes, good for `expiresInMs`. */
  getVerifyId(attempt: WeChatAttempt): Promise<WeChatAnswer<{ readonly verifyId: string; readonly expiresInMs: number }>>;
  /**
   * `queryVerifyInfo`: what came of it. Passed only if WeChat says so twice, `errcode` 0 and `verify_ret` 10000; what the phone says
   * means only that the person has finished. Failed is who did not pass, by a result that is about them; any other is a `vendor-error`.
   */
  queryVerifyInfo(attempt: WeChatAttempt & { readonly verifyId: string }): Promise<WeChatAnswer<{ readonly outcome: 'passed' | 'failed'; /** Of `wechat-native / verify-ret`. */ readonly entry: Entry }>>;
}

const registry = /* @__PURE__ */ createRegistry(wechatNative);

/** `access_token` invalid, missing or expired. */
const TOKEN_REFUSED = [40_001, 40_014, 41_001, 42_001];

/** 用户系统错误: the person can only start over, and nothing was found out; perhaps they have not begun. */
const NOTHING_FOUND = '90199';

/**
 * A client for `cityservice/face/identify`. Source: developers.weixin.qq.com/miniprogram/dev/server/API/face.
 *
 * @throws TypeError naming the option that is wrong.
 */
export function createWeChatFaceClient(options: WeChatFaceClientOptions): WeChatFaceClient {
  const { accessToken, timeoutMs = 8000 } = options;
  if (typeof accessToken !== 'function') throw new TypeError('accessToken must be a function');
  const http = createVendorHttp({ ...options, origin: options.origin ?? 'https://api.weixin.qq.com' });

  const post = async (name: string, path: string, json: object, repeat: 'unsent' | 'always', signal: AbortSignal | undefined): Promise<{ readonly ok: true; readonly body: Readonly<Record<string, unknown>> } | WeChatError | VendorFailure> => {
    for (let attempt = 1; ; attempt++) {
      const token = await obtain(name, async () => accessToken(attempt > 1), timeoutMs, signal);
      if (!token.ok) return token;
      const answer = await http({ name, method: 'POST', path: `/cityservice/face/identify/${path}`, query: { access_token: token.value }, json, repeat, signal });
      if (!answer.ok) return answer;
      const given = isObject(answer.body) ? codeText(answer.body['errcode']) : undefined;
      // Not by Number alone, for which null and nothing are 0.
      if (!isObject(answer.body) || typeof given !== 'string' || !/^-?\d{1,9}$/.test(given)) return malformedAnswer(name, 'the answer has no errcode');
      const errcode = Number(given);
      if (errcode === 0) return { ok: true, body: answer.body };
      if (attempt > 1 || !TOKEN_REFUSED.includes(errcode)) return { ok: false, reason: 'vendor-error', errcode, detail: `${name}: errcode ${errcode}`, sent: true };
    }
  };

  return {
    async getVerifyId(attempt) {
      const name = 'wechat getVerifyId';
      const checked = checkAttempt(attempt);
      if (!checked.ok) return invalidInput(name, checked.errors);
      const { outSeqNo, openId, person } = checked;
      const answer = await post(name, 'getverifyid', { out_seq_no: outSeqNo, cert_info: { cert_type: 'IDENTITY_CARD', cert_name: person.name, cert_no: person.idNumber }, openid: openId }, 'unsent', attempt.signal);
      if (!answer.ok) return answer;
      const { verify_id: verifyId, expires_in: seconds } = answer.body;
      if (typeof verifyId !== 'string' || verifyId === '' || verifyId.length > 256 || !(Number(seconds) > 0)) return malformedAnswer(name, 'the answer has no verify_id or no expires_in');
      return { ok: true, verifyId, expiresInMs: Number(seconds) * 1000 };
    },

    async queryVerifyInfo({ verifyId, ...attempt }) {
      const name = 'wechat queryVerifyInfo';
      const checked = checkAttempt(attempt);
      const errors = [...(checked.ok ? [] : checked.errors), ...(typeof verifyId === 'string' && verifyId !== '' && verifyId.length <= 256 ? [] : [{ field: 'verifyId', rule: 'must be a text of 1 to 256 characters' }])];
      if (!checked.ok || errors.length > 0) return invalidInput(name, errors);
      const { outSeqNo, openId, person } = checked;
      const answer = await post(name, 'queryverifyinfo', { verify_id: verifyId, out_seq_no: outSeqNo, cert_hash: certHash(person.name, person.idNumber), openid: openId }, 'always', attempt.signal);
      if (!answer.ok) return answer;
      const code = codeText(answer.body['verify_ret']);
      if (typeof code !== 'string' || !/^\d{1,9}$/.test(code)) return malformedAnswer(name, 'the answer has no verify_ret');
      const entry = registry.find('wechat-native', 'verify-ret', code);
      if (code !== '10000' && (code === NOTHING_FOUND || !isAboutPerson(entry))) return { ok: false, reason: 'vendor-error', errcode: 0, error: entry, detail: `${name}: verify_ret ${code}`, sent: true };
      return { ok: true, outcome: code === '10000' ? 'passed' : 'failed', entry };
    },
  };
}

/** The integrator's own token, which comes from wherever it likes, within the time that a call has. */
async function obtain(name: string, accessToken: () => Promise<string>, timeoutMs: number, signal: AbortSignal | undefined): Promise<{ readonly ok: true; readonly value: string } | VendorFailure> {
  const failed = (reason: VendorFailureReason, what: string): VendorFailure => ({ ok: false, reason, detail: `${name}: ${what}`, sent: false });
  if (signal?.aborted) return failed('cancelled', 'by the caller');
  let end = (_failure: VendorFailure): void => undefined;
  const ended = new Promise<VendorFailure>((resolve) => (end = resolve));
  const abort = (): void => end(failed('cancelled', 'by the caller'));
  const timer = setTimeout(() => end(failed('timeout', `accessToken() gave none within ${timeoutMs} ms`)), timeoutMs);
  signal?.addEventListener('abort', abort);
  try {
    return await Promise.race([accessToken().then((value) => ({ ok: true as const, value })), ended]);
  } catch {
    return failed('unreachable', 'accessToken() failed');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

function checkAttempt({ outSeqNo, openId, ...given }: WeChatAttempt): { readonly ok: false; readonly errors: readonly InputError[] } | { readonly ok: true; readonly outSeqNo: string; readonly openId: string; readonly person: { readonly name: string; readonly idNumber: string } } {
  const checked = checkPerson(given, { name: 'required', idNumber: 'required', mobile: 'unused' });
  const errors: InputError[] = checked.ok ? [] : [...checked.errors];
  if (!/^[\w-]{5,32}$/.test(outSeqNo)) errors.push({ field: 'outSeqNo', rule: 'must be 5 to 32 letters, digits, _ and -' });
  if (typeof openId !== 'string' || !/^[\w-]{1,128}$/.test(openId)) errors.push({ field: 'openId', rule: 'must be 1 to 128 letters, digits, _ and -' });
  if (!checked.ok || errors.length > 0) return { ok: false, errors };
  const { name = '', idNumber = '' } = checked.person;
  return { ok: true, outSeqNo, openId, person: { name, idNumber } };
}
