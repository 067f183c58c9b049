import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { choicePage } from './choice-page.js';
import { createTicketOffice, sortedSha1 } from './kyc-tickets.js';

/** What a person's check on the vendor's page comes to. */
export interface KycOutcome {
  readonly code: string;
  /** What the result query answers with. Default `code`; of an intention check it knows the face alone. */
  readonly record?: string;
  /** Percent. */
  readonly liveRate?: string;
  readonly similarity?: string;
  /** Intention (意愿核身): these two come back besides. */
  readonly faceCode?: string;
  readonly willCode?: string;
  /** The page for computers calls its signature `newSign`. */
  readonly pc?: boolean;
  /** Levels and tags of the enhanced edition. */
  readonly riskInfo?: Readonly<Record<string, string>>;
}

/** Options of {@link createKycSimulator}. */
export interface KycOptions {
  /** Secrets by WBappid. */
  readonly apps: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /** The vendor's page asks whoever looks at it how the check ends. Default false: it sends them back at once, with what was set. */
  readonly asks?: boolean;
}

/** The simulator of the standalone H5 page, its tickets and its result query. */
export interface KycSimulator {
  readonly app: Hono;
  /** What the next checks come to. Default `{ code: '0' }`. */
  setOutcome(outcome: KycOutcome): void;
  /** Requests so far by path. */
  readonly counts: ReadonlyMap<string, number>;
}

interface Order {
  readonly appId: string;
  readonly userId: string;
  readonly faceId: string;
  readonly faceIdName: 'h5faceId' | 'faceId';
  outcome?: KycOutcome;
}

/** What the page offers where it asks. `unfinished`: the vendor has no result. `forged`: somebody makes a pass of it on the way back. */
const CHOICES: readonly { readonly id: string; readonly label: string; readonly outcome: KycOutcome; readonly unfinished?: true; readonly forged?: true }[] = [
  { id: 'pass', label: '通过 Pass (0)', outcome: { code: '0' } },
  { id: 'other-person', label: '不是同一人 Another person (66660004)', outcome: { code: '66660004' } },
  { id: 'not-frontal', label: '未正脸对框 Not facing the frame (66660023)', outcome: { code: '66660023' } },
  { id: 'no-camera', label: '没有摄像头权限 No camera (3004)', outcome: { code: '3004' }, unfinished: true },
  { id: 'leave', label: '中途退出 Leave in the middle (3003)', outcome: { code: '3003' }, unfinished: true },
  { id: 'forged', label: '不通过，返回地址被篡改 Not passed, and the way back says otherwise', outcome: { code: '66660004' }, forged: true },
];

/** Where identities are handed in, which values are signed there, and what the answer calls the face's number. */
const REGISTRATIONS = {
  '/api/server/h5/geth5faceid': { faceIdName: 'h5faceId', signed: ['appId', 'orderNo', 'name', 'idNo', 'userId', 'version'] },
  '/api/server/getAdvFaceId': { faceIdName: 'faceId', signed: ['appId', 'userId', 'version', 'nonce'] },
  '/api/server/getPlusFaceId': { faceIdName: 'faceId', signed: ['appId', 'userId', 'version', 'nonce'] },
} as const;

/** Answers as `kyc1.qcloud.com` is documented to (TC 1007/57613, 655/32412, 1007/114178, 1007/114181). Independent of the clients' code. */
export function createKycSimulator({ apps, now = Date.now, asks = false }: KycOptions): KycSimulator {
  const counts = new Map<string, number>();
  const orders = new Map<string, Order>();
  const tickets = createTicketOffice({ apps, now });
  let outcome: KycOutcome = { code: '0' };
  const answer = (code: string, rest: object = {}): object => ({ code, msg: code === '0' ? '请求成功' : '请求失败', bizSeqNo: randomBytes(16).toString('hex'), transactionTime: stamp(now()), ...rest });

  /** Where those who look at the page came from, by face. */
  const visitors = new Map<string, string>();

  const wayBack = (url: string, orderNo: string, { appId, faceId, faceIdName }: Order, { code, liveRate = '99', faceCode, willCode, pc }: KycOutcome): string => {
    const back = new URL(url);
    const signature = sortedSha1([appId, orderNo, tickets.signTicket(appId), code]);
    const parameters = { code, orderNo, [faceIdName]: faceId, [pc ? 'newSign' : 'newSignature']: signature, ...(!pc && { liveRate }), ...(faceCode !== undefined && { faceCode }), ...(willCode !== undefined && { willCode }) };
    for (const [name, value] of Object.entries(parameters)) back.searchParams.append(name, value);
    return back.href;
  };

  const app = new Hono();
  app.use(async (context, next) => {
    counts.set(context.req.path, (counts.get(context.req.path) ?? 0) + 1);
    await next();
  });
  app.get('/api/oauth2/access_token', (context) => {
    const issued = tickets.accessToken(context.req.query());
    return context.json('code' in issued ? answer(issued.code) : answer('0', { access_token: issued.value, expire_in: '7200', expire_time: stamp(now() + 7_200_000) }));
  });
  app.get('/api/oauth2/api_ticket', (context) => {
    const issued = tickets.ticket(context.req.query());
    return context.json('code' in issued ? answer(issued.code) : answer('0', { tickets: [{ value: issued.value, expire_in: String(issued.seconds), expire_time: stamp(now() + issued.seconds * 1000) }] }));
  });

  for (const [path, { faceIdName, signed }] of Object.entries(REGISTRATIONS)) {
    app.post(path, async (context) => {
      const body = await readBody(context);
      const { appId = '', orderNo = '', userId = '', idNo = '', name = '', sign = '' } = body;
      if (!Object.hasOwn(apps, appId)) return context.json(answer('66660001'));
      if (!/^[A-Za-z0-9]{1,32}$/.test(orderNo) || context.req.query('orderNo') !== orderNo || orders.has(orderNo)) return context.json(answer('66660000'));
      if (userId === '' || userId.length > 32) return context.json(answer('66660013'));
      if (!tickets.isSigned(appId, signed.map((field) => body[field] ?? ''), sign)) return context.json(answer('400101'));
      if (name === '' || !/^\d{17}[\dX]$/.test(idNo)) return context.json(answer('66660015'));
      const faceId = `tx${randomBytes(15).toString('hex')}`;
      orders.set(orderNo, { appId, userId, faceId, faceIdName });
      return context.json(answer('0', { result: { bizSeqNo: '', orderNo, [faceIdName]: faceId, optimalDomain: new URL(context.req.url).host, success: false } }));
    });
  }

  app.get('/api/web/login', (context) => {
    const query = context.req.query();
    const { nonce = '', orderNo = '', userId = '', sign = '', version = '', url = '' } = query;
    const appId = query['appId'] ?? query['webankAppId'] ?? '';
    const order = orders.get(orderNo);
    const faceId = query['h5faceId'] ?? query['faceId'] ?? '';
    if (!order || order.appId !== appId || order.faceId !== faceId || order.userId !== userId) return context.text('400102 登录态失效', 403);
    if (!/^[A-Za-z0-9]{32}$/.test(nonce) || !['browser', 'App'].includes(query['from'] ?? 'browser') || url === '') return context.text('66660013 请求参数异常', 400);
    const ticket = tickets.nonceTicket(userId);
    // The ticket is spent by the attempt, whatever comes of it.
    if (ticket === undefined || sortedSha1([appId, userId, orderNo, version, faceId, ticket, nonce]) !== sign.toUpperCase()) return context.text('400101 签名校验不通过', 403);
    if (asks) {
      visitors.set(faceId, url);
      return choicePage('人脸核身 H5', CHOICES, (choice) => `/api/web/finish?${new URLSearchParams({ orderNo, faceId, choice }).toString()}`);
    }
    order.outcome = outcome;
    return context.redirect(wayBack(url, orderNo, order, outcome));
  });
  app.get('/api/web/finish', (context) => {
    const { orderNo = '', faceId = '', choice = '' } = context.req.query();
    const order = orders.get(orderNo);
    const url = visitors.get(faceId);
    const chosen = CHOICES.find(({ id }) => id === choice);
    if (!order || order.faceId !== faceId || url === undefined || !chosen) return context.text('400102 登录态失效', 403);
    visitors.delete(faceId);
    if (!chosen.unfinished) order.outcome = chosen.outcome;
    const back = new URL(wayBack(url, orderNo, order, chosen.outcome));
    if (chosen.forged) back.searchParams.set('code', '0');
    if (chosen.unfinished) for (const name of [order.faceIdName, 'newSignature', 'liveRate']) back.searchParams.delete(name);
    return context.redirect(back.href);
  });

  app.post('/api/v2/base/queryfacerecord', async (context) => {
    const body = await readBody(context);
    const { appId = '', orderNo = '', version = '', nonce = '', sign = '', getFile } = body;
    if (!tickets.isSigned(appId, [appId, orderNo, version, nonce], sign)) return context.json(answer('400101'));
    const checked = orders.get(orderNo)?.outcome;
    if (!checked) return context.json(answer('66660011'));
    const { code, record = code, liveRate = '99', similarity = '88', riskInfo } = checked;
    const media = { ...(getFile === '1' || getFile === '2' ? { photo: 'cGhvdG8=' } : {}), ...(getFile === '1' || getFile === '3' ? { video: 'dmlkZW8=' } : {}) };
    return context.json(answer(record, { result: { orderNo, liveRate, similarity, occurredTime: stamp(now()), appId, ...media, ...(riskInfo && { riskInfo }) } }));
  });

  return {
    app,
    counts,
    setOutcome(next) {
      outcome = next;
    },
  };
}

async function readBody(context: Context): Promise<Readonly<Record<string, string | undefined>>> {
  try {
    return (await context.req.json()) as Record<string, string>;
  } catch {
    return {};
  }
}

/** `yyyyMMddHHmmss`. */
function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14);
}
