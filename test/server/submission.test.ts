import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { VENDOR_FAILED, createMemoryEvidenceStore, createMemorySessionStore } from '../../src/server/index.js';
import type { HandlerOptions, VendorPort, VerdictEvent } from '../../src/server/index.js';
import { chainOf } from '../../src/transport/chain.js';
import type { Bytes } from '../../src/transport/chain.js';
import type { Manifest, PendingResponse, SubmissionRequest, VerdictResponse } from '../../src/transport/protocol.js';
import { recording } from './recordings.js';
import { CONSENT, PASSING, openSession, pieces, postJson, problemOf, putPart, startService, submissionFor, verify } from './service.js';
import type { Answer, Service } from './service.js';

const CODE_0 = { system: 'faceid-sdk', table: 'result', code: '0' };
let video: Bytes;
beforeAll(async () => {
  video = await recording();
});

describe('a submission that is not what it should be', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  /** Submits what `change` makes of a sound submission, which then has to be refused and leave the session open. */
  const refused = async (change: (submission: SubmissionRequest) => unknown): Promise<ReturnType<typeof problemOf>> => {
    const session = await openSession(service);
    const parts = pieces(video, 100_000);
    for (const [index, part] of parts.entries()) await putPart(service, session.sessionId, index, part);
    const submission = await submissionFor(session, parts);
    const answer = await postJson(service, `sessions/${session.sessionId}/submission`, await change(submission));
    expect((await service.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ state: 'open' });
    const sound = await postJson(service, `sessions/${session.sessionId}/submission`, submission);
    expect(sound).toMatchObject({ status: 200, body: { state: 'decided', verdict: { decision: 'passed' } } });
    return problemOf(answer);
  };
  /** Under the chain of what the change makes of it, as a client that lies would compute it. */
  const manifest = (change: (manifest: Manifest) => Partial<Manifest>) => async (submission: SubmissionRequest) => {
    const changed = { ...submission.manifest, ...change(submission.manifest) };
    return { ...submission, manifest: { ...changed, chain: await chainOf(changed) } };
  };
  const withVideo = (change: (video: Manifest['video']) => Partial<Manifest['video']>) => manifest((own) => ({ video: { ...own.video, ...change(own.video) } }));

  it('bound to another nonce or session', async () => {
    expect(await refused(manifest(() => ({ nonce: 'B'.repeat(43) })))).toMatchObject({ status: 422, name: 'nonce-mismatch', fields: ['manifest.nonce'] });
    expect(await refused(manifest(() => ({ sessionId: 'B'.repeat(22) })))).toMatchObject({ status: 422, name: 'nonce-mismatch', fields: ['manifest.sessionId'] });
  });

  it('spliced: parts of one session under the chain of another', async () => {
    const other = await openSession(service);
    const spliced = await submissionFor(other, pieces(video, 100_000));
    expect(await refused((submission) => ({ ...submission, manifest: { ...submission.manifest, chain: spliced.manifest.chain } }))).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.chain'] });
  });

  it('spliced: another order of the parts', async () => {
    const problem = await refused(
      withVideo(({ parts }) => ({ parts: parts.map((part, index) => ({ ...(parts[parts.length - 1 - index] ?? part), index })) })),
    );
    expect(problem).toMatchObject({ status: 422, name: 'manifest-mismatch' });
    expect(problem.fields).toContain('manifest.video.parts[0].digest');
  });

  it('with a part that never arrived, and a chain that fits it', async () => {
    const problem = await refused(withVideo(({ parts }) => ({ parts: parts.map((part) => (part.index === 1 ? { ...part, digest: '0'.repeat(64) } : part)) })));
    expect(problem).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.video.parts[1].digest'] });
  });

  it('with a gap, a lie about the size, a part left out', async () => {
    expect((await refused(withVideo(({ parts }) => ({ parts: parts.filter(({ index }) => index !== 1) })))).fields).toEqual(
      expect.arrayContaining(['manifest.video.bytes', 'manifest.video.parts[1].index', 'manifest.video.parts']),
    );
    expect(await refused(withVideo(({ bytes }) => ({ bytes: bytes + 1 })))).toMatchObject({ name: 'manifest-mismatch', fields: ['manifest.video.bytes'] });
    expect((await refused(withVideo(({ parts }) => ({ parts: parts.map((part, index) => ({ ...part, bytes: part.bytes + (index === 0 ? 1 : index === 1 ? -1 : 0) })) })))).fields).toEqual([
      'manifest.video.parts[0].bytes',
      'manifest.video.parts[1].bytes',
    ]);
  });

  it('to another challenge or another consent', async () => {
    expect((await refused(({ manifest: own, ...rest }) => ({ ...rest, manifest: { ...own, challenge: { minimumMs: 2000, type: 'silent', digits: '12' } } }))).fields).toEqual(['manifest.challenge.digits']);
    expect(await refused(manifest(() => ({ challenge: { type: 'silent', minimumMs: 1 } })))).toMatchObject({ name: 'manifest-mismatch', fields: ['manifest.challenge'] });
    expect(await refused((submission) => ({ ...submission, consent: { ...CONSENT, textDigest: 'cd'.repeat(32) } }))).toMatchObject({ name: 'manifest-mismatch', fields: ['consent', 'manifest.consentDigest'] });
    expect(await refused((submission) => ({ ...submission, consent: { ...CONSENT, scopes: ['face-video', 'marketing'] } }))).toMatchObject({ name: 'manifest-mismatch', fields: ['manifest.consentDigest'] });
  });

  it('is sound in whatever order its fields are written', async () => {
    const session = await openSession(service);
    const { manifest: own, consent } = await submissionFor(session, [], { camera: { width: 640, height: 480, frameRate: 30, facingMode: '', synthetic: false } });
    const reordered = { consent, manifest: { ...Object.fromEntries(Object.entries(own).reverse()), challenge: { minimumMs: 2000, type: 'silent' } } };
    expect((await postJson(service, `sessions/${session.sessionId}/submission`, reordered)).status).toBe(200);
  });

  it('with a field that stands twice: whoever reads the first would see another manifest', async () => {
    const session = await openSession(service);
    const text = JSON.stringify(await submissionFor(session, []));
    const send = (body: string) => service.send('POST', `sessions/${session.sessionId}/submission`, { headers: { 'content-type': 'application/json' }, body });
    const twice = text.replace('"fallbacks":[]', '"fallbacks":["camera:vga"],"fallbacks":[]').replace('"granted":true', '"grante\\u0064":true,"granted":true');
    expect(problemOf(await send(twice))).toMatchObject({ status: 400, name: 'malformed-request', fields: ['manifest.fallbacks', 'consent.granted'] });
    expect((await send(text)).status).toBe(200);
  });

  it('malformed: every wrong field is named at once', async () => {
    const problem = await refused(({ manifest: own, consent }) => ({
      manifest: { ...own, version: 2, extra: 1, camera: { ...own.camera, width: '640', synthetic: 'no' }, timeline: [{ at: null, event: '' }], video: { ...own.video, parts: [{ index: 0, bytes: 0, digest: 'XY' }] } },
      consent: { ...consent, granted: false, at: 'yesterday' },
      tokens: { token: 5 },
      colour: 'red',
    }));
    expect(problem).toMatchObject({ status: 400, name: 'malformed-request' });
    expect([...problem.fields].sort()).toEqual([
      'colour',
      'consent.at',
      'consent.granted',
      'manifest.camera.synthetic',
      'manifest.camera.width',
      'manifest.extra',
      'manifest.timeline[0].at',
      'manifest.timeline[0].event',
      'manifest.version',
      'manifest.video.parts[0].bytes',
      'manifest.video.parts[0].digest',
      'tokens.token',
    ]);
  });

  it.each([null, [], 'text', 5, {}])('%j', async (body) => expect(await refused(() => body)).toMatchObject({ status: 400, name: 'malformed-request' }));

  it('missing a part: refused until it has arrived', async () => {
    const session = await openSession(service);
    const [first = video, ...rest] = pieces(video, 100_000);
    for (const [index, part] of rest.entries()) await putPart(service, session.sessionId, index + 1, part);
    const submission = await submissionFor(session, [first, ...rest]);
    const path = `sessions/${session.sessionId}/submission`;
    expect(problemOf(await postJson(service, path, submission))).toMatchObject({ status: 422, name: 'part-missing', fields: ['manifest.video.parts[0]'] });
    await putPart(service, session.sessionId, 0, first);
    expect((await postJson(service, path, submission)).status).toBe(200);
  });

  it('not JSON, not UTF-8, not said to be JSON, too large', async () => {
    const { sessionId } = await openSession(service);
    const post = (body: string | Bytes, contentType = 'application/json'): Promise<Answer> => service.send('POST', `sessions/${sessionId}/submission`, { headers: { 'content-type': contentType }, body });
    expect(problemOf(await post('{'))).toMatchObject({ status: 400, name: 'malformed-request', fields: ['body'] });
    expect(problemOf(await post(new Uint8Array([0x22, 0xff, 0x22])))).toMatchObject({ status: 400, name: 'malformed-request', fields: ['body'] });
    expect(problemOf(await post('{}', 'text/plain'))).toMatchObject({ status: 415, name: 'unsupported-media-type' });
    expect(problemOf(await post(JSON.stringify('x'.repeat(300_000))))).toMatchObject({ status: 413, name: 'too-large' });
  });
});

it('in a container that the backend does not take is refused, in another it is taken', async () => {
  const service = await startService({ containers: ['video/mp4', 'video/webm'] });
  const session = await openSession(service);
  expect(session.containers).toEqual(['video/mp4', 'video/webm']);
  await putPart(service, session.sessionId, 0, video);
  const { manifest } = await submissionFor(session, [video]);
  const path = `sessions/${session.sessionId}/submission`;
  const named = (mediaType: string) => submissionFor(session, [video], { video: { ...manifest.video, mediaType } });
  expect(problemOf(await postJson(service, path, await named('video/quicktime')))).toMatchObject({ status: 422, name: 'manifest-mismatch', fields: ['manifest.video.mediaType'] });
  expect((await postJson(service, path, await named('video/webm; codecs=vp8'))).status).toBe(200);
  await service.close();
});

describe('a session takes one submission', () => {
  const services: Service[] = [];
  const start = async (options: Partial<HandlerOptions> = {}): Promise<Service> => {
    const service = await startService(options);
    services.push(service);
    return service;
  };
  afterAll(() => Promise.all(services.map((service) => service.close())));

  it('and refuses it replayed, altered or under another key', async () => {
    const service = await start();
    const { session, submission, answer } = await verify(service, video, { 'idempotency-key': 'the-first-key' });
    expect(answer.status).toBe(200);
    const again = (headers: Record<string, string>, body: unknown = submission): Promise<Answer> => postJson(service, `sessions/${session.sessionId}/submission`, body, headers);
    expect(problemOf(await again({}))).toMatchObject({ status: 409, name: 'session-used' });
    expect(problemOf(await again({ 'idempotency-key': 'another-key' }))).toMatchObject({ status: 409, name: 'session-used' });
    expect(problemOf(await again({ 'idempotency-key': 'the-first-key' }, { ...submission, tokens: { a: 'b' } }))).toMatchObject({ status: 409, name: 'session-used' });
    expect(await again({ 'idempotency-key': 'the-first-key' })).toMatchObject({ status: 200, body: answer.body as object });
    expect((await service.send('GET', `sessions/${session.sessionId}`)).body).toEqual(answer.body);
  });

  it('however many come at once', async () => {
    let asked = 0;
    const service = await start({ vendor: { decide: async (question) => ((asked += 1), PASSING.decide(question)) } });
    const session = await openSession(service);
    await putPart(service, session.sessionId, 0, video);
    const submission = await submissionFor(session, [video]);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => postJson(service, `sessions/${session.sessionId}/submission`, submission, { 'idempotency-key': `contender-${index}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
    expect(asked).toBe(1);
  });

  it('and none once it has expired', async () => {
    let clock = Date.now();
    const service = await start({ now: () => clock });
    const session = await openSession(service);
    await putPart(service, session.sessionId, 0, video);
    clock += 600_000;
    expect(problemOf(await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, [video])))).toMatchObject({ status: 410, name: 'session-expired' });
  });

  it('whose evidence is gone with the verdict, or later if it is to be kept', async () => {
    const evidence = createMemoryEvidenceStore();
    await verify(await start({ evidence }), video);
    expect(evidence.totalBytes).toBe(0);

    let clock = Date.now();
    const kept = createMemoryEvidenceStore({ now: () => clock });
    await verify(await start({ evidence: kept, evidenceRetentionMs: 1000, now: () => clock }), video);
    expect(kept.totalBytes).toBe(video.length);
    clock += 1000;
    kept.sweep();
    expect(kept.totalBytes).toBe(0);
  });

  it('and tells the customer of it once', async () => {
    const events: VerdictEvent[] = [];
    const service = await start({
      authorize: () => ({ allowed: true, subject: 'user-7' }),
      onVerdict: (event) => void events.push(event),
      vendor: { decide: async () => ({ status: 'decided', decision: 'passed', code: CODE_0, reference: 'vendor-1' }) },
    });
    const { answer } = await verify(service, video);
    const { reference, verdict } = answer.body as VerdictResponse;
    expect(events).toMatchObject([{ session: { subject: 'user-7' }, reference, verdict, vendorReference: 'vendor-1' }]);
    expect(JSON.stringify(answer.body)).not.toContain('vendor-1');
  });
});

describe('a vendor', () => {
  const services: Service[] = [];
  afterEach(() => Promise.all(services.splice(0).map((service) => service.close())));
  const start = async (vendor: VendorPort, options: Partial<HandlerOptions> = {}): Promise<Service> => {
    const service = await startService({ vendor, ...options });
    services.push(service);
    return service;
  };
  const REVIEW = { decision: 'review', code: VENDOR_FAILED };

  it('sees the recording whole, what was measured of it, and the request', async () => {
    let seen: unknown;
    const own = await start({
      async decide({ evidence, submission, request, session, signal }) {
        seen = { same: Buffer.compare(evidence.bytes, video), facts: evidence.facts, header: request.headers.get('x-own'), nonce: submission.manifest.nonce === session.nonce, aborted: signal.aborted };
        return { status: 'decided', decision: 'passed', code: CODE_0 };
      },
    });
    await verify(own, video, { 'x-own': 'yes' });
    expect(seen).toEqual({
      same: 0,
      facts: { readable: true, bytes: video.length, mediaType: 'video/webm', codec: 'vp8', width: 640, height: 512, durationMs: 3000, frames: 72, longestGapMs: expect.any(Number), keyFrames: [expect.stringMatching(/^[0-9a-f]{64}$/)] },
      header: 'yes',
      nonce: true,
      aborted: false,
    });
  });

  it('that takes its time is waited for by polling', async () => {
    let decide = (): void => undefined;
    const decided = new Promise<void>((resolve) => (decide = resolve));
    const own = await start({ decide: async (question) => (await decided, PASSING.decide(question)) }, { inlineWaitMs: 20 });
    const { session, submission, answer } = await verify(own, video, { 'idempotency-key': 'the-first-key' });
    expect(answer).toMatchObject({ status: 202, body: { sessionId: session.sessionId, state: 'pending' } });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await own.send('GET', `sessions/${session.sessionId}`)).body).toEqual(answer.body);
    decide();
    await expect.poll(async () => (await own.send('GET', `sessions/${session.sessionId}`)).body, { timeout: 10_000 }).toMatchObject({ state: 'decided', reference: (answer.body as PendingResponse).reference, verdict: { decision: 'passed' } });
    expect(await postJson(own, `sessions/${session.sessionId}/submission`, submission, { 'idempotency-key': 'the-first-key' })).toMatchObject({ status: 200, body: { state: 'decided' } });
  });

  it('that never answers is told to stop, and the attempt goes to review', async () => {
    let aborted = false;
    const own = await start(
      {
        decide: ({ signal }) =>
          new Promise(() => {
            signal.addEventListener('abort', () => (aborted = true));
          }),
      },
      { vendorDeadlineMs: 50 },
    );
    const { answer } = await verify(own, video);
    expect(answer).toMatchObject({ status: 200, body: { state: 'decided', verdict: REVIEW } });
    expect(aborted).toBe(true);
    expect(own.log).toContainEqual(expect.objectContaining({ event: 'vendor-failed', level: 'error' }));
  });

  it.each([
    ['throws', { decide: () => Promise.reject(new Error('id 310101199801011234 not found')) }],
    ['throws what is no error', { decide: () => Promise.reject('310101199801011234') }],
    ['throws at once', { decide: () => { throw new Error('310101199801011234'); } }],
    ['gives no verdict', { decide: async () => ({ status: 'decided', decision: 'maybe' }) as never }],
    ['gives nothing', { decide: async () => undefined as never }],
  ] satisfies [string, VendorPort][])('that %s sends the attempt to review and its words nowhere', async (_name, vendor) => {
    const own = await start(vendor);
    const { answer, session } = await verify(own, video);
    expect(answer).toMatchObject({ status: 200, body: { verdict: REVIEW } });
    const told = JSON.stringify([answer.body, own.log]);
    expect(told).not.toContain('310101199801011234');
    expect(told).not.toContain(session.nonce);
    expect(JSON.stringify(own.log)).not.toContain(session.sessionId);
  });

  it('that answers pending is settled later, once', async () => {
    const own = await start({ decide: async () => ({ status: 'pending', reference: 'vendor-9' }) });
    const { session, answer } = await verify(own, video);
    expect(answer).toMatchObject({ status: 202, body: { state: 'pending' } });
    expect(await own.handler.settle('A'.repeat(22), { decision: 'passed', code: CODE_0 })).toBe('unknown');
    for (const wrong of [{ decision: 'yes', code: CODE_0 }, { decision: 'passed', code: { ...CODE_0, code: 0 } }, undefined]) await expect(own.handler.settle(session.sessionId, wrong as never)).rejects.toThrow(TypeError);
    expect(await own.handler.settle(session.sessionId, { decision: 'passed', code: CODE_0 })).toBe('saved');
    expect(await own.handler.settle(session.sessionId, { decision: 'rejected', code: CODE_0 })).toBe('decided');
    expect((await own.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ state: 'decided', verdict: { decision: 'passed' } });
  });

  it('that answers pending and never comes back, or whose instance died, goes to review when somebody asks', async () => {
    let clock = Date.now();
    const own = await start({ decide: async () => ({ status: 'pending', reference: 'vendor-9' }) }, { now: () => clock, pendingDeadlineMs: 1000 });
    const { session } = await verify(own, video);
    clock += 999;
    expect((await own.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ state: 'pending' });
    clock += 1;
    expect((await own.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ state: 'decided', verdict: REVIEW });

    const sessions = createMemorySessionStore();
    const hung = await start({ decide: () => new Promise(() => undefined) }, { sessions, now: () => clock, inlineWaitMs: 20, vendorDeadlineMs: 60_000 });
    const alive = await start(PASSING, { sessions, now: () => clock, vendorDeadlineMs: 60_000 });
    const lost = await verify(hung, video);
    clock += 65_000;
    expect((await alive.send('GET', `sessions/${lost.session.sessionId}`)).body).toMatchObject({ state: 'decided', verdict: REVIEW });
  });

  it('may object to headers before the session is used up', async () => {
    const own = await start({ ...PASSING, precheck: (request) => (request.headers.has('x-own') ? [] : [{ field: 'x-own', rule: 'must be there' }]) });
    const { session, submission, answer } = await verify(own, video);
    expect(problemOf(answer)).toMatchObject({ status: 400, name: 'malformed-request', fields: ['x-own'] });
    expect((await postJson(own, `sessions/${session.sessionId}/submission`, submission, { 'x-own': '1' })).status).toBe(200);
  });

  it.each<[string, (bytes: Bytes) => Bytes | undefined]>([
    ['lost', () => undefined],
    ['cut', (bytes) => bytes.slice(1)],
    ['altered', (bytes) => bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte))],
  ])('is not asked when the store %s a part', async (_name, change) => {
    const evidence = createMemoryEvidenceStore();
    const own = await start(PASSING, {
      evidence: {
        ...evidence,
        async readPart(sessionId, part) {
          const bytes = await evidence.readPart(sessionId, part);
          return bytes && part.index === 1 ? change(bytes) : bytes;
        },
      },
    });
    expect((await verify(own, video)).answer).toMatchObject({ status: 200, body: { verdict: { decision: 'rejected', code: { code: '66664001' } } } });
  });
});
