import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_RETRY_POLICY, decideRetry, parseRetryAfter } from './retry-policy.js';
import type { RetryDecision, RetryInput, RetryPolicy } from './retry-policy.js';

const NOW = Date.UTC(2026, 10, 21, 8, 49, 37);
const status = (value: number) => ({ kind: 'status', status: value }) as const;
const network = { kind: 'network' } as const;

/** For any implementation of the policy; `policy` is the default one where it is not given. */
interface Vector {
  readonly name: string;
  readonly input: RetryInput;
  readonly policy?: RetryPolicy;
  readonly expected: RetryDecision;
}
const VECTORS = JSON.parse(readFileSync(new URL('../../test/vectors/transport/retry.json', import.meta.url), 'utf8')) as readonly Vector[];

describe('decideRetry', () => {
  // A date without a zone must not be one of the person's zone; Node takes a change of this variable at once.
  describe.each(['UTC', 'Asia/Shanghai', 'America/St_Johns'])('the vectors, where the clock is that of %s', (zone) => {
    const before = process.env['TZ'];
    beforeAll(() => void (process.env['TZ'] = zone));
    afterAll(() => {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    });

    it('is that clock', () => expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone));

    it.each(VECTORS)('$name', ({ input, policy, expected }) => expect(decideRetry(input, policy)).toEqual(expected));
  });

  it('never waits longer than it says, and never past the deadline', () => {
    fc.assert(
      fc.property(
        fc.record({
          attempt: fc.integer({ min: 1, max: 10 }),
          outcome: fc.oneof(fc.constant(network), fc.integer({ min: 100, max: 599 }).map(status)),
          retryAfter: fc.oneof(fc.constant(null), fc.string(), fc.integer({ min: 0, max: 100 }).map(String)),
          random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
          now: fc.constant(NOW),
          remainingMs: fc.integer({ min: 0, max: 20_000 }),
        }),
        (input) => {
          const decision = decideRetry(input);
          if ('stop' in decision) return;
          const { maxRetryAfterMs, baseMs, capMs } = DEFAULT_RETRY_POLICY;
          expect(decision.wait).toBeGreaterThanOrEqual(0);
          expect(decision.wait).toBeLessThan(Math.min(input.remainingMs, Math.max(maxRetryAfterMs + baseMs, capMs)));
        },
      ),
    );
  });
});

describe('parseRetryAfter', () => {
  const vectors: readonly [string | null | undefined, number][] = [
    [null, 0],
    [undefined, 0],
    ['', 0],
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5000],
    ['-1', 0],
    ['1.5', 0],
    ['1e3', 0],
    ['Sat, 21 Nov 2026 08:49:39 GMT', 2000],
    ['Saturday, 21-Nov-26 08:49:39 GMT', 2000],
    ['Sat Nov 21 08:49:39 2026', 2000],
    ['2026-11-21T08:49:39Z', 0],
  ];
  it.each(vectors)('%j → %d ms', (header, expected) => expect(parseRetryAfter(header, NOW)).toBe(expected));
});
