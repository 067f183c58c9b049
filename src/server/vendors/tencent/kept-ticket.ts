import { malformedAnswer } from '../failure.js';
import type { VendorFailure } from '../failure.js';
import type { KycAnswer } from './kyc-answer.js';
import type { StoredTicket, TicketStore } from './ticket-store.js';

/** What one kind of ticket is kept with. */
export interface KeptTicketOptions {
  /** Of the ticket in the store; says in a failure what it was about. */
  readonly name: string;
  readonly store: TicketStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Names this caller to the store. */
  readonly newOwner: () => string;
  /** Asks the vendor. */
  readonly fetchNext: () => Promise<KycAnswer<StoredTicket>>;
  /** What has become of one that is young: `due` wants to be replaced and is good still. Default `fresh`. */
  readonly standing?: (ticket: StoredTicket) => Promise<TicketStanding>;
}

/** `fresh` · `due`: good, and time for the next · `ended`: the vendor may not take it any more. */
export type TicketStanding = 'fresh' | 'due' | 'ended';

/** One kind of ticket: kept, and fetched anew in time, once for all instances that share the store. */
export interface KeptTicket {
  /**
   * What is held as long as it is good, at once: the next one is fetched meanwhile. While a fetch fails, or the store does, what is held
   * is given to its end. Never rejects.
   */
  get(): Promise<KycAnswer<StoredTicket>>;
  /** The same, except that it waits for the next one where that is due. */
  newest(): Promise<KycAnswer<StoredTicket>>;
  /** Ends when nothing is being fetched here any more. */
  settled(): Promise<void>;
  /** What is kept, whatever its age; what this process saw last where the store is away. */
  peek(): Promise<StoredTicket | undefined>;
  /** The vendor refused it. */
  discard(value: string): Promise<void>;
}

/** Kept this long, milliseconds: the vendor advises to fetch every 20 minutes, though a token lives for two hours. */
export const REFRESH_MS = 1_200_000;

/** A return may be signed with a ticket that was replaced while the person was on the vendor's page. */
export const RECENT_MS = 3_600_000;

/** Not used this close to their end, milliseconds. */
export const MARGIN_MS = 60_000;

/** The right to fetch lasts this long after its owner's last sign of life, milliseconds. */
const LEASE_MS = 5000;

/** Longest wait for what another instance fetches, milliseconds: it may die, and its successor may take two attempts. */
const WAIT_MS = 25_000;

/** After a fetch that failed the vendor is left alone for this long, milliseconds, as long as what is held is not expired or refused. */
const REST_MS = 30_000;

/** Between two looks for what another instance fetches, milliseconds. */
const LOOK_MS = 100;

/** See {@link KeptTicket}. */
export function createKeptTicket({ name, store, now, newOwner, fetchNext, standing = async () => 'fresh' }: KeptTicketOptions): KeptTicket {
  let last: StoredTicket | undefined;
  let looking: Promise<KycAnswer<StoredTicket>> | undefined;
  let renewing: Promise<KycAnswer<StoredTicket>> | undefined;
  let failedAt: number | undefined;
  let refused: string | undefined;
  const isUsable = (ticket: StoredTicket | undefined): ticket is StoredTicket => ticket !== undefined && ticket.isDiscarded !== true && ticket.value !== refused && now() < ticket.expiresAt - MARGIN_MS;
  const standingOf = async (ticket: StoredTicket): Promise<TicketStanding> => {
    const own = isUsable(ticket) ? await standing(ticket) : 'ended';
    return own === 'fresh' && now() >= ticket.fetchedAt + REFRESH_MS ? 'due' : own;
  };
  // By a clock that may be set back.
  const isResting = (): boolean => failedAt !== undefined && Math.abs(now() - failedAt) < REST_MS;
  const give = (ticket: StoredTicket): KycAnswer<StoredTicket> => {
    last = ticket;
    return { ok: true, ...ticket };
  };
  const read = async (): Promise<StoredTicket | undefined> => {
    const seen = await store.read(name);
    if (seen) last = seen;
    return seen;
  };

  const refresh = async (owner: string, seen: StoredTicket | undefined): Promise<KycAnswer<StoredTicket>> => {
    const alive = setInterval(() => void store.extend(name, owner, LEASE_MS).catch(() => undefined), LEASE_MS / 3);
    // A process that wants to end waits for the fetch at most; not every runtime's timers can tell.
    (alive as { unref?: () => void }).unref?.();
    try {
      const next = await fetchNext();
      if (!next.ok) {
        failedAt = now();
        await store.release(name, owner).catch(() => undefined);
        return isUsable(seen) ? give(seen) : next;
      }
      failedAt = undefined;
      const { value, fetchedAt, expiresAt, token } = next;
      const earlier = [...(seen ? [{ value: seen.value, fetchedAt: seen.fetchedAt }] : []), ...(seen?.earlier ?? [])].filter((each) => now() < each.fetchedAt + RECENT_MS + REFRESH_MS).slice(0, 8);
      const ticket = { value, fetchedAt, expiresAt, ...(token !== undefined && { token }), ...(earlier.length > 0 && { earlier }) };
      // Given even where it cannot be kept: the vendor has issued it.
      const given = give(ticket);
      await store.save(name, owner, ticket, Math.max(expiresAt - now(), RECENT_MS + REFRESH_MS)).catch(() => undefined);
      return given;
    } finally {
      clearInterval(alive);
    }
  };

  const obtain = async (): Promise<KycAnswer<StoredTicket>> => {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      const seen = await read();
      if (seen && ((await standingOf(seen)) === 'fresh' || (isResting() && isUsable(seen)))) return give(seen);
      const owner = newOwner();
      const claim = await store.claim(name, seen?.value, owner, LEASE_MS);
      if (claim === 'claimed') return refresh(owner, seen);
      if (claim === 'replaced') continue;
      if (isUsable(seen)) return give(seen);
      if (performance.now() >= deadline) return notThere(`another instance has been fetching it for ${WAIT_MS} ms`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };
  const notThere = (what: string): VendorFailure => ({ ok: false, reason: 'unreachable', detail: `kyc ${name}: ${what}`, sent: false });
  const orLast = (): KycAnswer<StoredTicket> => (isUsable(last) ? give(last) : notThere('the ticket store failed'));

  const newest = (): Promise<KycAnswer<StoredTicket>> => {
    const work = (renewing ??= obtain()
      .catch(orLast)
      .finally(() => {
        if (renewing === work) renewing = undefined;
      }));
    return work;
  };
  const look = async (): Promise<KycAnswer<StoredTicket>> => {
    const seen = await read();
    const own = seen && (await standingOf(seen));
    if (!seen || own === 'ended') return newest();
    // Never rejects, and whoever comes meanwhile need not wait for it.
    if (own === 'due') void newest();
    return give(seen);
  };

  return {
    get() {
      const work = (looking ??= look()
        .catch(orLast)
        .finally(() => {
          if (looking === work) looking = undefined;
        }));
      return work;
    },
    newest,
    async settled() {
      await renewing;
    },
    async peek() {
      return store.read(name).catch(() => last);
    },
    async discard(value) {
      // Also for a fetch under way, which holds what it is to replace.
      refused = value;
      if (last?.value === value) last = { ...last, isDiscarded: true };
      // Whoever asks from now on must not be given what was read before.
      looking = undefined;
      renewing = undefined;
      await store.discard(name, value).catch(() => undefined);
    },
  };
}

/** A token or ticket as the vendor gave it. */
export function ticketOf(call: string, value: unknown, seconds: unknown, now: number): KycAnswer<StoredTicket> {
  const lifetime = Number(seconds);
  if (typeof value !== 'string' || value === '' || value.length > 512) return malformedAnswer(call, 'the answer has no ticket');
  if (!(lifetime > 0 && lifetime <= 86_400)) return malformedAnswer(call, 'expire_in must be a number of seconds');
  // `expire_time` is by the vendor's clock, and the vendor says not to go by it.
  return { ok: true, value, fetchedAt: now, expiresAt: now + lifetime * 1000 };
}
