import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createSourceInspector } from '../../demo/source-inspector.js';
import { createHandler } from '../../src/server/index.js';
import type { Handler, HandlerOptions, LogEntry, VendorPort } from '../../src/server/index.js';
import { chainOf, digestOf, sha256, toBase64, toHex } from '../../src/transport/chain.js';
import type { Bytes } from '../../src/transport/chain.js';
import type { ConsentRecord, Manifest, ManifestPart, ManifestVideo, Problem, SessionRequest, CaptureSession, SubmissionRequest } from '../../src/transport/protocol.js';

/** A consent as a client records it. */
export const CONSENT: ConsentRecord = {
  granted: true,
  at: '2026-11-21T08:49:37.000Z',
  textVersion: '2026-11',
  textDigest: 'ab'.repeat(32),
  locale: 'zh-CN',
  scopes: ['face-video'],
};

/** A request that opens a session. */
export const SESSION_REQUEST: SessionRequest = { protocol: 1, consent: CONSENT, challenges: ['silent'], containers: ['video/webm;codecs=vp8'], locale: 'zh-CN' };

/** A vendor that passes everybody. */
export const PASSING: VendorPort = { decide: async () => ({ status: 'decided', decision: 'passed', code: { system: 'faceid-sdk', table: 'result', code: '0' } }) };

/** One inspector for all services of a test file: its worker takes a while to start from source. */
const inspect = createSourceInspector();

/** A handler behind a real HTTP server on loopback. */
export interface Service {
  readonly endpoint: string;
  readonly port: number;
  readonly handler: Handler;
  /** Everything logged so far. */
  readonly log: readonly LogEntry[];
  /** A request below the endpoint. */
  send(method: string, path: string, options?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Bytes }): Promise<Answer>;
  close(): Promise<void>;
}

/** A response, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

/** Stands between HTTP and the handler; `hangUp` closes the connection. */
export type Fault = (request: Request, next: Handler['fetch'], hangUp: () => void) => Promise<Response>;

/** Starts one; `vendor` passes everybody unless given, and a busy machine may take its time to decide. */
export async function startService(options: Partial<HandlerOptions> = {}, fault: Fault = (request, next) => next(request)): Promise<Service> {
  const log: LogEntry[] = [];
  // One recording serves many sessions here.
  const handler = createHandler({ vendor: PASSING, inspect, replayRetentionMs: 0, inlineWaitMs: 25_000, basePath: '/api/face', log: (entry) => log.push(entry), ...options });
  const server = createAdaptorServer({ fetch: (request, { incoming }) => fault(request, handler.fetch, () => incoming.socket?.destroy()) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}/api/face`;
  return {
    endpoint,
    port,
    handler,
    log,
    async send(method, path, { headers = {}, body } = {}) {
      const response = await fetch(`${endpoint}/${path}`, { method, headers, ...(body !== undefined && { body }) });
      const text = await response.text();
      const json = text !== '' && /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, body: json ? (JSON.parse(text) as unknown) : text };
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      // Removes what the evidence store has made for itself; some tests have a vendor that never answers.
      await handler.close({ deadlineMs: 500 });
    },
  };
}

/** Posts JSON. */
export function postJson(service: Service, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return service.send('POST', path, { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

/** Opens a session; `changes` to the request. */
export async function openSession(service: Service, changes: Partial<SessionRequest> = {}): Promise<CaptureSession> {
  const { status, body } = await postJson(service, 'sessions', { ...SESSION_REQUEST, ...changes });
  if (status !== 201) throw new Error(`session: ${status} ${JSON.stringify(body)}`);
  return body as CaptureSession;
}

/** Puts a part with its digest. */
export async function putPart(service: Service, sessionId: string, index: number, bytes: Bytes): Promise<Answer> {
  return service.send('PUT', `sessions/${sessionId}/parts/${index}`, { headers: { 'content-digest': await contentDigest(bytes) }, body: bytes });
}

/** RFC 9530's header value. */
export async function contentDigest(bytes: Bytes): Promise<string> {
  return `sha-256=:${toBase64(await sha256(bytes))}:`;
}

/** Bytes in pieces. */
export function pieces(bytes: Bytes, size: number): Bytes[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.slice(index * size, (index + 1) * size));
}

/** A part as a manifest lists it. */
export async function listed(part: Bytes, index: number): Promise<ManifestPart> {
  return { index, bytes: part.length, digest: toHex(await sha256(part)) };
}

/** The course of a silent challenge in a recording of 3 s. */
export const TIMELINE: Manifest['timeline'] = [
  { at: -900, event: 'instruction:holdStill' },
  { at: 0, event: 'state:capturing' },
  { at: 120, event: 'challenge:started' },
  { at: 2750, event: 'state:done' },
];

/** What a client that has uploaded these parts submits; with changes, under the chain of what they make of it. */
export async function submissionFor(session: CaptureSession, parts: readonly Bytes[], changes: Partial<Manifest> = {}): Promise<SubmissionRequest> {
  const manifest: Manifest = {
    version: 1,
    sessionId: session.sessionId,
    nonce: session.nonce,
    challenge: session.challenge,
    consentDigest: await digestOf(CONSENT),
    video: { mediaType: 'video/webm;codecs=vp8', bytes: parts.reduce((sum, part) => sum + part.length, 0), durationMs: 3000, parts: await Promise.all(parts.map(listed)) },
    timeline: TIMELINE,
    camera: { width: 640, height: 480, frameRate: 30, synthetic: false },
    fallbacks: [],
    chain: '',
    ...changes,
  };
  return { manifest: { ...manifest, chain: await chainOf(manifest) }, consent: CONSENT };
}

/** What a client submits that has uploaded through `uploadParts`. */
export function submissionOf(session: CaptureSession, { bytes, parts }: Pick<ManifestVideo, 'bytes' | 'parts'>): Promise<SubmissionRequest> {
  return submissionFor(session, [], { video: { mediaType: 'video/webm;codecs=vp8', bytes, durationMs: 3000, parts } });
}

/** Opens, uploads in pieces, submits. */
export async function verify(service: Service, bytes: Bytes, headers: Readonly<Record<string, string>> = {}, changes: (manifest: Manifest) => Partial<Manifest> = () => ({})): Promise<{ readonly session: CaptureSession; readonly submission: SubmissionRequest; readonly answer: Answer }> {
  const session = await openSession(service);
  const parts = pieces(bytes, 100_000);
  for (const [index, part] of parts.entries()) {
    const put = await putPart(service, session.sessionId, index, part);
    if (put.status !== 204) throw new Error(`part ${index}: ${put.status} ${JSON.stringify(put.body)}`);
  }
  const plain = await submissionFor(session, parts);
  const submission = await submissionFor(session, parts, changes(plain.manifest));
  return { session, submission, answer: await postJson(service, `sessions/${session.sessionId}/submission`, submission, headers) };
}

/** The problem in an answer, its type reduced to the name. */
export function problemOf(answer: Answer): { readonly status: number; readonly name: string; readonly fields: readonly string[]; readonly problem: Problem } {
  const problem = answer.body as Problem;
  return { status: answer.status, name: problem.type?.replace('urn:facefront:problem:', ''), fields: (problem.errors ?? []).map(({ field }) => field), problem };
}
