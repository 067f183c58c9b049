import { createHash, createHmac } from 'node:crypto';

/** Seconds that a signature may be old, or ahead. */
const SKEW_SECONDS = 300;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Why a request signed by TC3-HMAC-SHA256 is refused, by the cloud's name; `undefined` if it is not. Source: TC 213/30654. */
export function checkTc3Signature(request: Request, body: string, secrets: Readonly<Record<string, string>>, now: number): string | undefined {
  const { headers, method, url } = request;
  const [, secretId = '', date = '', service = '', signed = '', signature = ''] = /^TC3-HMAC-SHA256 Credential=([^/]+)\/([^/]+)\/([^/]+)\/tc3_request, ?SignedHeaders=([^,]+), ?Signature=([\da-f]{64})$/.exec(headers.get('authorization') ?? '') ?? [];
  if (signature === '') return 'AuthFailure.InvalidAuthorization';
  if (!Object.hasOwn(secrets, secretId)) return 'AuthFailure.SecretIdNotFound';
  const timestamp = headers.get('x-tc-timestamp') ?? '';
  if (!(Math.abs(now / 1000 - Number(timestamp)) <= SKEW_SECONDS)) return 'AuthFailure.SignatureExpire';
  // The SDKs sign the host's name without a port.
  const values = signed.split(';').map((name) => `${name}:${name === 'host' ? new URL(url).hostname : (headers.get(name) ?? '')}\n`);
  const canonical = [method, '/', '', values.join(''), signed, sha256(body)].join('\n');
  const text = ['TC3-HMAC-SHA256', timestamp, `${date}/${service}/tc3_request`, sha256(canonical)].join('\n');
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${secrets[secretId] ?? ''}`);
  return hmac(key, text).toString('hex') === signature ? undefined : 'AuthFailure.SignatureFailure';
}
