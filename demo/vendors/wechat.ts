import { createHash, randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';

/** Options of {@link createWeChatSimulator}. */
export interface WeChatOptions {
  /** What is taken as `access_token`; `expired` ones get 42001, all others 40001. */
  readonly accessTokens: () => { readonly valid: readonly string[]; readonly expired?: readonly string[] };
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** The simulator of WeChat's face verification, the half that servers call. */
export interface WeChatSimulator {
  readonly app: Hono;
  /** The person has finished on the phone. */
  finish(verifyId: string, verifyRet: number): void;
}

interface Verification {
  readonly outSeqNo: string;
  readonly openId: string;
  readonly certHash: string;
  readonly expiresAt: number;
  verifyRet: number;
}

/** `verify_ret` while the person has not finished: 用户系统错误. The document does not say what it is then. */
const UNFINISHED = 90_199;

/** Answers as `api.weixin.qq.com/cityservice/face/identify` is documented to. Independent of the clients' code. */
export function createWeChatSimulator({ accessTokens, now = Date.now }: WeChatOptions): WeChatSimulator {
  const verifications = new Map<string, Verification>();
  const app = new Hono();
  const handle = (path: string, answer: (body: Readonly<Record<string, unknown>>) => object): void => {
    app.post(`/cityservice/face/identify/${path}`, async (context) => {
      const token = context.req.query('access_token') ?? '';
      const { valid, expired = [] } = accessTokens();
      if (expired.includes(token)) return context.json({ errcode: 42001, errmsg: 'access_token expired' });
      if (!valid.includes(token)) return context.json({ errcode: 40001, errmsg: 'invalid credential, access_token is invalid or not latest' });
      const body = await readBody(context);
      return context.json(body ? answer(body) : { errcode: 47001, errmsg: 'data format error' });
    });
  };
  const invalid = { errcode: 40_097, errmsg: 'invalid args' };

  handle('getverifyid', ({ out_seq_no: outSeqNo, cert_info: certInfo, openid: openId }) => {
    const { cert_type: type, cert_name: name, cert_no: number } = (certInfo ?? {}) as Record<string, string | undefined>;
    if (typeof outSeqNo !== 'string' || !/^[\w-]{5,32}$/.test(outSeqNo) || typeof openId !== 'string' || type !== 'IDENTITY_CARD' || !name || !number) return invalid;
    const verifyId = randomBytes(64).toString('hex');
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const certHash = createHash('sha256').update(`cert_type=${base64(type)}&cert_name=${base64(name)}&cert_no=${base64(number)}`).digest('hex');
    verifications.set(verifyId, { outSeqNo, openId, certHash, expiresAt: now() + 3_600_000, verifyRet: UNFINISHED });
    return { errcode: 0, errmsg: 'ok', verify_id: verifyId, expires_in: 3600 };
  });
  handle('queryverifyinfo', ({ verify_id: verifyId, out_seq_no: outSeqNo, cert_hash: certHash, openid: openId }) => {
    const found = verifications.get(String(verifyId));
    if (!found || found.outSeqNo !== outSeqNo || found.openId !== openId || found.certHash !== certHash) return { ...invalid, verify_ret: 10_000 };
    return { errcode: 0, errmsg: 'ok', verify_ret: found.verifyRet };
  });

  return {
    app,
    finish(verifyId, verifyRet) {
      const found = verifications.get(verifyId);
      if (found && now() < found.expiresAt) found.verifyRet = verifyRet;
    },
  };
}

async function readBody(context: Context): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const body: unknown = await context.req.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
