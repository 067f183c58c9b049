import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Upload } from '../../src/platform/port.js';
import { createMemoryEvidenceStore, inspectEvidence } from '../../src/server/index.js';
import type { Bytes } from '../../src/transport/chain.js';
import { createBackendClient, DEFAULT_RETRY_POLICY } from '../../src/transport/index.js';
import type { BackendClient, Fetch, RetryPolicy } from '../../src/transport/index.js';
import { recording } from './recordings.js';
import { PASSING, startService } from './service.js';
import type { Fault, Service } from './service.js';
import { createSkippingClock } from './skipping-clock.js';
import { inParallel, verifyThrough } from './verification.js';
import type { Ended } from './verification.js';

/*
 * What ships: the default policy and deadlines, under 30 % of failing requests. chaos-faults.test.ts proves with a patient policy that
 * nothing is lost or counted twice; here a session may end without a verdict, and it is counted how many do.
 */

const FAILING = 0.3;
/** How a request fails, drawn evenly. `late` and `lost` are done all the same, and the client does not hear of it. */
const KINDS = ['500', '503', '429', 'hang-up', 'lost', 'late'] as const;

let video: Bytes;
beforeAll(async () => {
  video = await recording({ seconds: 2.2, width: 480, height: 384 });
});
let service: Service | undefined;
afterEach(async () => {
  await service?.close();
  service = undefined;
});

/** From 0 up to 1, the same for the same text: what fails does not depend on which of two requests is the faster one. */
function drawn(text: string): number {
  let state = 2_166_136_261;
  for (const character of text) state = Math.imul(state ^ character.charCodeAt(0), 16_777_619);
  for (const shift of [15, 13]) state = Math.imul(state ^ (state >>> shift), 0x2c1b3c6d | 1);
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
}

const fault: Fault = async (request, next, hangUp) => {
  switch (request.headers.get('x-fails')) {
    case '500':
      return new Response('', { status: 500 });
    case '503':
      return new Response('', { status: 503, headers: { 'retry-after': '1' } });
    case '429':
      return new Response('', { status: 429 });
    case 'hang-up':
      return (hangUp(), new Response(null));
    case 'lost': {
      const response = await next(request);
      hangUp();
      return response;
    }
    default:
      return next(request);
  }
};

/** Sessions with a client of their own each, as a page makes it, all on one clock. */
async function runSessions(count: number, partBytes: number, retry: RetryPolicy = DEFAULT_RETRY_POLICY) {
  const asked = new Map<string, number[]>();
  const verdicts: string[] = [];
  const evidence = createMemoryEvidenceStore();
  const started = (service = await startService(
    {
      evidence,
      inspect: inspectEvidence,
      vendor: { decide: async (question) => (asked.set(question.session.sessionId, [...(asked.get(question.session.sessionId) ?? []), question.evidence.bytes.length]), PASSING.decide(question)) },
      onVerdict: ({ session }) => void verdicts.push(session.sessionId),
    },
    fault,
  ));
  const clock = createSkippingClock();
  let [all, failed, waits] = [0, 0, 0];
  const clientOf = (session: number): BackendClient => {
    const times = new Map<string, number>();
    const failing: Fetch = async (url, init) => {
      const what = `${init.method} ${url.split('/').slice(7).join('/')}`;
      const time = (times.get(what) ?? 0) + 1;
      times.set(what, time);
      all += 1;
      const fate = drawn(`${session} ${what} ${time}`);
      const kind = fate < FAILING ? KINDS[Math.floor((fate / FAILING) * KINDS.length)] : undefined;
      if (kind) failed += 1;
      const answer = clock.during(fetch(url, { ...init, headers: { ...init.headers, ...(kind && { 'x-fails': kind }) } }).then(async (response) => new Response((await response.text()) || null, response)));
      if (kind !== 'late') return answer;
      await answer.catch(() => undefined);
      return new Promise(() => undefined);
    };
    // In a page the bytes of a part are seen going out.
    const upload: Upload = (url, { onProgress, withCredentials: _withCredentials, ...init }) => (onProgress(init.body.length), failing(url, { ...init, credentials: 'same-origin', redirect: 'error', cache: 'no-store' }));
    return createBackendClient({ endpoint: started.endpoint, platform: clock.platform, fetch: failing, upload, random: () => drawn(`${session} waits ${(waits += 1)}`), retry });
  };
  const took: number[] = [];
  const results = await clock.run(
    inParallel(count, 40, async (session): Promise<Ended> => {
      const from = clock.platform.now();
      const ended = await verifyThrough(clientOf(session), video, partBytes, clock.platform);
      took.push(clock.platform.now() - from);
      return ended;
    }),
  );
  return { results, asked, verdicts, evidence, share: failed / all, took: took.sort((a, b) => a - b) };
}

/**
 * Sessions of so many that may end without a verdict. A message is lost when all its attempts fail, f^a; there are two: opening and
 * submission. An upload of n parts has three rounds, of which one fails with n·f^a at most, and a question between two of them, which
 * is a message. With f = 0.3 and a = 6 that is 0.15 %, with a = 4 it is 1.7 %. Four standard deviations on top: the draws are the
 * same in every run, and need not be typical ones.
 */
function allowed(count: number, parts: number, attempts: number): number {
  const message = FAILING ** attempts;
  const round = parts * message;
  const expected = count * (2 * message + round * (message + round * (message + round)));
  return Math.ceil(expected + 4 * Math.sqrt(expected));
}

describe('30 % of all requests fail at random, and the client is what ships', () => {
  it('and of 200 sessions each ends, a few at most without a verdict, none is counted twice, no part is lost', async () => {
    const { results, asked, verdicts, evidence, share } = await runSessions(200, 40_000);
    expect(share).toBeGreaterThan(0.27);
    expect(share).toBeLessThan(0.33);
    expect(results).toHaveLength(200);
    const ended = results.filter((result) => result.ok);
    const without = results.filter((result) => !result.ok);
    for (const { code, detail } of without) {
      expect(['network-failed', 'backend-timeout', 'backend-rejected', 'upload-failed']).toContain(code);
      expect(detail).not.toBe('');
    }
    expect(without.length).toBeLessThanOrEqual(allowed(200, 8, DEFAULT_RETRY_POLICY.maxAttempts));
    // One verdict each, the one that the client was told, from all the bytes.
    expect(new Set(verdicts).size).toBe(verdicts.length);
    expect(new Set(asked.keys())).toEqual(new Set(verdicts));
    expect([...asked.values()].every((bytes) => bytes.length === 1 && bytes[0] === video.length)).toBe(true);
    expect(new Set(ended.map(({ session }) => session.sessionId)).size).toBe(ended.length);
    for (const { session, response } of ended) {
      expect(response.verdict.decision).toBe('passed');
      expect(verdicts).toContain(session.sessionId);
    }
    // Decided, and the client not told: no more of these than ended without a verdict.
    expect(verdicts.length - ended.length).toBeLessThanOrEqual(without.length);
    expect(without.length > 0 || evidence.totalBytes === 0).toBe(true);
  });
});
