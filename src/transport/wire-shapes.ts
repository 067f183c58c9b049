import type { CaptureSession, Challenge, CodeReference, ManifestPart, PendingResponse, Problem, ProblemName, SessionLimits, SessionResponse, SessionState, Verdict, VerdictResponse, VendorSession } from './protocol.js';
import { PROBLEM_PREFIX, PROTOCOL_VERSION } from './protocol.js';
import { anything, dictionary, integer, list, moment, oneOf, optional, record, sha256Hex, text, union } from './shape.js';
import type { Shape } from './shape.js';

/** 128 random bits or more as base64url: session ids, nonces. */
export const capabilityShape: Shape<string> = text({ max: 128, pattern: /^[A-Za-z0-9_-]{22,}$/, rule: 'must be 22 to 128 base64url characters' });

/** Shape of {@link CodeReference}. */
export const codeReferenceShape: Shape<CodeReference> = record<CodeReference>({
  system: text({ max: 64 }),
  table: text({ max: 64 }),
  code: text({ max: 64 }),
});

const minimumMs = integer({ max: 600_000 });
const channel = integer({ max: 255 });

const CHALLENGE_SHAPES: { readonly [Type in Challenge['type']]: Shape<Extract<Challenge, { type: Type }>> } = {
  silent: record({ type: oneOf('silent'), minimumMs }),
  action: record({ type: oneOf('action'), actions: list(oneOf('blink', 'openMouth', 'nod', 'turnLeft', 'turnRight'), { min: 1, max: 8 }), deadlineMs: optional(integer({ min: 1000, max: 15_000 })), minimumMs }),
  digits: record({ type: oneOf('digits'), digits: text({ max: 8, pattern: /^\d{2,8}$/, rule: 'must be 2 to 8 digits' }), digitMs: optional(integer({ min: 600, max: 3000 })), minimumMs }),
  light: record({ type: oneOf('light'), colours: list(record({ r: channel, g: channel, b: channel, ms: integer({ min: 250, max: 5000 }) }), { min: 1, max: 16 }), minimumMs }),
};

/** Shape of {@link Challenge}. */
export const challengeShape: Shape<Challenge> = union<Challenge>(
  ({ type }) => (typeof type === 'string' && Object.prototype.hasOwnProperty.call(CHALLENGE_SHAPES, type) ? CHALLENGE_SHAPES[type as Challenge['type']] : undefined) as Shape<Challenge> | undefined,
  'must be an object whose type is "silent", "action", "digits" or "light"',
);

/** Shape of {@link ManifestPart}. */
export const manifestPartShape: Shape<ManifestPart> = record<ManifestPart>({ index: integer(), bytes: integer({ min: 1 }), digest: sha256Hex });

/** Most parts that a manifest or a state lists, whatever a session's own limit. */
export const MAX_LISTED_PARTS = 1000;

const limitsShape = record<SessionLimits>({
  maxBytes: integer({ min: 1 }),
  maxPartBytes: integer({ min: 1 }),
  maxParts: integer({ min: 1, max: MAX_LISTED_PARTS }),
  minWidth: integer(),
  minHeight: integer(),
  minDurationMs: integer(),
  maxDurationMs: integer({ min: 1 }),
});

/** A media type without parameters. */
export const containerShape: Shape<string> = text({ max: 64, pattern: /^[\w.+-]+\/[\w.+-]+$/, rule: 'must be a media type without parameters such as video/mp4' });

const session = { protocol: oneOf(PROTOCOL_VERSION), sessionId: capabilityShape, nonce: capabilityShape, expiresAt: moment };
const captureSession = record<CaptureSession>({ ...session, channel: oneOf('capture'), challenge: challengeShape, limits: limitsShape, containers: optional(list(containerShape, { min: 1, max: 32 })) });
// Each channel checks its own task; pages that have none need not carry the rules.
const vendorSession = record<Record<keyof VendorSession, unknown>>({ ...session, channel: text({ max: 64 }), task: dictionary(anything, { max: 32 }) }) as Shape<unknown>;

/** Shape of {@link SessionResponse}. */
export const sessionResponseShape = union<unknown>(({ channel }) => (channel === 'capture' ? captureSession : vendorSession), 'must be an object') as Shape<SessionResponse>;

/** Shape of {@link Verdict}. */
export const verdictShape: Shape<Verdict> = record<Verdict>({ decision: oneOf('passed', 'rejected', 'review'), code: codeReferenceShape });

const verdictResponseShape = record<VerdictResponse>({ sessionId: capabilityShape, state: oneOf('decided'), reference: text({ max: 128 }), verdict: verdictShape });

const pendingResponseShape = record<PendingResponse>({ sessionId: capabilityShape, state: oneOf('pending'), reference: text({ max: 128 }) });

/** Shape of the answers to a submission. */
export const submissionResponseShape: Shape<VerdictResponse | PendingResponse> = union<VerdictResponse | PendingResponse>(
  ({ state }) => (state === 'decided' ? verdictResponseShape : state === 'pending' ? pendingResponseShape : undefined) as Shape<VerdictResponse | PendingResponse> | undefined,
  'must be an object whose state is "decided" or "pending"',
);

type OpenState = Extract<SessionState, { state: 'open' }>;
type ExpiredState = Extract<SessionState, { state: 'expired' }>;

const STATE_SHAPES: { readonly [S in SessionState['state']]: Shape<Extract<SessionState, { state: S }>> } = {
  open: record<OpenState>({ sessionId: capabilityShape, state: oneOf('open'), expiresAt: moment, parts: list(manifestPartShape, { max: MAX_LISTED_PARTS }) }),
  pending: pendingResponseShape,
  decided: verdictResponseShape,
  expired: record<ExpiredState>({ sessionId: capabilityShape, state: oneOf('expired') }),
};

/** Shape of {@link SessionState}. */
export const sessionStateShape: Shape<SessionState> = union<SessionState>(
  ({ state }) => (typeof state === 'string' && /^(open|pending|decided|expired)$/.test(state) ? (STATE_SHAPES[state as SessionState['state']] as Shape<SessionState>) : undefined),
  'must be an object whose state is "open", "pending", "decided" or "expired"',
);

/** Shape of {@link Problem}. */
export const problemShape: Shape<Problem> = record<Problem>({
  // Not one of PROBLEM_NAMES: a server may be newer than the page, and its code has a sentence for the person all the same.
  type: text<Problem['type']>({ max: 128, pattern: /^urn:facefront:problem:[a-z-]+$/ }),
  title: text({ max: 512 }),
  status: integer({ min: 400, max: 599 }),
  detail: text({ max: 4096 }),
  errors: optional(list(record<{ field: string; rule: string }>({ field: text({ max: 512 }), rule: text({ max: 512 }) }), { max: 100 })),
  code: optional(codeReferenceShape),
});

/** The name a problem's type ends in. */
export function problemName(problem: Problem): ProblemName {
  return problem.type.slice(PROBLEM_PREFIX.length) as ProblemName;
}
