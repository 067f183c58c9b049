import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RETRY_POLICY, decideRetry, parseRetryAfter } from './retry-policy.js';
import type { RetryDecision, RetryInput } from './retry-policy.js';

const NOW = Date.UTC(2026, 10, 21, 8, 49, 37);
const status = (value: number) => ({ kind: 'status', status: value }) as const;
const network = { kind: 'network' } as const;

describe('decideRetry', () => {
  const vectors: readonly [string, Partial<RetryInput>, RetryDecision][] = [
    ['a cut connection waits within the first bound', { outcome: network, attempt: 1, random: 0.5 }, { wait: 150 }],
    ['the bound doubles', { outcome: network, attempt: 2, random: 0.5 }, { wait: 300 }],
    ['and doubles again', { outcome: network, attempt: 3, random: 0.5 }, { wait: 600 }],
    ['full jitter may give no wait at all', { outcome: network, attempt: 3, random: 0 }, { wait: 0 }],
    ['attempts run out', { outcome: network, attempt: 4 }, { stop: 'attempts' }],
    ['408', { outcome: status(408), random: 0.5 }, { wait: 150 }],
    ['425', { outcome: status(425), random: 0.5 }, { wait: 150 }],
    ['429', { outcome: status(429), random: 0.5 }, { wait: 150 }],
    ['500', { outcome: status(500), random: 0.5 }, { wait: 150 }],
    ['503', { outcome: status(503), random: 0.5 }, { wait: 150 }],
    ['599', { outcome: status(599), random: 0.5 }, { wait: 150 }],
    ['200 is no reason', { outcome: status(200) }, { stop: 'not-retryable' }],
    ['304', { outcome: status(304) }, { stop: 'not-retryable' }],
    ['400', { outcome: status(400) }, { stop: 'not-retryable' }],
    ['401', { outcome: status(401) }, { stop: 'not-retryable' }],
    ['404', { outcome: status(404) }, { stop: 'not-retryable' }],
    ['409', { outcome: status(409) }, { stop: 'not-retryable' }],
    ['410', { outcome: status(410) }, { stop: 'not-retryable' }],
    ['413', { outcome: status(413) }, { stop: 'not-retryable' }],
    ['422', { outcome: status(422) }, { stop: 'not-retryable' }],
    ['Retry-After in seconds is waited out', { outcome: status(429), retryAfter: '2', random: 0 }, { wait: 2000 }],
    ['with jitter on top', { outcome: status(429), retryAfter: '2', random: 0.5 }, { wait: 2150 }],
    ['Retry-After as a date', { outcome: status(503), retryAfter: 'Sat, 21 Nov 2026 08:49:40 GMT', random: 0 }, { wait: 3000 }],
    ['a date in the past', { outcome: status(503), retryAfter: 'Sat, 21 Nov 2026 08:49:00 GMT', random: 0.5 }, { wait: 150 }],
    ['a header that cannot be read', { outcome: status(503), retryAfter: 'soon', random: 0.5 }, { wait: 150 }],
    ['the longest time that is waited for', { outcome: status(429), retryAfter: '10', random: 0 }, { wait: 10_000 }],
    ['longer is not', { outcome: status(429), retryAfter: '11' }, { stop: 'retry-after-too-long' }],
    ['a year', { outcome: status(429), retryAfter: 'Sun, 21 Nov 2027 08:49:37 GMT' }, { stop: 'retry-after-too-long' }],
    ['Retry-After does not make a 4xx retryable', { outcome: status(404), retryAfter: '1' }, { stop: 'not-retryable' }],
    ['no wait past the deadline', { outcome: network, random: 0.9, remainingMs: 200 }, { stop: 'deadline' }],
    ['a wait that ends before it', { outcome: network, random: 0.5, remainingMs: 151 }, { wait: 150 }],
  ];
  it.each(vectors)('%s', (_name, input, expected) => {
    expect(decideRetry({ attempt: 1, outcome: network, random: 0.99, now: NOW, ...input })).toEqual(expected);
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
    ['2026-11-21T08:49:39Z', 0],
  ];
  it.each(vectors)('%j → %d ms', (header, expected) => expect(parseRetryAfter(header, NOW)).toBe(expected));
});
