import { describe, expect, it } from 'vitest';
import { fakePlatform } from '../capture/fake-hardware.js';
import type { UploadRequest } from '../platform/port.js';
import { createCircuit } from './circuit.js';
import { send, type SendContext, type SendRequest } from './send.js';

const BODY = new Uint8Array(160_000);
const PART: SendRequest = { method: 'PUT', url: '/p', about: 'part 0', body: BODY, attemptMs: 1000, stallMs: 15_000, overallMs: 120_000, offlineMs: 0 };

/** Uploads that do what a test says, on its own clock. */
function setting(request: Partial<SendRequest> = {}, context: Partial<SendContext> = {}) {
  const platform = fakePlatform();
  const uploads: (UploadRequest & { readonly answer: (status: number, retryAfter?: string) => void; readonly cut: () => void })[] = [];
  const sent = send(
    { ...PART, ...request },
    {
      fetch: () => Promise.reject(new Error('not asked')),
      upload: (_url, given) =>
        new Promise((resolve, reject) => {
          const answer = (status: number, retryAfter?: string): void => resolve({ status, headers: { get: () => retryAfter ?? null }, text: async () => '' });
          uploads.push({ ...given, answer, cut: () => reject(new TypeError('cut')) });
        }),
      platform,
      headers: () => ({ authorization: 'Bearer t' }),
      credentials: 'same-origin',
      retry: { maxAttempts: 3, baseMs: 10, capMs: 10, maxRetryAfterMs: 5000 },
      random: () => 0,
      wallClock: platform.now,
      circuit: createCircuit(),
      onConnection: () => undefined,
      ...context,
    },
  );
  let ended: Awaited<typeof sent> | undefined;
  void sent.then((result) => (ended = result));
  return {
    uploads,
    last: () => uploads[uploads.length - 1],
    ended: () => ended,
    pass: platform.advance,
  };
}

describe('a body that is seen going out', () => {
  it('goes with the headers, method and credentials of any other, to its answer', async () => {
    const { last, pass, ended } = setting({ headers: { 'content-digest': 'x' } }, { credentials: 'include' });
    await pass(0);
    expect(last()).toMatchObject({ method: 'PUT', headers: { authorization: 'Bearer t', 'content-digest': 'x' }, withCredentials: true });
    expect(last()?.body).toBe(BODY);
    last()?.answer(204);
    await pass(0);
    expect(ended()).toEqual({ ok: true, status: 204, body: '' });
    expect(last()?.signal.aborted).toBe(true);
  });

  it('is never cut while it moves, however slowly', async () => {
    const seen: number[] = [];
    const { uploads, last, pass, ended } = setting({ onProgress: (bytes) => seen.push(bytes) });
    await pass(0);
    for (let bytes = 10_000; bytes <= 80_000; bytes += 10_000) {
      await pass(14_000);
      last()?.onProgress(bytes);
    }
    expect([uploads.length, ended(), last()?.signal.aborted]).toEqual([1, undefined, false]);
    last()?.answer(204);
    await pass(0);
    expect(ended()).toMatchObject({ ok: true });
    expect(seen).toEqual([10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000]);
  });

  it('is sent again where it does not begin, or stops half way', async () => {
    const { uploads, pass, last } = setting();
    await pass(14_999);
    expect(uploads).toHaveLength(1);
    await pass(1);
    expect(uploads).toHaveLength(2);
    expect(uploads[0]?.signal.aborted).toBe(true);
    await pass(10_000);
    last()?.onProgress(1000);
    // The same number again is no progress, and a word of the attempt that has ended is none of this one.
    await pass(10_000);
    last()?.onProgress(1000);
    uploads[0]?.onProgress(90_000);
    await pass(4999);
    expect(uploads).toHaveLength(2);
    await pass(2);
    expect(uploads).toHaveLength(3);
  });

  it('that is out altogether has the time of a slow line for its answer', async () => {
    const { uploads, last, pass } = setting();
    await pass(0);
    last()?.onProgress(BODY.length);
    // 160,000 bytes take 10 s at 128 kbit/s.
    await pass(24_999);
    expect(uploads).toHaveLength(1);
    await pass(2);
    expect(uploads).toHaveLength(2);
  });

  it('ends as any other: refused, told when, cut, out of attempts, out of time', async () => {
    const refused = setting();
    await refused.pass(0);
    refused.last()?.answer(413);
    await refused.pass(0);
    expect(refused.ended()).toMatchObject({ ok: false, status: 413, transient: false });

    const later = setting();
    await later.pass(0);
    later.last()?.answer(429, '3');
    await later.pass(2999);
    expect(later.uploads).toHaveLength(1);
    await later.pass(2);
    later.last()?.cut();
    await later.pass(0);
    expect(later.uploads).toHaveLength(3);
    await later.pass(15_000);
    expect(later.ended()).toMatchObject({ ok: false, code: 'backend-timeout', detail: 'part 0: no byte within 15000 ms (attempt 3, stopped by attempts)', transient: true });

    const late = setting({ overallMs: 20_000 });
    for (let bytes = 1; bytes <= 4; bytes++) {
      await late.pass(4900);
      late.last()?.onProgress(bytes);
    }
    await late.pass(400);
    expect(late.ended()).toMatchObject({ ok: false, code: 'backend-timeout' });
    expect(late.uploads).toHaveLength(1);
  });

  it('ends at once when it is called off', async () => {
    const stop = new AbortController();
    const { pass, last, ended } = setting({ signals: [stop.signal] });
    await pass(0);
    stop.abort();
    await pass(0);
    expect(ended()).toMatchObject({ code: 'cancelled' });
    expect(last()?.signal.aborted).toBe(true);
  });
});

describe('a body that is not seen going out', () => {
  it('has the time of an attempt', async () => {
    let fetched = 0;
    const { pass, uploads } = setting({}, { upload: undefined, fetch: () => ((fetched += 1), new Promise(() => undefined)) });
    await pass(999);
    expect(fetched).toBe(1);
    await pass(2);
    expect([fetched, uploads.length]).toEqual([2, 0]);
  });

  it('is every message, whatever else can be seen', async () => {
    let fetched = 0;
    const { pass, uploads } = setting({ body: '{}' }, { fetch: async () => ((fetched += 1), new Response('{}')) });
    await pass(0);
    expect([fetched, uploads.length]).toEqual([1, 0]);
  });
});

describe('a message', () => {
  const POST: Partial<SendRequest> = { method: 'POST', body: '{}', attemptMs: 5000, overallMs: 20_000 };
  /** Answers with a status, or not at all, one after the other. */
  const answering = (answers: readonly (number | 'cut')[], request: Partial<SendRequest> = {}, context: Partial<SendContext> = {}) => {
    const sent: { readonly keepalive?: boolean }[] = [];
    const fetch: SendContext['fetch'] = async (_url, init) => {
      const answer = answers[sent.push(init) - 1] ?? 'cut';
      if (answer === 'cut') throw new TypeError('Failed to fetch');
      return { status: answer, headers: { get: () => null }, text: async () => '' };
    };
    return { ...setting({ ...POST, ...request }, { fetch, ...context }), sent };
  };

  it.each<[string, readonly (number | 'cut')[], boolean]>([
    ['no answer', ['cut', 'cut', 'cut'], true],
    ['servers out of order', [503, 502, 500], true],
    ['a refusal after an answer that was lost', ['cut', 409], true],
    ['too many requests', [429, 429, 429], false],
    ['a refusal', [422], false],
  ])('that ends with %s may have been taken, or not', async (_what, answers, lost) => {
    const { pass, ended } = answering(answers);
    await pass(1000);
    expect(ended()).toMatchObject({ ok: false });
    expect('lost' in (ended() ?? {})).toBe(lost);
  });

  it('that had no network to go out by was not taken; one whose network went meanwhile may have been', async () => {
    let online = false;
    const platform = Object.assign(fakePlatform(), { isOnline: () => online });
    const never = answering([], { offlineMs: 1000 }, { platform });
    await platform.advance(2000);
    expect(never.ended()).toMatchObject({ code: 'offline' });
    expect(never.ended()).not.toHaveProperty('lost');
    online = true;
    const cut = answering([], { offlineMs: 1000 }, { platform, headers: () => ((online = false), {}) });
    await platform.advance(2000);
    expect([cut.ended(), cut.sent.length]).toMatchObject([{ code: 'offline', lost: true }, 1]);
  });

  it('may outlive the page with its first attempt, and asks for it with no other', async () => {
    const { pass, sent } = answering(['cut', 503, 200], { keepalive: true });
    await pass(1000);
    expect(sent.map(({ keepalive }) => keepalive)).toEqual([true, undefined, undefined]);
    const other = answering([200]);
    await other.pass(0);
    expect(other.sent[0]).not.toHaveProperty('keepalive');
  });
});
