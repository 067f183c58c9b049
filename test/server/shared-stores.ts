import { afterAll, beforeAll } from 'vitest';
import { createMemorySessionStore, createRedisSessionStore } from '../../src/server/index.js';
import type { SessionStore } from '../../src/server/index.js';
import { redisMissing, startRedis } from './redis-server.js';
import type { RedisServer } from './redis-server.js';

/** Where sessions may be. */
export interface SharedStores {
  /** Why there is no Redis here; `undefined` where there is one. */
  readonly missing: string | undefined;
  /** By name: makes an empty place, and gives what connects an instance to it. */
  readonly stores: Readonly<Record<string, () => Promise<() => Promise<SessionStore>>>>;
}

/** For a file of tests: begins and ends a Redis with it. @param label in the keys, so that a look into Redis tells whose they are */
export function sharedStores(label: string): SharedStores {
  const missing = redisMissing();
  let redis: RedisServer | undefined;
  let prefixes = 0;
  beforeAll(async () => {
    if (missing === undefined) redis = await startRedis();
    else console.warn(missing);
  });
  afterAll(() => redis?.close());
  return {
    missing,
    stores: {
      async memory() {
        const store = createMemorySessionStore();
        return async () => store;
      },
      async Redis() {
        const prefix = `{${label}-${(prefixes += 1)}}:`;
        return async () => createRedisSessionStore({ client: await (redis as RedisServer).connect(), prefix });
      },
    },
  };
}
