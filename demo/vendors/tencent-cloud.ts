import { createHmac } from 'node:crypto';
import { Hono } from 'hono';

/** Options of {@link createTencentCloudSimulator}. */
export interface TencentCloudOptions {
  /** SecretKeys by SecretId. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** Seconds that `Timestamp` may differ from the vendor's clock. */
const SKEW_SECONDS = 300;

/**
 * Tencent Cloud's 天御 anti-fraud as far as seed 000 documents what goes wrong with a request: 4000 missing parameter, 4104 unknown
 * key, 4100 wrong signature, 4500 replayed or too old.
 */
export function createTencentCloudSimulator({ secrets, now = Date.now }: TencentCloudOptions): Hono {
  const seen = new Set<string>();
  const app = new Hono();
  app.get('/v2/index.php', (context) => {
    const { Signature: signature, ...parameters } = context.req.query();
    const { Action: action, SecretId: secretId, Timestamp: timestamp, Nonce: nonce } = parameters;
    const refuse = (code: number, message: string): Response => context.json({ code, message });
    if (!action || !secretId || !timestamp || !nonce || !signature) return refuse(4000, '请求参数非法');
    if (!Object.hasOwn(secrets, secretId)) return refuse(4104, '密钥不存在');
    const text = Object.keys(parameters).sort().map((name) => `${name}=${parameters[name]}`).join('&');
    const expected = createHmac('sha1', secrets[secretId] ?? '').update(`GET${new URL(context.req.url).host}/v2/index.php?${text}`).digest('base64');
    if (signature !== expected) return refuse(4100, '身份认证失败');
    if (!(Math.abs(now() / 1000 - Number(timestamp)) <= SKEW_SECONDS) || seen.has(`${secretId} ${nonce}`)) return refuse(4500, '重放攻击');
    seen.add(`${secretId} ${nonce}`);
    return context.json({ code: 0, message: '', found: 1, idFound: 1, riskScore: 0 });
  });
  return app;
}
