import { interpretSocialCard } from '../../../codes/interpret/social-card.js';
import type { SocialCardInterpretation, SocialCardVersion } from '../../../codes/interpret/social-card.js';
import { invalidInput } from '../failure.js';
import { createVendorHttp } from '../http.js';
import type { VendorHttpOptions } from '../http.js';
import { checkPerson } from '../person.js';
import { requireSecret } from '../secret.js';
import { juheErrorOf, juheOrderId } from './answer.js';
import type { JuheAnswer } from './answer.js';
import { checkForms, identityFields, identityKey } from './identity-form.js';
import type { IdentityForms } from './identity-form.js';

/** Options of {@link createAntiFraudClient}. `origin` is `https://apis.juhe.cn` by default. */
export interface AntiFraudClientOptions extends VendorHttpOptions {
  /** The product's own AppKey, from 个人中心 → 我的数据. */
  readonly key: string;
  /** `v1`: 社交卡查询, `anti_fraud/query`. `v2`: 通用查询2.0, `anti_fraud/queryV2`. */
  readonly version: SocialCardVersion;
  /** The account's openid, from 个人中心. With it every field is encrypted; without it none is. */
  readonly openId?: string | undefined;
  /** What the fields are sent as. Default all `plain`. */
  readonly forms?: IdentityForms | undefined;
}

/** Whom to ask about. Given plain: each is checked before a query is paid for, then sent in its form. */
export interface AntiFraudQuery {
  /** 18 characters; a lower-case `x` is taken as `X`. */
  readonly idNumber: string;
  /** Mainland-China mobile, 11 digits. */
  readonly mobile: string;
  readonly name?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** 聚合数据 社交卡 and 通用查询2.0. */
export interface AntiFraudClient {
  /** One query. It may be charged, so it is sent again only if no connection was made. Never rejects. */
  query(query: AntiFraudQuery): Promise<JuheAnswer<SocialCardInterpretation>>;
}

/** What the two versions call the flag for encrypted fields. */
const ENDPOINTS = { v1: { path: '/anti_fraud/query', encrypted: 'ency' }, v2: { path: '/anti_fraud/queryV2', encrypted: 'encyr' } } as const;

/**
 * A client for `anti_fraud/query` or `anti_fraud/queryV2`. Source: seed 004_03bf366a98ab32e6. Everything goes in the body, since
 * addresses end up in the logs of every proxy on the way.
 *
 * @throws TypeError naming the option that is wrong.
 */
export function createAntiFraudClient(options: AntiFraudClientOptions): AntiFraudClient {
  const { version, forms = {} } = options;
  if (version !== 'v1' && version !== 'v2') throw new TypeError('version must be v1 or v2');
  const key = requireSecret('key', options.key);
  const aesKey = options.openId === undefined ? undefined : identityKey(requireSecret('openId', options.openId));
  const wrong = checkForms(forms);
  if (wrong.length > 0) throw new TypeError(wrong.map(({ field, rule }) => `${field} ${rule}`).join('; '));
  const http = createVendorHttp({ ...options, origin: options.origin ?? 'https://apis.juhe.cn' });
  const { path, encrypted } = ENDPOINTS[version];
  const name = `juhe ${path.slice(1)}`;

  return {
    async query({ signal, ...person }) {
      const checked = checkPerson(person, { idNumber: 'required', mobile: 'required', name: 'optional' });
      if (!checked.ok) return invalidInput(name, checked.errors);
      const form = { key, ...identityFields(checked.person, forms, aesKey), [encrypted]: aesKey === undefined ? '0' : '1' };
      const answer = await http({ name, method: 'POST', path, form, repeat: 'unsent', signal });
      if (!answer.ok) return answer;
      const interpretation = interpretSocialCard(answer.body, version);
      return juheErrorOf(name, answer.body, interpretation.error) ?? { ok: true, ...interpretation, ...juheOrderId(answer.body) };
    },
  };
}
