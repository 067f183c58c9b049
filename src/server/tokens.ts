import { sha256, toHex } from '../transport/chain.js';
import { PROTOCOL_VERSION } from '../transport/protocol.js';
import type { TokenRequest } from '../transport/protocol.js';
import { anything, dictionary, integer, optional, record, text } from '../transport/shape.js';
import { capabilityShape } from '../transport/wire-shapes.js';
import { readJson } from './body.js';
import { decideOnce, isOrphaned } from './decide.js';
import type { Decision, InHand } from './decide.js';
import { confirmTokens } from './judge.js';
import { logId } from './log.js';
import type { Settings } from './options.js';
import { settleOverdue } from './overdue.js';
import { malformed, refuse } from './problem.js';
import type { Outcome, Refusal } from './problem.js';
import { quotaRefusal } from './quotas.js';
import { consentShape } from './requests.js';
import { MAX_MESSAGE_BYTES, NO_CHALLENGE, expiredSession, newSession, unknownSession } from './sessions.js';
import type { Idempotency, Session } from './stores/port.js';
import { answer, current, newReference } from './submission.js';
import { tokenDigests, tokensKey } from './token-digests.js';
import { withinMs } from './within-ms.js';

type OpenTokenRequest = Omit<TokenRequest, 'protocol'> & { readonly protocol: number };

const tokenRequestShape = record<OpenTokenRequest>({
  protocol: integer(),
  channel: text({ max: 64 }),
  tokens: dictionary(text({ max: 8192 }), { max: 32 }),
  nonce: optional(capabilityShape),
  risk: optional(dictionary(anything, { max: 1000 })),
  consent: consentShape,
});

/** The session that the tokens count for, and what it was opened with. */
interface Attempt {
  readonly session: Session;
  readonly expected: Readonly<Record<string, string>>;
}

/**
 * `POST tokens`: what a vendor gave the client is all there is. It counts for the session that led to the vendor, or becomes one that
 * is submitted at once, so that quotas, polling and `settle` hold for it too. Tokens are taken once: again with the same body they
 * give the first answer.
 */
export async function takeToken(request: Request, subject: string | undefined, settings: Settings): Promise<Response | Refusal> {
  const { vendor } = settings;
  if (vendor.confirm === undefined) return refuse('not-found', 'this service takes no tokens');
  const read = await readJson(request, tokenRequestShape, { maxBytes: MAX_MESSAGE_BYTES, timeoutMs: settings.messageTimeoutMs });
  if (!read.ok) return read;
  const { body, bytes } = read.value;
  if (body.protocol !== PROTOCOL_VERSION) return refuse('unsupported-protocol', `protocol must be ${PROTOCOL_VERSION}`, { errors: [{ field: 'protocol', rule: `must be ${PROTOCOL_VERSION}` }] });
  const { channel, tokens, risk } = body;
  if (Object.keys(tokens).length === 0) return malformed([{ field: 'tokens', rule: 'must hold at least one' }]);

  // The tokens themselves are never stored; their digest tells whether they have been here.
  const idempotency: Idempotency = { key: `token:${await tokensKey(channel, tokens)}`, fingerprint: toHex(await sha256(bytes)) };
  const attempt = body.nonce === undefined ? await openAttempt(body, idempotency, subject, settings) : await findAttempt(body, body.nonce, subject, settings);
  if (!attempt.ok) return attempt;
  const { session, expected } = attempt.value;

  const submission = { reference: newReference(settings), claimedAt: settings.now(), idempotency };
  const keepMs = settings.replayRetentionMs;
  // A session that led to the vendor expects what is its own; any other one must not take what another has taken.
  const evidence = body.nonce === undefined && keepMs > 0 ? { digests: await tokenDigests(tokens), keepMs } : undefined;
  // Also when the session was found: the instance that opened it may have died before this step.
  const claim = await settings.sessions.claimSubmission(session.sessionId, submission, submission.claimedAt, settings.quotas, evidence);
  if (claim.status === 'replayed') {
    // It was opened for these tokens alone.
    await settings.sessions.closeSession(session.sessionId, settings.now());
    return refuse('token-used', 'the token came before, in another session');
  }
  if (claim.status === 'taken') {
    const { idempotency: first } = claim.submission;
    // Without one the server has asked by itself, about this very attempt: the person who comes late gets the same answer.
    if (first && first.fingerprint !== idempotency.fingerprint) return refuse('token-used', 'the session has taken its tokens, in another body');
    const stored = await current({ session, parts: [] }, claim.submission, settings);
    if (!isOrphaned(stored, settings)) return answer(await settleOverdue(stored, settings), settings);
  }
  if (claim.status === 'unknown') return unknownSession();
  if (claim.status === 'expired') return body.nonce === undefined ? refuse('token-used', 'the token came before, and its time is over') : expiredSession(session);
  if ('retryAfterMs' in claim) return quotaRefusal(claim);
  const { reference } = claim.status === 'taken' ? claim.submission : submission;
  settings.log({ level: 'info', event: 'submission-claimed', session: logId(session.sessionId), reference });

  const confirm = vendor.confirm.bind(vendor);
  const ask = (inHand: InHand): Promise<Decision> => confirmTokens((signal) => confirm({ session, channel, tokens, expected, risk: risk ?? {}, request, signal }), inHand, session, settings);
  await withinMs(decideOnce(session, ask, settings), settings.inlineWaitMs);
  return answer(await current({ session, parts: [] }, submission, settings), settings);
}

/** The session whose nonce went to the vendor's page, where what came back is what it expects. */
async function findAttempt({ channel, tokens }: OpenTokenRequest, nonce: string, subject: string | undefined, settings: Settings): Promise<Outcome<Attempt>> {
  const stored = await settings.sessions.findByNonce(nonce, settings.now());
  // Another user's session does not exist for this one.
  if (!stored || stored.session.subject !== subject) return unknownSession();
  const { channel: chosen, session } = stored;
  if (chosen === undefined || !('expected' in chosen) || chosen.channel !== channel) return refuse('channel-mismatch', 'the session is for another channel');
  const wrong = Object.entries(chosen.expected).filter(([name, value]) => Object.hasOwn(tokens, name) && tokens[name] !== value);
  if (wrong.length > 0) return refuse('channel-mismatch', 'the tokens are of another attempt', { errors: wrong.map(([name]) => ({ field: `tokens.${name}`, rule: 'must be that of the session' })) });
  return { ok: true, value: { session, expected: chosen.expected } };
}

/** A session for tokens that no session led to. */
async function openAttempt({ consent }: OpenTokenRequest, idempotency: Idempotency, subject: string | undefined, settings: Settings): Promise<Outcome<Attempt>> {
  // A client that keeps its nonce to itself could hand in whatever it likes.
  if (settings.channel) return refuse('unknown-session', 'no session led to these tokens', { errors: [{ field: 'nonce', rule: 'must be that of the session that led to the vendor' }] });
  const session = newSession({ subject, consent, challenge: NO_CHALLENGE, containers: [], locale: consent.locale }, settings);
  const created = await settings.sessions.createSession(session, idempotency, session.createdAt, settings.quotas);
  switch (created.status) {
    case 'created':
      return { ok: true, value: { session, expected: {} } };
    case 'replayed':
      return { ok: true, value: { session: created.session, expected: {} } };
    case 'conflict':
      return refuse('token-used', 'the token came before, with another body');
    case 'full':
      return refuse('overloaded', 'too many sessions are open', { headers: { 'retry-after': '10' } });
    default:
      return quotaRefusal(created);
  }
}
