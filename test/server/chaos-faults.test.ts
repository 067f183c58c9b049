import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDirectoryEvidenceStore, createMemoryEvidenceStore, inspectEvidence } from '../../src/server/index.js';
import type { HandlerOptions } from '../../src/server/index.js';
import type { Bytes } from '../../src/transport/chain.js';
import { createBackendClient, postToken } from '../../src/transport/index.js';
import type { BackendClient, BackendClientOptions, RetryPolicy, SubmissionRequest } from '../../src/transport/index.js';
import { check } from '../../src/transport/shape.js';
import { problemShape } from '../../src/transport/wire-shapes.js';
import { recording } from './recordings.js';
import { CONSENT, PASSING, openSession, pieces, postJson, problemOf, putPart, startService, submissionFor } from './service.js';
import type { Fault, Service } from './service.js';
import { inParallel, verifyThrough } from './verification.js';

let video: Bytes;
beforeAll(async () => {
  video = await recording({ seconds: 2.2, width: 480, height: 384 });
});
const services: Service[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
});
const RETRY: RetryPolicy = { maxAttempts: 20, baseMs: 5, capMs: 40, maxRetryAfterMs: 3000 };

/** A service that counts what matters: who was decided how often, and from how many bytes. */
async function start(fault: Fault, options: Partial<HandlerOptions> = {}) {
  const asked = new Map<string, number[]>();
  const verdicts = new Map<string, number>();
  const evidence = createMemoryEvidenceStore();
  const service = await startService(
    {
      evidence,
      inspect: inspectEvidence,
      vendor: { decide: async (question) => (asked.set(question.session.sessionId, [...(asked.get(question.session.sessionId) ?? []), question.evidence.bytes.length]), PASSING.decide(question)) },
      onVerdict: ({ session }) => void verdicts.set(session.sessionId, (verdicts.get(session.sessionId) ?? 0) + 1),
      ...options,
    },
    fault,
  );
  services.push(service);
  const client = (more: Partial<BackendClientOptions> = {}): BackendClient => createBackendClient({ endpoint: service.endpoint, attemptMs: 1000, partAttemptMs: 1000, overallMs: 20_000, retry: RETRY, circuit: { pauseMs: 50 }, ...more });
  return { service, client, asked, verdicts, evidence };
}

/** mulberry32: the same numbers from the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same answer, its body ended half way by a broken connection. */
async function cut(response: Response): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('content-length', String(Math.max(whole.length, 10)));
  const half = new ReadableStream({
    start(controller) {
      controller.enqueue(whole.slice(0, whole.length >> 1));
      setTimeout(() => controller.error(new Error('cut')), 5);
    },
  });
  return new Response(half, { status: response.status === 204 ? 200 : response.status, headers });
}

describe('30 % of all requests fail at random', () => {
  it('and 500 sessions each end in exactly one verdict, no part lost, none counted twice', async () => {
    const random = seeded(20_261_121);
    let failed = 0;
    let all = 0;
    const { client, asked, verdicts, evidence } = await start(async (request, next, hangUp) => {
      all += 1;
      if (random() >= 0.3) return next(request);
      failed += 1;
      const kind = Math.floor(random() * 6);
      if (kind === 0) return new Response('', { status: 500 });
      if (kind === 1) return new Response('', { status: 503, headers: { 'retry-after': '0' } });
      if (kind === 2) return new Response('', { status: 429 });
      if (kind === 3) return (hangUp(), new Response(null));
      // Done, and the answer lost or cut: the worst of them.
      const response = await next(request);
      if (kind === 4) return (hangUp(), response);
      return cut(response);
    });
    const results = await inParallel(500, 40, () => verifyThrough(client(), video));
    expect(failed / all).toBeGreaterThan(0.27);
    expect(failed / all).toBeLessThan(0.33);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    const ended = results.filter((result) => result.ok);
    const ids = new Set(ended.map(({ session }) => session.sessionId));
    expect(ids.size).toBe(500);
    for (const { response } of ended) expect(response.verdict.decision).toBe('passed');
    // Sessions whose opening was answered into the void were never submitted.
    expect(new Set(asked.keys())).toEqual(ids);
    expect([...asked.values()].every((bytes) => bytes.length === 1 && bytes[0] === video.length)).toBe(true);
    expect(new Set(verdicts.keys())).toEqual(ids);
    expect([...verdicts.values()].every((count) => count === 1)).toBe(true);
    expect(evidence.totalBytes).toBe(0);
  });
});

describe('an answer', () => {
  const ROUTES: Readonly<Record<string, (request: Request) => boolean>> = {
    session: ({ method, url }) => method === 'POST' && url.endsWith('/sessions'),
    part: ({ method }) => method === 'PUT',
    submission: ({ url }) => url.endsWith('/submission'),
    state: ({ method }) => method === 'GET',
  };
  /** Answers to what comes again when all is over. */
  const late: Promise<Response>[] = [];
  const allOver = async (): Promise<void> => {
    // Each is answered as it was the first time.
    for (const response of await Promise.all(late.splice(0))) expect(response.ok).toBe(true);
  };
  const FAULTS: Readonly<Record<string, Fault>> = {
    cut: async (request, next) => cut(await next(request)),
    lost: async (request, next, hangUp) => {
      const response = await next(request);
      hangUp();
      return response;
    },
    'delayed over the limit of an attempt': async (request, next) => {
      const response = await next(request);
      await new Promise((resolve) => setTimeout(resolve, 400));
      return response;
    },
    'to a request that came twice': async (request, next) => {
      const again = request.clone();
      const [first] = await Promise.all([next(request), next(again)]);
      return first;
    },
    'to a request that comes again when all is over': async (request, next) => {
      const again = request.clone();
      const response = await next(request);
      late.push(new Promise((resolve) => setTimeout(resolve, 100)).then(() => next(again)));
      return response;
    },
  };
  const cases = Object.keys(ROUTES).flatMap((route) => Object.keys(FAULTS).map((fault) => [route, fault] as const));

  it.each(cases)('to a %s, %s, changes nothing', async (route, faultName) => {
    const [matches, fault] = [ROUTES[route] as (request: Request) => boolean, FAULTS[faultName] as Fault];
    let faults = 0;
    const { client, asked, verdicts } = await start((request, next, hangUp) => (matches(request) && (faults += 1) <= 3 ? fault(request, next, hangUp) : next(request)), {
      // Pending, so that the state is asked for.
      vendor: { decide: async (question) => (asked.set(question.session.sessionId, [question.evidence.bytes.length]), await new Promise((resolve) => setTimeout(resolve, 60)), PASSING.decide(question)) },
      inlineWaitMs: 5,
    });
    const ended = await verifyThrough(client({ attemptMs: 300, partAttemptMs: 300 }), video);
    await allOver();
    expect(ended).toMatchObject({ ok: true, response: { verdict: { decision: 'passed' } } });
    expect(faults).toBeGreaterThan(0);
    expect([...asked.values()]).toEqual([[video.length]]);
    expect([...verdicts.values()]).toEqual([1]);
  });

  it.each(Object.keys(FAULTS))('to a token, %s, changes nothing', async (faultName) => {
    const fault = FAULTS[faultName] as Fault;
    let faults = 0;
    let confirmed = 0;
    const { service } = await start((request, next, hangUp) => (request.url.endsWith('/tokens') && (faults += 1) <= 3 ? fault(request, next, hangUp) : next(request)), {
      vendor: { ...PASSING, confirm: async () => ((confirmed += 1), { status: 'decided', decision: 'passed', code: { system: 's', table: 't', code: '0' } }) },
    });
    const ended = await postToken({ endpoint: service.endpoint, channel: 'eid-h5', token: 'T', consent: CONSENT, attemptMs: 300, retry: RETRY });
    await allOver();
    expect(ended).toMatchObject({ ok: true, response: { verdict: { decision: 'passed' } } });
    expect(faults).toBeGreaterThan(0);
    expect(confirmed).toBe(1);
  });

  it('to parts that overtake each other changes nothing', async () => {
    let parts = 0;
    const { client, asked } = await start(async (request, next) => {
      // Each of a pair waits longer than the one behind it.
      if (request.method === 'PUT') await new Promise((resolve) => setTimeout(resolve, (parts += 1) % 2 === 1 ? 60 : 5));
      return next(request);
    });
    expect(await verifyThrough(client(), video, 10_000)).toMatchObject({ ok: true, response: { verdict: { decision: 'passed' } } });
    expect(parts).toBeGreaterThan(4);
    expect([...asked.values()]).toEqual([[video.length]]);
  });
});

describe('a disk that is full', () => {
  it('for a while holds people up, and loses nothing of what they send', async () => {
    const directory = await fs.mkdtemp(join(tmpdir(), 'facefront-full-'));
    let refused = 0;
    // The kernel's own ENOSPC: every write to this device gets it.
    const writeFile = ((path, data, options) => (refused < 5 ? ((refused += 1), fs.writeFile('/dev/full', data)) : fs.writeFile(path, data, options))) as typeof fs.writeFile;
    const store = createDirectoryEvidenceStore({ directory, files: { ...fs, writeFile } });
    const { client, asked, verdicts } = await start((request, next) => next(request), { evidence: store });
    const results = await inParallel(3, 3, () => verifyThrough(client({ retry: { ...RETRY, maxRetryAfterMs: 10_000 } }), video));
    expect(results).toMatchObject(Array(3).fill({ ok: true, response: { verdict: { decision: 'passed' } } }));
    expect(refused).toBe(5);
    expect([...asked.values()]).toEqual(Array(3).fill([video.length]));
    expect([...verdicts.values()]).toEqual([1, 1, 1]);
    expect(await fs.readdir(directory)).toEqual([]);
    await store.close();
    await fs.rm(directory, { recursive: true });
  });
});

describe('429', () => {
  const inMs = (ms: number): Date => new Date(Date.now() + ms);
  const FORMS: readonly [string, () => string | undefined, readonly [min: number, max: number]][] = [
    ['without Retry-After', () => undefined, [0, 900]],
    ['with seconds', () => '1', [990, 2000]],
    ['with 0', () => '0', [0, 900]],
    ['with an HTTP date', () => inMs(2000).toUTCString(), [900, 3000]],
    ['with a date in the form of asctime', () => inMs(2000).toUTCString().replace(/^(...), (..) (...) (....) (.*) GMT$/, '$1 $3 $2 $5 $4'), [900, 3000]],
    ['with a date that is over', () => inMs(-60_000).toUTCString(), [0, 900]],
    ['with nonsense', () => 'soon', [0, 900]],
    ['with a negative number', () => '-5', [0, 900]],
  ];
  it.each(FORMS)('%s is waited out as it says', async (_name, retryAfter, [min, max]) => {
    let limited = 0;
    const { client } = await start(async (request, next) => {
      const value = retryAfter();
      return (limited += 1) === 1 ? new Response('', { status: 429, headers: value === undefined ? {} : { 'retry-after': value } }) : next(request);
    });
    const began = performance.now();
    expect(await client().createSession({ consent: CONSENT, challenges: ['silent'], containers: ['video/webm'], locale: 'en' })).toMatchObject({ ok: true });
    const took = performance.now() - began;
    expect(limited).toBe(2);
    expect(took).toBeGreaterThanOrEqual(min);
    expect(took).toBeLessThan(max);
  });

  it('with a date is waited out by the server’s clock, wherever the device’s is', async () => {
    let limited = 0;
    const { client } = await start(async (request, next) => ((limited += 1) === 1 ? new Response('', { status: 429, headers: { 'retry-after': inMs(3_602_000).toUTCString(), date: inMs(3_600_000).toUTCString() } }) : next(request)));
    const began = performance.now();
    expect(await client().state('A'.repeat(22))).toMatchObject({ ok: false, status: 404 });
    const took = performance.now() - began;
    expect(took).toBeGreaterThanOrEqual(900);
    expect(took).toBeLessThan(4000);
  });

  it('that asks for more than a person waits is not waited out', async () => {
    let asked = 0;
    const { client } = await start(async () => ((asked += 1), new Response('', { status: 429, headers: { 'retry-after': '60' } })));
    expect(await client().state('A'.repeat(22))).toMatchObject({ ok: false, code: 'backend-rejected', status: 429, transient: true });
    expect(asked).toBe(1);
  });
});

describe('a submission that is', () => {
  /** Two people's sessions, everything uploaded. */
  const twoSessions = async () => {
    const { service, asked } = await start((request, next) => next(request));
    const other = await recording({ from: 'cap12', seconds: 2.2, width: 480, height: 384 });
    const [own, theirs] = [{ session: await openSession(service), parts: pieces(video, 40_000) }, { session: await openSession(service), parts: pieces(other, 40_000) }];
    for (const { session, parts } of [own, theirs]) for (const [index, part] of parts.entries()) await putPart(service, session.sessionId, index, part);
    const submit = async (change: (mine: SubmissionRequest, other: SubmissionRequest) => SubmissionRequest) => {
      const body = change(await submissionFor(own.session, own.parts), await submissionFor(theirs.session, theirs.parts));
      return problemOf(await postJson(service, `sessions/${own.session.sessionId}/submission`, body));
    };
    return { service, asked, own, theirs, submit };
  };
  type Change = (mine: SubmissionRequest, other: SubmissionRequest) => SubmissionRequest;
  const SPLICES: readonly [string, Change, string][] = [
    ["another person's whole", (_mine, other) => other, 'nonce-mismatch'],
    ["one's own with another's nonce", (mine, other) => ({ ...mine, manifest: { ...mine.manifest, nonce: other.manifest.nonce } }), 'nonce-mismatch'],
    ["another's under one's own name", (mine, other) => ({ ...other, manifest: { ...other.manifest, sessionId: mine.manifest.sessionId, nonce: mine.manifest.nonce } }), 'manifest-mismatch'],
    ["another's video in one's own", (mine, other) => ({ ...mine, manifest: { ...mine.manifest, video: other.manifest.video } }), 'manifest-mismatch'],
    ["one's own, one part of it another's", (mine, other) => ({ ...mine, manifest: { ...mine.manifest, video: { ...mine.manifest.video, parts: mine.manifest.video.parts.map((part, index) => (index === 1 ? { ...(other.manifest.video.parts[1] ?? part), bytes: part.bytes } : part)) } } }), 'manifest-mismatch'],
    ["one's own with another's chain", (mine, other) => ({ ...mine, manifest: { ...mine.manifest, chain: other.manifest.chain } }), 'manifest-mismatch'],
    ["one's own, in another order", (mine) => ({ ...mine, manifest: { ...mine.manifest, video: { ...mine.manifest.video, parts: [...mine.manifest.video.parts].reverse() } } }), 'manifest-mismatch'],
    ["one's own without its end", (mine) => ({ ...mine, manifest: { ...mine.manifest, video: { ...mine.manifest.video, parts: mine.manifest.video.parts.slice(0, -1) } } }), 'manifest-mismatch'],
  ];
  it.each(SPLICES)('%s is refused, asks no vendor and uses nothing up', async (_name, change, problem) => {
    const { submit, asked, service, own } = await twoSessions();
    expect(await submit(change)).toMatchObject({ status: 422, name: problem });
    expect(asked.size).toBe(0);
    expect((await postJson(service, `sessions/${own.session.sessionId}/submission`, await submissionFor(own.session, own.parts))).status).toBe(200);
  });

  it('the same again, without its key or with another, is a session used', async () => {
    const { service, own, submit, asked } = await twoSessions();
    await postJson(service, `sessions/${own.session.sessionId}/submission`, await submissionFor(own.session, own.parts), { 'idempotency-key': 'the-key-of-mine' });
    expect(await submit((mine) => mine)).toMatchObject({ status: 409, name: 'session-used' });
    expect(asked.size).toBe(1);
  });
});

describe('whatever is sent to the newer routes', () => {
  it('the answer is one of the protocol and never a 500', async () => {
    const { service } = await start((request, next) => next(request), { vendor: { ...PASSING, confirm: async () => ({ status: 'decided', decision: 'passed', code: { system: 's', table: 't', code: '0' } }) }, origins: ['https://shop.example'] });
    const { sessionId } = await openSession(service);
    const sound = { protocol: 1, channel: 'eid-h5', tokens: { token: 'T' }, consent: CONSENT };
    const field = fc.constantFrom('protocol', 'channel', 'tokens', 'nonce', 'consent', 'risk', 'reason', '__proto__', 'extra');
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc.uint8Array({ maxLength: 500 }).map((bytes) => new Uint8Array(bytes)),
      fc.tuple(field, fc.jsonValue({ maxDepth: 3 })).map(([name, value]) => JSON.stringify({ ...sound, [name]: value })),
      fc.tuple(field, fc.jsonValue({ maxDepth: 3 })).map(([name, value]) => JSON.stringify({ reason: 'failed', [name]: value })),
    );
    const route = fc.constantFrom<readonly [string, string]>(['POST', 'tokens'], ['POST', `sessions/${sessionId}/abandonment`], ['POST', `sessions/${'B'.repeat(22)}/abandonment`], ['GET', 'healthz'], ['PUT', 'healthz'], ['DELETE', 'tokens'], ['OPTIONS', 'tokens']);
    const headers = fc.record({ origin: fc.constantFrom('https://shop.example', 'https://evil.example', 'null', ''), 'access-control-request-headers': fc.stringMatching(/^[\x21-\x7e]{0,40}$/), 'access-control-request-method': fc.constantFrom('PUT', '') }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(route, headers, body, async ([method, path], more, content) => {
        const answer = await service.send(method, path, { headers: { 'content-type': 'application/json', ...more }, ...(method !== 'GET' && { body: content }) });
        expect(answer.status).not.toBe(500);
        if (answer.status < 400) return;
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        expect(check(problemShape, answer.body, 'refuse')).toMatchObject({ ok: true });
      }),
      { numRuns: 400, seed: 20_261_121 },
    );
  });
});
