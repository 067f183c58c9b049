/** What is used of a client of the `redis` package (node-redis 4 and later). Connect it before the first request, and give it an `error` listener. */
export interface RedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  evalSha(sha1: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  ping(): Promise<unknown>;
}

/** Redis did not answer in time, or was unreachable all the while. */
export class RedisUnavailableError extends Error {
  override readonly name = 'RedisUnavailableError';
}

/** Runs scripts that may be repeated, each answer an array of texts. */
export interface ScriptRunner {
  run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<readonly string[]>;
}

/** Answers that a server gives while it starts, fails over or is busy: the same command may succeed in a moment. */
const PASSING = /^(LOADING|READONLY|MASTERDOWN|TRYAGAIN|CLUSTERDOWN|BUSY|NOREPLICAS)\b/;

/** Any other answer of a server begins with a word in capitals; errors of the connection do not. */
const REPLY = /^[A-Z]{2,} /;

/** Milliseconds between attempts. */
const PAUSE_MS = 50;

/**
 * Runs scripts by their digest, and again while Redis is away, up to `timeoutMs`.
 *
 * @throws RedisUnavailableError when the time is over; whatever Redis refuses is thrown as it is.
 */
export function createScriptRunner(client: RedisClient, timeoutMs: number): ScriptRunner {
  const digests = new Map<string, Promise<string>>();
  const digestOf = (script: string): Promise<string> => {
    const digest = digests.get(script) ?? sha1(script);
    digests.set(script, digest);
    return digest;
  };

  const once = async (script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown> => {
    try {
      return await client.evalSha(await digestOf(script), options);
    } catch (error) {
      // A server that has been restarted has forgotten it.
      if (!messageOf(error).startsWith('NOSCRIPT')) throw error;
      return client.eval(script, options);
    }
  };

  return {
    async run(script, keys, args) {
      const options = { keys: [...keys], arguments: args.map(String) };
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        try {
          return (await within(once(script, options), deadline - performance.now())) as readonly string[];
        } catch (error) {
          const message = messageOf(error);
          const final = error instanceof RedisUnavailableError || (REPLY.test(message) && !PASSING.test(message));
          if (final) throw error;
          if (performance.now() + PAUSE_MS >= deadline) throw new RedisUnavailableError(`Redis was not there for ${timeoutMs} ms`, { cause: error });
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
      }
    },
  };
}

/** A client that is reconnecting keeps commands waiting without end. */
export function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new RedisUnavailableError(`Redis did not answer within ${Math.round(ms)} ms`)), Math.max(0, ms));
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

async function sha1(text: string): Promise<string> {
  // Redis names a script by its SHA-1; nothing is protected by it.
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-1', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
