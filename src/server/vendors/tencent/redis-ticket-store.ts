import { createScriptRunner } from '../../stores/redis-client.js';
import type { RedisClient } from '../../stores/redis-client.js';
import type { StoredTicket, TicketClaim, TicketStore } from './ticket-store.js';

/** Options of {@link createRedisTicketStore}. */
export interface RedisTicketStoreOptions {
  /** A connected client of the `redis` package. It stays yours to close. */
  readonly client: RedisClient;
  /** Begins every key. The braces keep all of them in one slot of a Redis cluster. Default `{facefront}:kyc:`. */
  readonly prefix?: string;
  /** Milliseconds for one step with all its attempts while Redis is away. Default 1,000: what an instance holds itself is used meanwhile. */
  readonly timeoutMs?: number;
}

/*
 * A record is a hash: `value`, which the scripts compare, `ticket` as JSON, `discarded`. The right to fetch is a key of its own that
 * expires by itself. Every script may run twice for one call (its answer can be lost with the connection), so each knows its own
 * repetition.
 */

/** KEYS: record. */
const READ = `
return redis.call('HMGET', KEYS[1], 'ticket', 'discarded')
`;

/** KEYS: record, right. ARGV: the value seen or '', owner, milliseconds. */
const CLAIM = `
if (redis.call('HGET', KEYS[1], 'value') or '') ~= ARGV[1] then return {'replaced'} end
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[2] then return {'busy'} end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return {'claimed'}
`;

/** KEYS: right. ARGV: owner, milliseconds. */
const EXTEND = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return {}
`;

/** KEYS: record, right. ARGV: owner, value, ticket as JSON, milliseconds to keep it. */
const SAVE = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return {} end
redis.call('HSET', KEYS[1], 'value', ARGV[2], 'ticket', ARGV[3])
redis.call('HDEL', KEYS[1], 'discarded')
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('DEL', KEYS[2])
return {}
`;

/** KEYS: right. ARGV: owner. */
const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return {}
`;

/** KEYS: record. ARGV: value. */
const DISCARD = `
if redis.call('HGET', KEYS[1], 'value') == ARGV[1] then redis.call('HSET', KEYS[1], 'discarded', '1') end
return {}
`;

/**
 * Tokens and tickets in Redis 4 or later, shared by any number of instances: however many there are, one fetches. Redis then holds
 * what signs logins in your name: a password and TLS are for this too.
 *
 * @example
 * createKycClient({ appId, secret, ticketStore: createRedisTicketStore({ client }) });
 */
export function createRedisTicketStore({ client, prefix = '{facefront}:kyc:', timeoutMs = 1000 }: RedisTicketStoreOptions): TicketStore {
  const { run } = createScriptRunner(client, timeoutMs);
  const record = (name: string): string => `${prefix}${name}`;
  const right = (name: string): string => `${prefix}${name}:fetching`;
  return {
    async read(name) {
      const [ticket, isDiscarded] = await run(READ, [record(name)], []);
      // A value that is missing is null.
      return ticket ? { ...(JSON.parse(ticket) as StoredTicket), ...(isDiscarded && { isDiscarded: true }) } : undefined;
    },
    async claim(name, seen, owner, leaseMs) {
      const [claim] = await run(CLAIM, [record(name), right(name)], [seen ?? '', owner, leaseMs]);
      return claim as TicketClaim;
    },
    async extend(name, owner, leaseMs) {
      await run(EXTEND, [right(name)], [owner, leaseMs]);
    },
    async save(name, owner, ticket, keepMs) {
      await run(SAVE, [record(name), right(name)], [owner, ticket.value, JSON.stringify(ticket), keepMs]);
    },
    async release(name, owner) {
      await run(RELEASE, [right(name)], [owner]);
    },
    async discard(name, value) {
      await run(DISCARD, [record(name)], [value]);
    },
  };
}
