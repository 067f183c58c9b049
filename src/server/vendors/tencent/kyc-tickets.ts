import { isObject } from '../../../transport/shape.js';
import { malformedAnswer } from '../failure.js';
import type { VendorHttp } from '../http.js';
import { createKeptTicket, MARGIN_MS, RECENT_MS, REFRESH_MS, ticketOf } from './kept-ticket.js';
import { readKycAnswer } from './kyc-answer.js';
import type { KycAnswer } from './kyc-answer.js';
import type { StoredTicket, TicketStore } from './ticket-store.js';

/** The tickets that signatures are made with. Nothing of it rejects. */
export interface KycTickets {
  /** The SIGN ticket. */
  sign(): Promise<KycAnswer<Pick<StoredTicket, 'value'>>>;
  /** Ends when no SIGN ticket is being fetched here: the vendor may sign with the next one before its answer is here. */
  settled(): Promise<void>;
  /** SIGN tickets that a signature made a while ago may have been made with, the newest first. */
  recentSigns(): Promise<readonly Pick<StoredTicket, 'value' | 'fetchedAt'>[]>;
  /** A NONCE ticket: for one user, one use, 120 s. */
  nonce(userId: string): Promise<KycAnswer<Pick<StoredTicket, 'value'>>>;
  /** The vendor refused a signature: the ticket is not to be used again. */
  discard(ticket: string): Promise<void>;
}

/** What {@link createKycTickets} works with. */
export interface KycTicketsOptions {
  readonly appId: string;
  readonly secret: string;
  readonly http: VendorHttp;
  readonly store: TicketStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A text that nobody else makes. */
  readonly newOwner: () => string;
}

/**
 * Answers that say "not with this token": 登录态失效, and 需要仔细核对请求获取 Token 或 ticket 参数. Any other (a time-out of the vendor's,
 * a user it refuses) would cost every login a token, of which it wants one in 20 minutes.
 */
const TOKEN_REFUSED = ['400102', '400103', '400104'];

/** A token that was replaced is good for a minute more, and what was got with it; half of that for the way, milliseconds. */
const REPLACED_MS = 30_000;

/**
 * Fetches tickets and keeps them in the store. However many callers wait in however many instances, one request is under way: the
 * vendor forbids fetching side by side. Source: TC 1007/57613, 655/13816.
 */
export function createKycTickets({ appId, secret, http, store, now, newOwner }: KycTicketsOptions): KycTickets {
  const common = { appId, version: '1.0.0' };

  const token = createKeptTicket({
    name: `${appId}:access_token`,
    store,
    now,
    newOwner,
    async fetchNext() {
      const call = 'kyc access_token';
      const answer = await http({ name: call, method: 'GET', path: '/api/oauth2/access_token', query: { ...common, secret, grant_type: 'client_credential' }, repeat: 'always' });
      const read = answer.ok ? readKycAnswer(call, answer.body) : answer;
      return read.ok ? ticketOf(call, read.body['access_token'], read.body['expire_in'], now()) : read;
    },
  });

  const fetchTicket = async (call: string, query: Readonly<Record<string, string>>, repeat: 'unsent' | 'always', tokenOf: () => Promise<KycAnswer<StoredTicket>>): Promise<KycAnswer<StoredTicket>> => {
    for (let attempt = 1; ; attempt++) {
      const access = await tokenOf();
      if (!access.ok) return access;
      const answer = await http({ name: call, method: 'GET', path: '/api/oauth2/api_ticket', query: { ...common, access_token: access.value, ...query }, repeat });
      const read = answer.ok ? readKycAnswer(call, answer.body) : answer;
      if (read.ok) return readTicket(call, read.body, access.value, now());
      if (attempt > 1 || read.reason !== 'vendor-error' || !TOKEN_REFUSED.includes(read.error.code)) return read;
      // Somebody who does not share the store has fetched a token, which ended ours.
      await token.discard(access.value);
    }
  };

  const sign = createKeptTicket({
    name: `${appId}:SIGN`,
    store,
    now,
    newOwner,
    // Got with a token about to be replaced, it would not live long.
    fetchNext: () => fetchTicket('kyc SIGN ticket', { type: 'SIGN' }, 'always', token.newest),
    async standing(ticket) {
      const current = await token.peek();
      if (current === undefined || current.isDiscarded === true) return 'ended';
      if (current.value !== ticket.token) return now() < current.fetchedAt + REPLACED_MS ? 'due' : 'ended';
      return now() < current.expiresAt - MARGIN_MS ? 'fresh' : 'ended';
    },
  });

  return {
    sign: sign.get,
    settled: sign.settled,
    async recentSigns() {
      const kept = await sign.peek();
      const all = kept ? [{ value: kept.value, fetchedAt: kept.fetchedAt }, ...(kept.earlier ?? [])] : [];
      return all.filter(({ fetchedAt }) => now() < fetchedAt + RECENT_MS + REFRESH_MS);
    },
    // Not again after a timeout: the vendor gives one user one ticket every two seconds.
    nonce: (userId) => fetchTicket('kyc NONCE ticket', { type: 'NONCE', user_id: userId }, 'unsent', token.get),
    discard: sign.discard,
  };
}

function readTicket(call: string, { tickets }: Readonly<Record<string, unknown>>, token: string, now: number): KycAnswer<StoredTicket> {
  const first: unknown = Array.isArray(tickets) ? tickets[0] : undefined;
  const ticket = isObject(first) ? ticketOf(call, first['value'], first['expire_in'], now) : malformedAnswer(call, 'the answer has no ticket');
  return ticket.ok ? { ...ticket, token } : ticket;
}
