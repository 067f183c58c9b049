import type { ActionId, LivenessChallenge, Substitution } from '../liveness/index.js';
import type { Manifest, ManifestPart } from './manifest.js';

export * from './manifest.js';

/**
 * The wire protocol, version 1, between the client and the customer's backend. JSON over HTTPS; errors are
 * RFC 9457 `application/problem+json` ({@link Problem}). Both halves import these types, so they cannot drift apart.
 *
 * ```
 * POST {endpoint}/sessions                    → 201 SessionResponse
 * PUT  {endpoint}/sessions/{id}/parts/{n}     bytes + Content-Digest → 204, idempotent on (n, digest)
 * POST {endpoint}/sessions/{id}/submission    SubmissionRequest → 200 VerdictResponse | 202 PendingResponse
 * GET  {endpoint}/sessions/{id}               → SessionState
 * POST {endpoint}/sessions/{id}/abandonment   AbandonmentRequest → 204; the person has left
 * POST {endpoint}/tokens                      TokenRequest → 200 VerdictResponse | 202 PendingResponse
 * ```
 *
 * Both POSTs carry an `Idempotency-Key`: sent again with the same key and the same body they give the first answer again,
 * with another body they are refused. The server refuses fields it does not know, so that a misspelt one is not lost;
 * the client ignores them, so that a server may be newer than the page.
 */
export const PROTOCOL_VERSION = 1;

/** The namespace of a return code. A bare number means nothing. */
export interface CodeReference {
  readonly system: string;
  readonly table: string;
  /** Always text: `'02'`, `'-5020'`. */
  readonly code: string;
}

/** What the server asks the person to do: the engine's own form, which is plain JSON. */
export type Challenge = LivenessChallenge;

/** What the person agreed to, as a record the customer can keep. */
export interface ConsentRecord {
  readonly granted: true;
  /** ISO 8601, the client's clock. */
  readonly at: string;
  /** Version of the text shown, the integrator's own naming. */
  readonly textVersion: string;
  /** SHA-256 of the text shown, hex. */
  readonly textDigest: string;
  /** BCP 47. */
  readonly locale: string;
  /** What was agreed to. */
  readonly scopes: readonly string[];
}

/** Body of `POST sessions`. */
export interface SessionRequest {
  readonly protocol: typeof PROTOCOL_VERSION;
  readonly consent: ConsentRecord;
  /** Ways to verify that this client can go; `capture` only where its browser can record. Absent: `capture` alone. */
  readonly channels?: readonly string[];
  /** Challenges this client can run and that fit the person, in order of preference. */
  readonly challenges: readonly Challenge['type'][];
  /** What a challenge of type `action` may consist of. Absent: anything. */
  readonly actions?: readonly ActionId[];
  /** What this client could run and must not be asked of this person. */
  readonly substitutions?: readonly Substitution[];
  /** Media types the recorder can produce, in order of preference. */
  readonly containers: readonly string[];
  readonly locale: string;
}

/** What the server will take. */
export interface SessionLimits {
  /** All parts together. */
  readonly maxBytes: number;
  readonly maxPartBytes: number;
  readonly maxParts: number;
  /** Pixels of the shorter side, however the video is turned. */
  readonly minWidth: number;
  /** Pixels of the longer side. */
  readonly minHeight: number;
  readonly minDurationMs: number;
  readonly maxDurationMs: number;
}

/** What every session has. */
interface SessionBase {
  readonly protocol: typeof PROTOCOL_VERSION;
  readonly sessionId: string;
  /** base64url, 128 bits or more, single use. Bound into the manifest's chain; on a vendor's page it names the attempt. */
  readonly nonce: string;
  /** ISO 8601, the server's clock. */
  readonly expiresAt: string;
}

/** A session in which the client records. */
export interface CaptureSession extends SessionBase {
  readonly channel: 'capture';
  readonly challenge: Challenge;
  readonly limits: SessionLimits;
  /**
   * What the backend takes for the video: media types without parameters, such as `video/mp4`. A manifest with another one is
   * refused. Absent: whatever the client offered.
   */
  readonly containers?: readonly string[];
}

/** What each vendor's channel needs to begin, made by the customer's server with the vendor. The channel checks its own. */
export interface VendorTasks {
  readonly 'kyc-h5': KycTask;
  readonly 'detectauth-h5': RedirectTask;
  readonly 'eid-h5': RedirectTask;
  readonly 'verify-mpsdk': TokenTask;
  readonly 'eid-mpsdk': TokenTask;
  readonly 'wechat-native': WeChatNativeTask;
}

/** A vendor's page whose address the client makes of what the server signed. */
export interface KycTask {
  /** Milliseconds from its arrival in which it may be begun. */
  readonly expiresInMs: number;
  readonly login: KycLogin;
}

/** A vendor's page that the vendor gave the address of. */
export interface RedirectTask {
  /** Milliseconds from its arrival in which it may be begun. */
  readonly expiresInMs: number;
  /** The vendor's page. The server put `facefront={nonce}` into the return address it named to the vendor. */
  readonly url: string;
  /** The vendor's token, where the page has to know it before the person comes back: one that stays and asks. */
  readonly token?: string;
}

/** A vendor's SDK in a mini-program, which takes the vendor's token. */
export interface TokenTask {
  /** Milliseconds from its arrival in which it may be begun. */
  readonly expiresInMs: number;
  /** For `wx.startVerify` or `startEid`. */
  readonly token: string;
}

/** WeChat's own face verification in a mini-program. */
export interface WeChatNativeTask {
  /** Milliseconds from its arrival in which it may be begun. */
  readonly expiresInMs: number;
  /** For `wx.requestFacialVerify`. */
  readonly verifyId: string;
}

/** Ways to verify that lead through a vendor. */
export type VendorChannel = keyof VendorTasks;

/** A session in which a vendor looks at the person; what comes back goes to `POST tokens`. */
export type VendorSession = { [Name in VendorChannel]: SessionBase & { readonly channel: Name; readonly task: VendorTasks[Name] } }[VendorChannel];

/** Body of the `201` to `POST sessions`: the server has chosen the channel. */
export type SessionResponse = CaptureSession | VendorSession;

/** Body of `POST submission`. */
export interface SubmissionRequest {
  readonly manifest: Manifest;
  /** The risk report, where one was collected. */
  readonly risk?: Readonly<Record<string, unknown>>;
  readonly consent: ConsentRecord;
  /** Tokens of vendor channels, by name. */
  readonly tokens?: Readonly<Record<string, string>>;
}

/** Body of `POST abandonment`: why there will be no submission. Holds nothing of the person. */
export interface AbandonmentRequest {
  readonly reason: 'page-hide' | 'cancelled' | 'failed';
}

/** Body of `POST tokens`, for channels that leave the client with a vendor's tokens and no evidence. */
export interface TokenRequest {
  readonly protocol: typeof PROTOCOL_VERSION;
  /** The channel's name, such as `eid-h5`. */
  readonly channel: string;
  /** What came back from the vendor, by the vendor's own names; the backend asks the vendor about it. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Of the session that led to the vendor, where one did: what comes back is held against what that session expects. */
  readonly nonce?: string;
  readonly risk?: Readonly<Record<string, unknown>>;
  readonly consent: ConsentRecord;
}

/** The customer's decision. Only a server makes one. */
export interface Verdict {
  readonly decision: 'passed' | 'rejected' | 'review';
  /** The vendor's code, which becomes the prompt. */
  readonly code: CodeReference;
}

/** Body of the `200` to `POST submission`. */
export interface VerdictResponse {
  readonly sessionId: string;
  readonly state: 'decided';
  /** The customer's own number for the attempt, to quote in support. */
  readonly reference: string;
  readonly verdict: Verdict;
}

/** Body of the `202` to `POST submission`; poll `GET sessions/{id}`. */
export interface PendingResponse {
  readonly sessionId: string;
  readonly state: 'pending';
  readonly reference: string;
}

/** Body of `GET sessions/{id}`. */
export type SessionState =
  | { readonly sessionId: string; readonly state: 'open'; readonly expiresAt: string; readonly parts: readonly ManifestPart[] }
  | PendingResponse
  | VerdictResponse
  | { readonly sessionId: string; readonly state: 'expired' };

/**
 * What a page needs to open the vendor's page, once, within `expiresInMs`. All of it may be sent to the browser: the signature is for
 * this one attempt and its ticket is not in it. The channel `kyc-h5` makes the address.
 */
export interface KycLogin {
  /** The vendor's host for this attempt, such as `https://kyc1.qcloud.com`. */
  readonly origin: string;
  readonly appId: string;
  readonly version: '1.0.0';
  readonly nonce: string;
  readonly orderNo: string;
  readonly userId: string;
  readonly faceIdName: 'h5faceId' | 'faceId';
  readonly faceId: string;
  readonly sign: string;
  /** Milliseconds. */
  readonly expiresInMs: number;
}

/** Every problem the server half names. The wire form is `urn:facefront:problem:` followed by the name. */
export const PROBLEM_NAMES = [
  'malformed-request',
  'unsupported-protocol',
  'unsupported-media-type',
  'not-found',
  'method-not-allowed',
  'request-timeout',
  'idempotency-conflict',
  'unknown-session',
  'session-expired',
  'session-used',
  'too-large',
  'too-many-parts',
  'digest-missing',
  'digest-mismatch',
  'part-conflict',
  'part-missing',
  'part-truncated',
  'manifest-mismatch',
  'evidence-replayed',
  'nonce-mismatch',
  'token-used',
  'channel-mismatch',
  'channel-refused',
  'origin-not-allowed',
  'unauthorized',
  'rate-limited',
  'overloaded',
  'internal',
] as const;

/** See {@link PROBLEM_NAMES}. */
export type ProblemName = (typeof PROBLEM_NAMES)[number];

/** Prefix of {@link Problem.type}. */
export const PROBLEM_PREFIX = 'urn:facefront:problem:';

/** RFC 9457. `errors` lists every field that is wrong, not only the first. */
export interface Problem {
  readonly type: `${typeof PROBLEM_PREFIX}${ProblemName}`;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly rule: string }[];
  /** A return code the client can turn into a prompt. */
  readonly code?: CodeReference;
}
