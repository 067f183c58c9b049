import { isObject } from '../../../transport/shape.js';
import { malformedAnswer } from '../failure.js';
import type { VendorHttp } from '../http.js';
import { readKycAnswer } from './kyc-answer.js';
import type { KycAnswer } from './kyc-answer.js';

/** A ticket. */
export interface KycTicket {
  readonly value: string;
}

/** The tickets that signatures are made with. Several instances of a backend have to share one: see {@link KycTickets.sign}. */
export interface KycTickets {
  /**
   * The SIGN ticket. A new one ends the life of those before it within a minute, so that instances which each fetch their own keep
   * refusing one another's signatures: where there are several, let one fetch and give the others what it has.
   */
  sign(): Promise<KycAnswer<KycTicket>>;
  /** SIGN tickets that a signature made a while ago may have been made with, the newest first. */
  recentSigns(): readonly string[];
  /** A NONCE ticket: for one user, one use, 120 s. */
  nonce(userId: string): Promise<KycAnswer<KycTicket>>;
  /** The vendor refused a signature: the ticket is not to be used again. */
  discard(ticket: string): void;
}

/** What {@link createKycTickets} works with. */
export interface KycTicketsOptions {
  readonly appId: string;
  readonly secret: string;
  readonly http: VendorHttp;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Kept this long, milliseconds: the vendor advises to fetch every 20 minutes, though a token lives for two hours. */
const REFRESH_MS = 1_200_000;

/** Not used this close to their end, milliseconds. */
const MARGIN_MS = 60_000;

/** A return may be signed with a ticket that was replaced while the person was on the vendor's page. */
const RECENT_MS = 3_600_000;

/** Answers that say "not now", not "not with this token". */
const TOO_FREQUENT = ['400504', '400506'];

interface Held extends KycTicket {
  readonly fetchedAt: number;
  readonly expiresAt: number;
  /** The token it dies with. */
  readonly token?: string;
}

/**
 * Fetches and keeps tickets. However many callers wait, one request is under way: the vendor forbids fetching side by side. While a
 * fetch fails, what is held is used to its end. Source: TC 1007/57613, 655/13816.
 */
export function createKycTickets({ appId, secret, http, now }: KycTicketsOptions): KycTickets {
  const common = { appId, version: '1.0.0' };
  let recent: readonly { readonly value: string; readonly fetchedAt: number }[] = [];

  const token = kept(now, async () => {
    const call = 'kyc access_token';
    const answer = await http({ name: call, method: 'GET', path: '/api/oauth2/access_token', query: { ...common, secret, grant_type: 'client_credential' }, repeat: 'always' });
    const read = answer.ok ? readKycAnswer(call, answer.body) : answer;
    return read.ok ? held(call, read.body['access_token'], read.body['expire_in'], now()) : read;
  });

  const fetchTicket = async (call: string, query: Readonly<Record<string, string>>, repeat: 'unsent' | 'always'): Promise<KycAnswer<Held>> => {
    for (let attempt = 1; ; attempt++) {
      const access = await token.get();
      if (!access.ok) return access;
      const answer = await http({ name: call, method: 'GET', path: '/api/oauth2/api_ticket', query: { ...common, access_token: access.value, ...query }, repeat });
      const read = answer.ok ? readKycAnswer(call, answer.body) : answer;
      if (read.ok) return ticketOf(call, read.body, access.value, now());
      if (read.reason !== 'vendor-error' || TOO_FREQUENT.includes(read.error.code)) return read;
      // Another instance has fetched a token, which ended ours.
      token.discard(access.value);
      if (attempt > 1) return read;
    }
  };

  const isOfOldToken = (ticket: Held): boolean => ticket.token !== token.current()?.value;
  const sign = kept(now, async () => {
    const ticket = await fetchTicket('kyc SIGN ticket', { type: 'SIGN' }, 'always');
    if (ticket.ok) recent = [{ value: ticket.value, fetchedAt: now() }, ...recent.filter(({ fetchedAt }) => now() < fetchedAt + RECENT_MS + REFRESH_MS)].slice(0, 8);
    return ticket;
  }, isOfOldToken);

  return {
    sign: sign.get,
    recentSigns: () => recent.map(({ value }) => value),
    // Not again after a timeout: the vendor gives one user one ticket every two seconds.
    nonce: (userId) => fetchTicket('kyc NONCE ticket', { type: 'NONCE', user_id: userId }, 'unsent'),
    discard: sign.discard,
  };
}

function ticketOf(call: string, { tickets }: Readonly<Record<string, unknown>>, token: string, now: number): KycAnswer<Held> {
  const first: unknown = Array.isArray(tickets) ? tickets[0] : undefined;
  const ticket = isObject(first) ? held(call, first['value'], first['expire_in'], now) : malformedAnswer(call, 'the answer has no ticket');
  return ticket.ok ? { ...ticket, token } : ticket;
}

function held(call: string, value: unknown, seconds: unknown, now: number): KycAnswer<Held> {
  const lifetime = Number(seconds);
  if (typeof value !== 'string' || value === '' || value.length > 512) return malformedAnswer(call, 'the answer has no ticket');
  if (!(lifetime > 0 && lifetime <= 86_400)) return malformedAnswer(call, 'expire_in must be a number of seconds');
  // `expire_time` is by the vendor's clock, and the vendor says not to go by it.
  return { ok: true, value, fetchedAt: now, expiresAt: now + lifetime * 1000 };
}

/** Holds one ticket and fetches the next, once at a time. */
function kept(now: () => number, fetchNext: () => Promise<KycAnswer<Held>>, isStale: (ticket: Held) => boolean = () => false): {
  get(): Promise<KycAnswer<Held>>;
  /** What is held, while it can be used. */
  current(): (Held & { readonly ok: true }) | undefined;
  discard(value: string): void;
} {
  let last: (Held & { readonly ok: true }) | undefined;
  let underWay: Promise<KycAnswer<Held>> | undefined;
  const current = (): (Held & { readonly ok: true }) | undefined => (last && now() < last.expiresAt - MARGIN_MS ? last : undefined);
  const refresh = async (): Promise<KycAnswer<Held>> => {
    const next = await fetchNext();
    if (next.ok) last = next;
    return next.ok ? next : (current() ?? next);
  };
  return {
    get() {
      const ticket = current();
      if (ticket && now() < ticket.fetchedAt + REFRESH_MS && !isStale(ticket)) return Promise.resolve(ticket);
      underWay ??= refresh().finally(() => (underWay = undefined));
      return underWay;
    },
    current,
    discard(value) {
      if (last?.value === value) last = undefined;
    },
  };
}
