import { sha256, toBase64, toHex } from '../transport/chain.js';
import { PROTOCOL_VERSION } from '../transport/protocol.js';
import type { Challenge, SessionResponse, SessionState, VendorSession } from '../transport/protocol.js';
import { readJson } from './body.js';
import { chooseChannel, isVendorChannel, refusedBy } from './channel-choice.js';
import { endChoosing, keepChoice } from './choosing.js';
import { logId } from './log.js';
import type { Settings } from './options.js';
import { jsonResponse, malformed, refuse } from './problem.js';
import type { Outcome, Refusal } from './problem.js';
import { quotaRefusal } from './quotas.js';
import { sessionRequestShape } from './requests.js';
import type { ChannelChoice, Idempotency, Session, StoredSession } from './stores/port.js';
import { withinMs } from './within-ms.js';

/** Longest JSON body: a manifest of 1,000 parts and a generous risk report. */
export const MAX_MESSAGE_BYTES = 262_144;

/** `POST sessions` */
export async function openSession(request: Request, subject: string | undefined, settings: Settings): Promise<Response | Refusal> {
  const read = await readJson(request, sessionRequestShape, { maxBytes: MAX_MESSAGE_BYTES, timeoutMs: settings.messageTimeoutMs });
  if (!read.ok) return read;
  const { body, bytes } = read.value;
  if (body.protocol !== PROTOCOL_VERSION) return refuse('unsupported-protocol', `protocol must be ${PROTOCOL_VERSION}`, { errors: [{ field: 'protocol', rule: `must be ${PROTOCOL_VERSION}` }] });
  const { consent, containers, locale, channels = ['capture'], substitutions } = body;
  const captures = channels.includes('capture');
  const chooses = settings.channel !== undefined && channels.some(isVendorChannel);
  if (!captures && !chooses) return malformed([{ field: 'channels', rule: 'must include "capture", or a channel that this server knows' }]);
  if (captures && containers.length === 0) return malformed([{ field: 'containers', rule: 'must name a media type where the client is to record' }]);
  const challenge = captures ? settings.challenge({ ...body, headers: request.headers }, subject) : NO_CHALLENGE;
  if (captures && !body.challenges.includes(challenge.type)) return malformed([{ field: 'challenges', rule: `must include "${challenge.type}", the challenge this server asks for` }]);
  const idempotency = await readIdempotency(request, bytes);
  if (!idempotency.ok) return idempotency;

  const session = newSession({ subject, challenge, consent, containers, locale, ...(substitutions && { substitutions }), ...(chooses && { choosesChannel: true }) }, settings);
  const created = await settings.sessions.createSession(session, idempotency.value, session.createdAt, settings.quotas);
  switch (created.status) {
    case 'full':
      return refuse('overloaded', 'too many sessions are open', { headers: { 'retry-after': '10' } });
    case 'conflict':
      return refuse('idempotency-conflict', 'Idempotency-Key opened a session with another body');
    case 'replayed':
      return created.session.choosesChannel ? awaitChannel(created.session, settings) : sessionResponse(created.session, CAPTURE);
    case 'created':
      settings.log({ level: 'info', event: 'session-created', session: logId(session.sessionId) });
      return settings.channel && chooses ? beginChannel(settings.channel, session, { channels, consent, locale, headers: request.headers }, settings) : sessionResponse(session, CAPTURE);
    default:
      return quotaRefusal(created);
  }
}

/** Of a session that takes no recording. */
export const NO_CHALLENGE: Challenge = { type: 'silent', minimumMs: 0 };

const CAPTURE: ChannelChoice = { channel: 'capture' };

/** Has a channel chosen, and keeps it, so that the same request again gets the same attempt and the vendor is asked once. */
async function beginChannel(choose: NonNullable<Settings['channel']>, session: Session, request: Parameters<typeof chooseChannel>[2], settings: Settings): Promise<Response | Refusal> {
  const work = (async () => {
    const chosen = await chooseChannel(choose, session, request, settings);
    const stored = await keepChoice(session, chosen, settings);
    return { session: stored?.session ?? session, channel: stored?.channel ?? chosen };
  })().finally(() => settings.choosing.delete(session.sessionId));
  settings.choosing.set(session.sessionId, work);
  const kept = await work;
  return sessionResponse(kept.session, kept.channel);
}

/** The request came again, perhaps to another instance, perhaps while the vendor has not answered the first one yet. */
async function awaitChannel({ sessionId }: Session, settings: Settings): Promise<Response | Refusal> {
  await withinMs(settings.choosing.get(sessionId) ?? Promise.resolve(), settings.inlineWaitMs);
  const read = await settings.sessions.readSession(sessionId, settings.now());
  const stored = read && (await endChoosing(read, settings));
  return stored?.channel ? sessionResponse(stored.session, stored.channel) : refuse('overloaded', 'the channel is still being chosen', { headers: { 'retry-after': '1' } });
}

/** A session with an id, a nonce and an end of its own, known to no store yet. */
export function newSession({ subject, ...own }: Pick<Session, 'challenge' | 'choosesChannel' | 'consent' | 'containers' | 'locale' | 'substitutions'> & { readonly subject: string | undefined }, settings: Settings): Session {
  // Drawn at once: asking costs more than the bytes do.
  const random = settings.randomBytes(48);
  const createdAt = settings.now();
  const expiresAt = createdAt + settings.sessionTtlMs;
  return {
    sessionId: base64url(random.subarray(0, 16)),
    nonce: base64url(random.subarray(16)),
    ...(subject !== undefined && { subject }),
    ...own,
    ...(settings.containers.length > 0 && { takes: settings.containers }),
    limits: settings.limits,
    createdAt,
    expiresAt,
    forgetAt: expiresAt + settings.recordRetentionMs,
  };
}

/** The session if the subject may use it. Another subject's session does not exist for it. */
export async function findSession(sessionId: string, subject: string | undefined, settings: Settings): Promise<Outcome<StoredSession>> {
  const stored = /^[A-Za-z0-9_-]{22}$/.test(sessionId) ? await settings.sessions.readSession(sessionId, settings.now()) : undefined;
  return stored && stored.session.subject === subject ? { ok: true, value: stored } : unknownSession();
}

/** There is none, or it has been forgotten. */
export function unknownSession(): Refusal {
  return refuse('unknown-session', 'no session has this id');
}

/** Its time is over, or it was closed before. */
export function expiredSession({ expiresAt }: Session): Refusal {
  return refuse('session-expired', `the session was closed, or expired at ${new Date(expiresAt).toISOString()}`);
}

/** Body of `GET sessions/{id}` and, once there is a submission, of the answer to it. */
export function stateOf({ session, parts, submission, closedAt, withdrawnAt }: StoredSession, now: number): SessionState {
  const { sessionId, expiresAt } = session;
  if (submission?.verdict) return { sessionId, state: 'decided', reference: submission.reference, verdict: submission.verdict };
  if (submission && withdrawnAt === undefined) return { sessionId, state: 'pending', reference: submission.reference };
  return now < expiresAt && closedAt === undefined ? { sessionId, state: 'open', expiresAt: new Date(expiresAt).toISOString(), parts } : { sessionId, state: 'expired' };
}

/** The `Idempotency-Key` with the fingerprint of the body; nothing if there is no key. */
export async function readIdempotency(request: Request, body: Uint8Array<ArrayBuffer>): Promise<Outcome<Idempotency | undefined>> {
  const key = request.headers.get('idempotency-key');
  if (key === null) return { ok: true, value: undefined };
  if (!/^[\x21-\x7e]{8,255}$/.test(key)) return malformed([{ field: 'Idempotency-Key', rule: 'must be 8 to 255 visible ASCII characters' }]);
  return { ok: true, value: { key, fingerprint: toHex(await sha256(body)) } };
}

function sessionResponse({ sessionId, nonce, challenge, expiresAt, limits, takes }: Session, choice: ChannelChoice): Response | Refusal {
  if (choice.channel === 'none') return refusedBy(choice.code);
  const session = { protocol: PROTOCOL_VERSION, sessionId, nonce, expiresAt: new Date(expiresAt).toISOString() } as const;
  // What is expected to come back is nobody's business but the server's.
  const body = choice.channel === 'capture' ? { ...session, channel: choice.channel, challenge, limits, ...(takes && { containers: takes }) } : ({ ...session, channel: choice.channel, task: choice.task } as VendorSession);
  return jsonResponse(201, body satisfies SessionResponse, { location: `sessions/${sessionId}` });
}

function base64url(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
