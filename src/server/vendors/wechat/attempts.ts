import type { Session } from '../../stores/port.js';
import { decideReturned, notBegun } from '../attempts.js';
import type { AttemptsOptions, VendorAttempts } from '../attempts.js';
import type { VendorFailure } from '../failure.js';
import { newAttemptNumber } from '../random.js';
import type { WeChatAttempt, WeChatFaceClient } from './face.js';

/** Whose face is to be checked, and by which openid. */
export type WeChatPerson = Pick<WeChatAttempt, 'openId' | 'name' | 'idNumber'>;

/** Options of {@link createWeChatAttempts}. */
export interface WeChatAttemptsOptions extends AttemptsOptions {
  readonly client: WeChatFaceClient;
  /**
   * Whom a session's attempt was begun for, asked when it is to be decided: WeChat wants openid, name and number once more, the same as
   * at its beginning, and nothing personal is kept with a session. A failure makes the attempt `review`.
   */
  readonly personOf: (session: Session) => WeChatPerson | Promise<WeChatPerson>;
}

/** Nobody is asked about. */
const NOBODY: VendorFailure = { ok: false, reason: 'invalid-input', detail: 'wechat queryVerifyInfo: personOf() failed', sent: false };

/** The server's half of `wechat-native`, for `wx.requestFacialVerify`. */
export function createWeChatAttempts({ client, personOf, ...options }: WeChatAttemptsOptions): VendorAttempts<WeChatPerson> {
  return {
    async begin(_request, person) {
      const outSeqNo = newAttemptNumber();
      const begun = await client.getVerifyId({ ...person, outSeqNo });
      if (!begun.ok) return notBegun(begun, options);
      return { channel: 'wechat-native', task: { expiresInMs: begun.expiresInMs, verifyId: begun.verifyId }, expected: { verifyId: begun.verifyId, outSeqNo } };
    },
    confirm({ expected: { verifyId = '', outSeqNo = '' }, session, signal }) {
      const ask = async (): ReturnType<WeChatFaceClient['queryVerifyInfo']> => {
        try {
          return await client.queryVerifyInfo({ ...(await personOf(session)), outSeqNo, verifyId, signal });
        } catch {
          // Its message may quote the person.
          return NOBODY;
        }
      };
      return decideReturned(ask, { ...options, reference: outSeqNo, signal });
    },
  };
}
