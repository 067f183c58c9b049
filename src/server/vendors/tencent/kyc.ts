import type { Entry } from '../../../codes/entry.js';
import { interpretRiskInfo } from '../../../codes/interpret/risk-info.js';
import type { RiskInfoInterpretation } from '../../../codes/interpret/risk-info.js';
import { numberOf } from '../../../codes/interpret/reading.js';
import { isObject } from '../../../transport/shape.js';
import { isAboutPerson } from '../about-person.js';
import { invalidInput, malformedAnswer } from '../failure.js';
import { createVendorHttp } from '../http.js';
import type { VendorHttpOptions } from '../http.js';
import { originOf } from '../origin.js';
import { checkPerson } from '../person.js';
import { randomAlphanumeric } from '../random.js';
import { requireSecret } from '../secret.js';
import { kycEntry, readKycAnswer } from './kyc-answer.js';
import type { KycAnswer } from './kyc-answer.js';
import { isSameSignature, kycSign } from './kyc-sign.js';
import { createKycTickets } from './kyc-tickets.js';
import { createMemoryTicketStore } from './ticket-store.js';
import type { TicketStore } from './ticket-store.js';
import type { KycLogin } from '../../../transport/protocol.js';

/** Options of {@link createKycClient}. `origin` is `https://kyc1.qcloud.com` by default. */
export interface KycClientOptions extends VendorHttpOptions {
  /** WBappid. */
  readonly appId: string;
  /** The app's secret. */
  readonly secret: string;
  /**
   * Where the identity is handed in. `h5`: `geth5faceid` · `advanced`: `getAdvFaceId` (增强版) · `plus`: `getPlusFaceId` (Plus 版).
   * Default `advanced`.
   */
  readonly product?: KycProduct;
  /** Where tokens and tickets are kept. Several instances need one that they share, such as `createRedisTicketStore`. Default memory. */
  readonly ticketStore?: TicketStore;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /** Bytes for the nonces; cryptographically strong. Default WebCrypto. */
  readonly randomBytes?: (length: number) => Uint8Array;
}

/** See {@link KycClientOptions.product}. */
export type KycProduct = keyof typeof PRODUCTS;

/** Whose face is to be checked. */
export interface KycIdentity {
  /** Your number for the attempt, 1 to 32 letters and digits, never used twice. The result is asked for under it. */
  readonly orderNo: string;
  /** Your name for the user, 1 to 32 letters, digits, `_` and `-`; always the same for one user. */
  readonly userId: string;
  readonly name: string;
  /** 18 characters; a lower-case `x` is taken as `X`. */
  readonly idNumber: string;
}

export type { KycLogin };

/** What the vendor's page put into the return address. */
export interface KycReturn {
  readonly code: string;
  readonly orderNo: string;
  /** `newSignature`, or `newSign` of the page for computers. */
  readonly signature: string;
  /** When your server began the attempt, milliseconds since 1970. Without it nothing is `forged` that is a signature by its looks. */
  readonly begunAt?: number;
}

/** Whose word a return is. */
export interface KycReturnCheck {
  /** The vendor signed it. */
  readonly genuine: boolean;
  /**
   * Somebody else did. Neither of both where no ticket of before `begunAt` is known (any more), a new process or an emptied store say:
   * then it may have been signed with one that is not.
   */
  readonly forged: boolean;
}

/** What the vendor has of an attempt. Only this decides. */
export interface KycResult {
  /** `unfinished`: the vendor has no result yet (66660011). */
  readonly outcome: 'passed' | 'failed' | 'unfinished';
  /** Of `faceid-sdk / result`. */
  readonly entry: Entry;
  /** 0–100. */
  readonly liveRate?: number;
  /** 0–100. */
  readonly similarity?: number;
  /** `yyyyMMddHHmmss`, Beijing time. */
  readonly occurredTime?: string;
  /** Levels and tags of device and identity, where the edition has them. */
  readonly risk?: RiskInfoInterpretation;
}

/** 腾讯云 独立H5, the half of a server. Nothing of it ever rejects, except for a `TypeError` about options. */
export interface KycClient {
  /** Hands in the identity and signs the way to the vendor's page. */
  login(identity: KycIdentity): Promise<KycAnswer<{ readonly login: KycLogin }>>;
  /** Whether the vendor signed what came back: then it is its word, though still not the decision. */
  checkReturn(returned: KycReturn): Promise<KycAnswer<KycReturnCheck>>;
  /** Asks the vendor what an attempt came to. It keeps results for three days. */
  query(orderNo: string): Promise<KycAnswer<KycResult>>;
}

const VERSION = '1.0.0';

/** A NONCE ticket lives for 120 s; the rest is for the way to the browser and clocks that differ. */
const LOGIN_MS = 110_000;

/** Signature checks that failed; the ticket may have been replaced by another instance's. */
const BAD_SIGNATURE = '400101';

/** 当前订单或用户无人脸验证结果. */
const NO_RESULT = '66660011';

/** Too many requests, a time-out of the vendor's own: the person reads of them, and nothing was found out. */
const NOT_NOW = ['400504', '400506', '66660021'];

/** Where identities are handed in, what is signed there and what the answer calls the number. */
const PRODUCTS = {
  h5: { path: '/api/server/h5/geth5faceid', faceIdName: 'h5faceId', signsIdentity: true },
  advanced: { path: '/api/server/getAdvFaceId', faceIdName: 'faceId', signsIdentity: false },
  plus: { path: '/api/server/getPlusFaceId', faceIdName: 'faceId', signsIdentity: false },
} as const;

/**
 * A client for the standalone H5 page. Source: TC 655/32412, 655/32413, 1007/61074, 1007/114177, 1007/114181.
 *
 * @throws TypeError naming the option that is wrong.
 */
export function createKycClient(options: KycClientOptions): KycClient {
  const { product = 'advanced', now = Date.now, randomBytes = (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length)) } = options;
  if (!Object.prototype.hasOwnProperty.call(PRODUCTS, product)) throw new TypeError(`product must be ${Object.keys(PRODUCTS).join(', ')}`);
  const appId = requireSecret('appId', options.appId);
  const origin = options.origin ?? 'https://kyc1.qcloud.com';
  const http = createVendorHttp({ ...options, origin });
  const store = options.ticketStore ?? createMemoryTicketStore();
  const tickets = createKycTickets({ appId, secret: requireSecret('secret', options.secret), http, store, now, newOwner: () => randomAlphanumeric(22, randomBytes) });
  const { path, faceIdName, signsIdentity } = PRODUCTS[product];
  const newNonce = (): string => randomAlphanumeric(32, randomBytes);

  /** Posts what `make` makes of a SIGN ticket, and once more with a new ticket if the vendor takes the signature for wrong. */
  const postSigned = async (name: string, to: string, orderNo: string, repeat: 'unsent' | 'always', make: (ticket: string) => Promise<object>): Promise<ReturnType<typeof readKycAnswer>> => {
    for (let attempt = 1; ; attempt++) {
      const ticket = await tickets.sign();
      if (!ticket.ok) return ticket;
      const answer = await http({ name, method: 'POST', path: to, query: { orderNo }, json: await make(ticket.value), repeat });
      const read = answer.ok ? readKycAnswer(name, answer.body) : answer;
      if (attempt > 1 || read.ok || read.reason !== 'vendor-error' || read.error.code !== BAD_SIGNATURE) return read;
      await tickets.discard(ticket.value);
    }
  };

  return {
    async login(identity) {
      const { orderNo, userId } = identity;
      const checked = checkPerson(identity, { name: 'required', idNumber: 'required', mobile: 'unused' });
      const errors = [...checkOrderNo(orderNo), ...(/^[\w-]{1,32}$/.test(userId) ? [] : [{ field: 'userId', rule: 'must be 1 to 32 letters, digits, _ and -' }]), ...(checked.ok ? [] : checked.errors)];
      if (!checked.ok || errors.length > 0) return invalidInput('kyc login', errors);
      const { name = '', idNumber = '' } = checked.person;

      const registered = await postSigned(`kyc ${path.slice(path.lastIndexOf('/') + 1)}`, path, orderNo, 'unsent', async (ticket) => {
        const nonce = newNonce();
        const body = { appId, orderNo, name, idNo: idNumber, userId, version: VERSION };
        return signsIdentity ? { ...body, sign: await kycSign([...Object.values(body), ticket]) } : { ...body, nonce, sign: await kycSign([appId, userId, VERSION, ticket, nonce]) };
      });
      if (!registered.ok) return registered;
      const { result } = registered.body;
      const faceId = isObject(result) ? result[faceIdName] : undefined;
      if (!isObject(result) || typeof faceId !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(faceId)) return malformedAnswer('kyc login', `the answer has no ${faceIdName}`);
      const page = pageOrigin(result['optimalDomain'], origin, options.allowLoopbackHttp === true);
      if (page === undefined) return malformedAnswer('kyc login', 'optimalDomain is not a host of the vendor');

      const ticket = await tickets.nonce(userId);
      if (!ticket.ok) return ticket;
      const nonce = newNonce();
      const sign = await kycSign([appId, userId, orderNo, VERSION, faceId, ticket.value, nonce]);
      return { ok: true, login: { origin: page, appId, version: VERSION, nonce, orderNo, userId, faceIdName, faceId, sign, expiresInMs: LOGIN_MS } };
    },

    async checkReturn({ code, orderNo, signature, begunAt = -Infinity }) {
      const errors = [...checkOrderNo(orderNo), ...(/^-?\d{1,12}$/.test(code) ? [] : [{ field: 'code', rule: 'must be a whole number as text' }])];
      if (errors.length > 0) return invalidInput('kyc return', errors);
      if (!/^[\da-f]{40}$/i.test(signature)) return { ok: true, genuine: false, forged: true };
      const ticket = await tickets.sign();
      if (!ticket.ok) return ticket;
      const isSignedWith = async (signs: readonly { readonly value: string }[]): Promise<boolean> => {
        for (const { value } of signs) if (isSameSignature(await kycSign([appId, orderNo, value, code]), signature)) return true;
        return false;
      };
      // The ticket may have been replaced while the person was on the vendor's page.
      if (await isSignedWith([ticket, ...(await tickets.recentSigns())])) return { ok: true, genuine: true, forged: false };
      // Or is being replaced, and the vendor signs with the next one already.
      await tickets.settled();
      const recent = await tickets.recentSigns();
      if (await isSignedWith(recent)) return { ok: true, genuine: true, forged: false };
      // Every ticket since the oldest that is known is known.
      return { ok: true, genuine: false, forged: recent.some(({ fetchedAt }) => fetchedAt <= begunAt) };
    },

    async query(orderNo) {
      const call = 'kyc queryfacerecord';
      const errors = checkOrderNo(orderNo);
      if (errors.length > 0) return invalidInput(call, errors);
      const read = await postSigned(call, '/api/v2/base/queryfacerecord', orderNo, 'always', async (ticket) => {
        const nonce = newNonce();
        return { appId, version: VERSION, nonce, orderNo, queryVersion: '1.0', sign: await kycSign([appId, orderNo, VERSION, ticket, nonce]) };
      });
      if (!read.ok) {
        if (read.reason !== 'vendor-error') return read;
        return isAboutRequest(read.error) ? read : { ok: true, outcome: read.error.code === NO_RESULT ? 'unfinished' : 'failed', entry: read.error };
      }
      const { result } = read.body;
      if (!isObject(result) || result['orderNo'] !== orderNo) return malformedAnswer(call, 'the answer is about another order');
      const [liveRate, similarity] = [numberOf(result['liveRate']), numberOf(result['similarity'])];
      const { occurredTime, riskInfo } = result;
      return {
        ok: true,
        outcome: 'passed',
        entry: kycEntry('0'),
        ...(liveRate !== undefined && { liveRate }),
        ...(similarity !== undefined && { similarity }),
        ...(typeof occurredTime === 'string' && /^\d{14}$/.test(occurredTime) && { occurredTime }),
        ...(isObject(riskInfo) && { risk: interpretRiskInfo(riskInfo) }),
      };
    },
  };
}

/** Codes that say nothing of the person: they must not become a failed verification. */
function isAboutRequest(entry: Entry): boolean {
  return entry.code !== NO_RESULT && (!isAboutPerson(entry) || NOT_NOW.includes(entry.code));
}

function checkOrderNo(orderNo: unknown): { readonly field: string; readonly rule: string }[] {
  return typeof orderNo === 'string' && /^[A-Za-z0-9]{1,32}$/.test(orderNo) ? [] : [{ field: 'orderNo', rule: 'must be 1 to 32 letters and digits' }];
}

/** Where the vendor says that its page is: one of its own hosts, or the one that was asked. */
function pageOrigin(optimalDomain: unknown, origin: string, allowLoopbackHttp: boolean): string | undefined {
  if (optimalDomain === undefined || optimalDomain === null || optimalDomain === '') return originOf(origin, allowLoopbackHttp);
  if (typeof optimalDomain !== 'string' || !/^[a-z0-9.-]{1,255}(:\d{1,5})?$/i.test(optimalDomain)) return undefined;
  const own = new URL(origin);
  if (optimalDomain === own.host) return own.origin;
  return /(^|\.)(qcloud\.com|tencentcloudapi\.com|webank\.com|faceid\.qq\.com)$/i.test(optimalDomain) ? `https://${optimalDomain}` : undefined;
}
