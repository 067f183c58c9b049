import { sha256, toHex } from '../transport/chain.js';
import type { Bytes } from '../transport/chain.js';
import type { CodeReference, Manifest, ManifestPart, SubmissionRequest } from '../transport/protocol.js';
import { check } from '../transport/shape.js';
import type { FieldError } from '../transport/shape.js';
import { verdictShape } from '../transport/wire-shapes.js';
import { REVIEW } from './decide.js';
import type { Decision, InHand } from './decide.js';
import { EVIDENCE_CODES } from './evidence/checks.js';
import { marksOf } from './evidence/marks.js';
import type { GatheredEvidence } from './evidence/marks.js';
import { verifyEvidence } from './evidence/verify.js';
import { logError, logId } from './log.js';
import { evidenceBytes } from './manifest-parts.js';
import type { Settings } from './options.js';
import type { Session } from './stores/port.js';
import type { Evidence, VendorOutcome } from './vendors/port.js';
import { orLate } from './within-ms.js';

/** Milliseconds for reading one submission's evidence and looking into it: a store that hangs must not keep its turn for ever. */
const EXAMINE_MS = 30_000;

/** A claimed submission on its way to a verdict. */
export interface Claimed {
  readonly session: Session;
  readonly submission: SubmissionRequest;
  readonly request: Request;
}

type Examined = { readonly ok: true; readonly evidence: Evidence } | { readonly ok: false; readonly decision: Decision };

/** Checks the evidence and asks the vendor. Rejects only if the session store does. */
export async function judge({ session, submission, request }: Claimed, inHand: InHand, settings: Settings): Promise<Decision> {
  // Nothing is read before its turn: what waits holds no recording.
  const examined = await settings
    .takeTurn(async (): Promise<Examined> => (inHand.signal.aborted ? { ok: false, decision: DROPPED } : orLate(examine(session, submission.manifest, settings), EXAMINE_MS)))
    .catch((error: unknown): Examined => {
      settings.log({ level: 'error', event: 'failed', session: logId(session.sessionId), error: logError(error) });
      return { ok: false, decision: { status: 'decided', ...REVIEW } };
    });
  // Much may have happened while it waited. From here on nobody else decides it, nor calls it overdue.
  if ((await inHand.hold()) !== 'held') return DROPPED;
  if (!examined.ok) return examined.decision;
  const { evidence } = examined;
  return withVendorDeadline((signal) => settings.vendor.decide({ session, submission, request, evidence, signal }), session, inHand, settings);
}

const DROPPED = { status: 'dropped' } as const;

async function examine(session: Session, manifest: Manifest, settings: Settings): Promise<Examined> {
  const rejected = (code: CodeReference, findings: readonly FieldError[] = []): Examined => ({ ok: false, decision: { status: 'decided', decision: 'rejected', code, findings } });
  const { video, bestFrame } = manifest;
  if (evidenceBytes(manifest) > session.limits.maxBytes) return rejected(EVIDENCE_CODES.overSize);
  const bytes = await gather(session.sessionId, video.parts, settings);
  const picture = bestFrame && (await gather(session.sessionId, bestFrame.parts, settings));
  if (bytes === undefined || (bestFrame && !picture)) return rejected(EVIDENCE_CODES.empty);
  const verified = verifyEvidence({ session, manifest, inspection: await settings.inspect(bytes), bestFrame: picture });
  if (!verified.ok) return rejected(verified.code, verified.findings);
  const replayed = await findReplayed(session.sessionId, { video: bytes, bestFrame: picture, facts: verified.facts }, settings);
  return replayed.length > 0 ? rejected(EVIDENCE_CODES.replayed, replayed) : { ok: true, evidence: { bytes, facts: verified.facts, ...(picture && { bestFrame: picture }) } };
}

/** What of the evidence came in another session, in other parts perhaps. What did not is this session's from now on. */
async function findReplayed(sessionId: string, evidence: GatheredEvidence, { sessions, replayRetentionMs, now }: Settings): Promise<readonly FieldError[]> {
  if (replayRetentionMs === 0) return [];
  const marks = await marksOf(evidence);
  const replayed = await sessions.claimEvidence(sessionId, { digests: [...new Set(marks.map(({ digest }) => digest))], keepMs: replayRetentionMs }, now());
  const fields = new Set(marks.filter(({ digest }) => replayed.includes(digest)).map(({ field }) => field));
  return [...fields].slice(0, 50).map((field) => ({ field, rule: 'must not hold what was submitted in another session' }));
}

/** The parts put together. `undefined` if the store lost or altered one: what is left is no evidence. */
async function gather(sessionId: string, parts: readonly ManifestPart[], settings: Settings): Promise<Bytes | undefined> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.bytes, 0));
  let offset = 0;
  for (const part of parts) {
    const bytes = await settings.evidence.readPart(sessionId, part);
    if (bytes?.length !== part.bytes || toHex(await sha256(bytes)) !== part.digest) return undefined;
    whole.set(bytes, offset);
    offset += bytes.length;
  }
  return whole;
}

/** Asks the vendor about tokens, unless somebody else has decided meanwhile. Rejects only if the session store does. */
export async function confirmTokens(ask: (signal: AbortSignal) => Promise<VendorOutcome>, inHand: InHand, session: Session, settings: Settings): Promise<Decision> {
  return (await inHand.hold()) === 'held' ? withVendorDeadline(ask, session, inHand, settings) : DROPPED;
}

/** What a vendor says within its deadline; `review` for anything that is no verdict, `dropped` once the person withdraws. Never rejects. */
async function withVendorDeadline(ask: (signal: AbortSignal) => Promise<VendorOutcome>, { sessionId }: Session, inHand: InHand, settings: Settings): Promise<Decision> {
  // It may have come between the store's answer and this line.
  if (inHand.signal.aborted) return DROPPED;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('vendor deadline')), settings.vendorDeadlineMs);
  });
  const withdrawn = new Promise<typeof DROPPED>((resolve) => {
    const stop = (): void => {
      // First: a vendor that is told to stop may well reject, which is no failure of its own.
      resolve(DROPPED);
      controller.abort();
    };
    inHand.signal.addEventListener('abort', stop, { once: true });
  });
  try {
    const outcome = await Promise.race([ask(controller.signal), late, withdrawn]);
    if (outcome === DROPPED || outcome.status === 'pending') return outcome;
    // Written by the customer, perhaps in JavaScript: a verdict the client cannot read is none.
    if (outcome.status !== 'decided' || !check(verdictShape, outcome, 'ignore').ok) throw new TypeError('the vendor gave no verdict');
    return outcome;
  } catch (error) {
    settings.log({ level: 'error', event: 'vendor-failed', session: logId(sessionId), error: logError(error) });
    return { status: 'decided', ...REVIEW };
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}
