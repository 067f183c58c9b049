import { createDecipheriv, createHash } from 'node:crypto';
import { Hono } from 'hono';
import { checkAntiRush } from './juhe-anti-rush.js';

/** A product of 聚合数据. */
export type JuheProduct = 'antiRush' | 'anti_fraud';

/** What the simulator knows of an AppKey. */
export interface JuheKey {
  readonly product: JuheProduct;
  /** The account's openid, for encrypted fields. */
  readonly openId?: string;
  /** Queries it has left; then 10012. Default no limit. */
  readonly quota?: number;
  /** An `error_code` every query with the key gets, such as 10003 for an expired one. */
  readonly refuse?: number;
}

/** A person of whom 社交卡 knows something. */
export interface JuhePerson {
  readonly idNumber: string;
  readonly mobile: string;
  readonly name?: string;
  readonly riskScore: number;
  readonly riskInfo?: readonly { readonly riskCode: number; readonly riskCodeValue: 1 | 2 | 3 }[];
}

/** Options of {@link createJuheSimulator}. */
export interface JuheOptions {
  readonly keys: Readonly<Record<string, JuheKey>>;
  readonly people?: readonly JuhePerson[];
  /** `RiskLevel` and `RiskType` of an account; other accounts pass. */
  readonly accounts?: Readonly<Record<string, { readonly level: 'pass' | 'review' | 'reject'; readonly types: readonly number[] }>>;
}

const REASONS: Readonly<Record<number, string>> = {
  10001: '错误的请求KEY',
  10002: '该KEY无请求权限',
  10003: 'KEY过期',
  10012: '请求超过次数限制',
  237001: '参数错误',
};

/** Answers as `apis.juhe.cn` is documented to: HTTP 200 throughout, the error in `error_code`. Independent of the clients' code. */
export function createJuheSimulator({ keys, people = [], accounts = {} }: JuheOptions): { readonly app: Hono; /** Queries that would have been charged. */ readonly charged: () => number } {
  const used = new Map<string, number>();
  let charged = 0;
  let serial = 0;
  const error = (code: number, reason = REASONS[code] ?? '错误'): object => ({ resultcode: String(code), reason, result: null, error_code: code });
  const orderId = (): string => `J37020${String(++serial).padStart(15, '0')}`;

  /** The key's record, or the error its use gets. */
  const admit = (name: string | undefined, product: JuheProduct): { readonly key: JuheKey } | { readonly refused: object } => {
    const key = name !== undefined && Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (name === undefined || !key) return { refused: error(10001) };
    if (key.refuse !== undefined) return { refused: error(key.refuse) };
    if (key.product !== product) return { refused: error(10002) };
    const count = (used.get(name) ?? 0) + 1;
    if (count > (key.quota ?? Infinity)) return { refused: error(10012) };
    used.set(name, count);
    return { key };
  };

  const app = new Hono();
  app.post('/antiRush/query', async (context) => {
    const admitted = admit(context.req.query('key'), 'antiRush');
    if ('refused' in admitted) return context.json(admitted.refused);
    const text = await context.req.text();
    const checked = checkAntiRush(text);
    if ('code' in checked) return context.json(error(checked.code, checked.reason));
    charged++;
    const { accountId, userIp } = checked;
    const isPrivate = /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(userIp);
    const { level, types } = accounts[accountId] ?? (isPrivate ? { level: 'review', types: [205] } : { level: 'pass', types: [] });
    const res = { UserId: accountId, PostTime: null, AssociateAccount: '', UserIp: userIp, RiskLevel: level, RiskType: types.length > 0 ? types : null };
    return context.json({ reason: '成功', result: { res }, orderid: orderId(), error_code: 0 });
  });

  const query = (version: 'v1' | 'v2') => (fields: Readonly<Record<string, string>>): object => {
    const admitted = admit(fields['key'], 'anti_fraud');
    if ('refused' in admitted) return admitted.refused;
    // V1 has never heard of V2's name for the flag, nor V2 of V1's.
    const encrypted = fields[version === 'v1' ? 'ency' : 'encyr'] === '1';
    const read = (name: string): string | undefined => (encrypted ? decrypt(fields[name], admitted.key.openId) : fields[name]);
    const { idCryptoType: idType = '0', phoneCryptoType: mobileType = '0', nameCryptoType: nameType = '0' } = fields;
    const [idNumber, mobile, name] = [read('idcard'), read('mobile'), fields['realname'] === undefined ? undefined : read('realname')];
    if (!idNumber || !mobile || (fields['realname'] !== undefined && !name) || !['0', '1'].includes(nameType)) return error(237001);
    if (!looksLike(idNumber, idType, /^\d{17}[\dX]$/) || !looksLike(mobile, mobileType, /^1\d{10}$/)) return error(237001);
    charged++;
    const person = people.find((each) => idNumber === digest(each.idNumber, idType) && mobile === digest(each.mobile, mobileType) && (name === undefined || each.name === undefined || name === digest(each.name, nameType)));
    const idFound = people.some((each) => idNumber === digest(each.idNumber, idType)) ? 1 : -1;
    const result = person
      ? { found: 1, idFound: 1, riskScore: person.riskScore, ...(person.riskScore > 0 && { riskInfo: person.riskInfo ?? [] }) }
      : { found: -1, idFound, riskInfo: [], riskScore: version === 'v1' ? 99 : -1 };
    return { reason: version === 'v1' ? 'Success' : '成功', result: { ...result, orderid: orderId() }, error_code: 0 };
  };
  for (const [path, version] of [['/anti_fraud/query', 'v1'], ['/anti_fraud/queryV2', 'v2']] as const) {
    app.get(path, (context) => context.json(query(version)(context.req.query())));
    app.post(path, async (context) => context.json(query(version)({ ...context.req.query(), ...(Object.fromEntries(new URLSearchParams(await context.req.text())) as Record<string, string>) })));
  }
  return { app, charged: () => charged };
}

const ALGORITHMS: Readonly<Record<string, string>> = { 1: 'md5', 2: 'sha256', 3: 'sm3' };

function digest(text: string, type: string): string {
  return type === '0' ? text : createHash(ALGORITHMS[type] ?? 'md5').update(text).digest('hex');
}

function looksLike(text: string, type: string, plain: RegExp): boolean {
  return { 0: plain, 1: /^[\da-f]{32}$/, 2: /^[\da-f]{64}$/, 3: /^[\da-f]{64}$/ }[type]?.test(text) === true;
}

function decrypt(base64: string | undefined, openId: string | undefined): string | undefined {
  if (base64 === undefined || openId === undefined) return undefined;
  try {
    const decipher = createDecipheriv('aes-128-ecb', createHash('md5').update(openId).digest('hex').slice(0, 16), null);
    return Buffer.concat([decipher.update(Buffer.from(base64, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
