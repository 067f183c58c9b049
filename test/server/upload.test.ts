import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HandlerOptions } from '../../src/server/index.js';
import { createBackendClient } from '../../src/transport/client.js';
import type { BackendClientOptions } from '../../src/transport/client.js';
import { uploadParts } from '../../src/transport/parts.js';
import type { UploadPartsOptions } from '../../src/transport/parts.js';
import type { Bytes } from '../../src/transport/chain.js';
import type { CaptureSession, SessionState } from '../../src/transport/protocol.js';
import { picture, recording } from './recordings.js';
import { openSession, pieces, postJson, putPart, startService, submissionOf } from './service.js';
import type { Fault, Service } from './service.js';

let video: Bytes;
beforeAll(async () => {
  video = await recording();
});

const services: Service[] = [];
afterEach(async () => {
  for (const each of services.splice(0)) await each.close();
});

interface Running {
  readonly service: Service;
  readonly session: CaptureSession;
  readonly upload: (options?: Partial<UploadPartsOptions>) => ReturnType<typeof uploadParts>;
  readonly state: () => Promise<SessionState>;
}

async function start({ fault, handler, client: clientOptions }: { fault?: Fault; handler?: Partial<HandlerOptions>; client?: Partial<BackendClientOptions> } = {}): Promise<Running> {
  const started = await startService(handler, fault);
  services.push(started);
  const client = createBackendClient({ endpoint: started.endpoint, partAttemptMs: 1000, retry: { maxAttempts: 2, baseMs: 5, capMs: 5, maxRetryAfterMs: 1000 }, ...clientOptions });
  const session = await openSession(started);
  return {
    service: started,
    session,
    upload: (options) => uploadParts({ client, session, chunks: [video], partBytes: 30_000, ...options }),
    state: async () => (await started.send('GET', `sessions/${session.sessionId}`)).body as SessionState,
  };
}

const isPart = (request: Request): boolean => request.method === 'PUT';

describe('an upload', () => {
  it('brings every byte, whatever the chunks were, and its manifest is accepted', async () => {
    const { service: own, session, upload } = await start({ handler: { inlineWaitMs: 25_000 } });
    const progress: number[] = [];
    const chunks = [...pieces(video.slice(0, 1000), 7), new Uint8Array(), video.slice(1000)];
    const uploaded = await upload({ chunks, onProgress: ({ sentBytes, totalBytes }) => progress.push(sentBytes / totalBytes) });
    if (!uploaded.ok) throw new Error(uploaded.detail);
    expect(uploaded.bytes).toBe(video.length);
    expect(uploaded.parts.length).toBeGreaterThan(5);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);

    expect(await postJson(own, `sessions/${session.sessionId}/submission`, await submissionOf(session, uploaded))).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
  });

  it('brings the best frame behind the video, and leaves it out where there is no room', async () => {
    const bestFrame = await picture();
    const { service: own, session, upload } = await start();
    const uploaded = await upload({ bestFrame });
    if (!uploaded.ok) throw new Error(uploaded.detail);
    const all = [...uploaded.parts, ...uploaded.bestFrameParts];
    expect(all.map(({ index }) => index)).toEqual(all.map((_, position) => position));
    const sum = (parts: typeof all): number => parts.reduce((bytes, part) => bytes + part.bytes, 0);
    expect([uploaded.bytes, sum([...uploaded.parts]), sum([...uploaded.bestFrameParts])]).toEqual([video.length, video.length, bestFrame.length]);
    expect((await own.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ parts: all });

    const full = await start({ handler: { limits: { maxBytes: video.length + bestFrame.length - 1 } } });
    expect(await full.upload({ bestFrame })).toMatchObject({ ok: true, bytes: video.length, bestFrameParts: [] });
    const few = await start({ handler: { limits: { maxBytes: 400_000, maxPartBytes: 400_000, maxParts: 1 } } });
    expect(await few.upload({ bestFrame })).toMatchObject({ ok: true, parts: [{ index: 0, bytes: video.length }], bestFrameParts: [] });
  });

  it('has at most as many parts on their way as it was told', async () => {
    let running = 0;
    let most = 0;
    let open = (): void => undefined;
    const three = new Promise<void>((resolve) => (open = resolve));
    const { upload } = await start({
      async fault(request, next) {
        if (!isPart(request)) return next(request);
        most = Math.max(most, (running += 1));
        if (running === 3) open();
        await three;
        running -= 1;
        return next(request);
      },
    });
    expect(await upload({ concurrency: 3 })).toMatchObject({ ok: true });
    expect(most).toBe(3);
  });

  it.each(['before the part arrived', 'after it arrived'])('goes on when connections are cut %s', async (moment) => {
    const cut = new Set<string>();
    const { upload, state } = await start({
      async fault(request, next, hangUp) {
        // Each third part, once.
        const index = /parts\/(\d+)$/.exec(request.url)?.[1] ?? '';
        if (!isPart(request) || Number(index) % 3 !== 0 || cut.has(index)) return next(request);
        cut.add(index);
        const response = moment === 'after it arrived' ? await next(request) : new Response();
        hangUp();
        return response;
      },
    });
    const uploaded = await upload();
    expect(uploaded).toMatchObject({ ok: true });
    expect(cut.size).toBeGreaterThan(2);
    expect(await state()).toMatchObject({ state: 'open', parts: uploaded.ok ? uploaded.parts : [] });
  });

  it('asks after an outage what has arrived, and sends the rest only', async () => {
    const arrived: string[] = [];
    let outage = true;
    const { upload } = await start({
      async fault(request, next) {
        if (!isPart(request)) {
          if (request.method === 'GET') outage = false;
          return next(request);
        }
        const path = new URL(request.url).pathname;
        if (outage && arrived.length >= 4) return new Response(null, { status: 503 });
        arrived.push(path);
        return next(request);
      },
    });
    // One at a time: what is broken off beside a part that fails may have arrived or not.
    const uploaded = await upload({ concurrency: 1 });
    expect(uploaded).toMatchObject({ ok: true });
    expect(new Set(arrived).size).toBe(arrived.length);
    expect(arrived).toHaveLength(uploaded.ok ? uploaded.parts.length : 0);
  });

  it('ends after its rounds when the outage does not', async () => {
    const { upload } = await start({ fault: async (request, next) => (isPart(request) ? new Response(null, { status: 503 }) : next(request)) });
    expect(await upload({ rounds: 2 })).toMatchObject({ ok: false, code: 'upload-failed', transient: true, status: 503 });
  });

  it('ends with its deadline', async () => {
    const { upload } = await start({ fault: async (request, next) => (isPart(request) ? new Promise(() => undefined) : next(request)), client: { partAttemptMs: 60_000 } });
    const started = performance.now();
    expect(await upload({ deadlineMs: 200 })).toMatchObject({ ok: false, code: 'upload-failed', detail: expect.stringContaining('200 ms') as string });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('ends with its signal, at once', async () => {
    const controller = new AbortController();
    const { upload, state } = await start({ fault: async (request, next) => (isPart(request) ? (controller.abort(), new Promise(() => undefined)) : next(request)) });
    expect(await upload({ signal: controller.signal })).toMatchObject({ ok: false, code: 'cancelled' });
    expect(await upload({ signal: controller.signal })).toMatchObject({ ok: false, code: 'cancelled' });
    expect(await state()).toMatchObject({ state: 'open', parts: [] });
  });

  it('does not go on where the session has ended', async () => {
    let clock = Date.now();
    const expired = await start({ handler: { now: () => clock } });
    clock += 600_000;
    expect(await expired.upload()).toMatchObject({ ok: false, code: 'session-expired', transient: false });
    await expired.service.close();

    const used = await start();
    await postJson(used.service, `sessions/${used.session.sessionId}/submission`, await submissionOf(used.session, { bytes: 0, parts: [] }));
    expect(await used.upload()).toMatchObject({ ok: false, code: 'session-used', transient: false });
  });

  it('finds out from the state that the session has ended meanwhile', async () => {
    const { upload } = await start({
      fault: async (request, next) =>
        isPart(request) ? new Response(null, { status: 503 }) : request.method === 'GET' ? Response.json({ sessionId: new URL(request.url).pathname.split('/').pop(), state: 'expired' }) : next(request),
    });
    expect(await upload()).toMatchObject({ ok: false, code: 'session-expired' });
  });

  /** The part as it arrives from a line, or through a proxy, that does this to its bytes. */
  const damaged = async (request: Request, damage: (bytes: Bytes) => Bytes): Promise<Request> =>
    new Request(request.url, { method: 'PUT', headers: request.headers, body: damage(new Uint8Array(await request.arrayBuffer())) });
  const DAMAGES: readonly [string, string, (bytes: Bytes) => Bytes][] = [
    ['one bit was flipped', 'digest-mismatch', (bytes) => bytes.map((byte, at) => (at === 1234 ? byte ^ 4 : byte))],
    ['the end was lost', 'part-truncated', (bytes) => bytes.slice(0, -1)],
  ];

  it.each(DAMAGES)('sends a part again in which %s', async (_name, problem, damage) => {
    const sent: string[] = [];
    const { service: own, session, upload } = await start({
      handler: { inlineWaitMs: 25_000 },
      async fault(request, next) {
        if (!isPart(request)) return next(request);
        sent.push(new URL(request.url).pathname);
        return next(request.url.endsWith('/parts/2') && sent.filter((path) => path.endsWith('/parts/2')).length === 1 ? await damaged(request, damage) : request);
      },
    });
    const uploaded = await upload();
    if (!uploaded.ok) throw new Error(uploaded.detail);
    expect(own.log.filter(({ event }) => event === 'refused').map((entry) => entry.problem)).toEqual([problem]);
    expect(sent.filter((path) => path.endsWith('/parts/2'))).toHaveLength(2);
    expect(await postJson(own, `sessions/${session.sessionId}/submission`, await submissionOf(session, uploaded))).toMatchObject({ status: 200, body: { verdict: { decision: 'passed' } } });
  });

  it.each(DAMAGES)('ends after its rounds where in a part always %s', async (_name, problem, damage) => {
    let sent = 0;
    const { upload } = await start({ fault: async (request, next) => next(request.url.endsWith('/parts/2') ? ((sent += 1), await damaged(request, damage)) : request) });
    expect(await upload({ concurrency: 1 })).toMatchObject({ ok: false, code: 'upload-failed', transient: false, problem: { type: `urn:facefront:problem:${problem}` } });
    expect(sent).toBe(3);
  });

  it('is refused where another part has its number', async () => {
    const { service: own, session, upload } = await start();
    await putPart(own, session.sessionId, 0, new Uint8Array([1, 2, 3]));
    expect(await upload()).toMatchObject({ ok: false, code: 'upload-failed', transient: false, problem: { type: 'urn:facefront:problem:part-conflict' } });
  });

  it('of nothing is nothing, of too much is not begun', async () => {
    const { service: own, upload, session } = await start();
    const nothing = await upload({ chunks: [] });
    expect(nothing).toMatchObject({ ok: true, bytes: 0, parts: [] });
    const much = await upload({ chunks: [new Uint8Array(8_388_609)] });
    if (!much.ok) throw new Error(much.detail);
    expect((await own.send('GET', `sessions/${session.sessionId}`)).body).toMatchObject({ parts: [] });
    expect(await postJson(own, `sessions/${session.sessionId}/submission`, await submissionOf(session, much))).toMatchObject({ status: 200, body: { verdict: { decision: 'rejected', code: { code: '400601' } } } });
  });

  it('keeps to the limits of the session rather than to the size aimed at', async () => {
    const { upload } = await start({ handler: { limits: { maxBytes: 400_000, maxPartBytes: 100_000, maxParts: 4 } } });
    const uploaded = await upload({ partBytes: 10 });
    expect(uploaded).toMatchObject({ ok: true });
    if (uploaded.ok) expect(uploaded.parts.length).toBeLessThanOrEqual(4);
  });
});
