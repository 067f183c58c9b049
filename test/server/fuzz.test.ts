import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisSessionStore } from '../../src/server/index.js';
import type { ChannelChoice, VendorOutcome } from '../../src/server/index.js';
import { check } from '../../src/transport/shape.js';
import { problemName, problemShape, sessionResponseShape, sessionStateShape, submissionResponseShape } from '../../src/transport/wire-shapes.js';
import { chainOf } from '../../src/transport/chain.js';
import type { Bytes } from '../../src/transport/chain.js';
import { PROBLEM_NAMES } from '../../src/transport/protocol.js';
import type { Manifest, ManifestFrame, Problem, VendorSession, VerdictResponse } from '../../src/transport/protocol.js';
import { burstCapture, partsOf, soundCapture, submissionOfCapture, upload } from './captures.js';
import { burst } from './recordings.js';
import { redisMissing, startRedis } from './redis-server.js';
import type { RedisServer } from './redis-server.js';
import { CONSENT, PASSING, SESSION_REQUEST, contentDigest, openSession, postJson, putPart, startService, submissionFor } from './service.js';
import type { Answer, Service } from './service.js';

/* Whatever comes in, the answer is one of the protocol: never a 500, every refusal an RFC 9457 problem of a known type. */

const missing = redisMissing();
if (missing !== undefined) console.warn(missing);

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

/** Node's own HTTP parser answers what it does not take by itself: no header but that the connection ends, and no body. */
function isOfParser({ status, headers, body }: Answer): boolean {
  return body === '' && [400, 431].includes(status) && [...headers.keys()].every((name) => name === 'connection');
}

function expectProtocol(answer: Answer): void {
  expect(answer.status).not.toBe(500);
  if (answer.status < 400 || isOfParser(answer)) return;
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(check(problemShape, answer.body, 'refuse')).toMatchObject({ ok: true });
  expect(PROBLEM_NAMES).toContain(problemName(answer.body as Problem));
  expect((answer.body as { status: number }).status).toBe(answer.status);
}

const bytes = (maxLength: number): fc.Arbitrary<Bytes> => fc.uint8Array({ maxLength }).map((array) => new Uint8Array(array));
const anyBody: fc.Arbitrary<string | Bytes> = fc.oneof(fc.json(), fc.string(), bytes(2000), fc.jsonValue({ maxDepth: 6 }).map((value) => JSON.stringify(value)));

/** Replaces one value somewhere in a JSON value, or adds or drops a field. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  const replacement = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, -1, 1e308, 0.5, '', '\ud800', '\u0000', '__proto__', 'x'.repeat(5000)));
  if (typeof value !== 'object' || value === null) return replacement;
  const keys = Object.keys(value);
  const inner = fc.constantFrom(...keys, 'extra', 'constructor').chain((key) =>
    mutated((value as Record<string, unknown>)[key]).map((changed): unknown => {
      const copy = structuredClone(value) as Record<string, unknown>;
      copy[key] = changed;
      return copy;
    }),
  );
  return fc.oneof({ weight: 5, arbitrary: inner }, { weight: 1, arbitrary: replacement });
}

/** JSON of it; an object now and then with a field of any name that stands twice. */
function written(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const name = fc.oneof(fc.string(), fc.constantFrom('', '\ud800', '__proto__', 'protocol', 'x'.repeat(5000))).map((text) => JSON.stringify(text));
  return fc.tuple(value, fc.option(name, { freq: 8 })).map(([own, twice]) => {
    const json = JSON.stringify(own) ?? '';
    return twice === null || !/^\{./.test(json) ? json : json.replace('{', () => `{${twice}:1,${twice}:2,`);
  });
}

describe('whatever is sent', () => {
  const RUNS = { numRuns: 300 };

  it('as a session', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(anyBody, written(mutated(SESSION_REQUEST))), async (body) => expectProtocol(await service.send('POST', 'sessions', { headers: { 'content-type': 'application/json' }, body }))), RUNS);
  });

  it('as a submission', async () => {
    const session = await openSession(service);
    const part = new TextEncoder().encode('a part');
    await putPart(service, session.sessionId, 0, part);
    const sound = await submissionFor(session, [part]);
    const path = `sessions/${session.sessionId}/submission`;
    await fc.assert(fc.asyncProperty(fc.oneof(anyBody, written(mutated(sound))), async (body) => expectProtocol(await service.send('POST', path, { headers: { 'content-type': 'application/json' }, body }))), RUNS);
  });

  it('as a manifest, under a chain that fits what was made of it', async () => {
    const pictures = await burst();
    const captures = [await soundCapture(), await burstCapture(pictures.slice(0, 22))];
    const session = await openSession(service);
    const path = `sessions/${session.sessionId}/submission`;
    const challenge = fc.constantFrom<Manifest['challenge']>(session.challenge, { type: 'light', colours: [{ r: 1, g: 2, b: 3, ms: 300 }], minimumMs: 500 });
    const events = fc.constantFrom('challenge:started', 'state:done', 'state:capturing', 'interrupted:face-lost', 'shown:0', 'shown:1', 'paused:0', 'action:blink:start', 'action:blink:end', 'anything');
    const timeline = fc.array(fc.record({ at: fc.integer({ min: -5000, max: 9000 }), event: events }), { maxLength: 12 });
    const sound = await Promise.all(captures.map((capture) => submissionOfCapture(session, capture)));
    const manifests = fc.constantFrom(...sound.map(({ manifest }) => manifest));
    const changed = fc.oneof(
      manifests.chain((manifest) => mutated(manifest)),
      fc.tuple(manifests, challenge, timeline).map(([manifest, own, entries]): unknown => ({ ...manifest, challenge: own, timeline: entries })),
    );
    const answers = new Set<number>();
    await fc.assert(
      fc.asyncProperty(changed, async (value) => {
        const manifest = await chainOf(value as Manifest).then((chain) => ({ ...(value as Manifest), chain }), () => value);
        const body = JSON.stringify({ consent: CONSENT, manifest });
        const answer = await service.send('POST', path, { headers: { 'content-type': 'application/json' }, body });
        answers.add(answer.status);
        expectProtocol(answer);
      }),
      { numRuns: 600 },
    );
    // Both kinds of refusal were met: of what is no manifest, and of one that is not true.
    expect([...answers]).toEqual(expect.arrayContaining([400, 422]));
  });

  it('as a manifest of parts that are there: a refusal, or one verdict', async () => {
    const capture = await burstCapture((await burst()).slice(0, 22));
    const { video } = partsOf(capture);
    const frames = (list: readonly ManifestFrame[]): fc.Arbitrary<readonly ManifestFrame[]> =>
      fc.array(fc.record({ index: fc.nat(list.length - 1), at: fc.integer({ min: -200, max: 9000 }), bytes: fc.integer({ min: 1, max: 90_000 }) }), { maxLength: 3 }).map((changes) => {
        const own = [...list];
        for (const { index, at, bytes: size } of changes) own[index] = { at, bytes: size };
        return own;
      });
    const verdicts = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.tuple(frames(capture.frames ?? []), fc.integer({ min: 0, max: 9000 }), fc.boolean()), async ([list, durationMs, balanced]) => {
        const session = await openSession(service);
        await upload(service, session, video);
        // The sum right again, so that the list is not refused for it.
        const excess = list.reduce((sum, frame) => sum + frame.bytes, 0) - capture.video.length;
        const [first, ...rest] = list;
        const own = balanced && first && first.bytes - excess > 0 ? [{ ...first, bytes: first.bytes - excess }, ...rest] : list;
        const submission = await submissionOfCapture(session, capture, (manifest) => ({ video: { ...manifest.video, durationMs, frames: own } }));
        const answer = await service.send('POST', `sessions/${session.sessionId}/submission`, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(submission) });
        expectProtocol(answer);
        verdicts.add(answer.status === 200 ? (answer.body as VerdictResponse).verdict.decision : String(answer.status));
      }),
      { numRuns: 120, examples: [[[capture.frames ?? [], capture.durationMs, false]], [[capture.frames ?? [], 9000, false]]] },
    );
    expect([...verdicts].sort()).toEqual(['422', 'passed', 'rejected']);
  });

  it('as a part', async () => {
    const { sessionId } = await openSession(service);
    const number = fc.oneof(fc.nat({ max: 100 }).map(String), fc.webSegment());
    const digest = fc.oneof(fc.constant('own'), fc.constant(undefined), fc.string({ unit: 'grapheme-ascii' }).map((text) => text.replace(/[^\x20-\x7e]/g, '')));
    await fc.assert(
      fc.asyncProperty(number, digest, bytes(3000), async (n, header, body) => {
        const value = header === 'own' ? await contentDigest(body) : header;
        expectProtocol(await service.send('PUT', `sessions/${sessionId}/parts/${n}`, { headers: value === undefined ? {} : { 'content-digest': value }, body }));
      }),
      RUNS,
    );
  });

  it('wherever', async () => {
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS');
    const path = fc.array(fc.oneof(fc.webSegment(), fc.constantFrom('sessions', 'parts', 'submission', '%00', '%', '..%2f', '%ff')), { maxLength: 5 }).map((segments) => segments.join('/'));
    const headers = fc.dictionary(fc.constantFrom('content-type', 'content-digest', 'idempotency-key', 'accept', 'authorization', 'cookie', 'range'), fc.stringMatching(/^[\x21-\x7e]{0,60}$/));
    await fc.assert(
      fc.asyncProperty(method, path, headers, anyBody, async (verb, where, sent, body) => {
        expectProtocol(await service.send(verb, where, { headers: sent, ...(verb !== 'GET' && { body }) }));
      }),
      RUNS,
    );
  });

  it('as a recording: whatever bytes, one verdict', async () => {
    const head = new Uint8Array([0x1a, 0x45, 0xdf, 0xa3]);
    const boxes = fc.array(fc.tuple(fc.constantFrom('ftyp', 'moov', 'trak', 'mdat', 'moof', 'free'), fc.uint8Array({ maxLength: 40 })), { maxLength: 6 }).map((list) =>
      Uint8Array.from(list.flatMap(([type, content]) => [0, 0, 0, content.length + 8, ...Buffer.from(type), ...content])),
    );
    const content = fc.oneof(bytes(500), bytes(200).map((tail) => Uint8Array.from([...head, ...tail])), boxes).filter(({ length }) => length > 0);
    await fc.assert(
      fc.asyncProperty(content, async (video) => {
        const session = await openSession(service);
        await putPart(service, session.sessionId, 0, video);
        const answer = await service.send('POST', `sessions/${session.sessionId}/submission`, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(await submissionFor(session, [video])) });
        expect(answer).toMatchObject({ status: 200, body: { state: 'decided', verdict: { decision: 'rejected', code: { system: 'faceid-sdk', table: 'result', code: expect.stringMatching(/^6666(4001|0016)$/) as string } } } });
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(['memory', 'Redis'])('whatever is sent where a vendor’s channel may be chosen, with sessions in %s', (name) => {
  const test = it.skipIf(name === 'Redis' && missing !== undefined);
  const CHOICE = { channel: 'detectauth-h5', task: { expiresInMs: 60_000, url: 'https://open.faceid.qq.com/v1?x=1' }, expected: { BizToken: 'BIZ-1' } };
  const PASSED = { status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } };
  const OPEN = { ...SESSION_REQUEST, channels: ['capture', 'kyc-h5', 'detectauth-h5', 'eid-h5'] };
  const TOKENS = { protocol: 1, channel: 'detectauth-h5', tokens: { BizToken: 'BIZ-1' }, nonce: 'THE-NONCE', consent: CONSENT, risk: { device: { x: 1 } } };
  const json = { 'content-type': 'application/json' };
  /** What the customer's code says next. */
  let choice: unknown = CHOICE;
  let outcome: unknown = PASSED;
  let redis: RedisServer | undefined;
  let own: Service;
  beforeAll(async () => {
    if (name === 'Redis' && missing !== undefined) return;
    if (name === 'Redis') redis = await startRedis();
    own = await startService({
      ...(redis && { sessions: createRedisSessionStore({ client: await redis.connect() }) }),
      channel: async () => choice as ChannelChoice,
      vendor: { ...PASSING, confirm: async () => outcome as VendorOutcome },
    });
  });
  afterAll(async () => {
    await own?.close();
    await redis?.close();
  });

  test('as a session, whatever is chosen', async () => {
    const choices = fc.oneof(fc.constantFrom<unknown>(CHOICE, { channel: 'capture' }, { channel: 'none', code: PASSED.code }), mutated(CHOICE));
    // A key again, with another body and with the same one.
    const key = fc.option(fc.constantFrom('the-first-key', 'the-second-key', 'short'), { freq: 2 });
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(written(fc.oneof(fc.constant(OPEN), mutated(OPEN))), choices, key, async (body, chosen, idempotency) => {
        choice = chosen;
        const answer = await own.send('POST', 'sessions', { headers: { ...json, ...(idempotency !== null && { 'idempotency-key': idempotency }) }, body });
        expectProtocol(answer);
        if (answer.status === 201) expect(check(sessionResponseShape, answer.body, 'refuse')).toMatchObject({ ok: true });
        statuses.add(answer.status);
      }),
      { numRuns: 80, examples: [[JSON.stringify(OPEN), CHOICE, null], [JSON.stringify(OPEN), { channel: 'none', code: PASSED.code }, null], ['{', CHOICE, null]] },
    );
    expect([...statuses]).toEqual(expect.arrayContaining([201, 400, 422]));
  });

  test('as tokens of a session that led to a vendor, whatever that says', async () => {
    const body = written(fc.oneof({ weight: 1, arbitrary: fc.constantFrom<unknown>(TOKENS, { ...TOKENS, channel: 'eid-h5' }, { ...TOKENS, tokens: { BizToken: 'ANOTHER' } }) }, { weight: 2, arbitrary: mutated(TOKENS) }));
    const PENDING = { status: 'pending', reference: 'vendor-1' };
    const outcomes = fc.oneof(fc.constantFrom<unknown>(PASSED, PENDING), mutated(PASSED));
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(body, outcomes, async (sent, said) => {
        [choice, outcome] = [CHOICE, said];
        const { nonce, sessionId } = (await postJson(own, 'sessions', OPEN)).body as VendorSession;
        const bound = sent.replaceAll('THE-NONCE', nonce);
        for (let time = 0; time < 2; time++) {
          const answer = await own.send('POST', 'tokens', { headers: json, body: bound });
          expectProtocol(answer);
          if (answer.status < 300) expect(check(submissionResponseShape, answer.body, 'refuse')).toMatchObject({ ok: true });
          statuses.add(answer.status);
        }
        expectProtocol(await own.send('POST', `sessions/${sessionId}/submission`, { headers: json, body: bound }));
        const state = await own.send('GET', `sessions/${sessionId}`);
        expect(check(sessionStateShape, state.body, 'refuse')).toMatchObject({ ok: true });
      }),
      { numRuns: 50, examples: [[JSON.stringify(TOKENS), PASSED], [JSON.stringify(TOKENS), PENDING], [JSON.stringify({ ...TOKENS, channel: 'eid-h5' }), PASSED], ['{', PASSED]] },
    );
    expect([...statuses]).toEqual(expect.arrayContaining([200, 202, 400, 422]));
  });
});
