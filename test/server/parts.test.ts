import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryEvidenceStore } from '../../src/server/index.js';
import type { SessionState } from '../../src/transport/protocol.js';
import { contentDigest, openSession, postJson, problemOf, putPart, startService, submissionFor } from './service.js';
import type { Service } from './service.js';

const BYTES = new TextEncoder().encode('part of a recording');
const OTHER = new TextEncoder().encode('another part, as long');

describe('parts', () => {
  let service: Service;
  let clock = 0;
  beforeAll(async () => {
    clock = Date.UTC(2026, 10, 21);
    service = await startService({ now: () => clock, limits: { maxBytes: 3000, maxPartBytes: 1000, maxParts: 4 } });
  });
  afterAll(() => service.close());

  const stateOf = async (sessionId: string): Promise<SessionState> => (await service.send('GET', `sessions/${sessionId}`)).body as SessionState;
  const partsOf = async (sessionId: string): Promise<number[]> => {
    const state = await stateOf(sessionId);
    return state.state === 'open' ? state.parts.map(({ index }) => index) : [];
  };

  it('arrive in any order and are listed with size and digest', async () => {
    const { sessionId } = await openSession(service);
    expect(await putPart(service, sessionId, 2, OTHER)).toMatchObject({ status: 204, body: '' });
    expect(await putPart(service, sessionId, 0, BYTES)).toMatchObject({ status: 204 });
    expect(await stateOf(sessionId)).toEqual({
      sessionId,
      state: 'open',
      expiresAt: '2026-11-21T00:10:00.000Z',
      parts: [
        { index: 0, bytes: BYTES.length, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
        { index: 2, bytes: OTHER.length, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      ],
    });
  });

  it('sent twice count once', async () => {
    const { sessionId } = await openSession(service);
    await putPart(service, sessionId, 0, BYTES);
    expect((await putPart(service, sessionId, 0, BYTES)).status).toBe(204);
    expect(await partsOf(sessionId)).toEqual([0]);
  });

  it('sent many times at once count once; of two contenders one stays and the other leaves nothing', async () => {
    const evidence = createMemoryEvidenceStore();
    const own = await startService({ evidence });
    const { sessionId } = await openSession(own);
    const same = await Promise.all(Array.from({ length: 8 }, () => putPart(own, sessionId, 0, BYTES)));
    expect(same.map(({ status }) => status)).toEqual(Array(8).fill(204));
    const contenders = await Promise.all([BYTES, OTHER, BYTES, OTHER].map((bytes) => putPart(own, sessionId, 1, bytes)));
    expect(contenders.map(({ status }) => status).sort()).toEqual([204, 204, 409, 409]);
    const winner = contenders[0]?.status === 204 ? BYTES : OTHER;
    expect(evidence.totalBytes).toBe(BYTES.length + winner.length);
    await own.close();
  });

  it('with another content under a taken number are a conflict', async () => {
    const { sessionId } = await openSession(service);
    await putPart(service, sessionId, 0, BYTES);
    expect(problemOf(await putPart(service, sessionId, 0, OTHER))).toMatchObject({ status: 409, name: 'part-conflict' });
  });

  it('need a digest', async () => {
    const { sessionId } = await openSession(service);
    const answer = await service.send('PUT', `sessions/${sessionId}/parts/0`, { body: BYTES });
    expect(problemOf(answer)).toMatchObject({ status: 400, name: 'digest-missing' });
    expect(answer.headers.get('want-content-digest')).toBe('sha-256=10');
    const other = await service.send('PUT', `sessions/${sessionId}/parts/0`, { body: BYTES, headers: { 'content-digest': 'sha-512=:AAAA:' } });
    expect(problemOf(other)).toMatchObject({ status: 400, name: 'digest-missing' });
    expect(await partsOf(sessionId)).toEqual([]);
  });

  it.each(['sha-256=AAAA', 'sha-256=:AAAA:', 'sha-256', '', 'sha-256=:****:', 'sha-256=:AAAA:;', '=:AAAA:'])('do not take %j for one', async (digest) => {
    const { sessionId } = await openSession(service);
    const answer = await service.send('PUT', `sessions/${sessionId}/parts/0`, { body: BYTES, headers: { 'content-digest': digest } });
    expect(problemOf(answer)).toMatchObject({ status: 400, name: 'malformed-request', fields: ['Content-Digest'] });
  });

  it('take SHA-256 among other digests', async () => {
    const { sessionId } = await openSession(service);
    const answer = await service.send('PUT', `sessions/${sessionId}/parts/0`, { body: BYTES, headers: { 'content-digest': `sha-512=:AAAA:, ${await contentDigest(BYTES)}` } });
    expect(answer.status).toBe(204);
  });

  it('with a wrong digest are not kept', async () => {
    const { sessionId } = await openSession(service);
    const answer = await service.send('PUT', `sessions/${sessionId}/parts/0`, { body: BYTES, headers: { 'content-digest': await contentDigest(OTHER) } });
    expect(problemOf(answer)).toMatchObject({ status: 422, name: 'digest-mismatch' });
    expect(await partsOf(sessionId)).toEqual([]);
  });

  it('cut short do not have their digest', async () => {
    const { sessionId } = await openSession(service);
    const answer = await service.send('PUT', `sessions/${sessionId}/parts/0`, { body: BYTES.slice(0, 5), headers: { 'content-digest': await contentDigest(BYTES) } });
    expect(problemOf(answer)).toMatchObject({ status: 422, name: 'digest-mismatch' });
  });

  it('of another length than Content-Length says are truncated', async () => {
    const { sessionId } = await openSession(service);
    const url = `http://backend.example/api/face/sessions/${sessionId}/parts/0`;
    for (const length of ['5', '500']) {
      const request = new Request(url, { method: 'PUT', body: BYTES, headers: { 'content-digest': await contentDigest(BYTES), 'content-length': length } });
      const response = await service.handler.fetch(request);
      expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 400, body: { type: 'urn:facefront:problem:part-truncated' } });
    }
    expect(await partsOf(sessionId)).toEqual([]);
  });

  it('whose connection is cut leave nothing behind, and the server serves on', async () => {
    const { sessionId } = await openSession(service);
    const digest = await contentDigest(BYTES);
    await new Promise<void>((resolve) => {
      const socket = connect(service.port, '127.0.0.1', () => {
        socket.write(`PUT /api/face/sessions/${sessionId}/parts/0 HTTP/1.1\r\nHost: x\r\nContent-Digest: ${digest}\r\nContent-Length: 500\r\n\r\nhalf`, () => socket.destroy());
      });
      socket.once('close', () => resolve());
    });
    expect(await partsOf(sessionId)).toEqual([]);
    expect((await putPart(service, sessionId, 0, BYTES)).status).toBe(204);
  });

  /** A part that is sent by hand: what was answered so far, and the end of the connection. */
  const sendSlowly = async (slow: Service, length = 500): Promise<{ readonly write: (text: string) => void; readonly ended: Promise<string> }> => {
    const { sessionId } = await openSession(slow);
    const socket = connect(slow.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data: Buffer) => (answer += data.toString()));
    // What is written to a connection that is being closed is nobody's business.
    socket.on('error', () => undefined);
    const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(answer)));
    socket.write(`PUT /api/face/sessions/${sessionId}/parts/0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Digest: ${await contentDigest(new Uint8Array(length).fill(120))}\r\nContent-Length: ${length}\r\n\r\n`);
    return { write: (text) => void socket.write(text), ended };
  };

  it('that stand still are given up', async () => {
    const slow = await startService({ partStallMs: 100 });
    const { write, ended } = await sendSlowly(slow);
    write('half');
    const answer = await ended;
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*request-timeout/);
    expect(answer).toContain('no byte for 100 ms');
    await slow.close();
  });

  it('that trickle without end are given up too', async () => {
    const slow = await startService({ partStallMs: 60_000, partTimeoutMs: 300 });
    const { write, ended } = await sendSlowly(slow);
    const trickle = setInterval(() => write('x'), 10);
    const answer = await ended;
    clearInterval(trickle);
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*request-timeout/);
    expect(answer).toContain('within 300 ms');
    await slow.close();
  });

  it('without a byte are refused, with the code for an empty video', async () => {
    const { sessionId } = await openSession(service);
    const answer = problemOf(await putPart(service, sessionId, 0, new Uint8Array()));
    expect(answer).toMatchObject({ status: 400, name: 'malformed-request', fields: ['body'], problem: { code: { code: '66664001' } } });
  });

  it('over the size of a part are refused, with the code for it, declared or not', async () => {
    const { sessionId } = await openSession(service);
    const large = new Uint8Array(1001).fill(7);
    expect(problemOf(await putPart(service, sessionId, 0, large))).toMatchObject({ status: 413, name: 'too-large', problem: { code: { code: '400601' } } });
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(600).fill(7));
      },
    });
    const request = { method: 'PUT', body: stream, duplex: 'half', headers: { 'content-digest': await contentDigest(large) } };
    const response = await fetch(`${service.endpoint}/sessions/${sessionId}/parts/0`, request);
    expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 413, body: { type: 'urn:facefront:problem:too-large' } });
  });

  it('are refused where all together would be over the size', async () => {
    const { sessionId } = await openSession(service);
    for (const index of [0, 1, 2]) expect((await putPart(service, sessionId, index, new Uint8Array(1000).fill(index))).status).toBe(204);
    expect(problemOf(await putPart(service, sessionId, 3, BYTES))).toMatchObject({ status: 413, name: 'too-large', problem: { code: { code: '400601' } } });
    expect(await partsOf(sessionId)).toEqual([0, 1, 2]);
  });

  it('over the number are refused', async () => {
    const { sessionId } = await openSession(service);
    expect(problemOf(await putPart(service, sessionId, 4, BYTES))).toMatchObject({ status: 413, name: 'too-many-parts' });
  });

  it.each(['-1', '1.5', '01', 'x', '1e3', '9999999', '%00'])('of number %s are malformed', async (number) => {
    const { sessionId } = await openSession(service);
    const answer = await service.send('PUT', `sessions/${sessionId}/parts/${number}`, { body: BYTES, headers: { 'content-digest': await contentDigest(BYTES) } });
    expect(problemOf(answer)).toMatchObject({ status: 400, name: 'malformed-request', fields: ['n'] });
  });

  it.each(['AAAAAAAAAAAAAAAAAAAAAA', 'short', '..%2f..', '%E0%A4%A'])('of session %s find none', async (sessionId) => {
    expect(problemOf(await putPart(service, sessionId, 0, BYTES))).toMatchObject({ status: 404, name: 'unknown-session' });
  });

  it('are not taken by an expired session, and its bytes are gone', async () => {
    const evidence = createMemoryEvidenceStore({ now: () => clock });
    const own = await startService({ now: () => clock, evidence, sessionTtlMs: 1000, recordRetentionMs: 5000 });
    const { sessionId } = await openSession(own);
    await putPart(own, sessionId, 0, BYTES);
    expect(evidence.totalBytes).toBe(BYTES.length);
    clock += 1000;
    expect(problemOf(await putPart(own, sessionId, 1, BYTES))).toMatchObject({ status: 410, name: 'session-expired' });
    expect((await own.send('GET', `sessions/${sessionId}`)).body).toEqual({ sessionId, state: 'expired' });
    evidence.sweep();
    expect(evidence.totalBytes).toBe(0);
    clock += 5000;
    expect(problemOf(await own.send('GET', `sessions/${sessionId}`))).toMatchObject({ status: 404, name: 'unknown-session' });
    await own.close();
  });

  it('are not taken after the submission; one that had arrived may be repeated', async () => {
    const session = await openSession(service);
    await putPart(service, session.sessionId, 0, BYTES);
    expect((await postJson(service, `sessions/${session.sessionId}/submission`, await submissionFor(session, [BYTES]))).status).toBe(200);
    expect((await putPart(service, session.sessionId, 0, BYTES)).status).toBe(204);
    expect(problemOf(await putPart(service, session.sessionId, 1, OTHER))).toMatchObject({ status: 409, name: 'session-used' });
    expect(problemOf(await putPart(service, session.sessionId, 0, OTHER))).toMatchObject({ status: 409, name: 'session-used' });
  });

  it('wait when there is no room for them', async () => {
    const own = await startService({ evidence: createMemoryEvidenceStore({ maxTotalBytes: 30 }) });
    const { sessionId } = await openSession(own);
    expect((await putPart(own, sessionId, 0, BYTES)).status).toBe(204);
    const full = await putPart(own, sessionId, 1, OTHER);
    expect(problemOf(full)).toMatchObject({ status: 503, name: 'overloaded' });
    expect(full.headers.get('retry-after')).toBe('5');
    await own.close();
  });
});
