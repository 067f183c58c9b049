import { interpretAntiRush } from '../../../codes/interpret/anti-rush.js';
import type { AntiRushInterpretation } from '../../../codes/interpret/anti-rush.js';
import { buildBusinessSecurityData } from '../../../risk/payloads/build.js';
import type { PayloadInput } from '../../../risk/payloads/build.js';
import { invalidInput } from '../failure.js';
import { createVendorHttp } from '../http.js';
import type { VendorHttpOptions } from '../http.js';
import { requireSecret } from '../secret.js';
import { juheErrorOf, juheOrderId } from './answer.js';
import type { JuheAnswer } from './answer.js';

/** Options of {@link createAntiRushClient}. `origin` is `https://apis.juhe.cn` by default. */
export interface AntiRushClientOptions extends VendorHttpOptions {
  /** The product's own AppKey, from 个人中心 → 我的数据. */
  readonly key: string;
}

/** One query. */
export interface AntiRushQuery extends PayloadInput<'juhe-antirush'> {
  readonly signal?: AbortSignal | undefined;
}

/** 聚合数据 全栈式风控引擎. */
export interface AntiRushClient {
  /**
   * `antiRush/query`. The body is made and checked by the payload builder, and a mistake in it comes back uncharged, with the code
   * Juhe would have answered with. A query that is sent may be charged, so it is sent again only if no connection was made. Never
   * rejects.
   */
  query(query: AntiRushQuery): Promise<JuheAnswer<AntiRushInterpretation>>;
}

const CALL = 'juhe antiRush/query';

/**
 * A client for `antiRush/query`. Source: seed 003_99e8bc0c913e6ea0.
 *
 * @throws TypeError naming the option that is wrong.
 */
export function createAntiRushClient(options: AntiRushClientOptions): AntiRushClient {
  const key = requireSecret('key', options.key);
  const http = createVendorHttp({ ...options, origin: options.origin ?? 'https://apis.juhe.cn' });
  return {
    async query({ signal, ...input }) {
      const payload = buildBusinessSecurityData('juhe-antirush', input);
      if (!payload.ok) return invalidInput(CALL, payload.errors.map(({ path, rule, code }) => ({ field: path, rule, code })));
      const answer = await http({ name: CALL, method: 'POST', path: '/antiRush/query', query: { key }, json: payload.value, repeat: 'unsent', signal });
      if (!answer.ok) return answer;
      const interpretation = interpretAntiRush(answer.body);
      return juheErrorOf(CALL, answer.body, interpretation.error) ?? { ok: true, ...interpretation, ...juheOrderId(answer.body) };
    },
  };
}
