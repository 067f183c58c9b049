/** A token or ticket as it is kept. Times are milliseconds since 1970 by the clock of the instance that fetched it. */
export interface StoredTicket {
  readonly value: string;
  readonly fetchedAt: number;
  readonly expiresAt: number;
  /** Of a ticket: the token it was got with, and dies with. */
  readonly token?: string;
  /** Of a SIGN ticket: those before it, the newest first, which a return may still be signed with. */
  readonly earlier?: readonly { readonly value: string; readonly fetchedAt: number }[];
  /** The vendor has refused it: not to be used, but known. */
  readonly isDiscarded?: boolean;
}

/** Outcome of {@link TicketStore.claim}. `replaced`: what is kept is not what was seen any more. `busy`: another fetches. */
export type TicketClaim = 'claimed' | 'replaced' | 'busy';

/**
 * Where tokens and tickets are kept, and who may fetch the next one: the vendor forbids fetching side by side, and a new one ends the
 * life of those before it. Every method is one atomic step, so that several instances of the backend can share a store. A method
 * rejects only if the store itself fails.
 */
export interface TicketStore {
  /** What is kept under the name, whatever its age. */
  read(name: string): Promise<StoredTicket | undefined>;
  /**
   * Takes the right to fetch the next, for `leaseMs`: whoever has it and dies keeps nobody waiting for longer.
   *
   * @param seen the value of what was read, if there was any
   * @param owner a name for the caller that nobody else has
   */
  claim(name: string, seen: string | undefined, owner: string, leaseMs: number): Promise<TicketClaim>;
  /** Keeps the right for another `leaseMs`, unless it was lost. */
  extend(name: string, owner: string, leaseMs: number): Promise<void>;
  /** Keeps what was fetched and gives the right back. Nothing happens where the right was lost. */
  save(name: string, owner: string, ticket: StoredTicket, keepMs: number): Promise<void>;
  /** Gives the right back without anything. */
  release(name: string, owner: string): Promise<void>;
  /** Marks what is kept as discarded, if it is this. */
  discard(name: string, value: string): Promise<void>;
}

/** For a backend of one instance: kept in its memory. */
export function createMemoryTicketStore(): TicketStore {
  const tickets = new Map<string, StoredTicket>();
  const owners = new Map<string, string>();
  return {
    async read(name) {
      return tickets.get(name);
    },
    // Whoever has the right lives in this process, and gives it back.
    async claim(name, seen, owner) {
      if (tickets.get(name)?.value !== seen) return 'replaced';
      if (owners.has(name)) return 'busy';
      owners.set(name, owner);
      return 'claimed';
    },
    async extend() {},
    async save(name, _owner, ticket) {
      tickets.set(name, ticket);
      owners.delete(name);
    },
    async release(name) {
      owners.delete(name);
    },
    async discard(name, value) {
      const ticket = tickets.get(name);
      if (ticket?.value === value) tickets.set(name, { ...ticket, isDiscarded: true });
    },
  };
}
