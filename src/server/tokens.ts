import { sha256, toHex } from '../transport/chain.js';
import { PROTOCOL_VERSION } from '../transport/protocol.js';
import type { TokenRequest } from '../transport/protocol.js';
import { anything, dictionary, integer, optional, record, text } from '../transport/shape.js';
import { readJson } from './body.js';
import { decide, settleOverdue, withVendorDeadline } from './decide.js';
import { logId } from './log.js';
import type { Settings } from './options.js';
import { refuse } from './problem.js';
import type { Refusal } from './problem.js';
import { quotaRefusal } from './quotas.js';
import { consentShape } from './requests.js';
import { MAX_MESSAGE_BYTES, newSession } from './sessions.js';
import { answer, newReference, withinMs } from './submission.js';

type OpenTokenRequest = Omit<TokenRequest, 'protocol'> & { readonly protocol: number };

const tokenRequestShape = record<OpenTokenRequest>({
  protocol: integer(),
  channel: text({ max: 64 }),
  token: text({ max: 8192 }),
  risk: optional(dictionary(anything, { max: 1000 })),
  consent: consentShape,
});

/**
 * `POST tokens`: a vendor's token is all there is. It becomes a session that is submitted at once, so that quotas, polling
 * and `settle` hold for it too. A token is taken once: again with the same body it gives the first answer.
 */
export async function takeToken(request: Request, subject: string | undefined, settings: Settings): Promise<Response | Refusal> {
  const { vendor } = settings;
  if (vendor.confirm === undefined) return refuse('not-found', 'this service takes no tokens');
  const read = await readJson(request, tokenRequestShape, { maxBytes: MAX_MESSAGE_BYTES, timeoutMs: settings.messageTimeoutMs });
  if (!read.ok) return read;
  const { body, bytes } = read.value;
  if (body.protocol !== PROTOCOL_VERSION) return refuse('unsupported-protocol', `protocol must be ${PROTOCOL_VERSION}`, { errors: [{ field: 'protocol', rule: `must be ${PROTOCOL_VERSION}` }] });

  const { channel, token, risk, consent } = body;
  const session = newSession({ subject, consent, challenge: { type: 'silent', minimumMs: 0 }, containers: [], locale: consent.locale }, settings);
  // The token itself is never stored; its digest tells whether it has been here.
  const key = `token:${toHex(await sha256(new TextEncoder().encode(JSON.stringify([channel, token]))))}`;
  const idempotency = { key, fingerprint: toHex(await sha256(bytes)) };
  const created = await settings.sessions.createSession(session, idempotency, session.createdAt, settings.quotas);
  if (created.status === 'conflict') return refuse('token-used', 'the token came before, with another body');
  if (created.status === 'full') return refuse('overloaded', 'too many sessions are open', { headers: { 'retry-after': '10' } });
  if (created.status !== 'created' && created.status !== 'replayed') return quotaRefusal(created);

  const own = created.status === 'replayed' ? created.session : session;
  const submission = { reference: newReference(settings), claimedAt: session.createdAt, idempotency };
  // Also when it was replayed: the instance that opened the session may have died before this step.
  const claim = await settings.sessions.claimSubmission(own.sessionId, submission, session.createdAt, settings.quotas);
  if (claim.status === 'taken') return answer(await settleOverdue({ session: own, parts: [], submission: claim.submission }, settings), settings);
  if (claim.status !== 'claimed') return claim.status === 'expired' || claim.status === 'unknown' ? refuse('token-used', 'the token came before, and its time is over') : quotaRefusal(claim);
  settings.log({ level: 'info', event: 'submission-claimed', session: logId(own.sessionId), reference: submission.reference });

  const confirm = vendor.confirm.bind(vendor);
  const judged = (): ReturnType<typeof confirm> => withVendorDeadline((signal) => confirm({ session: own, channel, token, risk: risk ?? {}, request, signal }), own, settings);
  await withinMs(decide(own, judged, settings), settings.inlineWaitMs);
  return answer((await settings.sessions.readSession(own.sessionId, settings.now())) ?? { session: own, parts: [], submission }, settings);
}
